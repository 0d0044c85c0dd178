//! The global location number.
//!
//! General Specifications 2.4 and 3.7 (AI 410 to 417).

use core::fmt;
use core::str::FromStr;

use crate::ai::Ai;
use crate::error::{ErrorCode, ParseError};
use crate::lint::Lint;

/// A global location number: 13 digits, the last a right check digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gln([u8; 13]);

impl Gln {
    /// The 13 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The 13 digits as a number, below 10¹³.
    #[must_use]
    pub fn as_u64(&self) -> u64 {
        self.0.iter().fold(0, |sum, &digit| sum * 10 + u64::from(digit - b'0'))
    }
}

impl TryFrom<&str> for Gln {
    type Error = ParseError;

    fn try_from(value: &str) -> Result<Self, ParseError> {
        let ai = Ai::of(414);
        let digits: [u8; 13] = value.as_bytes().try_into().map_err(|_| {
            let code = if value.len() < 13 { ErrorCode::ValueShort } else { ErrorCode::ValueLong };
            ParseError::in_ai(code, value.len().min(13), ai)
        })?;
        Lint::Csum.check(&digits).map_err(|fault| ParseError::from_fault(fault, fault.start, Some(ai)))?;
        Ok(Self(digits))
    }
}

impl FromStr for Gln {
    type Err = ParseError;

    fn from_str(value: &str) -> Result<Self, ParseError> {
        Self::try_from(value)
    }
}

impl AsRef<str> for Gln {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Gln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Gln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gln({})", self.as_str())
    }
}
