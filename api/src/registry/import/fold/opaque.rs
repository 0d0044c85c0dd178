//! A code of another scheme: what it stands for.

use std::sync::Arc;

use super::{Fold, Told};
use crate::registry::import::DeskError;
use crate::registry::{FaultCode, LotRef, OpaqueEntry, OpaqueRecord};
use crate::store::{Entry, Key};

impl Fold<'_, '_> {
    pub(super) async fn opaque(&mut self, record: &OpaqueRecord) -> Result<Told, DeskError> {
        // First of all: which codes are on record elsewhere is told to nobody.
        if !self.draft.scope.covers_code(&record.code) {
            let message = format!(
                "lies in no code space of publisher {}: correct the code, or have an operator add the space",
                self.author.publisher
            );
            return Err(DeskError::refused("code", FaultCode::OutOfScope, message));
        }
        let stored = self.draft.opaque(&record.code).await?;
        if stored.as_ref().is_some_and(|it| !self.author.may_act_for(&it.publisher)) {
            return Err(DeskError::other_publisher("code", "this code"));
        }
        self.own_product(record.gtin, "gtin").await?;
        if let Some(lot) = record.lot {
            self.ordinal(LotRef { gtin: record.gtin, lot }).await?;
        }
        if let Some(serial) = record.serial
            && self.draft.item(record.gtin, serial).await?.is_none()
        {
            return Err(DeskError::not_on_record("serial", &format!("the unit {serial}")));
        }
        let entry = OpaqueEntry {
            record: record.clone(),
            publisher: stored.map_or_else(|| self.author.publisher.clone(), |it| it.publisher.clone()),
            stamp: self.draft.stamp(),
        };
        self.draft.set(Key::Opaque(record.code.clone()), Entry::Opaque(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }
}
