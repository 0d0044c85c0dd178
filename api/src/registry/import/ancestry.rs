//! How lots hang together: what a lot was made from, all the way up, and what has to be worked out again when a
//! lot in the middle changes.
//!
//! A lot's ancestors are found breadth first from the inputs that lots declare, near ones first, each lot once, so
//! that a circle ends where it began. 256 are kept. A lot that is withdrawn keeps its place in the chain: taking a
//! record back must not hide what an output was made from.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::DeskError;
use super::draft::Draft;
use super::fold::Fold;
use super::report::WarningCode;
use crate::registry::entry::Ancestor;
use crate::registry::{FaultCode, LotEntry, LotRef};
use crate::store::{Entry, Key, StoreError};

/// Most ancestors that a lot keeps.
pub(super) const MAX_ANCESTORS: usize = 256;

/// Most lots whose ancestors one record may change.
const MAX_DESCENDANTS: usize = 4_096;

/// Every lot that a lot was made from, and whether there are more.
async fn ancestors(draft: &mut Draft<'_>, of: LotRef, inputs: &[LotRef]) -> Result<(Vec<Ancestor>, bool), StoreError> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([of]);
    let mut queue: VecDeque<Ancestor> = inputs.iter().map(|&lot| Ancestor { lot, into: None }).collect();
    while let Some(next) = queue.pop_front() {
        if !seen.insert(next.lot) {
            continue;
        }
        // Bounded by MAX_ANCESTORS, so it always fits.
        let Ok(place) = u16::try_from(found.len()) else { return Ok((found, true)) };
        if found.len() >= MAX_ANCESTORS {
            return Ok((found, true));
        }
        found.push(next);
        if let Some(entry) = draft.lot(next.lot).await? {
            queue.extend(entry.batch.inputs.iter().map(|&lot| Ancestor { lot, into: Some(place) }));
        }
    }
    Ok((found, false))
}

impl Fold<'_, '_> {
    /// A lot's inputs have changed: work out its ancestors, and those of every lot made from it.
    ///
    /// A lot whose ancestors stay as they were hands nothing on: what is out of its reach is out of reach for what
    /// was made from it.
    pub(super) async fn hand_on(&mut self, lot: LotRef) -> Result<(), DeskError> {
        let mut seen = HashSet::new();
        let mut queue = VecDeque::from([lot]);
        while let Some(next) = queue.pop_front() {
            if !seen.insert(next) {
                continue;
            }
            if seen.len() > MAX_DESCENDANTS {
                return Err(DeskError::refused(
                    "inputs",
                    FaultCode::Full,
                    format!("cannot change: more than {MAX_DESCENDANTS} lots were made from this one"),
                ));
            }
            let Some(entry) = self.draft.lot(next).await? else { continue };
            let changed = self.settle(next, &entry).await?;
            if changed || next == lot {
                let outputs = self.draft.outputs(next).await?;
                queue.extend(outputs.iter().flat_map(|outputs| outputs.lots.iter().copied()));
            }
        }
        Ok(())
    }

    /// Work out one lot's ancestors. Returns whether they changed.
    async fn settle(&mut self, lot: LotRef, entry: &Arc<LotEntry>) -> Result<bool, DeskError> {
        let (ancestors, cut) = ancestors(self.draft, lot, &entry.batch.inputs).await?;
        if cut {
            self.warn(
                "inputs",
                WarningCode::AncestorsCut,
                format!("{} {} goes back further than {MAX_ANCESTORS} lots; the nearest are kept", lot.gtin, lot.lot),
            );
        }
        if ancestors == entry.ancestors {
            return Ok(false);
        }
        self.reached_by_recalls(lot, &entry.ancestors, &ancestors).await?;
        let settled = LotEntry { ancestors, ..(**entry).clone() };
        self.draft.set(Key::Lot(lot), Entry::Lot(Arc::new(settled)));
        Ok(true)
    }
}
