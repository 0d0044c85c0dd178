//! What a spreadsheet does to a code, put right where that is certain, and said.

use gs1::check_digit::modulo_10;

/// What was put right, or cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Blanks or hyphens between the digits.
    Separators,
    /// Zeros in front were lost: a spreadsheet takes them for no part of a number.
    LeadingZeros,
    /// The mark by which a spreadsheet knows that a number is text.
    TextMark,
}

/// A code as it is to be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The code.
    pub code: String,
    /// The same with zeros in front, if that makes a GTIN with the right check digit: to be looked up if `code` is not
    /// on record.
    pub padded: Option<String>,
    /// What was put right in `code`.
    pub notes: Vec<Note>,
    /// The digits are gone: a spreadsheet has rounded them (`9.52E+12`).
    pub is_rounded: bool,
}

impl Spelling {
    /// How a code of a list is to be looked up.
    #[must_use]
    pub fn of(given: &str) -> Self {
        let mut notes = Vec::new();
        let bare = without_text_mark(given.trim());
        if bare.len() != given.trim().len() {
            notes.push(Note::TextMark);
        }
        let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
        let is_spaced = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '\u{a0}'));
        let is_number = is_spaced && !digits.is_empty();
        if is_number && digits.len() != bare.len() && (7..=14).contains(&digits.len()) {
            notes.push(Note::Separators);
        }
        let code = if notes.contains(&Note::Separators) { digits.clone() } else { bare.to_owned() };
        let padded = if is_number { padded(&digits) } else { None };
        Self { code, padded, notes, is_rounded: is_rounded(bare) }
    }
}

/// `'0952…`, `="0952…"` and `"0952…"` are the ways to write digits that stay digits.
fn without_text_mark(given: &str) -> &str {
    let quoted = given.strip_prefix('=').unwrap_or(given).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    // Not a formula that happens to end in a quotation mark.
    let bare = quoted.filter(|text| !text.contains('"')).unwrap_or(given);
    bare.strip_prefix('\'').unwrap_or(bare).trim()
}

/// Digits of no GTIN's length, with zeros in front up to the next one. The check digit weighs from the right, so that
/// lost zeros leave it right; one number in ten has it by chance, which is why the bare number is asked first.
fn padded(digits: &str) -> Option<String> {
    let length = [8, 12].into_iter().find(|length| *length > digits.len())?;
    if digits.len() < 7 || digits.len() == 8 {
        return None;
    }
    let (check, before) = digits.as_bytes().split_last()?;
    (modulo_10(before) == *check).then(|| format!("{digits:0>length$}"))
}

fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let Some(exponent) = exponent.strip_prefix('+') else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(exponent)
        && mantissa.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        && mantissa.starts_with(|c: char| c.is_ascii_digit())
}
