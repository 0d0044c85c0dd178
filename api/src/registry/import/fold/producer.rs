//! A producer: what the first publisher says of it.

use std::sync::Arc;

use super::{Fold, Told};
use crate::registry::import::{DeskError, WarningCode};
use crate::registry::{Producer, ProducerEntry};
use crate::store::{Entry, Key};

impl Fold<'_, '_> {
    pub(super) async fn producer(&mut self, producer: &Producer) -> Result<Told, DeskError> {
        let stored = self.draft.producer(&producer.id).await?;
        if let Some(stored) = &stored
            && !self.author.may_act_for(&stored.publisher)
        {
            if stored.producer != *producer {
                self.warn(
                    "id",
                    WarningCode::OtherPublisher,
                    "another publisher declared this producer first, and what that one said stays",
                );
            }
            return Ok(Told::Act("declare"));
        }
        let entry = ProducerEntry {
            producer: producer.clone(),
            publisher: stored.as_ref().map_or_else(|| self.author.publisher.clone(), |it| it.publisher.clone()),
            certificates: stored.as_ref().map(|it| it.certificates.clone()).unwrap_or_default(),
            stamp: self.draft.stamp(),
        };
        self.draft.set(Key::Producer(producer.id.clone()), Entry::Producer(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }
}
