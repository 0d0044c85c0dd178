//! Bits of a tag: reading them off, putting them together, writing them in letters.

use core::fmt;

use super::identity::FORM;
use crate::error::{ErrorCode, ParseError};

/// The most bytes of an EPC that are looked at: the largest EPC memory in use, 496 bits, in whole
/// words.
pub const MAX_BYTES: usize = 64;

/// An EPC in binary form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Binary {
    bytes: [u8; MAX_BYTES],
    bits: usize,
}

impl Binary {
    pub(super) const EMPTY: Self = Self { bytes: [0; MAX_BYTES], bits: 0 };

    /// Its bytes, the last filled with zero bits.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.bits.div_ceil(8)).unwrap_or_default()
    }

    /// How many bits it has.
    #[must_use]
    pub const fn bits(&self) -> usize {
        self.bits
    }

    /// Adds the low `bits` bits of `value`.
    pub(super) fn push(&mut self, value: u128, bits: usize) -> Result<(), ParseError> {
        if bits < 128 && value >> bits != 0 {
            return Err(FORM);
        }
        for bit in (0..bits).rev() {
            let byte = self.bytes.get_mut(self.bits / 8).ok_or(FORM)?;
            if value >> bit & 1 == 1 {
                *byte |= 0x80 >> (self.bits % 8);
            }
            self.bits += 1;
        }
        Ok(())
    }

    /// Adds zeros until there are `bits`.
    pub(super) fn fill(&mut self, bits: usize) -> Result<(), ParseError> {
        if bits > MAX_BYTES * 8 {
            return Err(FORM);
        }
        self.bits = self.bits.max(bits);
        Ok(())
    }

    /// From digits of `width` bits each; what goes beyond the largest EPC memory is left out.
    fn from_digits(text: &[u8], width: usize, value: impl Fn(u8) -> Option<u8>) -> Result<Self, ParseError> {
        let mut binary = Self::EMPTY;
        for (at, &byte) in text.iter().enumerate() {
            let digit = value(byte).ok_or(ParseError::new(ErrorCode::EpcForm, at))?;
            if binary.bits + width <= MAX_BYTES * 8 {
                binary.push(u128::from(digit), width)?;
            }
        }
        Ok(binary)
    }

    pub(super) fn from_hex(text: &[u8]) -> Result<Self, ParseError> {
        Self::from_digits(text, 4, |byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
    }

    pub(super) fn from_base64url(text: &[u8]) -> Result<Self, ParseError> {
        Self::from_digits(text, 6, base64url_value)
    }

    /// Writes it as file-safe base 64, as behind `/ex` in a link.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_base64url(&self, w: &mut impl fmt::Write) -> fmt::Result {
        let mut reader = Reader::new(self.as_bytes());
        for _ in 0..self.bits.div_ceil(6) {
            let six = reader.up_to(6);
            w.write_char(char::from(base64url_letter(six)))?;
        }
        Ok(())
    }
}

/// Writes it as hexadecimal digits, as behind `/eh` in a link.
impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({self})")
    }
}

const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn base64url_value(letter: u8) -> Option<u8> {
    let found = BASE64URL.iter().position(|&known| known == letter)?;
    u8::try_from(found).ok()
}

pub(super) fn base64url_letter(value: u8) -> u8 {
    BASE64URL[usize::from(value & 63)]
}

/// Takes bits off the front.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn bit(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1 == 1;
        self.at += 1;
        Some(bit)
    }

    /// The next `bits` bits, 128 at most.
    pub(super) fn take(&mut self, bits: usize) -> Result<u128, ParseError> {
        let mut value = 0;
        for _ in 0..bits {
            value = value << 1 | u128::from(self.bit().ok_or(FORM)?);
        }
        Ok(value)
    }

    /// The next bits as a byte, with zeros where there are no more.
    fn up_to(&mut self, bits: usize) -> u8 {
        (0..bits).fold(0, |value, _| value << 1 | u8::from(self.bit().unwrap_or_default()))
    }

    /// The next `bits` bits as a small number.
    pub(super) fn small(&mut self, bits: usize) -> Result<usize, ParseError> {
        usize::try_from(self.take(bits)?).map_err(|_| FORM)
    }

    /// The next `bits` bits as a byte.
    pub(super) fn byte(&mut self, bits: usize) -> Result<u8, ParseError> {
        u8::try_from(self.take(bits)?).map_err(|_| FORM)
    }
}
