//! Numbers of books and periodicals that are no GTIN: ISBN-10 (ISO 2108) and ISSN (ISO 3297).

/// Whether a text is an ISBN-10: ten characters besides hyphens, weighted 10 to 1.
pub(super) fn is_isbn_10(text: &str) -> bool {
    weighted(text, 10)
}

/// Whether a text is an ISSN as it is printed: `1234-567X`.
pub(super) fn is_issn(text: &str) -> bool {
    text.as_bytes().get(4) == Some(&b'-') && text.len() == 9 && weighted(text, 8)
}

/// Modulo 11, the check character being the last; X stands for ten.
fn weighted(text: &str, len: u32) -> bool {
    let mut sum = 0;
    let mut weight = len;
    for character in text.chars() {
        let value = match character {
            '0'..='9' => character.to_digit(10).unwrap_or_default(),
            'X' | 'x' if weight == 1 => 10,
            '-' | ' ' => continue,
            _ => return false,
        };
        if weight == 0 {
            return false;
        }
        sum += value * weight;
        weight -= 1;
    }
    weight == 0 && sum % 11 == 0
}
