//! Application Identifiers: what an AI is, and its row in the table of all 541.
//!
//! GS1 General Specifications section 3 and 7.8. The rows are in `ai::table`, their notation in
//! `ai::row`; content checks are in `lint`, what AIs demand of each other in `associations`.

mod row;
mod table;

pub use row::{Component, Row};

use core::fmt;

/// An Application Identifier: two to four digits that say what a value means.
///
/// Two bytes: the number, below 10,000, and above it how many digits beyond two it is written with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ai(u16);

const DIGITS: u32 = 14;

impl Ai {
    /// The AI with this number, for the lengths in use: 1 is `01`, 254 is `254`.
    pub(crate) const fn of(number: u16) -> Self {
        Self::with(
            number,
            match number {
                0..=99 => 2,
                100..=999 => 3,
                _ => 4,
            },
        )
    }

    const fn with(number: u16, digits: u8) -> Self {
        Self(number | (digits as u16 - 2) << DIGITS)
    }

    /// The AI that `text` spells: two to four digits, known or not.
    #[must_use]
    pub fn from_digits(text: &[u8]) -> Option<Self> {
        let digits = u8::try_from(text.len()).ok()?;
        if !(2..=4).contains(&digits) || !text.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = text.iter().fold(0, |sum: u16, &digit| sum * 10 + u16::from(digit - b'0'));
        Some(Self::with(number, digits))
    }

    /// The AI that `text` begins with, its length being known from its first two digits.
    #[must_use]
    pub fn at_start_of(text: &[u8]) -> Option<Self> {
        let (&tens, &ones) = (text.first()?, text.get(1)?);
        if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
            return None;
        }
        let two = usize::from(tens - b'0') * 10 + usize::from(ones - b'0');
        match usize::from(table::digits_after(two)) {
            0 => None,
            digits => Self::from_digits(text.get(..digits)?),
        }
    }

    /// Its number: 10 for `10`, 3103 for `3103`.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0 & ((1 << DIGITS) - 1)
    }

    /// How many digits it is written with.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.0 >> DIGITS) as usize + 2
    }

    /// Never: an AI has at least two digits.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        false
    }

    /// Its row in the table; `None` for an AI that is not assigned.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        table::find(self.number(), self.digits())
    }

    /// Whether another length of AI is reserved for its first two digits, so that it can never be one.
    pub(crate) fn contradicts_its_prefix(self) -> bool {
        let two = match self.digits() {
            2 => self.number(),
            3 => self.number() / 10,
            _ => self.number() / 100,
        };
        let known = table::digits_after(usize::from(two));
        known != 0 && known != self.digits()
    }

    /// Whether it is this AI of the table.
    pub(crate) const fn is(self, number: u16) -> bool {
        self.0 == Self::of(number).0
    }

    const fn digits(self) -> u8 {
        (self.0 >> DIGITS) as u8 + 2
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.number(), width = self.len())
    }
}

impl fmt::Debug for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({self})")
    }
}

/// Every AI of the table, in order: 541 of them.
pub fn all() -> impl Iterator<Item = Ai> {
    table::rows().flat_map(|row| {
        let (first, last) = row.range();
        (first..=last).map(move |number| Ai::with(number, row.digits()))
    })
}
