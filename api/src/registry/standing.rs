//! What consumers' checks have brought to light about a unit: the one entry that no publisher declares.
//!
//! `checks` works it out and a store's ledger writes it; a lookup reads it like any other entry. A unit about which
//! there is nothing to say has none.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `n:y:{G.b}:SERIAL`: where a unit stands by its checks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Grows by one with each change: what a change is compared against. 0: there is none on record.
    pub version: u64,
    /// Signs that more than one pack carries the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspicion: Option<Suspicion>,
    /// Its PIN was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed: Option<Redeemed>,
    /// An operator found the code posted in public: many checks of it say nothing about a pack.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub shared_publicly: bool,
    /// Checks before this instant were looked at by an operator, who found nothing wrong: they raise no suspicion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared_at: Option<Timestamp>,
}

/// How grave a suspicion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Worth a closer look at the pack. Decays.
    Soft,
    /// Two independent kinds of evidence. Stays until an operator clears it.
    Hard,
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Many clients within a day, in more than one province.
    ClientsInProvinces,
    /// Many clients in all.
    Clients,
    /// More provinces within two days than one pack travels.
    Provinces,
    /// Many clients within an hour.
    Burst,
    /// Somebody else than the one who used the PIN, after it was used.
    AfterPin,
}

/// A suspicion, as it was when the signs were last seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspicion {
    /// How grave it is.
    pub gravity: Gravity,
    /// What it stands on, in their order.
    pub signs: Vec<Sign>,
    /// When they were last seen.
    pub at: Timestamp,
    /// When it is over unless they are seen again; `None`: it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Checks counted by then.
    pub count: u64,
    /// The first of them.
    pub first_at: Timestamp,
}

impl Suspicion {
    /// Whether it still holds.
    #[must_use]
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// A PIN that was used. It can be used once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// When.
    pub at: Timestamp,
    /// Hash of the receipt that was given for it: who shows that receipt is the one who used the PIN.
    pub receipt: Digest,
    /// The client, as hashed on that day.
    pub client: ClientHash,
}

/// 128 bits of a keyed hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 16]);

/// A client, as a keyed hash of its network under the key of one day. When that key is destroyed, nothing leads from
/// it to an address, not even for whoever tries them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientHash(pub u64);

impl Digest {
    /// The first half of a hash of 256 bits.
    #[must_use]
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        Self(half)
    }
}

impl core::fmt::Display for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl core::fmt::Debug for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const SAY: &str = "a digest is 32 hexadecimal digits";
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SAY);
        }
        let mut digest = [0; 16];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = core::str::from_utf8(pair).map_err(|_| SAY)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| SAY)?;
        }
        Ok(Self(digest))
    }
}
