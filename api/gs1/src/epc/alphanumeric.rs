//! Values of variable length in TDS 2: three bits that say how, a length, and the characters.
//!
//! EPC Tag Data Standard 14.5.6 and table E.

use super::bits::{Binary, Reader, base64url_letter, base64url_value};
use super::identity::{FORM, Gather};
use super::tag::number;
use crate::error::ParseError;

/// The bits that an integer of so many decimal digits takes (table B).
pub(super) fn integer_bits(digits: usize) -> usize {
    // log2(10) is 3.3219…; the product is exact enough for the 30 digits that occur.
    (digits * 33_220).div_ceil(10_000)
}

const CODE_40: &[u8; 40] = b"\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789";

/// Decodes a value whose length is written with `length_bits`.
pub(super) fn decode<const N: usize>(
    bits: &mut Reader<'_>,
    length_bits: usize,
    to: &mut Gather<N>,
) -> Result<(), ParseError> {
    let how = bits.small(3)?;
    let len = bits.small(length_bits)?;
    match how {
        0 => decode_integer(bits, len, to),
        1 => each(len, to, || Ok(b"0123456789ABCDEF"[bits.small(4)?])),
        2 => each(len, to, || Ok(b"0123456789abcdef"[bits.small(4)?])),
        3 => each(len, to, || Ok(base64url_letter(bits.byte(6)?))),
        4 => each(len, to, || bits.byte(7)),
        5 => decode_code_40(bits, len, to),
        _ => Err(FORM),
    }
}

fn each<const N: usize>(
    len: usize,
    to: &mut Gather<N>,
    mut next: impl FnMut() -> Result<u8, ParseError>,
) -> Result<(), ParseError> {
    (0..len).try_for_each(|_| to.push(&[next()?]))
}

/// An integer written with `len` digits.
pub(super) fn decode_integer<const N: usize>(
    bits: &mut Reader<'_>,
    len: usize,
    to: &mut Gather<N>,
) -> Result<(), ParseError> {
    use core::fmt::Write as _;
    if len == 0 {
        return Ok(());
    }
    let width = integer_bits(len);
    if width > 127 {
        return Err(FORM);
    }
    let value = bits.take(width)?;
    let before = to.as_bytes().len();
    write!(to, "{value:0len$}").map_err(|_| FORM)?;
    if to.as_bytes().len() - before == len { Ok(()) } else { Err(FORM) }
}

fn decode_code_40<const N: usize>(bits: &mut Reader<'_>, len: usize, to: &mut Gather<N>) -> Result<(), ParseError> {
    let mut left = len;
    while left > 0 {
        let triple = bits.small(16)?.checked_sub(1).ok_or(FORM)?;
        for value in [triple / 1600, triple / 40 % 40, triple % 40] {
            if left > 0 {
                let character = *CODE_40.get(value).filter(|c| **c != 0).ok_or(FORM)?;
                to.push(&[character])?;
                left -= 1;
            }
        }
    }
    Ok(())
}

/// Encodes a value in the way that takes the fewest bits.
pub(super) fn encode(binary: &mut Binary, value: &[u8], length_bits: usize) -> Result<(), ParseError> {
    let len = u128::try_from(value.len()).map_err(|_| FORM)?;
    let all = |member: fn(&u8) -> bool| value.iter().all(member);
    let upper_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    let lower_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let without_zero = value.first() != Some(&b'0') || value.len() == 1;
    let how = if all(u8::is_ascii_digit) && without_zero && !value.is_empty() {
        0
    } else if all(upper_hex) {
        1
    } else if all(lower_hex) {
        2
    } else if all(|byte| CODE_40.contains(byte)) {
        5
    } else if all(|byte| base64url_value(*byte).is_some()) {
        3
    } else {
        4
    };
    binary.push(how, 3)?;
    binary.push(len, length_bits)?;
    match how {
        0 => binary.push(number(value)?, integer_bits(value.len())),
        1 | 2 => value.iter().try_for_each(|&byte| {
            let digit = char::from(byte).to_digit(16).ok_or(FORM)?;
            binary.push(u128::from(digit), 4)
        }),
        3 => value.iter().try_for_each(|&byte| binary.push(u128::from(base64url_value(byte).ok_or(FORM)?), 6)),
        4 => value.iter().try_for_each(|&byte| binary.push(u128::from(byte), 7)),
        _ => encode_code_40(binary, value),
    }
}

fn encode_code_40(binary: &mut Binary, value: &[u8]) -> Result<(), ParseError> {
    for three in value.chunks(3) {
        let mut triple = 0;
        for at in 0..3 {
            let index = match three.get(at) {
                Some(byte) => CODE_40.iter().position(|c| c == byte).ok_or(FORM)?,
                None => 0,
            };
            triple = triple * 40 + index;
        }
        binary.push(u128::try_from(triple + 1).map_err(|_| FORM)?, 16)?;
    }
    Ok(())
}
