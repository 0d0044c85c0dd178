//! Every recall, in memory: a lookup must not depend on finding one in time.
//!
//! Loaded whole at start and kept up by the store's changes, before the commit that publishes a recall is
//! acknowledged. When a change could not be read, the map is in doubt and nothing is answered from it until it
//! has been loaded anew: a recall that is missed is the one thing that must not happen.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gs1::Gtin14;
use parking_lot::RwLock;

use crate::registry::{LotRef, RecallEntry, RecallId};
use crate::store::{Dependency, Entry, Key, Kind, Store, StoreError};

/// Recalls read at a time when loading.
const PAGE: usize = 1_000;

/// All recalls by the product they are about.
pub(super) struct RecallMap {
    store: Arc<dyn Store>,
    by_product: RwLock<HashMap<Gtin14, Vec<Arc<RecallEntry>>>>,
    in_doubt: AtomicBool,
    /// Loads and updates one after the other: an older read must not overwrite a newer one.
    turn: tokio::sync::Mutex<()>,
}

impl RecallMap {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            by_product: RwLock::default(),
            in_doubt: AtomicBool::new(true),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// Something may be missing: load anew before the next answer.
    pub(super) fn doubt(&self) {
        self.in_doubt.store(true, Ordering::SeqCst);
    }

    /// Make sure that no recall is missing.
    pub(super) async fn whole(&self) -> Result<(), StoreError> {
        if !self.in_doubt.load(Ordering::SeqCst) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        if self.in_doubt.swap(false, Ordering::SeqCst) {
            // Doubt that comes while loading stays.
            self.load().await.inspect_err(|_| self.doubt())?;
        }
        Ok(())
    }

    async fn load(&self) -> Result<(), StoreError> {
        let mut all: HashMap<Gtin14, Vec<Arc<RecallEntry>>> = HashMap::new();
        let mut after = None;
        loop {
            let page = self.store.scan(Kind::Recall, after.take(), PAGE).await?;
            let last = page.len() < PAGE;
            after = page.last().map(|(key, _)| key.clone());
            for (_, entry) in page {
                if let Entry::Recall(recall) = entry {
                    all.entry(recall.recall.scope.gtin).or_default().push(recall);
                }
            }
            if last {
                break;
            }
        }
        *self.by_product.write() = all;
        Ok(())
    }

    /// Every recall of these products, in any state.
    pub(super) fn of(&self, products: impl IntoIterator<Item = Gtin14>) -> Vec<Arc<RecallEntry>> {
        let map = self.by_product.read();
        if map.is_empty() {
            return Vec::new();
        }
        products.into_iter().filter_map(|gtin| map.get(&gtin)).flatten().cloned().collect()
    }

    /// Read recalls anew. Gives the names of every product and lot that they reach or reached, explicit and derived;
    /// `None` when one reaches more than it can name.
    pub(super) async fn update(&self, ids: &[RecallId]) -> Result<Option<Vec<Dependency>>, StoreError> {
        let _turn = self.turn.lock().await;
        let keys: Vec<Key> = ids.iter().cloned().map(Key::Recall).collect();
        let read = self.store.read(&keys).await.inspect_err(|_| self.doubt())?;
        let mut touched: Vec<Arc<RecallEntry>> = Vec::new();
        {
            let mut map = self.by_product.write();
            for (id, entry) in ids.iter().zip(read.entries) {
                // Its product may have been amended: it leaves its old place, whichever that was.
                for recalls in map.values_mut() {
                    touched.extend(recalls.extract_if(.., |known| known.recall.id == *id));
                }
                if let Some(Entry::Recall(recall)) = entry {
                    touched.push(Arc::clone(&recall));
                    map.entry(recall.recall.scope.gtin).or_default().push(recall);
                }
            }
            map.retain(|_, recalls| !recalls.is_empty());
        }
        if touched.iter().any(|recall| recall.derived_cut) {
            return Ok(None);
        }
        let names = touched.iter().flat_map(|recall| reached(recall));
        Ok(Some(names.map(|key| self.store.dependency(&key)).collect()))
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
