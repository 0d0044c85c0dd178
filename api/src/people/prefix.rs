//! What a publisher may number: GS1 Company Prefixes, and beginnings of codes of other schemes.

use core::fmt;

use gs1::Gtin14;
use serde::{Deserialize, Serialize};

use crate::registry::OpaqueCode;
use crate::registry::text::TextError;

/// A GS1 Company Prefix of 4 to 12 digits (GS1 General Specifications, section 1.4.2), as it stands in a GTIN-13: a U.P.C.
/// Company Prefix has a zero in front. A GTIN-8 is issued one by one (section 1.4.3): five zeros and its seven digits
/// before the check digit, which are 12 digits, name one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CompanyPrefix(String);

/// How a GTIN-8 begins that is written with 13 digits.
const OF_GTIN_8: &str = "00000";

impl CompanyPrefix {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a GTIN is numbered under this prefix. The indicator digit of a GTIN-14 stands before the prefix, the check
    /// digit behind the item reference: neither belongs to it.
    #[must_use]
    pub fn covers(&self, gtin: Gtin14) -> bool {
        gtin.as_str().get(1..13).is_some_and(|numbered| numbered.starts_with(&self.0))
    }

    /// Whether both could number one GTIN.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl TryFrom<String> for CompanyPrefix {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, TextError> {
        if !(4..=12).contains(&raw.len()) || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return Err(TextError::Form("a GS1 Company Prefix has 4 to 12 digits"));
        }
        if OF_GTIN_8.starts_with(&raw) || (raw.starts_with(OF_GTIN_8) && raw.len() < 12) {
            return Err(TextError::Form(
                "a prefix that begins with 00000 names one GTIN-8: write 00000 and its digits without the last one",
            ));
        }
        Ok(Self(raw))
    }
}

impl From<CompanyPrefix> for String {
    fn from(prefix: CompanyPrefix) -> Self {
        prefix.0
    }
}

impl fmt::Display for CompanyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How all codes of a scheme of the publisher's own begin: 3 to 100 bytes, no blank in front, no control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeSpace(String);

impl CodeSpace {
    /// The beginning.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a code lies in this space.
    #[must_use]
    pub fn covers(&self, code: &OpaqueCode) -> bool {
        code.as_str().starts_with(&self.0)
    }

    /// Whether one code could lie in both.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl TryFrom<String> for CodeSpace {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, TextError> {
        if !(3..=100).contains(&raw.len()) || raw.trim_start() != raw {
            return Err(TextError::Form("a code space has 3 to 100 bytes and no blank in front"));
        }
        match raw.chars().find(|c| c.is_control()) {
            Some(c) => Err(TextError::Control(u32::from(c))),
            None => Ok(Self(raw)),
        }
    }
}

impl From<CodeSpace> for String {
    fn from(space: CodeSpace) -> Self {
        space.0
    }
}

impl fmt::Display for CodeSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn prefix(raw: &str) -> Result<CompanyPrefix, TextError> {
        CompanyPrefix::try_from(raw.to_owned())
    }

    #[rstest]
    // GTIN-13, and the GTIN-14 of a case of it: the indicator stands before the prefix.
    #[case("8931234", "8931234000014", true)]
    #[case("8931234", "18931234000011", true)]
    #[case("8931234", "8931235000013", false)]
    // The digits of the prefix in another place.
    #[case("9312", "8931234000014", false)]
    // GTIN-12: the prefix has a zero in front.
    #[case("0614141", "614141000012", true)]
    #[case("614141", "614141000012", false)]
    // A GTIN-8 has prefixes of its own, and none of a GTIN-13's.
    #[case("8931", "89312341", false)]
    #[case("000008931234", "89312341", true)]
    #[case("000008931235", "89312341", false)]
    // The check digit is no part of it.
    #[case("893123400001", "8931234000014", true)]
    fn a_gtin_is_numbered_under_a_prefix(#[case] of: &str, #[case] gtin: &str, #[case] covered: bool) {
        let body = &gtin[..gtin.len() - 1];
        let sum: u32 =
            body.bytes().rev().zip([3, 1].into_iter().cycle()).map(|(d, weight)| u32::from(d - b'0') * weight).sum();
        let gtin: Gtin14 = format!("{body}{}", (10 - sum % 10) % 10).parse().unwrap();
        assert_eq!(prefix(of).unwrap().covers(gtin), covered, "{of} {gtin}");
    }

    #[test]
    fn a_prefix_has_4_to_12_digits_and_does_not_name_all_gtin_8() {
        for right in ["8931", "893123456789", "0614141", "000008931234"] {
            assert!(prefix(right).is_ok(), "{right}");
        }
        for wrong in ["", "893", "8931234567890", "89 31", "893a", "٨٩٣١", "0000", "00000", "00000893"] {
            assert!(prefix(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_space_is_a_beginning() {
        let space = |raw: &str| CodeSpace::try_from(raw.to_owned());
        let code = |raw: &str| OpaqueCode::try_from(raw).unwrap();
        let mine = space("HP-MAU-").unwrap();
        assert!(mine.covers(&code("HP-MAU-0001")) && !mine.covers(&code("HP-MAV-0001")) && !mine.covers(&code("HP")));
        for wrong in ["", "HP", " HP-", "HP\u{1b}-", &"x".repeat(101)] {
            assert!(space(wrong).is_err(), "{wrong:?}");
        }
    }
}
