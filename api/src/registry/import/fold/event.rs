//! A stage of a lot: into the lot's timeline, in order of time.

use std::sync::Arc;

use super::{Fold, Told, upsert};
use crate::registry::import::DeskError;
use crate::registry::{Event, LotEntry, LotRef};
use crate::store::{Entry, Key};

/// Most stages of a lot.
const MAX_EVENTS: (usize, &str) = (20, "a lot keeps 20 stages");

impl Fold<'_, '_> {
    pub(super) async fn event(&mut self, event: &Event) -> Result<Told, DeskError> {
        self.own_product(event.gtin, "gtin").await?;
        let lot = LotRef { gtin: event.gtin, lot: event.lot };
        let stored = self.draft.lot(lot).await?;
        let stored = stored
            .ok_or_else(|| DeskError::not_on_record("lot", &format!("the lot {} of {}", event.lot, event.gtin)))?;
        let shown = (!event.withdrawn).then(|| event.clone());
        let events = upsert(&stored.events, shown, |it| it.id == event.id, |it| (it.date, it.id.clone()), MAX_EVENTS)?;
        let entry = LotEntry { events, ..(*stored).clone() };
        self.draft.set(Key::Lot(lot), Entry::Lot(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }
}
