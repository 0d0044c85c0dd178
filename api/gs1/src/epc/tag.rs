//! The binary encodings before TDS 2, decoded and encoded by their layouts.
//!
//! EPC Tag Data Standard 14.3 to 14.5.

use core::fmt::Write as _;

use super::bits::{Binary, Reader};
use super::identity::{FORM, Gather, Identity};
use super::layout::{LAYOUTS, Layout, Reference, Serial};
use super::partition::PREFIX_BITS;
use super::scheme::Scheme;
use crate::error::{ErrorCode, ParseError};
use crate::text::Inline;

const PARTITION: ParseError = ParseError::new(ErrorCode::EpcPartition, 0);

pub(super) fn decode(bytes: &[u8]) -> Result<Identity, ParseError> {
    let mut bits = Reader::new(bytes);
    let header = bits.byte(8)?;
    let layout =
        LAYOUTS.iter().find(|layout| layout.header == header).ok_or(ParseError::new(ErrorCode::EpcScheme, 0))?;
    let _filter = bits.take(3)?;
    let partition = bits.small(3)?;
    let prefix_bits = *PREFIX_BITS.get(partition).ok_or(PARTITION)?;
    let prefix_digits = 12 - partition;
    let mut prefix = Gather::new();
    digits(&mut prefix, bits.take(usize::from(prefix_bits))?, prefix_digits)?;
    let reference = reference(&mut bits, layout, partition, prefix_digits)?;
    let mut pieces = Gather::new();
    if layout.scheme == Scheme::Itip {
        digits(&mut pieces, bits.take(7)?, 2)?;
        digits(&mut pieces, bits.take(7)?, 2)?;
    }
    let serial = serial(&mut bits, layout)?;
    Ok(Identity { scheme: layout.scheme, prefix: prefix.done()?, reference, pieces: pieces.done()?, serial })
}

/// Adds `value` with `count` digits.
fn digits<const N: usize>(to: &mut Gather<N>, value: u128, count: usize) -> Result<(), ParseError> {
    let most = u32::try_from(count).ok().and_then(|count| 10_u128.checked_pow(count));
    if most.is_none_or(|most| value >= most) {
        return Err(PARTITION);
    }
    if count == 0 {
        return Ok(());
    }
    write!(to, "{value:0count$}").map_err(|_| FORM)
}

fn reference(
    bits: &mut Reader<'_>,
    layout: &Layout,
    partition: usize,
    prefix_digits: usize,
) -> Result<Inline<30>, ParseError> {
    let width = usize::from(*layout.reference_bits.get(partition).ok_or(PARTITION)?);
    let mut to = Gather::new();
    match layout.reference {
        Reference::Digits => {
            let all = layout.scheme.digits().ok_or(FORM)?;
            digits(&mut to, bits.take(width)?, all.saturating_sub(prefix_digits))?;
        }
        Reference::Integer => write!(to, "{}", bits.take(width)?).map_err(|_| FORM)?,
        Reference::Ascii => ascii(bits, width, &mut to)?,
        Reference::SixBit => six_bit(bits, width / 6, &mut to)?,
    }
    to.done()
}

fn serial(bits: &mut Reader<'_>, layout: &Layout) -> Result<Inline<28>, ParseError> {
    let mut to = Gather::new();
    match layout.serial {
        Serial::Reserved(width) => {
            bits.take(usize::from(width))?;
        }
        Serial::Integer(width) => {
            write!(to, "{}", bits.take(usize::from(width))?).map_err(|_| FORM)?;
        }
        Serial::Digits(width) => {
            let mut with_one = Gather::<28>::new();
            write!(with_one, "{}", bits.take(usize::from(width))?).map_err(|_| FORM)?;
            to.push(with_one.as_bytes().strip_prefix(b"1").ok_or(FORM)?)?;
        }
        Serial::Ascii(count) => ascii(bits, usize::from(count) * 7, &mut to)?,
    }
    to.done()
}

/// Characters of seven bits up to the first zero; behind it, zeros only.
fn ascii<const N: usize>(bits: &mut Reader<'_>, width: usize, to: &mut Gather<N>) -> Result<(), ParseError> {
    let mut ended = false;
    for _ in 0..width / 7 {
        let character = bits.byte(7)?;
        if character == 0 {
            ended = true;
        } else if ended {
            return Err(FORM);
        } else {
            to.push(&[character])?;
        }
    }
    bits.take(width % 7).map(|_| ())
}

