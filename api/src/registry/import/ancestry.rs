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
use crate::registry::entry::Ancestor;
use crate::registry::{FaultCode, LotEntry, LotRef};
use crate::store::{Entry, Key, StoreError};

/// Most ancestors that a lot keeps.
pub(super) const MAX_ANCESTORS: usize = 256;

/// Most lots that may have been made, in any number of steps, from a lot whose inputs change.
const MAX_DESCENDANTS: usize = 4_096;

/// Every lot that a lot was made from, and whether there are more.
///
/// The order in which lots are found is the order in which they are kept, so the search ends with the first one too
/// many: however densely lots are woven, it looks at the inputs of 256 of them.
async fn ancestors(draft: &mut Draft<'_>, of: LotRef, inputs: &[LotRef]) -> Result<(Vec<Ancestor>, bool), StoreError> {
    let mut found: Vec<Ancestor> = Vec::new();
    let mut seen = HashSet::from([of]);
    let mut next = 0;
    let mut level: (Option<u16>, Vec<LotRef>) = (None, inputs.to_vec());
    loop {
        let (into, inputs) = level;
        for lot in inputs {
            if seen.insert(lot) {
                if found.len() == MAX_ANCESTORS {
                    return Ok((found, true));
                }
                found.push(Ancestor { lot, into });
            }
        }
        let Some(ancestor) = found.get(next) else { return Ok((found, false)) };
        let inputs = draft.lot(ancestor.lot).await?.map(|entry| entry.batch.inputs.clone());
        // At most 255, so it always fits.
        level = (u16::try_from(next).ok(), inputs.unwrap_or_default());
        next += 1;
    }
}

impl Fold<'_, '_> {
    /// A lot's inputs may change only while it is possible to hand that on.
    pub(super) async fn can_be_handed_on(&mut self, lot: LotRef) -> Result<(), DeskError> {
        let mut seen = HashSet::from([lot]);
        let mut queue = VecDeque::from([lot]);
        while let Some(next) = queue.pop_front() {
            let Some(outputs) = self.draft.outputs(next).await? else { continue };
            queue.extend(outputs.lots.iter().copied().filter(|output| seen.insert(*output)));
            if seen.len() > MAX_DESCENDANTS {
                return Err(DeskError::refused(
                    "inputs",
                    FaultCode::Full,
                    format!("cannot change: more than {MAX_DESCENDANTS} lots were made from this one"),
                ));
            }
        }
        Ok(())
    }

    /// The inputs of these lots have changed: work out their ancestors, and those of every lot made from them.
    /// Returns those of the lots whose chain was cut.
    ///
    /// Done once for a portion, because each lot is worked out from the inputs that lots declare and from nothing that
    /// was worked out before. A lot whose ancestors stay as they were hands nothing on: what is out of its reach is
    /// out of reach for what was made from it.
    pub(super) async fn hand_on(&mut self, changed: &[LotRef]) -> Result<Vec<LotRef>, DeskError> {
        let mut too_long = Vec::new();
        let mut seen: HashSet<LotRef> = changed.iter().copied().collect();
        let mut queue: VecDeque<(LotRef, bool)> = changed.iter().map(|&lot| (lot, true)).collect();
        while let Some((lot, declared)) = queue.pop_front() {
            let Some(entry) = self.draft.lot(lot).await? else { continue };
            let (ancestors, cut) = ancestors(self.draft, lot, &entry.batch.inputs).await?;
            if cut && declared {
                too_long.push(lot);
            }
            let differs = ancestors != entry.ancestors;
            if differs {
                self.reached_by_recalls(lot, &entry.ancestors, &ancestors).await?;
                let settled = LotEntry { ancestors, ..(*entry).clone() };
                self.draft.set(Key::Lot(lot), Entry::Lot(Arc::new(settled)));
            }
            if differs || declared {
                let outputs = self.draft.outputs(lot).await?;
                let outputs = outputs.iter().flat_map(|outputs| outputs.lots.iter().copied());
                queue.extend(outputs.filter(|output| seen.insert(*output)).map(|output| (output, false)));
            }
        }
        Ok(too_long)
    }
}
