//! What is asked for: so many units of a lot.

use core::fmt;
use core::str::FromStr;

use gs1::{Gtin14, Lot, Outcome};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::draw;
use crate::crockford;
use crate::registry::media::hex;
use crate::registry::{Fault, FaultCode, Id, ItemState};

/// Most units of one order.
pub const MAX_UNITS: u32 = 100_000;

/// Units to be given codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The product: on record, of the one who orders, and one that keeps serials.
    pub gtin: Gtin14,
    /// The lot, which is on record.
    pub lot: Lot,
    /// How many; 1 to 100,000.
    pub count: u32,
    /// Where they stand: `issued` until they are put on sale.
    #[serde(default)]
    pub state: ItemState,
    /// Each gets a PIN, to be printed under a coating.
    #[serde(default)]
    pub pins: bool,
    /// Codes of a publisher's own scheme that begin so, beside the serials: for packs that carry no GTIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<Space>,
}

impl Order {
    /// What is wrong with it, whatever is on record.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=MAX_UNITS).contains(&self.count) {
            faults.push(Fault::new("count", FaultCode::Count, format!("must be 1 to {MAX_UNITS}: divide the order")));
        }
        if !matches!(self.state, ItemState::Issued | ItemState::Active | ItemState::Specimen) {
            faults.push(Fault::new("state", FaultCode::Value, "must be one of: issued, active, specimen"));
        }
        faults
    }

    /// What tells it from another order of the same name: 56 bits of a hash. Of the JSON form, so that a field that is
    /// added later, and left out where it says nothing, changes no order that was carried out before.
    pub(super) fn fingerprint(&self) -> u64 {
        // An order always has a JSON form; without one it would be told from none, and refused when it is repeated.
        let digest = Sha256::digest(serde_json::to_vec(self).unwrap_or_default());
        digest.iter().take(7).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    }
}

/// How the codes of a publisher's own scheme begin: 1 to 100 of `A–Z a–z 0–9 . _ - / :`, first a letter or digit. What it
/// makes must not look like a code of GS1, a document of a person or a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Space(String);

impl Space {
    /// The beginning.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of a unit.
    #[must_use]
    pub fn code(&self, serial: &str) -> String {
        format!("{}{serial}", self.0)
    }
}

impl TryFrom<String> for Space {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        const FORM: &str =
            "has 1 to 100 of A–Z, a–z, 0–9, '.', '_', '-', '/' and ':', and begins with a letter or digit";
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/:".contains(&b);
        if !(1..=100).contains(&raw.len()) || !raw.bytes().all(plain) || !raw.as_bytes()[0].is_ascii_alphanumeric() {
            return Err(FORM);
        }
        // Whatever is drawn has the form of these two.
        let codes = ['0', 'Z'].map(|digit| format!("{raw}{}", String::from(digit).repeat(draw::SERIAL_DIGITS)));
        if codes.iter().all(|code| matches!(gs1::read(code.as_bytes()).outcome, Outcome::Opaque(_))) {
            Ok(Self(raw))
        } else {
            Err("makes codes that read as codes of GS1, documents or payments: choose another beginning")
        }
    }
}

impl FromStr for Space {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::try_from(raw.to_owned())
    }
}

impl From<Space> for String {
    fn from(space: Space) -> Self {
        space.0
    }
}

/// The name of an order, by which it can be repeated: 1 to 255 visible characters of ASCII (the `Idempotency-Key`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderName(String);

impl OrderName {
    /// A name of random bytes.
    #[must_use]
    pub fn of_chance(chance: &[u8; 32]) -> Self {
        Self(crockford::digits::<20>(chance).map(char::from).iter().collect())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Under what the store keeps that a publisher's order of this name was carried out.
    pub(super) fn place(&self, publisher: &Id) -> String {
        format!("order:{}:{publisher}", hex(&Sha256::digest(self.0.as_bytes())))
    }
}

impl FromStr for OrderName {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        if (1..=255).contains(&raw.len()) && raw.bytes().all(|b| (0x21..0x7f).contains(&b)) {
            Ok(Self(raw.to_owned()))
        } else {
            Err("must be 1 to 255 visible characters of ASCII, without blanks")
        }
    }
}

impl fmt::Display for OrderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
