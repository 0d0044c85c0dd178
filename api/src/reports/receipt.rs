//! Receipts: what a reporter finds a report by. 80 bits, in Crockford's base 32, in four groups: `7K3M-9QXW-2HFA-C8VD`.
//!
//! Nobody but the reporter has it; a store keeps its hash. Read as people write: in any case, with or without hyphens
//! and blanks, `O` for `0`, `I` and `L` for `1`.

use core::fmt;
use core::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::crockford;
use crate::registry::Digest;

/// Bytes of a receipt.
pub const RECEIPT_BYTES: usize = 10;
/// Digits, of five bits each.
const DIGITS: usize = 16;

/// A receipt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Receipt([u8; RECEIPT_BYTES]);

impl Receipt {
    /// The receipt of random bytes.
    #[must_use]
    pub const fn of_chance(chance: [u8; RECEIPT_BYTES]) -> Self {
        Self(chance)
    }

    /// The receipt of a report that is sent under a key: the same whenever the same report is sent under the same key,
    /// and as hard to guess as the key.
    #[must_use]
    pub(super) fn of_key(key: &str, content: &[u8; 32]) -> Self {
        let digest = Sha256::new()
            .chain_update(b"nguon report receipt\0")
            .chain_update(Sha256::digest(key.as_bytes()))
            .chain_update(content)
            .finalize();
        let mut receipt = [0; RECEIPT_BYTES];
        receipt.copy_from_slice(&digest[..RECEIPT_BYTES]);
        Self(receipt)
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(self) -> Digest {
        let digest = Sha256::new().chain_update(b"nguon report\0").chain_update(self.0).finalize();
        Digest::of_hash(&digest.into())
    }
}

/// In groups.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let digit = |place| usize::try_from(bits >> (5 * (DIGITS - 1 - place)) & 31).unwrap_or_default();
        crockford::grouped((0..DIGITS).map(|place| crockford::digit(digit(place))), f)
    }
}

/// Without a digit of it.
impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

/// A text is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoReceipt;

impl FromStr for Receipt {
    type Err = NoReceipt;
    fn from_str(text: &str) -> Result<Self, NoReceipt> {
        let (mut bits, mut digits) = (0_u128, 0);
        for c in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2014}')) {
            let digit = crockford::value(c).ok_or(NoReceipt)?;
            digits += 1;
            if digits > DIGITS {
                return Err(NoReceipt);
            }
            bits = bits << 5 | digit as u128;
        }
        if digits != DIGITS {
            return Err(NoReceipt);
        }
        let [_, _, _, _, _, _, receipt @ ..] = bits.to_be_bytes();
        Ok(Self(receipt))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_read_as_people_write_it() {
        let receipt = Receipt::of_chance([0, 1, 2, 250, 251, 252, 253, 254, 255, 7]);
        let printed = receipt.to_string();
        assert_eq!(printed, "000G-5YQV-ZKYZ-XZR7");
        assert_eq!(printed.len(), 19);
        for written in [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', ""),
            printed.replace('-', " "),
            printed.replace('0', "O").replace('1', "l"),
            format!(" {} ", printed.replace('-', "–")),
        ] {
            assert_eq!(written.parse(), Ok(receipt), "{written}");
        }
    }

    #[test]
    fn what_is_no_receipt_is_not_read_as_one() {
        for text in
            ["", "7K3M", "7K3M-9QXW-2HFA-C8VU", "7K3M-9QXW-2HFA-C8VD-0", "../../etc/passwd", "７K3M9QXW2HFAC8VD"]
        {
            assert_eq!(text.parse::<Receipt>(), Err(NoReceipt), "{text}");
        }
    }

    #[test]
    fn its_hash_is_of_it_alone_and_is_not_it() {
        let (a, b) = (Receipt::of_chance([1; 10]), Receipt::of_chance([2; 10]));
        assert_ne!(a.hash(), b.hash());
        assert_eq!(a.hash(), Receipt::of_chance([1; 10]).hash());
        assert!(!a.hash().to_string().contains("010101"));
        assert_eq!(format!("{a:?}"), "Receipt(…)");
    }

    #[test]
    fn under_a_key_it_is_the_same_for_the_same_report_alone() {
        let receipt = Receipt::of_key("0123456789abcdef", &[1; 32]);
        assert_eq!(receipt, Receipt::of_key("0123456789abcdef", &[1; 32]));
        assert_ne!(receipt, Receipt::of_key("0123456789abcdef", &[2; 32]));
        assert_ne!(receipt, Receipt::of_key("0123456789abcdeg", &[1; 32]));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(chance: [u8; 10]) {
            let receipt = Receipt::of_chance(chance);
            prop_assert_eq!(receipt.to_string().parse(), Ok(receipt));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = text.parse::<Receipt>();
        }
    }
}
