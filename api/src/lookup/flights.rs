//! One flight for a key: ten thousand callers of one cold code cost one read, also when the first goes away.
//!
//! A flight is a task of its own; callers wait for it together. Who joins a flight that began before a change gets
//! nothing older than the change: such a flight is not good enough for those who came after, and they begin anew.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use parking_lot::Mutex;

use super::bodies::BodyKey;
use super::body::Body;
use crate::store::StoreError;

/// What a flight brings.
pub(super) type Landing = Result<Arc<Body>, Arc<StoreError>>;

type Flight = Shared<BoxFuture<'static, Landing>>;

/// Flights under way.
#[derive(Default)]
pub(super) struct Flights {
    under_way: Arc<Mutex<HashMap<BodyKey, Flight>>>,
}

impl Flights {
    /// Join the flight of a key, or begin it. Says whether it was begun by this call.
    pub(super) fn join<F>(&self, key: BodyKey, fly: impl FnOnce() -> F) -> (Flight, bool)
    where
        F: Future<Output = Landing> + Send + 'static,
    {
        let mut under_way = self.under_way.lock();
        if let Some(flight) = under_way.get(&key) {
            return (flight.clone(), false);
        }
        let landed = Landed { key, under_way: Arc::clone(&self.under_way) };
        // On the heap: a task is moved some times, and this future is large.
        let flying = fly().boxed();
        let task = tokio::spawn(async move {
            let _landed = landed;
            flying.await
        });
        let flight = task.map(|done| done.unwrap_or_else(|error| Err(Arc::new(interrupted(&error))))).boxed().shared();
        under_way.insert(key, flight.clone());
        (flight, true)
    }
}

fn interrupted(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Unreachable(format!("the lookup was interrupted: {error}"))
}

/// Takes a flight off the list when it has landed, also when it crashed.
struct Landed {
    key: BodyKey,
    under_way: Arc<Mutex<HashMap<BodyKey, Flight>>>,
}

impl Drop for Landed {
    fn drop(&mut self) {
        self.under_way.lock().remove(&self.key);
    }
}
