//! What is to be put right in a form: where, and what to do, in both languages.

use gs1::{Gtin14, Language, Outcome};
use nguon_openapi::Lang;

use super::wording::fault_vi;
use crate::registry::text::TextError;
use crate::registry::{Fault, Localised, Text};

/// Something to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Name of the field; empty for the form as a whole.
    pub field: &'static str,
    vi: String,
    en: String,
}

impl Wrong {
    /// In a field.
    pub fn at(field: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field, vi: vi.into(), en: en.into() }
    }

    /// What to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }

    /// A text that was refused.
    pub(crate) fn of_text(field: &'static str, error: &TextError) -> Self {
        let vi = match error {
            TextError::Empty => "Mục này còn trống.".to_owned(),
            TextError::TooLong { max } => format!("Dài quá {max} ký tự: hãy viết ngắn lại."),
            TextError::Control(_) => "Có ký tự ẩn hoặc ký tự xuống dòng: hãy gõ lại trên một dòng.".to_owned(),
            TextError::Form(_) => "Chưa đúng dạng.".to_owned(),
        };
        let en = match error {
            TextError::Empty => "This is needed.".to_owned(),
            TextError::TooLong { max } => format!("Longer than {max} characters: shorten it."),
            TextError::Control(_) => "Holds a hidden character or a line break: type it anew on one line.".to_owned(),
            TextError::Form(form) => format!("This {form}."),
        };
        Self { field, vi, en }
    }

    /// What the registry refuses. `field` says which field of the form a path of the record stands in.
    #[must_use]
    pub fn of_fault(fault: &Fault, field: impl Fn(&str) -> &'static str) -> Self {
        let en =
            if fault.field.is_empty() { fault.message.clone() } else { format!("{}: {}", fault.field, fault.message) };
        Self { field: field(&fault.field), vi: fault_vi(fault), en }
    }
}

/// A line of text that may be left out.
pub(super) fn optional(field: &'static str, raw: &str, wrongs: &mut Vec<Wrong>) -> Option<Text> {
    if raw.trim().is_empty() { None } else { needed(field, raw, wrongs) }
}

/// A line of text. A line break in an area counts as a blank.
pub(super) fn needed(field: &'static str, raw: &str, wrongs: &mut Vec<Wrong>) -> Option<Text> {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    Text::try_from(line).map_err(|error| wrongs.push(Wrong::of_text(field, &error))).ok()
}

/// A text in both languages, of which the Vietnamese is needed where there is any.
pub(super) fn localised(
    fields: [&'static str; 2],
    [vi, en]: [&str; 2],
    is_needed: bool,
    wrongs: &mut Vec<Wrong>,
) -> Option<Localised> {
    let en = optional(fields[1], en, wrongs);
    if vi.trim().is_empty() && en.is_none() && !is_needed {
        return None;
    }
    needed(fields[0], vi, wrongs).map(|vi| Localised { vi, en })
}

/// A product's number, in a form of its own.
///
/// # Errors
/// What is to be put right.
pub fn typed_gtin(raw: &str) -> Result<Gtin14, Vec<Wrong>> {
    let mut wrongs = Vec::new();
    gtin("gtin", raw, &mut wrongs).ok_or(wrongs)
}

/// A product's number, in any form in which a hand or a scanner gives it.
pub(super) fn gtin(field: &'static str, raw: &str, wrongs: &mut Vec<Wrong>) -> Option<Gtin14> {
    let raw = raw.trim();
    if raw.is_empty() {
        wrongs.push(Wrong::of_text(field, &TextError::Empty));
        return None;
    }
    let wrong = match gs1::read(raw.as_bytes()).outcome {
        Outcome::TradeItem(item) => return Some(item.gtin),
        Outcome::Malformed(malformed) => {
            let say = |language| malformed.error.message(language).to_string();
            Wrong::at(field, say(Language::Vi), say(Language::En))
        }
        _ => Wrong::at(
            field,
            "Ghi dãy số dưới mã vạch của sản phẩm: 8, 12, 13 hoặc 14 chữ số.",
            "Give the digits under the product's barcode: 8, 12, 13 or 14 of them.",
        ),
    };
    wrongs.push(wrong);
    None
}