/// The low six bits of a character of CSET 39, six zero bits behind the last.
fn six_bit<const N: usize>(bits: &mut Reader<'_>, most: usize, to: &mut Gather<N>) -> Result<(), ParseError> {
    for _ in 0..=most {
        match bits.byte(6)? {
            0 => return Ok(()),
            low @ 1..=26 => to.push(&[low | 0x40])?,
            low => to.push(&[low])?,
        }
    }
    Err(FORM)
}

/// Encodes with the first layout of the scheme that has room.
pub(super) fn encode(identity: &Identity, filter: u8) -> Result<Binary, ParseError> {
    let mut error = ParseError::new(ErrorCode::EpcScheme, 0);
    for layout in LAYOUTS.iter().filter(|l| l.scheme == identity.scheme) {
        match encode_as(identity, filter, layout) {
            Ok(binary) => return Ok(binary),
            Err(reason) => error = reason,
        }
    }
    Err(error)
}

fn encode_as(identity: &Identity, filter: u8, layout: &Layout) -> Result<Binary, ParseError> {
    let prefix = identity.prefix.as_bytes();
    let partition = 12_usize.checked_sub(prefix.len()).ok_or(PARTITION)?;
    let prefix_bits = *PREFIX_BITS.get(partition).ok_or(PARTITION)?;
    let width = usize::from(*layout.reference_bits.get(partition).ok_or(PARTITION)?);
    let mut binary = Binary::EMPTY;
    binary.push(u128::from(layout.header), 8)?;
    binary.push(u128::from(filter), 3)?;
    binary.push(u128::try_from(partition).map_err(|_| PARTITION)?, 3)?;
    binary.push(number(prefix)?, usize::from(prefix_bits))?;
    let reference = identity.reference.as_bytes();
    match layout.reference {
        Reference::Digits => binary.push(number(reference)?, width)?,
        Reference::Integer => binary.push(integer(reference)?, width)?,
        Reference::Ascii => push_ascii(&mut binary, reference, width)?,
        Reference::SixBit => {
            if reference.len() * 6 > width {
                return Err(FORM);
            }
            for &character in reference {
                binary.push(u128::from(character & 0x3f), 6)?;
            }
            binary.push(0, 6)?;
        }
    }
    for piece in identity.pieces.as_bytes().chunks(2) {
        binary.push(number(piece)?, 7)?;
    }
    let serial = identity.serial.as_bytes();
    match layout.serial {
        Serial::Reserved(width) => binary.push(0, usize::from(width))?,
        Serial::Integer(width) => binary.push(integer(serial)?, usize::from(width))?,
        Serial::Digits(width) => {
            let mut with_one = Gather::<28>::new();
            with_one.push(b"1")?;
            with_one.push(serial)?;
            binary.push(number(with_one.as_bytes())?, usize::from(width))?;
        }
        Serial::Ascii(count) => push_ascii(&mut binary, serial, usize::from(count) * 7)?,
    }
    Ok(binary)
}

fn push_ascii(binary: &mut Binary, text: &[u8], width: usize) -> Result<(), ParseError> {
    if text.is_empty() || text.len() * 7 > width {
        return Err(FORM);
    }
    let end = binary.bits() + width;
    for &character in text {
        binary.push(u128::from(character), 7)?;
    }
    binary.fill(end)
}

/// The number that digits spell.
pub(super) fn number(digits: &[u8]) -> Result<u128, ParseError> {
    digits.iter().try_fold(0_u128, |sum, &digit| {
        if !digit.is_ascii_digit() {
            return Err(FORM);
        }
        sum.checked_mul(10).and_then(|sum| sum.checked_add(u128::from(digit - b'0'))).ok_or(FORM)
    })
}

/// The same for digits that have no zero in front, which an integer could not keep.
fn integer(digits: &[u8]) -> Result<u128, ParseError> {
    match digits {
        [] | [b'0', _, ..] => Err(FORM),
        _ => number(digits),
    }
}
