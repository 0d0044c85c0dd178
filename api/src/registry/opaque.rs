//! Codes of other schemes (TCVN 13274/13275 allow them), matched byte for byte as registered.

use core::fmt;

use gs1::{Gtin14, Lot, Serial};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, Faults, deserialise_faultless};
use super::schema;
use super::text::TextError;

/// An opaque code: 1–500 bytes of text without blanks around it and without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct OpaqueCode(String);

impl OpaqueCode {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OpaqueCode {
    type Error = TextError;
    fn try_from(raw: String) -> Result<Self, TextError> {
        let code = raw.trim();
        if code.is_empty() {
            Err(TextError::Empty)
        } else if code.len() > 500 {
            Err(TextError::TooLong { max: 500 })
        } else if let Some(c) = code.chars().find(|c| c.is_control()) {
            Err(TextError::Control(u32::from(c)))
        } else {
            Ok(Self(code.to_owned()))
        }
    }
}

impl TryFrom<&str> for OpaqueCode {
    type Error = TextError;
    fn try_from(raw: &str) -> Result<Self, TextError> {
        Self::try_from(raw.to_owned())
    }
}

impl From<OpaqueCode> for String {
    fn from(code: OpaqueCode) -> Self {
        code.0
    }
}

impl fmt::Display for OpaqueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an opaque code stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct OpaqueRecord {
    /// The code, exactly as it is printed.
    pub code: OpaqueCode,
    /// The product; that record comes first.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// The lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::LotNumber>")]
    pub lot: Option<Lot>,
    /// The unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::SerialNumber>")]
    pub serial: Option<Serial>,
    /// The publisher takes the record back.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

deserialise_faultless!(OpaqueRecord);

impl Declared for OpaqueRecord {
    fn faults(&self) -> Faults {
        Faults::default()
    }
}
