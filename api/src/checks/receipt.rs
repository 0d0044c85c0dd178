//! Receipts: what a consumer keeps of a check.

use core::fmt;
use core::str::FromStr;

use crate::crockford;

/// Digits of a receipt: 100 bits.
const LENGTH: usize = 20;

/// Proof of one check: five groups of four digits. Whoever sends it with a later check is known to be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Receipt([u8; LENGTH]);

impl Receipt {
    /// From the first bits of a keyed hash.
    pub(super) fn of(tag: &[u8; 32]) -> Self {
        Self(crockford::digits(tag))
    }

    pub(super) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Receipt {
    type Err = &'static str;

    /// As it is printed or typed: blanks and hyphens do not count.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SAY: &str = "a receipt has 20 letters and digits, as 7Q2M-X9TD-4KRA-0W6V-HB3E";
        let mut digits = [0; LENGTH];
        let mut places = digits.iter_mut();
        for written in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            *places.next().ok_or(SAY)? = crockford::digit(crockford::value(written).ok_or(SAY)?);
        }
        if places.next().is_some() { Err(SAY) } else { Ok(Self(digits)) }
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::grouped(self.0, f)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_as_it_is_typed() {
        let receipt = Receipt::of(&[0x5a; 32]);
        let printed = receipt.to_string();
        assert_eq!(printed.len(), 24);
        assert_eq!(printed.parse(), Ok(receipt));
        assert_eq!(printed.to_lowercase().replace('-', " ").parse(), Ok(receipt));
        assert_eq!("0000-1111-0000-1111-0000".parse::<Receipt>(), "OOOO-ILIL-oooo-lili-0000".parse());
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        for bad in ["", "7Q2M", "7Q2M-X9TD-4KRA-0W6V-HB3E-0", "UUUU-UUUU-UUUU-UUUU-UUUU", "ạ"] {
            assert!(bad.parse::<Receipt>().is_err(), "{bad}");
        }
    }
}
