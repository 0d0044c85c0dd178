//! What a lookup is made of: the store, the clock, memory, patience, and where its answers stand.

use std::sync::Arc;
use std::time::Duration;

use super::LocalCopy;
use crate::clock::Clock;
use crate::store::Store;
use crate::telemetry::Telemetry;

/// What a lookup is made of.
pub struct Setup {
    /// The registry.
    pub store: Arc<dyn Store>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where the answers stand.
    pub site: Site,
    /// Memory for each tier.
    pub memory: Memory,
    /// How long to wait for the store, and for how long to do without it.
    pub patience: Patience,
    /// A copy of the registry to tell origins from while the store is away.
    pub local_copy: Option<LocalCopy>,
    /// Where it counts.
    pub telemetry: Telemetry,
}

/// Memory for each tier, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Products, lots, producers.
    pub records: u64,
    /// Cards as bytes.
    pub bodies: u64,
    /// Cards of codes that are not on record.
    pub unknown: u64,
}

impl Default for Memory {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self { records: 64 * MIB, bodies: 256 * MIB, unknown: 8 * MIB }
    }
}

/// How long to wait for the store, and for how long to do without it.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Longest that a miss may wait for the store, in all.
    pub miss: Duration,
    /// How old an answer may be that is shown, marked as such, while the store cannot be asked.
    pub stale: Duration,
}

impl Patience {
    /// Default of `miss` for a store on the network: 240 ms.
    pub const MISS: Duration = Duration::from_millis(240);
    /// Default of `miss` for a store in a file of this machine, which is slow only when the whole machine is: 5 s.
    pub const MISS_EMBEDDED: Duration = Duration::from_secs(5);
    /// Default of `stale`: 10 min.
    pub const STALE: Duration = Duration::from_mins(10);
    /// Longest `stale` that may be set: a day.
    pub const STALE_MAX: Duration = Duration::from_hours(24);
}

impl Patience {
    /// `stale` in whole seconds.
    pub(super) fn stale_s(self) -> i64 {
        Self::seconds(self.stale)
    }

    /// A limit like `stale` in whole seconds, within its bound.
    pub(super) fn seconds(limit: Duration) -> i64 {
        i64::try_from(limit.min(Self::STALE_MAX).as_secs()).unwrap_or_default()
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self { miss: Self::MISS, stale: Self::STALE }
    }
}

/// Where the answers stand.
#[derive(Clone, Debug)]
pub struct Site {
    /// The public origin, without a slash at its end.
    pub base_url: String,
    /// The whole registry is a demonstration: every card says so.
    pub demo: bool,
    /// Checks are counted here: a card of one unit offers one. Otherwise no card may speak of it.
    pub checks: bool,
}
