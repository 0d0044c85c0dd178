//! Serials in few bytes, because they are the greater part of what a registry of units weighs.
//!
//! A serial is 1–20 characters of GS1's set 82. It is read as a number in bijective notation (as columns of a
//! spreadsheet are numbered, so that leading zeros count) in the smallest alphabet that has all its characters:
//!
//! | class | alphabet | most characters in 12 bytes |
//! |---|---|---|
//! | 0 | digits | 20 (9 bytes) |
//! | 1 | digits and upper-case letters | 18 |
//! | 2 | set 82 | 14 |
//!
//! The number is stored big endian in as few bytes as leave the first two bits free for the class. Longer serials take
//! up to 17 bytes: nothing is hashed, so that two serials never share a place and a walk over units can name them.

use gs1::Serial;

const DIGITS: &[u8] = b"0123456789";
const CAPITALS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// GS1 AI encodable character set 82, figure 7.11-1 of the General Specifications, in the order of ASCII.
const SET_82: &[u8] = b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const CLASSES: [&[u8]; 3] = [DIGITS, CAPITALS, SET_82];
/// For each alphabet, the digit that a byte stands for, from 1; 0: none.
const VALUES: [[u8; 256]; 3] = [values(DIGITS), values(CAPITALS), values(SET_82)];

#[allow(clippy::cast_possible_truncation, reason = "an alphabet has at most 82 characters")]
const fn values(alphabet: &[u8]) -> [u8; 256] {
    let mut values = [0; 256];
    let mut n = 0;
    while n < alphabet.len() {
        values[alphabet[n] as usize] = n as u8 + 1;
        n += 1;
    }
    values
}

/// A class, a number of 128 bits: 17 bytes.
const MOST_BYTES: usize = 17;
const CLASS_SHIFT: u32 = 6;

/// A serial, packed.
pub(super) fn pack(serial: &Serial) -> Vec<u8> {
    let text = serial.as_str().as_bytes();
    for (class, (alphabet, values)) in (0u8..).zip(CLASSES.iter().zip(&VALUES)) {
        if let Some(number) = number(text, alphabet.len() as u128, values) {
            let mut bytes = [0; MOST_BYTES];
            bytes[1..].copy_from_slice(&number.to_be_bytes());
            let mut start = bytes.iter().position(|&byte| byte != 0).unwrap_or(MOST_BYTES - 1);
            if bytes[start] >> CLASS_SHIFT != 0 {
                start -= 1;
            }
            bytes[start] |= class << CLASS_SHIFT;
            return bytes[start..].to_vec();
        }
    }
    // A serial has characters of set 82 alone; whatever it held, its own bytes behind the fourth class tell it apart.
    [&[3 << CLASS_SHIFT], text].concat()
}

/// A number below 2^128: 82^20 and all shorter ones are fewer.
fn number(text: &[u8], radix: u128, values: &[u8; 256]) -> Option<u128> {
    text.iter().try_fold(0u128, |number, &byte| match values[usize::from(byte)] {
        0 => None,
        digit => number.checked_mul(radix)?.checked_add(digit.into()),
    })
}

/// The serial of packed bytes; `None` when they are none.
pub(super) fn unpack(packed: &[u8]) -> Option<Serial> {
    let (&first, rest) = packed.split_first()?;
    let alphabet = CLASSES.get(usize::from(first >> CLASS_SHIFT))?;
    let mut bytes = [0; MOST_BYTES];
    let start = MOST_BYTES.checked_sub(packed.len())?;
    bytes[start] = first & ((1 << CLASS_SHIFT) - 1);
    bytes[start + 1..].copy_from_slice(rest);
    if bytes[0] != 0 {
        return None;
    }
    let [_, number @ ..] = bytes;
    let mut number = u128::from_be_bytes(number);
    let radix = alphabet.len() as u128;
    let mut text = Vec::with_capacity(20);
    while number > 0 {
        number -= 1;
        text.push(alphabet[usize::try_from(number % radix).ok()?]);
        number /= radix;
    }
    text.reverse();
    let serial = Serial::try_from(core::str::from_utf8(&text).ok()?).ok()?;
    // One serial, one form: anything else is damage.
    (pack(&serial) == packed).then_some(serial)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes_of(text: &str) -> usize {
        pack(&Serial::try_from(text).unwrap()).len()
    }

    #[test]
    fn usual_serials_take_at_most_twelve_bytes() {
        assert_eq!(bytes_of("99999999999999999999"), 9);
        assert_eq!(bytes_of("ZZZZZZZZZZZZZZZZZZ"), 12);
        assert_eq!(bytes_of("zzzzzzzzzzzzzz"), 12);
        assert_eq!(bytes_of("zzzzzzzzzzzzzzzzzzzz"), 17);
        assert_eq!(bytes_of("0"), 1);
    }

    #[test]
    fn leading_zeros_count() {
        let forms = ["0", "00", "000", "A", "0A", "a", "0a"].map(|text| pack(&Serial::try_from(text).unwrap()));
        for (n, form) in forms.iter().enumerate() {
            assert!(!forms[..n].contains(form));
        }
    }

    #[test]
    fn damage_is_no_serial() {
        for bytes in [&[][..], &[0], &[0, 1], &[0xC0, b'a'], &[0x80, 1], &[0xFF; 17], &[0; 18]] {
            assert_eq!(unpack(bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn a_serial_comes_back(text in "[!-\"%-/0-9:-?A-Z_a-z]{1,20}") {
            let serial = Serial::try_from(text.as_str()).unwrap();
            let packed = pack(&serial);
            prop_assert!(packed.len() <= MOST_BYTES);
            prop_assert_eq!(unpack(&packed), Some(serial));
        }
    }
}
