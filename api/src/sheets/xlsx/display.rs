//! How a cell shows its number, which its number format says (ECMA-376, 18.8.30 and 18.8.31).

use calamine::NumberFormat;

use crate::sheets::grid::{Cell, Shown};

/// Formats below are the application's own, and show a day in the order of whoever looks at it.
const FIRST_OWN: u32 = 164;
/// Most digits that a format may ask for.
const MOST_DIGITS: usize = 20;

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Display {
    /// As it is.
    #[default]
    Plain,
    /// As a day, without the day.
    Month,
    /// As a day, with the month first.
    MonthFirst,
    /// With so many digits, zeros in front.
    Digits(usize),
    /// As a power of ten.
    Power,
}

impl Display {
    /// What a number format shows.
    pub(super) fn of(format: &NumberFormat) -> Self {
        let is_own = format.format_id.is_none_or(|id| id >= FIRST_OWN);
        Self::of_code(&format.format_code, is_own)
    }

    fn of_code(code: &str, is_own: bool) -> Self {
        let letters = letters(code);
        let at = |letter: char| letters.find(letter);
        match (at('d'), at('m'), at('y')) {
            (None, Some(_), Some(_)) if !letters.contains(['h', 's']) => Self::Month,
            (Some(day), Some(month), Some(year)) if is_own && month < day && day < year && !letters.contains("mmm") => {
                Self::MonthFirst
            }
            _ if letters.contains("0e+0") => Self::Power,
            _ if letters.len() > 1 && letters.len() <= MOST_DIGITS && letters.bytes().all(|b| b == b'0') => {
                Self::Digits(letters.len())
            }
            _ => Self::Plain,
        }
    }

    /// A number, as it is seen: zeros that the format puts in front are part of a code.
    pub(super) fn number(self, number: f64) -> Cell {
        match self {
            Self::Power => Cell::Power(number),
            Self::Digits(digits) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => {
                Cell::Text(format!("{number:0digits$.0}"))
            }
            _ => Cell::Number(number),
        }
    }

    /// How a day is shown.
    pub(super) const fn day(self) -> Shown {
        match self {
            Self::Month => Shown::Month,
            Self::MonthFirst => Shown::MonthFirst,
            _ => Shown::Whole,
        }
    }
}

/// The first section of a format in small letters, without what stands in quotation marks or brackets.
fn letters(code: &str) -> String {
    let mut letters = String::new();
    let mut ends = None;
    for c in code.split(';').next().unwrap_or_default().chars() {
        match ends {
            Some(end) if c == end => ends = None,
            Some(_) => {}
            None => match c {
                '"' => ends = Some('"'),
                '[' => ends = Some(']'),
                other => letters.extend(other.to_lowercase()),
            },
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_how_a_number_is_seen() {
        let of = |code| Display::of_code(code, true);
        for month in ["mm/yyyy", "mmm-yy", "[$-42A]mm/yyyy;@", "\"tháng\" m/yyyy"] {
            assert_eq!(of(month), Display::Month, "{month}");
        }
        for plain in ["dd/mm/yyyy", "General", "yyyy", "\"mm/yyyy\"0", "d-mmm-yy", "@", "yyyy-mm-dd", "0", "0.00"] {
            assert_eq!(of(plain), Display::Plain, "{plain}");
        }
        assert_eq!(
            (of("mm/dd/yy"), of("0.00E+00"), of("00000")),
            (Display::MonthFirst, Display::Power, Display::Digits(5))
        );
        assert_eq!(
            Display::of_code("mm-dd-yy", false),
            Display::Plain,
            "the built-in day is shown as its reader writes it"
        );
    }

    #[test]
    fn zeros_of_a_format_are_part_of_the_code() {
        assert_eq!(Display::Digits(4).number(12.0), Cell::Text("0012".to_owned()));
        assert_eq!(Display::Digits(4).number(1.5), Cell::Number(1.5));
    }
}
