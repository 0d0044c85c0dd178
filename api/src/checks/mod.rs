//! Consumers' checks: counted, weighed, and the only answer that can be positive.
//!
//! `count` owns the way of one check: facts, record, PIN, rules, card. `rules` weighs what was recorded and is pure;
//! `secret`, `pin`, `receipt` and `clients` are what is known of a caller, always as a keyed hash; `operate` and `hold` are for
//! operators; what cannot be recorded waits in the `journal` until `later`. A lookup counts nothing: it sees of all this only where a unit stands.

mod clients;
mod count;
mod counts;
mod hold;
mod later;
mod operate;
mod pin;
pub mod place;
pub mod province;
mod receipt;
pub mod rules;
mod secret;
mod weigh;

use core::sync::atomic::AtomicU64;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::journal::Journal;
use crate::lookup::Lookup;
use crate::store::ledger::TryLimits;
use crate::store::{Ledger, Store, StoreError};
use crate::telemetry::Telemetry;

pub use clients::Random;
pub use count::Given;
pub use operate::{PinLine, Stood, Undone};
pub use pin::Pin;
pub use receipt::Receipt;
pub use secret::Secret;

pub(crate) use secret::keyed;

use clients::DayKeys;
use counts::Counts;
use rules::Thresholds;
use weigh::Told;

/// How often the keys of clients are looked at, and what has outlived its time is destroyed.
const KEEP_HOUSE_EVERY: Duration = Duration::from_mins(10);

/// How often a wrong PIN may be tried within a day, unless told otherwise: a hand that slips, and a household.
pub const TRIES: TryLimits = TryLimits { per_client: 5, per_unit: 20 };

/// Why checks cannot be counted.
#[derive(Debug, thiserror::Error)]
pub enum Unready {
    /// The ledger cannot be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Every PIN would be said not to match.
    #[error(
        "the secret is another one than the one that this registry's PINs and receipts were hashed with: give that one \
         (--secret-file; for a registry in a file, PATH.secret beside it)"
    )]
    OtherSecret,
}

/// How checks are counted.
pub struct Setup {
    /// The records.
    pub store: Arc<dyn Store>,
    /// Where.
    pub ledger: Arc<dyn Ledger>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Random,
    /// What receipts and PINs are hashed with.
    pub secret: Secret,
    /// When many checks are too many.
    pub thresholds: Thresholds,
    /// What is counted for operators.
    pub telemetry: Telemetry,
    /// Where checks wait that could not be recorded; `None`: they are refused.
    pub journal: Option<Journal>,
}

/// Counts checks over one ledger.
pub struct Checks {
    store: Arc<dyn Store>,
    ledger: Arc<dyn Ledger>,
    clock: Arc<dyn Clock>,
    secret: Secret,
    clients: DayKeys,
    thresholds: Thresholds,
    counts: Counts,
    journal: Option<Journal>,
    told: Told,
    /// The last alert that what is held has taken in.
    alerts_held: AtomicU64,
}

impl Checks {
    /// Take up a ledger.
    ///
    /// # Errors
    /// When the keys under which clients are hashed cannot be had, or the secret is not the ledger's.
    pub async fn over(setup: Setup) -> Result<Self, Unready> {
        let Setup { store, ledger, clock, random, secret, thresholds, telemetry, journal } = setup;
        let clients = DayKeys::of(Arc::clone(&ledger), random, secret.clone());
        let now = clock.now();
        secret.must_be_of(&*ledger).await?;
        clients.refresh(now).await?;
        let counts = Counts::in_(&telemetry);
        Ok(Self {
            store,
            ledger,
            clock,
            secret,
            clients,
            thresholds,
            counts,
            journal,
            told: Told::default(),
            alerts_held: AtomicU64::new(0),
        })
    }

    /// What units that are issued here are derived from, and where their PINs are kept.
    pub(crate) fn issuing(&self) -> (&Secret, &dyn Ledger) {
        (&self.secret, &*self.ledger)
    }

    /// Look after keys, what has outlived its time and what waits in the journal, for as long as this is polled.
    pub async fn keep_house(&self, lookup: &Lookup) {
        tokio::join!(self.keep_keys(), self.catch_up(lookup));
    }

    async fn keep_keys(&self) {
        loop {
            tokio::time::sleep(KEEP_HOUSE_EVERY).await;
            let now = self.clock.now();
            let kept = async {
                self.clients.refresh(now).await?;
                // First: nothing is destroyed that is held.
                self.look_after_holds(now).await?;
                self.ledger.expire(now).await
            };
            if let Err(error) = kept.await {
                tracing::warn!(%error, "the ledger of checks was not looked after");
            }
        }
    }
}

impl Secret {
    /// Whether it is the one that a ledger's PINs were hashed with; a ledger that has met none takes it up.
    ///
    /// # Errors
    /// `OtherSecret` when it is not; otherwise when the ledger cannot be asked.
    pub async fn must_be_of(&self, ledger: &dyn Ledger) -> Result<(), Unready> {
        let fingerprint = self.fingerprint();
        if ledger.fingerprint(fingerprint).await? == fingerprint { Ok(()) } else { Err(Unready::OtherSecret) }
    }
}
