//! Where a unit stands, in the evidence log: a card that warned of a code can be explained when it no longer does.
//!
//! A line a day and unit at most while the signs stay the same; never who checked, or who used a PIN. It is written after
//! the standing, beside the check: a warning does not wait for the log, and a log that cannot be written for half a minute
//! lacks a line, which this service's own log then names.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use super::Checks;
use crate::registry::import::OPERATOR;
use crate::registry::{Standing, Stands};
use crate::store::ledger::Unit;
use crate::store::{Batch, Evidence};

/// Longest that a line may take to be written.
const PATIENCE: Duration = Duration::from_secs(30);

/// The act of such a line.
pub(crate) const ACT: &str = "stand";

/// What such a line says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UnitStands {
    #[serde(flatten)]
    pub(crate) unit: Unit,
    #[serde(flatten)]
    pub(crate) stands: Stands,
}

impl Checks {
    /// Keep in the evidence log that a unit stands otherwise than before, if a card says so.
    pub(super) fn keep_evidence(&self, unit: &Unit, before: &Standing, now: &Standing) {
        let stands = Stands::from(now);
        if stands.says_the_same_as(&Stands::from(before)) {
            return;
        }
        let body = match serde_json::to_value(UnitStands { unit: *unit, stands }) {
            Ok(body) => body,
            Err(error) => return tracing::error!(%error, "where a unit stands has no JSON form"),
        };
        let line = Evidence {
            at: self.clock.now(),
            revision: 0,
            publisher: OPERATOR.to_owned(),
            by: None,
            act: ACT.to_owned(),
            why: None,
            approved_by: None,
            file: None,
            line: None,
            sheet: None,
            body,
        };
        let (store, gtin) = (Arc::clone(&self.store), unit.gtin);
        tokio::spawn(async move {
            let batch = Batch { evidence: vec![line], ..Batch::default() };
            match timeout(PATIENCE, store.commit(batch)).await {
                Ok(Ok(_)) => {}
                failed => tracing::error!(?failed, %gtin, "the evidence log lacks where a unit stands"),
            }
        });
    }
}
