//! Which lots a recall reaches: lots made from a recalled lot, and lots made from those.
//!
//! Worked out when a recall is issued or widened, and again for a lot whose ancestors change afterwards. A recall of
//! serials reaches no other lot: it is not on record which units went into what.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use gs1::{Gtin14, Lot};
use nguon_openapi::RecallStatus;

use super::draft::Draft;
use super::fold::Fold;
use super::report::WarningCode;
use crate::registry::entry::Ancestor;
use crate::registry::{LotRef, RecallEntry, RecallId, RecallScope};
use crate::store::{Entry, Key, Kind, Store, StoreError};

/// Most lots that a recall lists.
const MAX_DERIVED: usize = 4_096;

/// Entries read in one go.
const PAGE: usize = 1_000;

/// The recalls that have not been withdrawn, by product.
#[derive(Debug, Default)]
pub(super) struct Recalls {
    by_product: HashMap<Gtin14, Vec<(RecallId, RecallScope)>>,
}

impl Recalls {
    /// The recalls on record.
    pub(super) async fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let mut recalls = Self::default();
        let mut after = None;
        loop {
            let page = store.scan(Kind::Recall, after, PAGE).await?;
            for (_, entry) in &page {
                if let Entry::Recall(entry) = entry {
                    recalls.note(entry);
                }
            }
            let full = page.len() == PAGE;
            after = page.into_iter().next_back().map(|(key, _)| key);
            if !full {
                return Ok(recalls);
            }
        }
    }

    /// A recall has been issued, amended, closed or withdrawn.
    pub(super) fn note(&mut self, entry: &RecallEntry) {
        let recall = &entry.recall;
        let of_product = self.by_product.entry(recall.scope.gtin).or_default();
        of_product.retain(|(id, _)| *id != recall.id);
        if recall.status != RecallStatus::Withdrawn {
            of_product.push((recall.id.clone(), recall.scope.clone()));
        }
    }

    /// The recalls that reach a lot by its ancestors.
    fn reaching(&self, ancestors: &[Ancestor]) -> BTreeSet<RecallId> {
        if self.by_product.is_empty() {
            return BTreeSet::new();
        }
        let mut found = BTreeSet::new();
        for Ancestor { lot, .. } in ancestors {
            for (id, scope) in self.by_product.get(&lot.gtin).into_iter().flatten() {
                if names(scope, lot.lot) && !found.contains(id) {
                    found.insert(id.clone());
                }
            }
        }
        found
    }
}

/// Whether a recall names a lot of its product.
fn names(scope: &RecallScope, lot: Lot) -> bool {
    scope.whole_product || scope.lots.contains(&lot)
}

impl Fold<'_, '_> {
    /// A lot's ancestors have changed: put it on the lists of the recalls that reach it now, and take it off those
    /// that no longer do.
    pub(super) async fn reached_by_recalls(
        &mut self,
        lot: LotRef,
        before: &[Ancestor],
        after: &[Ancestor],
    ) -> Result<(), StoreError> {
        let (before, after) = (self.recalls.reaching(before), self.recalls.reaching(after));
        for id in before.symmetric_difference(&after) {
            let Some(entry) = self.draft.recall(id).await? else { continue };
            let mut derived = entry.derived.clone();
            let mut derived_cut = entry.derived_cut;
            match (derived.binary_search(&lot), after.contains(id)) {
                (Err(_), true) if derived.len() >= MAX_DERIVED => derived_cut = true,
                (Err(place), true) => derived.insert(place, lot),
                (Ok(place), false) => {
                    derived.remove(place);
                }
                _ => {}
            }
            let entry = RecallEntry { derived, derived_cut, ..(*entry).clone() };
            self.draft.set(Key::Recall(id.clone()), Entry::Recall(Arc::new(entry)));
        }
        Ok(())
    }

    /// Every lot that a recall reaches, in their order, and whether there are more than it can list.
    pub(super) async fn derived(&mut self, scope: &RecallScope) -> Result<(Vec<LotRef>, bool), StoreError> {
        let named: HashSet<LotRef> = if scope.whole_product {
            lots_with_outputs(self.draft, scope.gtin).await?.into_iter().collect()
        } else {
            scope.lots.iter().map(|&lot| LotRef { gtin: scope.gtin, lot }).collect()
        };
        let mut derived = BTreeSet::new();
        let mut cut = false;
        let mut seen = named.clone();
        let mut queue: VecDeque<LotRef> = named.into_iter().collect();
        while let Some(next) = queue.pop_front() {
            let Some(outputs) = self.draft.outputs(next).await? else { continue };
            for &output in &outputs.lots {
                if derived.len() >= MAX_DERIVED && !derived.contains(&output) {
                    cut = true;
                    queue.clear();
                    break;
                }
                derived.insert(output);
                if seen.insert(output) {
                    queue.push_back(output);
                }
            }
        }
        if cut {
            self.warn(
                "scope",
                WarningCode::DerivedCut,
                format!("more than {MAX_DERIVED} lots were made from what is recalled; every one of them says so, not all are listed"),
            );
        }
        Ok((derived.into_iter().collect(), cut))
    }
}

/// The lots of a product that something was made from, on record or not. At most as many as a recall can list: each
/// has an output, so that more would not change the answer.
async fn lots_with_outputs(draft: &mut Draft<'_>, gtin: Gtin14) -> Result<Vec<LotRef>, StoreError> {
    let mut lots = draft.lots_with_outputs(gtin);
    // The first lot of a product in the order of keys, should it exist. `!` begins GS1's set 82.
    let Ok(lot) = Lot::try_from("!") else { return Ok(lots) };
    let first = LotRef { gtin, lot };
    lots.push(first);
    let mut after = Key::Outputs(first);
    while lots.len() <= MAX_DERIVED {
        let page = draft.store().scan(Kind::Outputs, Some(after), PAGE).await?;
        let of_product = page.iter().filter_map(|(key, _)| match key {
            Key::Outputs(lot) if lot.gtin == gtin => Some(*lot),
            _ => None,
        });
        let before = lots.len();
        lots.extend(of_product);
        let more = lots.len() - before == PAGE;
        match page.into_iter().next_back() {
            Some((last, _)) if more => after = last,
            _ => break,
        }
    }
    Ok(lots)
}
