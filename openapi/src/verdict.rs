//! Verdict, level and tone: the three words that an app reads first.

use serde::{Deserialize, Serialize};

/// What the record says of this code. Ordered by precedence: the first that holds is the verdict, the others
/// stay in `reasons`. None of them says that goods are what they claim to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Claims to be a code and is not: structure or check digit.
    Malformed,
    /// A recall, active or closed, matches the product, the lot or the serial.
    Recalled,
    /// The code was cancelled.
    Revoked,
    /// A hard clone rule fired.
    SuspectedClone,
    /// Past the earlier of the recorded expiry and the expiry in the code.
    Expired,
    /// PIN redeemed, or the unit marked used.
    AlreadyConsumed,
    /// Lot or expiry in the code differs from the record.
    DataMismatch,
    /// The product keeps serials; this one was never issued.
    UnknownSerial,
    /// A soft clone rule fired.
    UnusualActivity,
    /// Issued but not yet on sale, or a specimen.
    NotActivated,
    /// The registration has ended.
    Lapsed,
    /// Serial issued, active, in date, nothing unusual.
    RegisteredItem,
    /// Product and lot on record.
    RegisteredBatch,
    /// Product on record; nothing more was in the code.
    RegisteredGtin,
    /// Not in this registry.
    Unknown,
}

impl Verdict {
    /// Every verdict, in order of precedence.
    pub const ALL: [Self; 15] = [
        Self::Malformed,
        Self::Recalled,
        Self::Revoked,
        Self::SuspectedClone,
        Self::Expired,
        Self::AlreadyConsumed,
        Self::DataMismatch,
        Self::UnknownSerial,
        Self::UnusualActivity,
        Self::NotActivated,
        Self::Lapsed,
        Self::RegisteredItem,
        Self::RegisteredBatch,
        Self::RegisteredGtin,
        Self::Unknown,
    ];

    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Recalled => "recalled",
            Self::Revoked => "revoked",
            Self::SuspectedClone => "suspected_clone",
            Self::Expired => "expired",
            Self::AlreadyConsumed => "already_consumed",
            Self::DataMismatch => "data_mismatch",
            Self::UnknownSerial => "unknown_serial",
            Self::UnusualActivity => "unusual_activity",
            Self::NotActivated => "not_activated",
            Self::Lapsed => "lapsed",
            Self::RegisteredItem => "registered_item",
            Self::RegisteredBatch => "registered_batch",
            Self::RegisteredGtin => "registered_gtin",
            Self::Unknown => "unknown",
        }
    }
}

/// How far down the record reaches for this code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// This one unit.
    Item,
    /// Its lot; every unit of the lot shares the answer.
    Batch,
    /// Its kind of product; every pack shares the answer.
    Gtin,
    /// Nothing on record.
    None,
}

impl Level {
    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Batch => "batch",
            Self::Gtin => "gtin",
            Self::None => "none",
        }
    }
}

/// How the answer should sound and look. Ordered from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Only ever in the answer to a counted check.
    Positive,
    /// On record; nothing is wrong, nothing is proven.
    Info,
    /// Nothing is known.
    Neutral,
    /// Look closer before use.
    Caution,
    /// Do not use.
    Danger,
}

impl Tone {
    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Info => "info",
            Self::Neutral => "neutral",
            Self::Caution => "caution",
            Self::Danger => "danger",
        }
    }
}
