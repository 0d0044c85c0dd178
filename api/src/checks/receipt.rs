//! Receipts: what a consumer keeps of a check.

use core::fmt;
use core::str::FromStr;

/// Crockford's base32: no letter that is easily taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a receipt: 100 bits.
const LENGTH: usize = 20;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// Proof of one check: five groups of four letters. Whoever sends it with a later check is known to be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Receipt([u8; LENGTH]);

impl Receipt {
    /// From the first bits of a keyed hash.
    pub(super) fn of(tag: &[u8; 32]) -> Self {
        let mut letters = [0; LENGTH];
        let (mut bits, mut held, mut bytes) = (0_u32, 0, tag.iter());
        for letter in &mut letters {
            while held < 5 {
                bits = (bits << 8) | u32::from(bytes.next().copied().unwrap_or_default());
                held += 8;
            }
            held -= 5;
            *letter = LETTERS[(bits >> held) as usize & 31];
        }
        Self(letters)
    }

    pub(super) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Receipt {
    type Err = &'static str;

    /// As it is printed or typed: case and hyphens do not count, O is 0, I and L are 1.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SAY: &str = "a receipt has 20 letters and digits, as 7Q2M-X9TD-4KRA-0W6V-HB3E";
        let mut letters = [0; LENGTH];
        let mut places = letters.iter_mut();
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let letter = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let letter = u8::try_from(letter).ok().filter(|letter| LETTERS.contains(letter)).ok_or(SAY)?;
            *places.next().ok_or(SAY)? = letter;
        }
        if places.next().is_some() { Err(SAY) } else { Ok(Self(letters)) }
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, group) in self.0.chunks(GROUP).enumerate() {
            if n > 0 {
                f.write_str("-")?;
            }
            // Letters of ASCII.
            f.write_str(core::str::from_utf8(group).unwrap_or_default())?;
        }
        Ok(())
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
