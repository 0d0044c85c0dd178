//! Every recall, in memory: a lookup must not depend on finding one in time.
//!
//! Loaded whole at start and kept up by the store's changes, before the commit that publishes a recall is
//! acknowledged. When a change could not be read, the map is in doubt and nothing is answered from it until it
//! has been loaded anew: a recall that is missed is the one thing that must not happen.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use gs1::Gtin14;
use parking_lot::RwLock;

use crate::registry::{RecallEntry, RecallId};
use crate::store::{Entry, Key, Kind, Store, StoreError, Watcher};

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

    /// Read every recall anew.
    pub(super) async fn load(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
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
        self.in_doubt.store(false, Ordering::Release);
        Ok(())
    }

    /// Make sure that no recall is missing.
    pub(super) async fn whole(&self) -> Result<(), StoreError> {
        if self.in_doubt.load(Ordering::Acquire) { self.load().await } else { Ok(()) }
    }

    /// Every recall of these products, in any state.
    pub(super) fn of(&self, products: impl IntoIterator<Item = Gtin14>) -> Vec<Arc<RecallEntry>> {
        let map = self.by_product.read();
        if map.is_empty() {
            return Vec::new();
        }
        products.into_iter().filter_map(|gtin| map.get(&gtin)).flatten().cloned().collect()
    }

    async fn update(&self, ids: &[RecallId]) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        let keys: Vec<Key> = ids.iter().cloned().map(Key::Recall).collect();
        let snapshot = self.store.read(&keys).await?;
        let mut map = self.by_product.write();
        for (id, entry) in ids.iter().zip(snapshot.entries) {
            // Its product may have been amended: it leaves its old place, whichever that was.
            for recalls in map.values_mut() {
                recalls.retain(|known| known.recall.id != *id);
            }
            if let Some(Entry::Recall(recall)) = entry {
                map.entry(recall.recall.scope.gtin).or_default().push(recall);
            }
        }
        map.retain(|_, recalls| !recalls.is_empty());
        Ok(())
    }
}

#[async_trait]
impl Watcher for RecallMap {
    async fn changed(&self, keys: &[Key]) {
        let ids: Vec<RecallId> = keys
            .iter()
            .filter_map(|key| match key {
                Key::Recall(id) => Some(id.clone()),
                _ => None,
            })
            .collect();
        if ids.is_empty() {
            return;
        }
        if let Err(error) = self.update(&ids).await {
            self.in_doubt.store(true, Ordering::Release);
            tracing::error!(%error, recalls = ids.len(), "recalls are in doubt until they are read anew");
        }
    }
}
