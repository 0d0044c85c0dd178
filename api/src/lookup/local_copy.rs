//! A copy of the registry on this node's own disk, as old as it is: to tell origins from while the store is away.
//!
//! A disk may be slow too, and an outage brings many questions at once: it is read on a thread that may wait, before a
//! deadline, and by few at a time.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use crate::store::{Entry, Key, Store};

/// Reads under way at a time, those included for which nobody waits any more.
const READS: usize = 16;

/// The copy.
#[derive(Clone)]
pub struct LocalCopy {
    /// Where it is.
    pub store: Arc<dyn Store>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Where it is read.
pub(super) struct Shelf {
    copy: LocalCopy,
    places: Arc<Semaphore>,
}

impl Shelf {
    pub(super) fn of(copy: LocalCopy) -> Self {
        Self { copy, places: Arc::new(Semaphore::new(READS)) }
    }

    /// When the copy was made.
    pub(super) const fn made_at(&self) -> Timestamp {
        self.copy.made_at
    }

    /// What it holds, in the order of the keys. Nothing where it cannot be read in time: what memory knows is told all
    /// the same.
    pub(super) async fn read(&self, keys: Vec<Key>, by: Instant) -> Vec<Option<Entry>> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { return Vec::new() };
        let (store, runtime) = (Arc::clone(&self.copy.store), Handle::current());
        let reading = tokio::task::spawn_blocking(move || {
            let _place = place;
            runtime.block_on(store.read(&keys))
        });
        match timeout_at(by, reading).await {
            Ok(Ok(Ok(read))) => read.entries,
            Ok(Ok(Err(error))) => {
                tracing::error!(%error, "the local copy cannot be read");
                Vec::new()
            }
            Ok(Err(_)) | Err(_) => Vec::new(),
        }
    }
}
