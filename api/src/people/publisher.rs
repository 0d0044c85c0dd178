//! A publisher: who declares products, and which codes are its own.

use gs1::Gtin14;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::prefix::{CodeSpace, CompanyPrefix};
use crate::registry::{Id, OpaqueCode, Text};

/// Most prefixes, and most code spaces, of one publisher.
pub(super) const MOST_SPACES: usize = 200;

/// A publisher as an operator writes it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublisherDraft {
    /// Its identifier, on whose behalf records are declared.
    pub id: Id,
    /// Its name.
    pub name: Text,
    /// GS1 Company Prefixes that it holds. Without one it declares no product.
    #[serde(default)]
    pub prefixes: Vec<CompanyPrefix>,
    /// How its codes of other schemes begin. Without one it declares none.
    #[serde(default)]
    pub code_spaces: Vec<CodeSpace>,
    /// Where its people can be reached; for operators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Text>,
}

/// A publisher that is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Its identifier.
    pub id: Id,
    /// Its name.
    pub name: Text,
    /// GS1 Company Prefixes that it holds.
    #[serde(default)]
    pub prefixes: Vec<CompanyPrefix>,
    /// How its codes of other schemes begin.
    #[serde(default)]
    pub code_spaces: Vec<CodeSpace>,
    /// Where its people can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Text>,
    /// When it was registered.
    pub created_at: Timestamp,
}

impl Publisher {
    /// Whether a GTIN is numbered under one of its prefixes.
    #[must_use]
    pub fn covers(&self, gtin: Gtin14) -> bool {
        self.prefixes.iter().any(|prefix| prefix.covers(gtin))
    }

    /// Whether a code of another scheme lies in one of its spaces.
    #[must_use]
    pub fn covers_code(&self, code: &OpaqueCode) -> bool {
        self.code_spaces.iter().any(|space| space.covers(code))
    }
}
