//! UPC-E: a GTIN-12 whose zeros were left out, eight digits under a small symbol.
//!
//! General Specifications 5.2.2.4.2.

use crate::gtin::Gtin14;

/// The GTIN that eight digits of UPC-E stand for, if their check digit is right.
pub(super) fn expand(digits: &[u8]) -> Option<Gtin14> {
    let &[system @ (b'0' | b'1'), _, _, _, _, _, last, check] = digits else {
        return None;
    };
    // The last digit says how many of the first five belong to the company, and what zeros follow.
    let (company, zeros, item): (&[u8], &[u8], &[u8]) = match last {
        b'0'..=b'2' => (digits.get(1..3)?, &[last, b'0', b'0', b'0', b'0'], digits.get(3..6)?),
        b'3' => (digits.get(1..4)?, b"00000", digits.get(4..6)?),
        b'4' => (digits.get(1..5)?, b"00000", digits.get(5..6)?),
        _ => (digits.get(1..6)?, b"0000", digits.get(6..7)?),
    };
    let mut whole = [check; 12];
    whole[0] = system;
    let between = company.iter().chain(zeros).chain(item);
    for (to, from) in whole.get_mut(1..11)?.iter_mut().zip(between) {
        *to = *from;
    }
    Gtin14::from_digits(&whole).ok()
}
