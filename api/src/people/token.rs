//! Tokens: 160 bits from the operating system, shown once, kept as SHA-256 alone. A hash without a salt is enough for a
//! secret that nobody can guess.

use core::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::crockford;
use crate::registry::Id;

/// What a token begins with, so that one in a log or a repository is recognised.
const MARK: &str = "nguon_";
/// Digits of a token, of five bits each: 160 bits.
const DIGITS: usize = 32;

/// A token in the clear: for its owner, once.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenText(String);

impl TokenText {
    /// Of random bytes; five bits of each are used.
    #[must_use]
    pub fn of_chance(chance: &[u8; DIGITS]) -> Self {
        let digits = chance.iter().map(|byte| char::from(crockford::digit(usize::from(*byte))).to_ascii_lowercase());
        Self(MARK.chars().chain(digits).collect())
    }

    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without a letter of it.
impl fmt::Debug for TokenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenText(…)")
    }
}

/// SHA-256 of a token. Two are compared in a time that does not tell where they differ.
#[derive(Clone, Copy, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// As bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        let differences = self.0.iter().zip(other.0).fold(0_u8, |all, (a, b)| all | (a ^ b));
        core::hint::black_box(differences) == 0
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

impl From<TokenHash> for String {
    fn from(hash: TokenHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for TokenHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const SAY: &str = "a hash is 64 hexadecimal digits";
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SAY);
        }
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).map_err(|_| SAY)?;
        }
        Ok(Self(bytes))
    }
}

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptToken {
    /// What its owner calls it, such as the machine that it is on.
    pub label: Id,
    /// Its hash.
    pub hash: TokenHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// The last day, in Viet Nam, on which it was used; nothing finer is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_on: Option<Date>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

impl KeptToken {
    /// Whether it still opens anything.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_160_bits_and_is_printed_nowhere() {
        let chance: [u8; 32] = core::array::from_fn(|n| u8::try_from(n).unwrap());
        let token = TokenText::of_chance(&chance);
        assert_eq!(token.as_str(), "nguon_0123456789abcdefghjkmnpqrstvwxyz");
        assert!(!format!("{token:?} {:?}", TokenHash::of(token.as_str())).contains("0123"));
        assert_ne!(TokenText::of_chance(&[1; 32]), TokenText::of_chance(&[2; 32]));
    }

    #[test]
    fn hashes_are_compared_whole_and_written_as_they_are_read() {
        let hash = TokenHash::of("a");
        assert_eq!(TokenHash::try_from(hash.to_string()), Ok(hash));
        for place in 0..32 {
            let mut other = hash;
            other.0[place] ^= 1;
            assert_ne!(other, hash);
        }
        for wrong in ["", "zz", &"0".repeat(63), &"é".repeat(32)] {
            assert!(TokenHash::try_from(wrong.to_owned()).is_err());
        }
    }

    #[test]
    fn a_token_ends_at_its_end() {
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        let token = KeptToken {
            label: Id::try_from("pc").unwrap(),
            hash: TokenHash::of("a"),
            created_at: at("2026-11-01T00:00:00Z"),
            used_on: None,
            expires: Some(at("2026-12-01T00:00:00Z")),
        };
        assert!(token.holds(at("2026-11-30T23:59:59Z")) && !token.holds(at("2026-12-01T00:00:00Z")));
    }
}
