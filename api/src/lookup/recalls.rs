//! Every recall, in memory: a lookup must not depend on finding one in time.
//!
//! Loaded whole at start and kept up by the store's changes, before the commit that publishes a recall is
//! acknowledged. When a change could not be read, the map is in doubt and nothing is answered from it until it
//! has been loaded anew: a recall that is missed is the one thing that must not happen. While changes are not told in
//! time it grows old like anything else in memory: it is loaded anew every ten seconds, and what was judged by it is
//! as old as it is.

use core::hash::Hash;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use gs1::Gtin14;
use jiff::Timestamp;
use parking_lot::{Mutex, RwLock};
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout_at};

use super::gate::Gate;
use super::validity::Validity;
use crate::registry::{LotRef, RecallEntry, RecallId};
use crate::store::{Dependency, Entry, Key, Kind, StoreError};

/// Recalls read at a time when loading.
const PAGE: usize = 1_000;

/// How old the map may be while changes are not told in time, in seconds. What is judged by it lives for the rest of
/// what things may live for then.
const IN_DOUBT_S: i64 = 10;

/// Longest that it takes to notice that changes are not told in time, in seconds.
const NOTICED_WITHIN_S: i64 = 2;

/// Recalls, by what they are found by.
#[derive(Default)]
struct Known {
    named: HashMap<RecallId, Arc<RecallEntry>>,
    of_product: HashMap<Gtin14, Vec<Arc<RecallEntry>>>,
    /// Lots made from a recalled one: a lot too far down the chain to list the recalled one among its ancestors is
    /// found all the same.
    reaching_lot: HashMap<LotRef, Vec<Arc<RecallEntry>>>,
}

impl Known {
    fn add(&mut self, recall: Arc<RecallEntry>) {
        // A page that is read twice must not show a recall twice.
        self.remove(&recall.recall.id.clone());
        for lot in &recall.derived {
            self.reaching_lot.entry(*lot).or_default().push(Arc::clone(&recall));
        }
        self.of_product.entry(recall.recall.scope.gtin).or_default().push(Arc::clone(&recall));
        self.named.insert(recall.recall.id.clone(), recall);
    }

    fn remove(&mut self, id: &RecallId) -> Option<Arc<RecallEntry>> {
        let gone = self.named.remove(id)?;
        leave(&mut self.of_product, &gone.recall.scope.gtin, id);
        for lot in &gone.derived {
            leave(&mut self.reaching_lot, lot, id);
        }
        Some(gone)
    }
}

fn leave<K: Eq + Hash>(map: &mut HashMap<K, Vec<Arc<RecallEntry>>>, place: &K, id: &RecallId) {
    if let Some(recalls) = map.get_mut(place) {
        recalls.retain(|known| known.recall.id != *id);
        if recalls.is_empty() {
            map.remove(place);
        }
    }
}

/// A load of all of them, waited for together.
type Loading = Shared<BoxFuture<'static, Result<(), StoreError>>>;

/// All recalls by the product they are about.
pub(super) struct RecallMap {
    gate: Arc<Gate>,
    validity: Arc<Validity>,
    known: RwLock<Known>,
    /// Grows with each doubt; the map is whole when it was loaded at this doubt.
    doubts: AtomicU64,
    loaded_at: AtomicU64,
    /// Nothing from before this instant is missing, in seconds since 1970; of use while the map is not kept up.
    as_of: AtomicI64,
    loading: Mutex<Option<(Loading, AbortHandle)>>,
    /// Loads and updates one after the other: an older read must not overwrite a newer one.
    turn: tokio::sync::Mutex<()>,
}

