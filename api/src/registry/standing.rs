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

/// Where a unit stands, as it may be told: without who used its PIN, and with which receipt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    /// Signs that more than one pack carries the code.
    #[serde(default)]
    pub suspicion: Option<Suspicion>,
    /// It was posted in public.
    #[serde(default)]
    pub shared_publicly: bool,
    /// When an operator last cleared it.
    #[serde(default)]
    pub cleared_at: Option<Timestamp>,
    /// When its PIN was used.
    #[serde(default)]
    pub redeemed_at: Option<Timestamp>,
}

impl From<&Standing> for Stands {
    fn from(standing: &Standing) -> Self {
        let Standing { suspicion, redeemed, shared_publicly, cleared_at, .. } = standing;
        Self {
            suspicion: suspicion.clone(),
            shared_publicly: *shared_publicly,
            cleared_at: *cleared_at,
            redeemed_at: redeemed.as_ref().map(|it| it.at),
        }
    }
}

impl Stands {
    /// Whether a card that is not a check's says the same of both, on the same days: the signs, not when they were last
    /// seen.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let day = |at: Timestamp| at.as_second().div_euclid(86_400);
        let said = |it: &Self| {
            let suspicion = it.suspicion.as_ref();
            let suspicion = suspicion.map(|it| (it.gravity, it.signs.clone(), it.until.map(day)));
            (suspicion, it.shared_publicly, it.cleared_at, it.redeemed_at)
        };
        said(self) == said(other)
    }

    /// The standing of that version, of which nobody knows who used the PIN.
    #[must_use]
    pub fn standing(&self, version: u64) -> Standing {
        let nobody = |at| Redeemed { at, receipt: Digest([0; 16]), client: ClientHash(0) };
        Standing {
            version,
            suspicion: self.suspicion.clone(),
            redeemed: self.redeemed_at.map(nobody),
            shared_publicly: self.shared_publicly,
            cleared_at: self.cleared_at,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn suspicion(signs: &[Sign], seen: i64) -> Suspicion {
        let (gravity, until) = (Gravity::Soft, Some(at(seen + 86_400)));
        Suspicion { gravity, signs: signs.to_vec(), at: at(seen), until, count: 45, first_at: at(0) }
    }

    #[test]
    fn what_may_be_told_leads_to_nobody_and_stands_as_before() {
        let redeemed = Redeemed { at: at(7), receipt: Digest([9; 16]), client: ClientHash(99) };
        let suspicion = Some(suspicion(&[Sign::AfterPin], 9));
        let standing = Standing { version: 3, suspicion, redeemed: Some(redeemed), ..Standing::default() };
        let told = Stands::from(&standing);
        let json = serde_json::to_string(&told).unwrap();
        assert!(!json.contains("0909") && !json.contains("99") && json.contains("after_pin"), "{json}");
        let again = serde_json::from_str::<Stands>(&json).unwrap().standing(3);
        assert_eq!(Stands::from(&again), told);
    }

    #[test]
    fn seen_again_on_the_same_day_it_says_the_same_and_with_another_sign_or_on_another_day_it_does_not() {
        let of = |suspicion| Stands { suspicion, ..Stands::default() };
        let first = of(Some(suspicion(&[Sign::Clients], 1_000)));
        let later = of(Some(Suspicion { count: 46, ..suspicion(&[Sign::Clients], 2_000) }));
        assert!(later.says_the_same_as(&first));
        for other in [
            of(Some(suspicion(&[Sign::Clients, Sign::Burst], 1_000))),
            of(Some(suspicion(&[Sign::Clients], 90_000))),
            of(None),
            Stands { redeemed_at: Some(at(1)), ..first.clone() },
        ] {
            assert!(!other.says_the_same_as(&first), "{other:?}");
        }
    }
}
