//! Where consumers' checks are counted: beside the records, and never among them.
//!
//! A lookup reads nothing of it but a unit's [`Standing`], which is an entry like others (`Key::Standing`). Nothing
//! here decides anything: the ledger records, counts, keeps what it is given and says what is there; the rules are in
//! `checks`.

pub(crate) mod checks;
pub mod held;
pub(crate) mod time;
pub(crate) mod tries;

use async_trait::async_trait;
use gs1::{Gtin14, Serial};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use self::held::Held;
use super::StoreError;
use crate::registry::{ClientHash, Digest, Standing};

/// Most visits that are kept of a unit: twice as many as any rule asks for, so that two crowds hold each other's place.
/// See [`Recorded::visits`] for which go.
pub const VISITS_KEPT: usize = 32;
/// How long a visit is kept, in seconds: 30 days.
pub const VISIT_KEPT_S: i64 = 30 * 86_400;
/// Between two checks by one client that both count, in seconds.
pub const REPEAT_S: i64 = 3_600;
/// How long the key of a check is known again, in seconds.
pub const AGAIN_S: i64 = 86_400;
/// How long wrong tries of a PIN are held against a client and a unit, in seconds.
pub const TRIES_S: i64 = 86_400;
/// How long the key is kept under which a day's clients are hashed, in seconds from the start of that day (UTC): the
/// day itself, and the next one for matching.
pub const CLIENT_KEY_KEPT_S: i64 = 2 * 86_400;

/// Where stores that were made before have the fingerprint of their secret: among the keys of days, on one that does not
/// come. Read where there is no other, and left as it is.
pub(crate) const FINGERPRINT_OF_BEFORE: Date = date(9000, 1, 1);

/// Most alerts that are kept.
pub const ALERTS_KEPT: u64 = 100_000;

/// One unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// Its product.
    pub gtin: Gtin14,
    /// Its serial.
    pub serial: Serial,
}

/// A province by its code of two digits (34 of them since 2025-07-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Province(pub u8);

/// The latest check by one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub client: ClientHash,
    /// Where, if that is known well enough to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<Province>,
}

/// A check to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Of what.
    pub unit: Unit,
    /// Hash of the caller's `Idempotency-Key`: the same key for the same unit is the same check.
    pub key: Digest,
    /// When, by whom, and where.
    pub visit: Visit,
    /// The client as it was hashed the day before: a visit under that name is one of the same client.
    pub yesterday: ClientHash,
}

/// What recording a check has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// One more.
    New,
    /// Nothing: the client has been counted within the hour.
    Repeat,
}

/// What is on record after a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What this check has changed when it was recorded. The same however often it is sent.
    pub counted: Counted,
    /// This check had been recorded before.
    pub again: bool,
    /// Checks counted when this one was recorded, this one included.
    pub count: u64,
    /// The first check of the unit ever.
    pub first_at: Timestamp,
    /// The latest check of each client within 30 days, oldest first, at most [`VISITS_KEPT`]. Beyond that the oldest goes
    /// of the place that most are of (unknown is a place too), so that clients of one place, however many and however
    /// often they come, push out none of another while there are more of them. This check is one of the visits, unless it was
    /// recorded before and has been pushed out since, or came so late that there are later ones in its place.
    pub visits: Vec<Visit>,
    /// Where the unit stands; of version 0 where nothing is on record.
    pub standing: Standing,
}

/// How often a PIN may be tried within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryLimits {
    /// For one unit by one client.
    pub per_client: u32,
    /// For one unit by all.
    pub per_unit: u32,
}

/// What is known of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTry {
    /// The unit has none.
    None,
    /// Tried too often: come back after so many seconds.
    TooOften {
        /// Seconds.
        after_s: u64,
    },
    /// It may be compared: this is the keyed hash of the right PIN. If the one that was tried is another, the try was
    /// counted.
    Taken(Digest),
}

/// A line for operators: something happened that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// When.
    pub at: Timestamp,
    /// What: `clone`, `check_before_activation`, `probing`, `cleared`…
    pub kind: String,
    /// The unit that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// In words.
    pub text: String,
}

/// Checks counted of a product, on a day, in a province. Never by person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tally {
    /// The day, in `Asia/Ho_Chi_Minh`.
    pub day: Date,
    /// The product.
    pub gtin: Gtin14,
    /// The province, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<Province>,
    /// Checks counted.
    pub checks: u64,
}

