//! Crockford's base 32, in which receipts are written: digits and letters that are not easily taken for another.

use core::fmt::{self, Write as _};

/// Digits between two hyphens.
const GROUP: usize = 4;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digit of the last five bits of a number, in ASCII.
pub(crate) const fn digit(value: usize) -> u8 {
    DIGITS[value & 31]
}

/// What a digit stands for, as people write it: in any case, `O` for `0`, `I` and `L` for `1`.
pub(crate) fn value(written: char) -> Option<usize> {
    let digit = match written.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        digit => digit,
    };
    DIGITS.iter().position(|known| char::from(*known) == digit)
}

/// Digits of the first bits of some bytes, which are enough for them.
pub(crate) fn digits<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut digits = [0; N];
    let (mut bits, mut held, mut bytes) = (0_u32, 0, bytes.iter());
    for written in &mut digits {
        while held < 5 {
            bits = (bits << 8) | u32::from(bytes.next().copied().unwrap_or_default());
            held += 8;
        }
        held -= 5;
        *written = digit((bits >> held) as usize);
    }
    digits
}

/// Digits in groups of four.
pub(crate) fn grouped(digits: impl IntoIterator<Item = u8>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, digit) in digits.into_iter().enumerate() {
        if place > 0 && place.is_multiple_of(GROUP) {
            f.write_char('-')?;
        }
        f.write_char(char::from(digit))?;
    }
    Ok(())
}
