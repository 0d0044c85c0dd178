//! A lot: its ordinal, what it was made from, and what hangs on that.

use std::sync::Arc;

use super::{Fold, Told};
use crate::registry::import::DeskError;
use crate::registry::{Batch, FaultCode, LotEntry, LotRef, OutputsEntry};
use crate::store::{Entry, Key};

/// Ordinals are stored in 24 bits, of which the last value means none.
const MAX_LOTS: u32 = 0x00FF_FFFF;

/// Most lots that may be made from one lot.
const MAX_OUTPUTS: usize = 4_096;

impl Fold<'_, '_> {
    pub(super) async fn lot(&mut self, batch: &Batch) -> Result<Told, DeskError> {
        self.own_product(batch.gtin, "gtin").await?;
        let lot = LotRef { gtin: batch.gtin, lot: batch.lot };
        let stored = self.draft.lot(lot).await?;
        let entry = match &stored {
            Some(stored) => LotEntry { batch: batch.clone(), ..(**stored).clone() },
            None => LotEntry {
                batch: batch.clone(),
                ordinal: self.next_ordinal(lot).await?,
                events: Vec::new(),
                ancestors: Vec::new(),
                stamp: self.draft.stamp(),
            },
        };
        self.draft.set(Key::Lot(lot), Entry::Lot(Arc::new(entry)));

        let before = stored.as_ref().map(|it| it.batch.inputs.as_slice()).unwrap_or_default();
        if before != batch.inputs {
            self.can_be_handed_on(lot).await?;
            self.relink(lot, before, &batch.inputs).await?;
            self.rewoven = Some(lot);
        }
        Ok(Told::Act("declare"))
    }

    async fn next_ordinal(&mut self, lot: LotRef) -> Result<u32, DeskError> {
        let ordinal = self.draft.lot_count(lot.gtin).await?.unwrap_or_default();
        if ordinal >= MAX_LOTS {
            return Err(DeskError::refused("lot", FaultCode::Full, "is one lot too many for this product"));
        }
        self.draft.set(Key::LotCount(lot.gtin), Entry::LotCount(ordinal + 1));
        self.draft.set(Key::LotName(lot.gtin, ordinal), Entry::LotName(lot.lot));
        Ok(ordinal)
    }

    /// Note in each input what is made from it.
    async fn relink(&mut self, lot: LotRef, before: &[LotRef], after: &[LotRef]) -> Result<(), DeskError> {
        for input in before.iter().filter(|input| !after.contains(input)) {
            let mut outputs = self.outputs(*input).await?;
            outputs.lots.retain(|output| *output != lot);
            self.draft.set(Key::Outputs(*input), Entry::Outputs(Arc::new(outputs)));
        }
        for (n, input) in after.iter().enumerate() {
            let mut outputs = self.outputs(*input).await?;
            if let Err(place) = outputs.lots.binary_search(&lot) {
                if outputs.lots.len() >= MAX_OUTPUTS {
                    return Err(DeskError::refused(
                        &format!("inputs[{n}]"),
                        FaultCode::Full,
                        format!("has {MAX_OUTPUTS} lots made from it already: divide that lot into smaller ones"),
                    ));
                }
                outputs.lots.insert(place, lot);
                self.draft.set(Key::Outputs(*input), Entry::Outputs(Arc::new(outputs)));
            }
        }
        Ok(())
    }

    async fn outputs(&mut self, lot: LotRef) -> Result<OutputsEntry, DeskError> {
        Ok(self.draft.outputs(lot).await?.map(|entry| (*entry).clone()).unwrap_or_default())
    }
}
