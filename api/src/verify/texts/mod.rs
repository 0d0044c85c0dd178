//! Every word a card says, in Vietnamese and English, in typed tables.
//!
//! Headlines keep to 45 characters, advice to 110. No text says that goods are the real thing or a copy, none
//! accuses a holder or a seller, and "on record" is "có trong hồ sơ": the other wording sounds like approval by
//! the state. Tests hold all of that.

mod headline;
mod names;
mod reasons;

pub(super) use headline::{Key, advice, headline, key};
pub(crate) use names::{certificate_kind, record_item, stage};
pub(super) use reasons::reason;

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::Lang;

use super::day::clock_time;
use super::rules::Finding;

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

/// An instant as readers write it, in Viet Nam: 14:05 ngày 23/11/2026, 14:05 on 23 Nov 2026.
fn moment(at: Timestamp, lang: Lang) -> String {
    let time = clock_time(at);
    let (hour, minute) = (time.hour(), time.minute());
    let day = day(time.date(), lang);
    match lang {
        Lang::Vi => format!("{hour:02}:{minute:02} ngày {day}"),
        Lang::En => format!("{hour:02}:{minute:02} on {day}"),
    }
}

/// What a sentence may speak of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filling {
    date: Option<Date>,
    moment: Option<Timestamp>,
    count: Option<u64>,
}

impl Filling {
    pub(super) fn of(finding: &Finding) -> Self {
        Self { date: finding.date, moment: finding.moment, count: finding.count }
    }
}

/// Fill `{d}` (a day), `{t}` (an instant, else the day) and `{n}` (a number). A sentence that speaks of what is not
/// known is left out: better less than wrong.
fn fill(template: &str, with: Filling, lang: Lang) -> String {
    if !template.contains(['{']) {
        return template.to_owned();
    }
    let values = [
        ("{d}", with.date.map(|date| day(date, lang))),
        ("{t}", with.moment.map(|at| moment(at, lang)).or_else(|| with.date.map(|date| day(date, lang)))),
        ("{n}", with.count.map(|count| count.to_string())),
    ];
    let known = |sentence: &&str| values.iter().all(|(name, value)| value.is_some() || !sentence.contains(name));
    let kept: String = template.split_inclusive(". ").filter(known).collect();
    let filled = values.iter().fold(kept, |text, (name, value)| match value {
        Some(value) if text.contains(name) => text.replace(name, value),
        _ => text,
    });
    filled.trim_end().to_owned()
}

/// Everything this module can say, for the tests that read all of it.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut all = headline::all();
    all.extend(reasons::all());
    all.extend(names::all());
    all
}
