//! GTINs and lot numbers, and what a spreadsheet does to them.

use gs1::{Gtin14, Lot};
use serde_json::{Value, json};

use super::{Said, list, with};
use crate::coverage::Spelling;
use crate::sheets::grid::Cell;
use crate::sheets::trouble::{Trouble, Understood};

/// Zeros at the end of a number that nobody gives out: it was typed from `8,93E+12`.
const LOST_DIGITS: &str = "0000000";

/// A GTIN. Numbers hold up to 15 digits exactly, so a cell that was made a number has lost no more than zeros in front;
/// those are put back where the check digit is right.
pub(super) fn gtin(cell: &Cell, text: &str) -> Result<(String, Option<Understood>), Trouble> {
    not_a_date(cell)?;
    let spelling = Spelling::of(text);
    let is_number = matches!(cell, Cell::Number(_) | Cell::Power(_));
    if spelling.is_rounded || text.contains("E+") || (is_number && text.ends_with(LOST_DIGITS)) {
        return Err(Trouble::Rounded);
    }
    let digits: String = spelling.code.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Trouble::NoGtin);
    }
    let wrong = |why| Trouble::Gtin(why, digits.len());
    match (Gtin14::try_from(digits.as_str()), &spelling.padded) {
        (Ok(gtin), _) => Ok((gtin.to_string(), None)),
        (Err(_), Some(padded)) => {
            let gtin = Gtin14::try_from(padded.as_str()).map_err(wrong)?;
            Ok((gtin.to_string(), Some(Understood::Zeros(padded.clone()))))
        }
        (Err(why), None) => Err(wrong(why)),
    }
}

/// GTINs in one cell.
pub(super) fn gtins(cell: &Cell, text: &str) -> Result<Said, Trouble> {
    let mut note = None;
    let mut gtins = Vec::new();
    for part in list::separated(text, &[',', ';', '\n']) {
        let (gtin, understood) = gtin(cell, &part)?;
        note = note.or(understood);
        gtins.push(json!(gtin));
    }
    Ok(with(Value::Array(gtins), note))
}

/// A lot number.
pub(super) fn lot(cell: &Cell, text: &str) -> Result<Said, Trouble> {
    not_a_date(cell)?;
    if matches!(cell, Cell::Power(_)) {
        return Err(Trouble::BecamePower);
    }
    let spelling = Spelling::of(text);
    if spelling.is_rounded {
        return Err(Trouble::Rounded);
    }
    let lot = text.strip_prefix('\'').unwrap_or(text);
    let sign = lot.chars().find(|c| !c.is_ascii_graphic());
    let lot = Lot::try_from(lot).map_err(|why| sign.map_or(Trouble::Lot(why), Trouble::LotSign))?.to_string();
    let note = matches!(cell, Cell::Number(_)).then(|| Understood::NumberLot(lot.clone()));
    Ok(with(json!(lot), note))
}

/// A code is never a date, whatever a spreadsheet makes of `03-04`.
pub(super) fn not_a_date(cell: &Cell) -> Result<(), Trouble> {
    if matches!(cell, Cell::Day { .. } | Cell::Iso(_)) { Err(Trouble::BecameDate) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of_text(text: &str) -> Result<(String, Option<Understood>), Trouble> {
        gtin(&Cell::Text(text.to_owned()), text)
    }

    #[rstest]
    #[case("9520000010010")]
    #[case("09520000010010")]
    #[case("952 0000 01001 0")]
    #[case("952-0000-01001-0")]
    #[case("'9520000010010")]
    #[case("=\"9520000010010\"")]
    fn a_gtin_is_read_however_it_is_written(#[case] text: &str) {
        assert_eq!(of_text(text), Ok(("09520000010010".to_owned(), None)));
    }

    #[test]
    fn a_number_is_exact_and_its_lost_zeros_are_put_back() {
        let number = |number: f64| gtin(&Cell::Number(number), &format!("{number:.0}"));
        assert_eq!(number(9_520_000_010_010.0), Ok(("09520000010010".to_owned(), None)));
        // UPC 0 12345 67890 5, and 0 00123 45678 4.
        let zeros = |code: &str| Some(Understood::Zeros(code.to_owned()));
        assert_eq!(number(12_345_678_905.0), Ok(("00012345678905".to_owned(), zeros("012345678905"))));
        assert!(matches!(number(12_345_678_906.0), Err(Trouble::Gtin(..))));
        assert_eq!(number(8_930_000_000_000.0), Err(Trouble::Rounded));
        assert!(matches!(number(17.0), Err(Trouble::Gtin(..))));
    }

    #[rstest]
    #[case("8.93E+12")]
    #[case("8,93E+12")]
    #[case("8.93457e+12")]
    fn digits_that_are_gone_are_not_guessed(#[case] text: &str) {
        assert_eq!(of_text(text), Err(Trouble::Rounded));
    }

    #[test]
    fn what_is_no_gtin_says_which_digit_would_be_right() {
        let Err(trouble) = of_text("9520000010011") else { panic!("the check digit is wrong") };
        assert!(trouble.say(nguon_openapi::Lang::Vi).contains('0'), "{trouble:?}");
        assert_eq!(of_text("chưa có"), Err(Trouble::NoGtin));
        assert_eq!(
            gtin(&Cell::Day { serial: 46_000.0, shown: crate::sheets::grid::Shown::Whole }, "x"),
            Err(Trouble::BecameDate)
        );
    }

    #[test]
    fn a_lot_number_stays_as_it_is() {
        let read = |text: &str| lot(&Cell::Text(text.to_owned()), text);
        assert_eq!(read("007"), Ok(json!("007").into()));
        let noted = Said::Understood(json!("12"), Understood::NumberLot("12".to_owned()));
        assert_eq!(lot(&Cell::Number(12.0), "12"), Ok(noted), "0012 would look the same");
        assert_eq!(lot(&Cell::Power(1e5), "100000"), Err(Trouble::BecamePower));
        assert_eq!(
            lot(&Cell::Day { serial: 46_115.0, shown: crate::sheets::grid::Shown::Whole }, "03/04/2026"),
            Err(Trouble::BecameDate)
        );
        assert_eq!((read("Lô1"), read("L 1")), (Err(Trouble::LotSign('ô')), Err(Trouble::LotSign(' '))));
        assert!(matches!(read("L#1"), Err(Trouble::Lot(_))));
    }
}
