//! Codes and numbers of few digits.

use serde_json::json;

use super::Said;
use crate::sheets::fold::folded;
use crate::sheets::trouble::{Trouble, Understood};

/// Whether a text is a number and nothing else.
pub(super) fn is_bare(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// A code of so many digits, with the zeros that a spreadsheet has taken.
pub(super) fn digits(text: &str, many: u8) -> Result<(String, Option<Understood>), Trouble> {
    let many = usize::from(many);
    let code = text.strip_prefix('\'').unwrap_or(text);
    if code.is_empty() || code.len() > many || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Trouble::Digits(u8::try_from(many).unwrap_or_default()));
    }
    let whole = format!("{code:0>many$}");
    let note = (whole != code).then(|| Understood::Zeros(whole.clone()));
    Ok((whole, note))
}

/// OCOP stars: `4`, `4 sao`, `★★★★`. Whether there are so many is the record's to say.
pub(super) fn stars(text: &str) -> Result<Said, Trouble> {
    let drawn = text.chars().filter(|c| matches!(c, '★' | '*' | '⭐')).count();
    let words = folded(text);
    let count = match words.split(' ').next().unwrap_or_default().parse::<u8>() {
        Ok(count) => count,
        Err(_) if words.is_empty() && drawn > 0 => u8::try_from(drawn).unwrap_or(u8::MAX),
        Err(_) => return Err(not_listed()),
    };
    if (3..=5).contains(&count) { Ok(json!(count).into()) } else { Err(not_listed()) }
}

fn not_listed() -> Trouble {
    Trouble::NotListed("3, 4, 5".to_owned(), "3, 4, 5".to_owned())
}

/// A telephone number, with the zero that a spreadsheet has taken: nine digits are a Vietnamese number without it.
pub(super) fn phone(text: &str) -> (String, Option<Understood>) {
    let is_short = text.len() == 9 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if is_short {
        let whole = format!("0{text}");
        (whole.clone(), Some(Understood::Zeros(whole)))
    } else {
        (text.replace('\n', ", "), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_zeros_are_put_back_and_said() {
        assert_eq!(digits("1", 2), Ok(("01".into(), Some(Understood::Zeros("01".into())))));
        assert_eq!(digits("31", 2), Ok(("31".into(), None)));
        assert_eq!(digits("123456", 5), Err(Trouble::Digits(5)));
        assert_eq!(phone("912345678"), ("0912345678".into(), Some(Understood::Zeros("0912345678".into()))));
        assert_eq!(phone("0225 3 000 000"), ("0225 3 000 000".into(), None));
    }

    #[test]
    fn stars_are_counted_however_they_are_written() {
        for text in ["4", "4 sao", "****", "★★★★", "4 stars"] {
            assert_eq!(stars(text), Ok(json!(4).into()), "{text}");
        }
        assert!(stars("6").is_err() && stars("bốn").is_err());
    }
}
