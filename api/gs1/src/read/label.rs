//! Words that people type in front of a number: `GTIN:`, `ISBN`, `Mã vạch`.

const LABELS: [&str; 9] = ["gtin", "ean", "upc", "isbn-13", "isbn-10", "isbn", "issn", "barcode", "mã vạch"];

/// The number behind such a word; `None` without one.
pub(super) fn strip(text: &str) -> Option<&str> {
    let rest = LABELS.iter().find_map(|label| {
        let begin = text.get(..label.len())?;
        let same = begin.chars().flat_map(char::to_lowercase).eq(label.chars());
        text.get(label.len()..).filter(|_| same)
    })?;
    let number = rest.trim_start_matches([':', ' ', '\u{a0}', '#']);
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(number)
}
