//! One cell, read as its column asks for it.

mod code;
mod day;
mod list;
mod number;
mod text;

use jiff::SpanFieldwise;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::columns::{Column, Reads};
use super::grid::Cell;
use super::trouble::{Trouble, Understood};
use crate::registry::{HttpsUrl, Id, Text};

pub(super) use day::{is_month_first, may_be_month_first, shown};
pub(super) use list::{family_name, stage_word};
pub(super) use text::plain;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// A value for the column's field.
    Value(Value),
    /// A value, with what was understood to come to it.
    Understood(Value, Understood),
    /// The field does not apply: the word for `not_applicable`.
    NotApplicable(&'static str),
    /// A last day so long after the production date.
    After(SpanFieldwise),
    /// A family of certificates, and OCOP's stars where they stand beside it.
    Family(Value, Option<u8>),
    /// Names of pictures.
    Pictures(Vec<String>),
    /// The name or identifier of a producer.
    Producer(String),
    /// Fields without a column.
    Rest(Map<String, Value>),
    /// Nothing: the cell is as good as blank.
    Nothing,
}

impl From<Value> for Said {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// Read a cell.
pub(super) fn read(column: &Column, cell: &Cell, is_1904: bool) -> Result<Said, Trouble> {
    let text = plain(cell)?;
    if text.is_empty() {
        return Ok(Said::Nothing);
    }
    match column.reads {
        Reads::Gtin => code::gtin(cell, &text).map(|(gtin, note)| with(json!(gtin), note)),
        Reads::Gtins => code::gtins(cell, &text),
        Reads::Lot => code::lot(cell, &text),
        Reads::Id => code::not_a_date(cell).and_then(|()| checked::<Id>(&text)),
        Reads::Day => Ok(match day::read(cell, &text, is_1904)? {
            day::Read::Day(date) => json!(date).into(),
            day::Read::Serial(date) => Said::Understood(json!(date), Understood::SerialDay(shown(date))),
            day::Read::MonthFirst(date) => Said::Understood(json!(date), Understood::ShownMonthFirst(shown(date))),
            day::Read::Month(_) => return Err(Trouble::MonthOnly),
            day::Read::After(_) => return Err(Trouble::NoDay),
        }),
        Reads::LastDay => Ok(match day::read(cell, &text, is_1904)? {
            day::Read::Day(date) => json!(date).into(),
            day::Read::Serial(date) => Said::Understood(json!(date), Understood::SerialDay(shown(date))),
            day::Read::MonthFirst(date) => Said::Understood(json!(date), Understood::ShownMonthFirst(shown(date))),
            day::Read::Month(last) => Said::Understood(json!(last), Understood::EndOfMonth(shown(last))),
            day::Read::After(span) => Said::After(span.fieldwise()),
        }),
        Reads::Text if column.fills == "email" => Ok(json!(text.trim_start_matches("mailto:")).into()),
        Reads::TextIfAny(word) if list::is_not_applicable(&text) => Ok(Said::NotApplicable(word)),
        Reads::TextIfAny("shelf_life") if number::is_bare(&text) => Err(Trouble::NoUnit),
        Reads::Text | Reads::TextIfAny(_) => checked::<Text>(&text),
        Reads::Texts => list::texts(&text, |line| json!(line)),
        Reads::Sentences => list::texts(&text, |line| json!({ "vi": line })),
        Reads::Compare => list::texts(&text, |line| json!({ "text": { "vi": line } })),
        Reads::CertificateKind => list::family(&text),
        Reads::Stage => list::stage(&text),
        Reads::YesNo => list::yes_or_no(cell, &text),
        Reads::Digits(digits) => number::digits(&text, digits).map(|(code, note)| with(json!(code), note)),
        Reads::Stars => number::stars(&text),
        Reads::Phone => {
            let (phone, note) = number::phone(&text);
            checked::<Text>(&phone).map(|_| with(json!(phone), note))
        }
        Reads::Producer => code::not_a_date(cell).and_then(|()| checked::<Text>(&text)).map(|_| Said::Producer(text)),
        Reads::Url => url(&text),
        Reads::Rest => serde_json::from_str(&text).map(Said::Rest).map_err(|_| Trouble::NoJson),
        Reads::Pictures => Ok(Said::Pictures(list::separated(&text, &[',', ';', '\n']))),
    }
}

fn with(value: Value, note: Option<Understood>) -> Said {
    match note {
        Some(note) => Said::Understood(value, note),
        None => Said::Value(value),
    }
}

/// A text that its type accepts.
fn checked<T>(text: &str) -> Result<Said, Trouble>
where
    T: for<'t> TryFrom<&'t str, Error = crate::registry::text::TextError> + Into<String>,
{
    let checked: String = T::try_from(text).map_err(Trouble::Text)?.into();
    Ok(json!(checked).into())
}

fn url(text: &str) -> Result<Said, Trouble> {
    if text.contains("://") {
        return checked::<HttpsUrl>(text);
    }
    let whole = format!("https://{text}");
    checked::<HttpsUrl>(&whole).map(|_| Said::Understood(json!(whole), Understood::Completed(whole.clone())))
}

/// The last day of something that lasts so long from a day on.
pub(super) fn last_day(produced: Date, span: SpanFieldwise) -> Option<Date> {
    produced.checked_add(span.0).ok().filter(|date| day::is_of_our_time(*date))
}
