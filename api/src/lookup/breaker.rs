//! When the store does not answer: stop asking it, and notice when it does again.
//!
//! Closed: misses go to the store. After [`FAILURES`] in a row that got no answer it opens: misses are told at once,
//! without a read, so that a frozen server costs its deadline a few times and not once a request. While it is open a
//! probe in the background asks for the registry's marker alone; its first answer closes it again.
//!
//! What counts as a failure is that nothing came back. A store that answers "I am empty" has answered.

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Reads in a row without an answer after which the store is not asked any more.
const FAILURES: u32 = 5;

/// The state.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: AtomicU32,
    open: AtomicBool,
}

impl Breaker {
    /// Whether the store is not to be asked.
    pub(super) fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    /// The store has answered.
    pub(super) fn answered(&self) {
        // Seldom anything else than 0: a store to a line that every thread reads would be passed around for nothing.
        if self.failures.load(Ordering::Relaxed) != 0 {
            self.failures.store(0, Ordering::Relaxed);
        }
    }

    /// The store has not answered. True for the one failure that opens the breaker: its caller sends the probe.
    #[must_use]
    pub(super) fn failed(&self) -> bool {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
        failures >= FAILURES && !self.open.swap(true, Ordering::AcqRel)
    }

    /// The probe was answered.
    pub(super) fn close(&self) {
        self.failures.store(0, Ordering::Relaxed);
        self.open.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_failures_in_a_row_open_it_and_only_one_of_them_sends_the_probe() {
        let breaker = Breaker::default();
        for _ in 1..FAILURES {
            assert!(!breaker.failed());
        }
        breaker.answered();
        for _ in 1..FAILURES {
            assert!(!breaker.failed());
            assert!(!breaker.is_open());
        }
        assert!(breaker.failed());
        assert!(breaker.is_open());
        assert!(!breaker.failed());
    }

    #[test]
    fn the_probe_alone_closes_it() {
        let breaker = Breaker::default();
        while !breaker.failed() {}
        // A read that was under way when it opened says nothing of the store now.
        breaker.answered();
        assert!(breaker.is_open());
        breaker.close();
        assert!(!breaker.is_open());
        assert!(!breaker.failed());
    }
}