/// Where checks are counted. Times are kept to the millisecond.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Record a check, exactly once for its key; when this returns it is on disk. Times are the caller's: a check from
    /// a journal is recorded when it was made. What is older than its time to live is gone, whatever the clock of the
    /// store says.
    ///
    /// # Errors
    /// `Unreachable` when it is not certain that it is on disk; it may be sent again. Otherwise as `Store::read`.
    async fn record(&self, check: &Check) -> Result<Recorded, StoreError>;

    /// Put a unit's standing in place of the one of this version (0: of none): whether that was still the one. The new
    /// one has the next version. When this returns, it is on disk and every watcher has been told.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn stand(&self, unit: &Unit, version: u64, standing: &Standing) -> Result<bool, StoreError>;

    /// Forget visits, so that they raise no suspicion. The count stays.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn forget_visits(&self, unit: &Unit) -> Result<(), StoreError>;

    /// The latest check of each client that is kept of a unit, oldest first: see [`Recorded::visits`].
    ///
    /// # Errors
    /// As `Store::read`.
    async fn visits(&self, unit: &Unit, now: Timestamp) -> Result<Vec<Visit>, StoreError>;

    /// What is held of a unit.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn held(&self, unit: &Unit) -> Result<Option<Held>, StoreError>;

    /// Units of which something is held, in the order of their keys.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn units_held(&self) -> Result<Vec<Unit>, StoreError>;

    /// Put what is held of a unit in place of the version before it (0: of none), or hold nothing more (`None`): whether
    /// that was still the one. The new one has the next version. Nothing else takes anything from it, whatever its age.
    /// When this returns, it is on disk.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn hold(&self, unit: &Unit, version: u64, is: Option<&Held>) -> Result<bool, StoreError>;

    /// Take a try of a unit's PIN, by its keyed hash, and say what the right one hashes to. A wrong one is counted in the
    /// same step, so that many at once get no further than the limits; the right one is held against nobody. Beyond the
    /// limits the right one is not taken either: an answer would tell it from others.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn try_pin(
        &self,
        unit: &Unit,
        tried: Digest,
        client: ClientHash,
        limits: TryLimits,
        now: Timestamp,
    ) -> Result<PinTry, StoreError>;

    /// Keep the keyed hashes of PINs, in place of those that are there.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn put_pins(&self, pins: &[(Unit, Digest)]) -> Result<(), StoreError>;

    /// Keep the keyed hashes of PINs of units that have none, and leave those that are there. For each, in their order,
    /// whether it is the one that is there now.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn add_pins(&self, pins: &[(Unit, Digest)]) -> Result<Vec<bool>, StoreError>;

    /// The key under which clients are hashed on a day (UTC): the one that is there, else `offered`, which is then the
    /// one for every node. Keys of days that are over for [`CLIENT_KEY_KEPT_S`] are destroyed by then, and never
    /// taken up again: `None`.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn client_key(&self, day: Date, offered: [u8; 32], now: Timestamp) -> Result<Option<[u8; 32]>, StoreError>;

    /// The fingerprint of the secret that this registry's PINs and receipts are hashed with: the one that is there, else
    /// `offered`, which is then the one for every node.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn fingerprint(&self, offered: [u8; 32]) -> Result<[u8; 32], StoreError>;

    /// Tell operators. The oldest are dropped when there are more than [`ALERTS_KEPT`].
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn alert(&self, alert: &Alert) -> Result<(), StoreError>;

    /// What was told, in order, after a sequence number; at most `limit`.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn alerts(&self, after: u64, limit: usize) -> Result<Vec<(u64, Alert)>, StoreError>;

    /// Checks counted on these days, both included, by day, product and province. Counted by `record`; where they are not
    /// of the same transaction, a crash may lose what was counted in the second before it.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn tallies(&self, from: Date, to: Date) -> Result<Vec<Tally>, StoreError>;

    /// Destroy what has outlived its time: visits, keys of checks, tries, keys of clients. An engine that does so by
    /// itself has nothing to do.
    ///
    /// # Errors
    /// As [`Ledger::record`].
    async fn expire(&self, now: Timestamp) -> Result<(), StoreError>;
}
