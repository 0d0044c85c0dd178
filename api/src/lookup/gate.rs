//! The way to the store: a deadline, a bulkhead and a breaker, so that a slow store costs little and a dead one less.
//!
//! A miss has one deadline, however many reads it takes. Only so many misses are under way at a time; while changes
//! are not told in time each of them counts for several, because then everything kept grows old at once and must not
//! be read again at once. What is turned away here is told so immediately and says nothing about a code.

use core::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::breaker::Breaker;
use super::counts::Counts;
use super::records::must_hold_something;
use crate::clock::Clock;
use crate::store::{Key, Snapshot, Store, StoreError};

/// Misses under way at a time.
const PLACES: u32 = 1_024;
/// What a miss counts for while changes are not told in time.
const PLACES_IN_DOUBT: u32 = 8;
/// Between two probes of a store that does not answer.
const PROBE_EVERY: Duration = Duration::from_millis(250);
/// Longest that a probe may take.
const PROBE: Duration = Duration::from_secs(1);

/// The one way to the store.
pub(super) struct Gate {
    pub(super) store: Arc<dyn Store>,
    pub(super) counts: Arc<Counts>,
    clock: Arc<dyn Clock>,
    breaker: Breaker,
    places: Semaphore,
    /// When the store last showed a registry with records, in seconds since 1970.
    seen_at: AtomicI64,
}

/// A miss under way.
pub(super) struct Place<'g>(#[expect(dead_code, reason = "gives its place back when dropped")] SemaphorePermit<'g>);

impl Gate {
    pub(super) fn before(store: Arc<dyn Store>, clock: Arc<dyn Clock>, counts: Arc<Counts>) -> Self {
        Self {
            store,
            counts,
            clock,
            breaker: Breaker::default(),
            places: Semaphore::new(PLACES as usize),
            seen_at: AtomicI64::new(i64::MIN),
        }
    }

    /// Take a place for a miss.
    pub(super) fn enter(&self, in_time: bool) -> Result<Place<'_>, StoreError> {
        let weight = if in_time { 1 } else { PLACES_IN_DOUBT };
        self.places.try_acquire_many(weight).map(Place).map_err(|_| {
            self.counts.turned_away.inc();
            StoreError::Unreachable("too many lookups are under way".to_owned())
        })
    }

    /// How much of the bulkhead is taken, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
    pub(super) fn fullness(&self) -> f64 {
        1.0 - self.places.available_permits() as f64 / f64::from(PLACES)
    }

    /// Whether the store is asked at all.
    pub(super) fn is_open(&self) -> bool {
        !self.breaker.is_open()
    }

    /// When the store last showed a registry with records, in seconds since 1970.
    pub(super) fn seen_at(&self) -> i64 {
        self.seen_at.load(Ordering::Relaxed)
    }

    /// That the store is to be asked now.
    pub(super) fn must_be_open(&self) -> Result<(), StoreError> {
        if self.is_open() {
            return Ok(());
        }
        self.counts.not_asked.inc();
        Err(StoreError::Unreachable("it has not answered for a while".to_owned()))
    }

    /// Read before a deadline.
    pub(super) async fn read(self: &Arc<Self>, keys: &[Key], by: Instant) -> Result<Snapshot, StoreError> {
        self.must_be_open()?;
        let began = Instant::now();
        let answer = timeout_at(by, self.whole(keys)).await.unwrap_or_else(|_| {
            let late = began.elapsed().as_millis();
            Err(StoreError::Unreachable(format!("no answer within {late} ms")))
        });
        self.counts.read_seconds.observe(began.elapsed().as_secs_f64());
        self.note(answer.as_ref().err());
        answer
    }

    /// What a registry that holds records says.
    async fn whole(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        let snapshot = self.store.read(keys).await?;
        must_hold_something(&snapshot.marker)?;
        self.seen();
        Ok(snapshot)
    }

    fn note(self: &Arc<Self>, error: Option<&StoreError>) {
        let Some(error) = error else { return self.breaker.answered() };
        self.counts.failed(error);
        if !matches!(error, StoreError::Unreachable(_)) {
            return self.breaker.answered();
        }
        if self.breaker.failed() {
            tracing::warn!(%error, "the store does not answer: it is not asked until it does");
            tokio::spawn(probe(Arc::downgrade(self)));
        }
    }

    /// Whether the store shows a registry with records just now, whatever the breaker says.
    pub(super) async fn look(&self) -> Result<(), StoreError> {
        let late = |_| Err(StoreError::Unreachable("it does not answer".to_owned()));
        timeout(PROBE, self.whole(&[])).await.unwrap_or_else(late).map(drop)
    }

    /// Now, in seconds since 1970.
    pub(super) fn now_s(&self) -> i64 {
        self.clock.now().as_second()
    }

    fn seen(&self) {
        let now = self.now_s();
        // Once a second is often enough, and spares a line that every thread reads.
        if self.seen_at.load(Ordering::Relaxed) != now {
            self.seen_at.store(now, Ordering::Relaxed);
        }
    }
}

/// Closes the breaker when the probe ends, however it does: a store that nobody looks after any more is asked again.
struct Probing(Weak<Gate>);

impl Drop for Probing {
    fn drop(&mut self) {
        if let Some(gate) = self.0.upgrade() {
            gate.breaker.close();
        }
    }
}

/// Until the store answers, whatever it says then.
async fn probe(gate: Weak<Gate>) {
    let _probing = Probing(Weak::clone(&gate));
    loop {
        sleep(PROBE_EVERY).await;
        let Some(gate) = gate.upgrade() else { return };
        if !matches!(gate.look().await, Err(StoreError::Unreachable(_))) {
            tracing::info!("the store answers again");
            return;
        }
    }
}
