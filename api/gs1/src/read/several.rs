//! Two codes that were read as one: a scanner that fired twice, two lines pasted together.

use crate::gtin::Gtin14;

/// Whether a text is several codes run together.
pub(super) fn is_several(text: &str) -> bool {
    is_two_links(text) || is_two_scans(text) || is_two_lines(text)
}

/// A second scheme behind the host of the first; one in a query is a parameter.
fn is_two_links(text: &str) -> bool {
    let text = text.as_bytes();
    let link = text.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
    let starts = link.windows(3).enumerate().filter(|(_, three)| three == b"://");
    let mut schemes = starts.filter_map(|(at, _)| scheme_before(link.get(..at)?));
    // One behind a slash is part of a path, as archives have it.
    schemes.next() == Some(0) && schemes.any(|start| link.get(start - 1) != Some(&b'/'))
}

/// Where a scheme begins that `text` ends with.
fn scheme_before(text: &[u8]) -> Option<usize> {
    [&b"https"[..], b"http"].iter().find_map(|scheme| {
        let start = text.len().checked_sub(scheme.len())?;
        text.get(start..)?.eq_ignore_ascii_case(scheme).then_some(start)
    })
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
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.contains(['\n', '\r', ' ', '\t']) {
        return false;
    }
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