impl RecallMap {
    pub(super) fn new(gate: Arc<Gate>, validity: Arc<Validity>) -> Self {
        Self {
            gate,
            validity,
            known: RwLock::default(),
            doubts: AtomicU64::new(1),
            loaded_at: AtomicU64::new(0),
            as_of: AtomicI64::new(Timestamp::MIN.as_second()),
            loading: Mutex::default(),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// Something may be missing: load anew before the next answer.
    pub(super) fn doubt(&self) {
        self.was_kept_up_until(self.gate.now_s());
        self.doubts.fetch_add(1, Ordering::SeqCst);
    }

    /// Changes are not told in time any more: from here on the map grows old.
    pub(super) fn grow_old(&self) {
        self.was_kept_up_until(self.noticed_gap_since());
    }

    /// Since when changes may be missing if it is noticed now that they are not told in time, in seconds since 1970.
    pub(super) fn noticed_gap_since(&self) -> i64 {
        self.gate.now_s() - NOTICED_WITHIN_S
    }

    /// If it was: a map that is old already does not get younger.
    fn was_kept_up_until(&self, second: i64) {
        if self.as_of().is_none() {
            self.as_of.store(second, Ordering::SeqCst);
        }
    }

    /// How old it is: `None` while it is kept up, else since when something may be missing.
    pub(super) fn as_of(&self) -> Option<Timestamp> {
        let kept_up = self.validity.is_in_time() && self.is_whole();
        if kept_up { None } else { Timestamp::from_second(self.as_of.load(Ordering::SeqCst)).ok() }
    }

    fn is_young(&self, now: Timestamp) -> bool {
        let age_s = now.as_second().saturating_sub(self.as_of.load(Ordering::SeqCst));
        self.validity.is_in_time() || age_s < IN_DOUBT_S
    }

    fn is_whole(&self) -> bool {
        self.loaded_at.load(Ordering::SeqCst) == self.doubts.load(Ordering::SeqCst)
    }

    /// Make sure that no recall is missing but of the last seconds in which changes were not told in time. True when
    /// the map was in doubt: nothing that was judged before may be kept. Those who wait give up at their deadline; the
    /// load itself goes on, however long it takes.
    pub(super) async fn whole(self: &Arc<Self>, by: Instant, now: Timestamp) -> Result<bool, StoreError> {
        let doubted = !self.is_whole();
        if !doubted && self.is_young(now) {
            return Ok(false);
        }
        let loaded = async {
            // A doubt that came while it was being loaded asks for another load.
            while !self.is_whole() || !self.is_young(now) {
                self.loading().await?;
            }
            Ok(doubted)
        };
        // Not asked of the gate: a load that takes longer than a miss may wait is no store that does not answer.
        self.gate.must_be_open()?;
        timeout_at(by, loaded)
            .await
            .unwrap_or_else(|_| Err(StoreError::Unreachable("the recalls are still being loaded".to_owned())))
    }

    /// The load under way, or a new one.
    fn loading(self: &Arc<Self>) -> Loading {
        let mut loading = self.loading.lock();
        match loading.as_ref() {
            // By its task: a load that ended when nobody waited for it any more must not answer for a later one.
            Some((under_way, task)) if !task.is_finished() => under_way.clone(),
            _ => {
                let map = Arc::clone(self);
                let task = tokio::spawn(async move { map.make_whole().await });
                let handle = task.abort_handle();
                let interrupted =
                    |error| Err(StoreError::Unreachable(format!("loading the recalls was interrupted: {error}")));
                let begun = task.map(move |done| done.unwrap_or_else(interrupted)).boxed().shared();
                *loading = Some((begun.clone(), handle));
                begun
            }
        }
    }

    async fn make_whole(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        // A doubt that comes while loading is a newer one, and stays.
        let doubt = self.doubts.load(Ordering::SeqCst);
        let as_of = self.gate.now_s();
        let loaded = self.load().await?;
        let before = core::mem::replace(&mut *self.known.write(), loaded);
        // First the map, then those it concerns: whoever begins after that finds what is new.
        self.tell_of_differences(&before);
        self.as_of.store(as_of, Ordering::SeqCst);
        self.loaded_at.store(doubt, Ordering::SeqCst);
        Ok(())
    }

    /// Whatever is judged differently by this map than by the one before has changed, as if each recall had been told:
    /// what is known here must not be hidden by a card from before, however that is marked.
    fn tell_of_differences(&self, before: &Known) {
        let known = self.known.read();
        let gone_or_changed = before.named.iter().filter(|(id, recall)| known.named.get(*id) != Some(*recall));
        let new = known.named.iter().filter(|(id, recall)| before.named.get(*id) != Some(*recall));
        for (_, recall) in gone_or_changed.chain(new) {
            if recall.derived_cut {
                self.validity.changed_unread();
            }
            for key in reached(recall) {
                self.validity.changed(self.gate.store.dependency(&key));
            }
        }
    }

    async fn load(&self) -> Result<Known, StoreError> {
        let mut all = Known::default();
        let mut after = None;
        loop {
            let page = self.gate.store.scan(Kind::Recall, after.take(), PAGE).await?;
            let last = page.len() < PAGE;
            after = page.last().map(|(key, _)| key.clone());
            for (_, entry) in page {
                if let Entry::Recall(recall) = entry {
                    all.add(recall);
                }
            }
            if last {
                break;
            }
        }
        Ok(all)
    }

    /// Every recall of these products and every one that reaches these lots through an input, in any state.
    pub(super) fn of(
        &self,
        products: impl IntoIterator<Item = Gtin14>,
        lots: impl IntoIterator<Item = LotRef>,
    ) -> Vec<Arc<RecallEntry>> {
        let known = self.known.read();
        let mut found: Vec<Arc<RecallEntry>> =
            products.into_iter().filter_map(|gtin| known.of_product.get(&gtin)).flatten().cloned().collect();
        for recall in lots.into_iter().filter_map(|lot| known.reaching_lot.get(&lot)).flatten() {
            if !found.iter().any(|other| other.recall.id == recall.recall.id) {
                found.push(Arc::clone(recall));
            }
        }
        found
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.known.read().named.len()
    }

    /// Read recalls anew. Gives the names of every product and lot that they reach or reached, explicit and derived;
    /// `None` when one reaches more than it can name.
    pub(super) async fn update(&self, ids: &[RecallId]) -> Result<Option<Vec<Dependency>>, StoreError> {
        let _turn = self.turn.lock().await;
        let keys: Vec<Key> = ids.iter().cloned().map(Key::Recall).collect();
        let read = self.gate.store.read(&keys).await.inspect_err(|_| self.doubt())?;
        let mut touched: Vec<Arc<RecallEntry>> = Vec::new();
        {
            let mut known = self.known.write();
            for (id, entry) in ids.iter().zip(read.entries) {
                touched.extend(known.remove(id));
                if let Some(Entry::Recall(recall)) = entry {
                    touched.push(Arc::clone(&recall));
                    known.add(recall);
                }
            }
        }
        if touched.iter().any(|recall| recall.derived_cut) {
            return Ok(None);
        }
        let names = touched.iter().flat_map(|recall| reached(recall));
        Ok(Some(names.map(|key| self.gate.store.dependency(&key)).collect()))
    }
}

/// Keys of every product and lot whose cards a recall changes. A unit's card depends on its product.
fn reached(recall: &RecallEntry) -> impl Iterator<Item = Key> {
    let scope = &recall.recall.scope;
    let gtin = scope.gtin;
    let explicit = scope.lots.iter().map(move |lot| Key::Lot(LotRef { gtin, lot: *lot }));
    let derived = recall.derived.iter().map(|lot| Key::Lot(*lot));
    core::iter::once(Key::Product(gtin)).chain(explicit).chain(derived)
}
