//! Dates as they are printed: six digits, a day of 00 for the last of the month.
//!
//! General Specifications 3.4.2 and 7.12 (which century). There is no clock in here: the year that
//! the century depends on comes in as a parameter.

use core::fmt;

use crate::ai::Ai;
use crate::error::ParseError;
use crate::lint::Lint;

/// A date as printed: year of the century, month, day. Day 0 means the last day of the month.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AiDate {
    yy: u8,
    mm: u8,
    dd: u8,
}

impl AiDate {
    /// Year of the century, 0 to 99.
    #[must_use]
    pub const fn yy(self) -> u8 {
        self.yy
    }

    /// Month, 1 to 12.
    #[must_use]
    pub const fn mm(self) -> u8 {
        self.mm
    }

    /// Day, 1 to 31, or 0 for the last of the month.
    #[must_use]
    pub const fn dd(self) -> u8 {
        self.dd
    }

    pub(crate) fn from_digits(value: &[u8], ai: Ai) -> Result<Self, ParseError> {
        Lint::Yymmd0.check(value).map_err(|fault| ParseError::from_fault(fault, fault.start, Some(ai)))?;
        let two = |at: usize| {
            value.get(at..at + 2).map_or(0, |pair| pair.iter().fold(0, |sum: u8, digit| sum * 10 + digit - b'0'))
        };
        Ok(Self { yy: two(0), mm: two(2), dd: two(4) })
    }

    /// Year, month and day, with the century that lies nearest to `current_year`: 51 years and more
    /// ahead is the century before, 50 years and more ago the century after. Day 0 becomes the last
    /// of the month.
    #[must_use]
    pub fn resolve(self, current_year: i16) -> (i16, u8, u8) {
        let century = current_year - current_year.rem_euclid(100);
        let ahead = i16::from(self.yy) - current_year.rem_euclid(100);
        let year = century
            + i16::from(self.yy)
            + match ahead {
                51..=99 => -100,
                -99..=-50 => 100,
                _ => 0,
            };
        let day = if self.dd == 0 { days_in(year, self.mm) } else { self.dd };
        (year, self.mm, day)
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl TryFrom<&str> for AiDate {
    type Error = ParseError;

    fn try_from(value: &str) -> Result<Self, ParseError> {
        Self::from_digits(value.as_bytes(), Ai::of(17))
    }
}

impl fmt::Display for AiDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}{:02}", self.yy, self.mm, self.dd)
    }
}

impl fmt::Debug for AiDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AiDate({self})")
    }
}
