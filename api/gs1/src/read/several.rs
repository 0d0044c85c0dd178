//! Two codes that were read as one: a scanner that fired twice, two lines pasted together.

use crate::gtin::Gtin14;

/// Whether a text is several codes run together.
pub(super) fn is_several(text: &str) -> bool {
    is_two_links(text) || is_two_scans(text) || is_two_lines(text)
}

/// A second scheme behind the host of the first; one in a query is a parameter.
fn is_two_links(text: &str) -> bool {
    let lower = |at: usize, word: &str| {
        text.as_bytes().get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    };
    if !lower(0, "http://") && !lower(0, "https://") {
        return false;
    }
    let behind = text.find(['?', '#']).unwrap_or(text.len());
    (8..behind).any(|at| lower(at, "http://") || lower(at, "https://"))
}

/// The same symbology identifier twice.
fn is_two_scans(text: &str) -> bool {
    match text.as_bytes().split_first_chunk::<3>() {
        Some((identifier @ [b']', _, _], rest)) => rest.windows(3).any(|three| three == identifier),
        _ => false,
    }
}

/// Lines of digits, each a GTIN.
fn is_two_lines(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let is_gtin = |word: &str| Gtin14::try_from(word).is_ok();
    words.next().is_some_and(is_gtin) && {
        let mut rest = words.peekable();
        rest.peek().is_some() && rest.all(is_gtin)
    }
}

/// Whether digits without anything between them are two GTINs of one length.
pub(super) fn is_two_gtins(digits: &[u8]) -> bool {
    let half = digits.len() / 2;
    digits.len() == half * 2
        && digits
            .split_at_checked(half)
            .is_some_and(|(first, second)| Gtin14::from_digits(first).is_ok() && Gtin14::from_digits(second).is_ok())
}
