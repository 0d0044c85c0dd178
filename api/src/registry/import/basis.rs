//! What a change was worked out from: so that somebody who has looked at it decides on that, and on nothing that came on
//! record since.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::registry::media::hex;
use crate::store::codec::encode;
use crate::store::{Entry, Key, StoreError};

/// SHA-256 over the entries that a change would write, as they are on record: which they are, what each says, and the
/// commit that wrote it. As long as it is the same, the same declaration writes the same. 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Basis(String);

impl Basis {
    /// Of the entries that a change would write, each with what is on record there, in any order.
    ///
    /// # Errors
    /// `Corrupt` when an entry has no stored form.
    pub(super) fn of<'e>(changed: impl Iterator<Item = (&'e Key, Option<&'e Entry>)>) -> Result<Self, StoreError> {
        let mut changed: Vec<(&Key, Option<&Entry>)> = changed.collect();
        changed.sort_unstable_by_key(|(key, _)| *key);
        let mut digest = Sha256::new();
        for (key, stored) in changed {
            digest.update([key.kind().tag()]);
            let stored = stored.map(encode).transpose()?.unwrap_or_default();
            for part in [key.to_bytes(), stored] {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part);
            }
        }
        Ok(Self(hex(&digest.finalize())))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Basis {
    type Error = &'static str;

    fn try_from(digits: String) -> Result<Self, Self::Error> {
        if digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            Ok(Self(digits))
        } else {
            Err("is 64 hexadecimal digits")
        }
    }
}

impl FromStr for Basis {
    type Err = &'static str;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        Self::try_from(digits.to_owned())
    }
}

impl From<Basis> for String {
    fn from(basis: Basis) -> Self {
        basis.0
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
