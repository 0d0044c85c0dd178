//! The generic cell rate algorithm (ITU-T I.371) over a table of fixed size.
//!
//! A cell holds one instant: when, at the quota's pace, everything let through so far would have arrived. A request
//! moves it on by one pace; it is let through as long as that is not further ahead of now than the burst allows.

use core::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus::IntCounter;

use super::Client;

/// Cells of a meter: 2²⁰, 8 MiB.
const CELLS: usize = 1 << 20;
/// Cells of a small one.
const FEW_CELLS: usize = 1 << 16;

/// How much is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// At once.
    pub burst: u32,
    /// In the long run, per period.
    pub per_period: u32,
    /// The period.
    pub period: Duration,
}

impl Quota {
    /// Microseconds between two, at the pace of the long run.
    fn pace_us(self) -> u64 {
        let period = u64::try_from(self.period.as_micros()).unwrap_or(u64::MAX);
        (period / u64::from(self.per_period.max(1))).max(1)
    }
}

/// What a meter says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Let it through.
    Through,
    /// Not now.
    Wait {
        /// Try again after this time.
        after: Duration,
    },
}

/// A meter for all clients.
pub struct Meter {
    quota: Quota,
    pace_us: u64,
    burst_us: u64,
    cells: Box<[AtomicU64]>,
    refused: Option<IntCounter>,
}

impl Meter {
    /// A meter with a quota.
    #[must_use]
    pub fn new(quota: Quota) -> Self {
        Self::with_cells(quota, CELLS)
    }

    /// A meter for what is seldom: 2¹⁶ cells, 512 KiB.
    #[must_use]
    pub fn small(quota: Quota) -> Self {
        Self::with_cells(quota, FEW_CELLS)
    }

    fn with_cells(quota: Quota, cells: usize) -> Self {
        let pace_us = quota.pace_us();
        Self {
            quota,
            pace_us,
            burst_us: pace_us.saturating_mul(u64::from(quota.burst.max(1))),
            cells: (0..cells).map(|_| AtomicU64::new(0)).collect(),
            refused: None,
        }
    }

    /// A meter that counts what it refuses.
    #[must_use]
    pub fn counting(quota: Quota, refused: IntCounter) -> Self {
        Self { refused: Some(refused), ..Self::new(quota) }
    }

    /// Its quota.
    #[must_use]
    pub const fn quota(&self) -> Quota {
        self.quota
    }

    /// Take `count` at a time, in microseconds since any fixed instant. All of them or none.
    pub fn take(&self, client: Client, count: u32, now_us: u64) -> Decision {
        let cost = self.pace_us.saturating_mul(u64::from(count));
        let cell = self.cell(client);
        let mut seen = cell.load(Ordering::Relaxed);
        loop {
            let moved = seen.max(now_us).saturating_add(cost);
            let ahead = moved - now_us;
            if ahead > self.burst_us {
                if let Some(refused) = &self.refused {
                    refused.inc();
                }
                return Decision::Wait { after: Duration::from_micros(ahead - self.burst_us) };
            }
            match cell.compare_exchange_weak(seen, moved, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Decision::Through,
                Err(newer) => seen = newer,
            }
        }
    }

    /// Whether one more would be let through; takes nothing.
    pub fn look(&self, client: Client, now_us: u64) -> Decision {
        let ahead = self.cell(client).load(Ordering::Relaxed).max(now_us).saturating_add(self.pace_us) - now_us;
        if ahead > self.burst_us {
            Decision::Wait { after: Duration::from_micros(ahead - self.burst_us) }
        } else {
            Decision::Through
        }
    }

    fn cell(&self, client: Client) -> &AtomicU64 {
        // The remainder is below the length of the table.
        &self.cells[usize::try_from(client.hash() % self.cells.len() as u64).unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUOTA: Quota = Quota { burst: 5, per_period: 60, period: Duration::from_mins(1) };
    const SECOND_US: u64 = 1_000_000;

    fn passes(decision: Decision) -> bool {
        decision == Decision::Through
    }

    #[test]
    fn a_burst_goes_through_and_then_one_a_second() {
        let meter = Meter::new(QUOTA);
        let client = Client::from_hash(7);
        for _ in 0..5 {
            assert_eq!(meter.take(client, 1, 10 * SECOND_US), Decision::Through);
        }
        assert_eq!(meter.take(client, 1, 10 * SECOND_US), Decision::Wait { after: Duration::from_secs(1) });
        assert!(passes(meter.take(client, 1, 11 * SECOND_US)));
        assert!(!passes(meter.take(client, 1, 11 * SECOND_US)));
    }

    #[test]
    fn one_client_does_not_use_up_what_is_anothers() {
        let meter = Meter::new(QUOTA);
        assert!(passes(meter.take(Client::from_hash(1), 5, 0)));
        assert!(!passes(meter.take(Client::from_hash(1), 1, 0)));
        assert!(passes(meter.take(Client::from_hash(2), 1, 0)));
    }

    proptest! {
        #[test]
        fn never_more_than_burst_and_pace(steps in prop::collection::vec((0..3_000_000_u64, 1..3_u32), 1..200)) {
            let meter = Meter::new(QUOTA);
            let client = Client::from_hash(9);
            let (mut now, mut through) = (0_u64, 0_u64);
            for (step, count) in steps {
                now += step;
                if passes(meter.take(client, count, now)) {
                    through += u64::from(count);
                }
                prop_assert!(through <= 5 + now / SECOND_US);
            }
        }
    }
}
