//! What this node does when the store tells of changes: recalls first, then validity.
//!
//! The order matters. A flight that begins after the stripes have moved must find the new recalls; a flight that
//! began before is not kept.

use std::sync::Arc;

use async_trait::async_trait;

use super::recalls::RecallMap;
use super::validity::Validity;
use crate::store::{Changes, Dependency, Watcher};

/// Recalls in memory and validity, kept in step with the store.
pub(super) struct Coherence {
    pub(super) recalls: Arc<RecallMap>,
    pub(super) validity: Arc<Validity>,
}

#[async_trait]
impl Watcher for Coherence {
    async fn changed(&self, changes: &Changes) {
        let mut reached: Vec<Dependency> = Vec::new();
        if !changes.recalls.is_empty() {
            match self.recalls.update(&changes.recalls).await {
                Ok(Some(names)) => reached = names,
                // One of them reaches more lots than it can name, or could not be read.
                Ok(None) => self.validity.changed_unread(),
                Err(error) => {
                    tracing::error!(%error, recalls = changes.recalls.len(), "recalls are in doubt until they are read anew");
                    self.validity.changed_unread();
                }
            }
        }
        for name in changes.names.iter().chain(&reached) {
            self.validity.changed(*name);
        }
    }

    async fn everything(&self) {
        self.recalls.doubt();
        self.validity.everything();
    }

    fn in_time(&self, in_time: bool) {
        let until = self.recalls.noticed_gap_since();
        if !in_time {
            self.recalls.grow_old();
        }
        self.validity.tell_in_time(in_time, until);
    }
}
