//! Every word a card says, in Vietnamese and English, in typed tables.
//!
//! Headlines keep to 45 characters, advice to 110. No text says that goods are the real thing or a copy, none
//! accuses a holder or a seller, and "on record" is "có trong hồ sơ": the other wording sounds like approval by
//! the state. Tests hold all of that.

mod headline;
mod names;
mod reasons;

pub(super) use headline::{advice, headline, key};
pub(super) use names::{certificate_kind, record_item, stage};
pub(super) use reasons::reason;

use jiff::civil::Date;
use nguon_openapi::Lang;

/// A day as readers write it: 23/11/2026, 23 Nov 2026.
pub(super) fn day(date: Date, lang: Lang) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        Lang::En => {
            let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m - 1)).copied().unwrap_or("?");
            format!("{} {month} {:04}", date.day(), date.year())
        }
    }
}

/// Fill `{d}` (a day). A sentence whose day is not on record is left out: better less than wrong.
fn fill(template: &str, date: Option<Date>, lang: Lang) -> String {
    if !template.contains("{d}") {
        return template.to_owned();
    }
    if let Some(date) = date {
        return template.replace("{d}", &day(date, lang));
    }
    let kept: Vec<&str> = template.split_inclusive(". ").filter(|sentence| !sentence.contains("{d}")).collect();
    kept.concat().trim_end().to_owned()
}

/// Everything this module can say, for the tests that read all of it.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut all = headline::all();
    all.extend(reasons::all());
    all.extend(names::all());
    all
}
