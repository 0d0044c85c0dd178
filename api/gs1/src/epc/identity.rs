//! The parts that an EPC divides a key into, and the way from and to AIs.
//!
//! EPC Tag Data Standard, section 7 (correspondence between EPCs and GS1 keys).

use core::fmt::Write as _;

use super::scheme::{Order, Scheme};
use crate::ai::Ai;
use crate::check_digit;
use crate::element_string::{self, GS};
use crate::elements::{Elements, Source};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::text::Inline;

/// A key, divided.
#[derive(Clone, Copy)]
pub(super) struct Identity {
    pub(super) scheme: Scheme,
    pub(super) prefix: Inline<12>,
    pub(super) reference: Inline<30>,
    /// Piece and total of an ITIP, two digits each.
    pub(super) pieces: Inline<4>,
    /// Empty where it is left open.
    pub(super) serial: Inline<28>,
}

pub(super) const FORM: ParseError = ParseError::new(ErrorCode::EpcForm, 0);
const PARTITION: ParseError = ParseError::new(ErrorCode::EpcPartition, 0);

/// Gathers ASCII characters; what does not fit makes the whole fail.
pub(super) struct Gather<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Gather<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N], len: 0 }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), ParseError> {
        let end = self.len + bytes.len();
        let free = self.bytes.get_mut(self.len..end).ok_or(FORM)?;
        free.copy_from_slice(bytes);
        self.len = end;
        Ok(())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    pub(super) fn done(&self) -> Result<Inline<N>, ParseError> {
        Inline::new(self.as_bytes()).ok_or(FORM)
    }
}

impl<const N: usize> core::fmt::Write for Gather<N> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.push(text.as_bytes()).map_err(|_| core::fmt::Error)
    }
}

/// Parses an element string that was put together from an EPC.
pub(super) fn parsed(message: &Gather<96>) -> Result<Elements<'static>, ParseError> {
    let source = Source::Small(message.done()?);
    element_string::parse(source, 0, &[GS], Options::STRICT)
}

impl Identity {
    /// The digits of the key, with its check digit where it has one.
    fn key(&self) -> Result<Gather<48>, ParseError> {
        let mut key = Gather::new();
        let (prefix, reference) = (self.prefix.as_bytes(), self.reference.as_bytes());
        let together = prefix.len() + reference.len();
        if self.scheme.digits().is_some_and(|digits| digits != together) {
            return Err(PARTITION);
        }
        match self.scheme.order() {
            Order::Plain => {
                key.push(prefix)?;
                key.push(reference)?;
            }
            Order::ZeroInFront => {
                key.push(b"0")?;
                key.push(prefix)?;
                key.push(reference)?;
            }
            Order::FirstDigitInFront => {
                let (first, rest) = reference.split_at_checked(1).ok_or(PARTITION)?;
                key.push(first)?;
                key.push(prefix)?;
                key.push(rest)?;
            }
        }
        if self.scheme.digits().is_some() {
            if !key.as_bytes().iter().all(u8::is_ascii_digit) {
                return Err(FORM);
            }
            let check = check_digit::modulo_10(key.as_bytes());
            key.push(&[check])?;
        }
        Ok(key)
    }

    /// Its elements.
    pub(super) fn elements(&self) -> Result<Elements<'static>, ParseError> {
        let mut message = Gather::<96>::new();
        write!(message, "{}", Ai::of(self.scheme.ai())).map_err(|_| FORM)?;
        message.push(self.key()?.as_bytes())?;
        message.push(self.pieces.as_bytes())?;
        let serial = self.serial.as_bytes();
        if self.scheme.serial_in_key() {
            message.push(serial)?;
        }
        // A location without extension is written with an extension of 0.
        let none = serial.is_empty() || (self.scheme == Scheme::Sgln && serial == b"0");
        if let Some(ai) = self.scheme.serial_ai().filter(|_| !none) {
            if !Ai::of(self.scheme.ai()).row().is_some_and(crate::ai::Row::is_predefined) {
                message.push(&[GS])?;
            }
            write!(message, "{}", Ai::of(ai)).map_err(|_| FORM)?;
            message.push(serial)?;
        }
        parsed(&message)
    }

    /// Of the first key among `elements`, whose company prefix has `prefix_digits` digits.
    pub(super) fn of(elements: &Elements<'_>, prefix_digits: u8) -> Result<Self, ParseError> {
        let scheme = scheme_of(elements).ok_or(ParseError::new(ErrorCode::EpcScheme, 0))?;
        let element = elements.number(scheme.ai()).ok_or(FORM)?;
        let value = element.value();
        let digits = usize::from(prefix_digits);
        if !(6..=12).contains(&digits) {
            return Err(PARTITION);
        }
        let value = value.as_bytes();
        let ahead = usize::from(scheme.order() != Order::Plain);
        let (first, rest) = value.split_at_checked(ahead).ok_or(PARTITION)?;
        let (prefix, rest) = rest.split_at_checked(digits).ok_or(PARTITION)?;
        if !prefix.iter().all(u8::is_ascii_digit) {
            return Err(PARTITION);
        }
        let body = scheme.digits().map_or(rest.len(), |all| {
            let in_front = usize::from(scheme.order() == Order::FirstDigitInFront);
            (all - in_front).saturating_sub(digits)
        });
        let (body, behind) = rest.split_at_checked(body).ok_or(PARTITION)?;
        let mut reference = Gather::new();
        if scheme.order() == Order::FirstDigitInFront {
            reference.push(first)?;
        }
        reference.push(body)?;
        // Behind the body stands the check digit, and then what the key has of its own.
        let behind = behind.get(1..).unwrap_or_default();
        let serial = match scheme.serial_ai() {
            Some(ai) => elements.number(ai).map(|element| element.value()),
            None => None,
        };
        let serial = match (&serial, scheme.serial_in_key()) {
            (_, true) => behind,
            (Some(serial), _) => serial.as_bytes(),
            (None, _) if scheme == Scheme::Sgln => b"0",
            (None, _) => b"",
        };
        let pieces = if scheme == Scheme::Itip { behind } else { b"" };
        Ok(Self {
            scheme,
            prefix: Inline::new(prefix).ok_or(PARTITION)?,
            reference: reference.done()?,
            pieces: Inline::new(pieces).ok_or(FORM)?,
            serial: Inline::new(serial).ok_or(FORM)?,
        })
    }
}

/// The scheme of the first key among `elements`.
fn scheme_of(elements: &Elements<'_>) -> Option<Scheme> {
    elements.iter().find_map(|element| {
        let has = |number| elements.number(number).is_some();
        Some(match element.ai().number() {
            1 if has(235) => Scheme::Upui,
            1 if has(10) && !has(21) => Scheme::Lgtin,
            1 => Scheme::Sgtin,
            8006 => Scheme::Itip,
            0 => Scheme::Sscc,
            414 => Scheme::Sgln,
            417 => Scheme::Pgln,
            8003 => Scheme::Grai,
            8004 => Scheme::Giai,
            8018 => Scheme::Gsrn,
            8017 => Scheme::Gsrnp,
            253 => Scheme::Gdti,
            255 => Scheme::Sgcn,
            8010 => Scheme::Cpi,
            401 => Scheme::Ginc,
            402 => Scheme::Gsin,
            _ => return None,
        })
    })
}
