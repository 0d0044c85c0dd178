//! Those who are told of changes.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use crate::store::{Changes, Watcher};

/// The watchers, and what they were told last.
#[derive(Default)]
pub(super) struct Audience {
    watchers: RwLock<Vec<Arc<dyn Watcher>>>,
    in_time: Mutex<bool>,
}

impl Audience {
    pub(super) fn add(&self, watcher: Arc<dyn Watcher>) {
        // Locked meanwhile: it must not miss a turn of events in between.
        let in_time = self.in_time.lock();
        watcher.in_time(*in_time);
        self.watchers.write().push(watcher);
    }

    fn all(&self) -> Vec<Arc<dyn Watcher>> {
        self.watchers.read().clone()
    }

    pub(super) async fn changed(&self, changes: &Changes) {
        for watcher in self.all() {
            watcher.changed(changes).await;
        }
    }

    pub(super) async fn everything(&self) {
        for watcher in self.all() {
            watcher.everything().await;
        }
    }

    /// Tell them, if that is news.
    pub(super) fn in_time(&self, in_time: bool) {
        let mut last = self.in_time.lock();
        if *last == in_time {
            return;
        }
        *last = in_time;
        if in_time {
            tracing::info!("changes are told in time");
        } else {
            tracing::warn!("changes are not told in time");
        }
        for watcher in self.all() {
            watcher.in_time(in_time);
        }
    }

    pub(super) fn is_in_time(&self) -> bool {
        *self.in_time.lock()
    }
}
