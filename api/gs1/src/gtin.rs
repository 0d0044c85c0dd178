//! The GTIN, always with 14 digits. What its first digits mean is in `gs1_prefix`.
//!
//! General Specifications 3.3.2 (AI 01) and 7.9.1 (check digit).

use core::fmt;
use core::str::FromStr;

use crate::ai::Ai;
use crate::check_digit;
use crate::error::{ErrorCode, ParseError};
use crate::gs1_prefix::Gs1Prefix;
use crate::lint::Lint;

const AI: Ai = Ai::of(1);

/// A GTIN in its 14-digit form, with a right check digit. GTIN-8, -12 and -13 have zeros in front.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin14([u8; 14]);

impl Gtin14 {
    /// The GTIN that 8, 12, 13 or 14 digits spell.
    ///
    /// # Errors
    /// Another number of digits, something that is no digit, or a wrong check digit.
    pub fn from_digits(digits: &[u8]) -> Result<Self, ParseError> {
        if !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err(ParseError::in_ai(ErrorCode::GtinLength, 0, AI));
        }
        Lint::Csum.check(digits).map_err(|fault| ParseError::from_fault(fault, fault.start, Some(AI)))?;
        let mut padded = [b'0'; 14];
        if let Some(end) = padded.get_mut(14 - digits.len()..) {
            end.copy_from_slice(digits);
        }
        Ok(Self(padded))
    }

    /// The 14 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The 14 digits as a number, below 10¹⁴.
    #[must_use]
    pub fn as_u64(&self) -> u64 {
        self.0.iter().fold(0, |sum, &digit| sum * 10 + u64::from(digit - b'0'))
    }

    /// The GTIN with this number; `None` if it has more than 14 digits or a wrong check digit.
    #[must_use]
    pub fn from_u64(number: u64) -> Option<Self> {
        let mut digits = [b'0'; 14];
        let mut left = number;
        for digit in digits.iter_mut().rev() {
            let last = (left % 10) as u8;
            *digit += last;
            left /= 10;
        }
        if left != 0 {
            return None;
        }
        Self::from_digits(&digits).ok()
    }

    /// The GTIN that begins with these 13 digits, its check digit computed.
    pub(crate) fn completing(before: &[u8; 13]) -> Option<Self> {
        let mut digits = [0; 14];
        let (start, last) = digits.split_at_mut(13);
        start.copy_from_slice(before);
        last.fill(check_digit::modulo_10(before));
        Self::from_digits(&digits).ok()
    }

    /// The first digit: 1 to 8 for a packaging level, 9 for a measure that varies.
    #[must_use]
    pub fn indicator(&self) -> u8 {
        self.0[0] - b'0'
    }

    /// The digits of the shortest GTIN it fits in: 8, 12, 13 or 14.
    #[must_use]
    pub fn shortest(&self) -> &str {
        let zeros = self.0.iter().take_while(|&&digit| digit == b'0').count();
        let start = match zeros {
            0 => 0,
            1 => 1,
            2..=5 => 2,
            _ => 6,
        };
        self.as_str().get(start..).unwrap_or_default()
    }

    /// What the digits after the indicator say of who issues the numbers, and for what.
    #[must_use]
    pub fn gs1_prefix(&self) -> Gs1Prefix {
        Gs1Prefix::of(&self.0)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 14] {
        &self.0
    }
}

impl TryFrom<&str> for Gtin14 {
    type Error = ParseError;

    fn try_from(value: &str) -> Result<Self, ParseError> {
        Self::from_digits(value.as_bytes())
    }
}

impl FromStr for Gtin14 {
    type Err = ParseError;

    fn from_str(value: &str) -> Result<Self, ParseError> {
        Self::try_from(value)
    }
}

impl AsRef<str> for Gtin14 {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Gtin14 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Gtin14 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gtin14({})", self.as_str())
    }
}
