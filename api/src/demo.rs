//! The demo registry: seventeen invented products, so that every kind of answer can be seen on a fresh machine.
//!
//! The records are the NDJSON that any publisher sends, one file per product in `api/demo/`, with two
//! conveniences that are resolved here, and only as whole string values:
//!
//! - `"@today-256"`, `"@today"`, `"@today+840"`: a date, in days from the day the demo starts, so that a recall
//!   is always five days old and a cake is always about to go off;
//! - `"picture:04-ca-kho"`: the hash of `api/demo/pictures/04-ca-kho.svg`.
//!
//! GTINs and GLNs carry GS1's prefix 952, which is kept for demonstrations. People, places, brands and numbers
//! are invented. What is worth opening, and what it must answer, is in [`scans`].

mod rehearsal;
mod scans;
mod staff;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Span;
use jiff::civil::Date;

pub use self::rehearsal::{PIN_TO_TRY, rehearse};
pub use self::scans::{Scan, scans};
pub use self::staff::{PUBLISHER, Staff, enrol};
use crate::registry::MediaHash;
use crate::registry::media::MediaType;

macro_rules! records {
    ($($name:literal),+ $(,)?) => {
        &[$(include_str!(concat!("../demo/", $name, ".ndjson"))),+]
    };
}

macro_rules! pictures {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../demo/pictures/", $name, ".svg")))),+]
    };
}

/// The files, in the order in which they refer to each other: lot U17A of product 17 is made from one of product 4.
const RECORDS: &[&str] = records![
    "01-nuoc-mam",
    "02-mat-ong",
    "03-gao",
    "04-ca-kho",
    "05-tra-hoa-cuc",
    "06-sua-chua",
    "07-cao-thao-moc",
    "08-trung-ga",
    "09-banh-da",
    "10-tom-kho",
    "11-hat-sen",
    "12-vai-thieu",
    "13-cha-ca",
    "14-banh-gai",
    "15-khan-det",
    "16-chieu-coi",
    "17-sot-ca-kho",
];

/// Name and SVG.
const PICTURES: &[(&str, &str)] = pictures![
    "01-goc-nhan",
    "01-nap-chai",
    "01-nuoc-mam",
    "02-mat-ong",
    "03-gao",
    "04-ca-kho",
    "05-tra-hoa-cuc",
    "06-sua-chua",
    "07-cao-thao-moc",
    "08-trung-ga",
    "09-banh-da",
    "10-tom-kho",
    "11-hat-sen",
    "12-vai-thieu",
    "13-cha-ca",
    "14-banh-gai",
    "15-khan-det",
    "16-chieu-coi",
    "17-sot-ca-kho",
];

/// The whole demo registry as NDJSON, ready to be imported in one go: pictures first, then product by product.
///
/// Pure: the same day gives the same bytes. About 130 KB.
#[must_use]
pub fn ndjson(today: Date) -> String {
    let mut out = String::with_capacity(144 * 1024);
    for (_, svg) in PICTURES {
        push_picture(&mut out, svg);
    }
    for record in RECORDS.iter().flat_map(|file| file.lines()) {
        push_record(&mut out, record, today);
    }
    out
}

/// A media record. Written by hand, because nothing in it needs escaping and nothing can fail.
fn push_picture(out: &mut String, svg: &str) {
    out.push_str(r#"{"type": "media", "hash": ""#);
    out.push_str(MediaHash::of(svg.as_bytes()).as_str());
    out.push_str(r#"", "media_type": ""#);
    out.push_str(MediaType::Svg.as_str());
    out.push_str(r#"", "base64": ""#);
    STANDARD.encode_string(svg, out);
    out.push_str("\"}\n");
}

/// A record with its dates and pictures filled in. What stands between two quotes is a whole string value (or
/// the punctuation between two of them, which never looks like a date), so that no parsing is needed.
fn push_record(out: &mut String, record: &str, today: Date) {
    for (i, piece) in record.split('"').enumerate() {
        if i > 0 {
            out.push('"');
        }
        match resolved(piece, today) {
            Some(value) => out.push_str(&value),
            // Also what is misspelt: the import then names the line, and a test does so before.
            None => out.push_str(piece),
        }
    }
    out.push('\n');
}

fn resolved(value: &str, today: Date) -> Option<String> {
    if let Some(offset) = value.strip_prefix("@today") {
        return day(offset, today).map(|date| date.to_string());
    }
    let name = value.strip_prefix("picture:")?;
    let (_, svg) = PICTURES.iter().find(|(known, _)| *known == name)?;
    Some(MediaHash::of(svg.as_bytes()).into())
}

/// The day at `""`, `"-256"` or `"+840"` from today.
fn day(offset: &str, today: Date) -> Option<Date> {
    let days: i64 = match offset.as_bytes().first() {
        None => 0,
        Some(b'+' | b'-') => offset.parse().ok()?,
        Some(_) => return None,
    };
    today.checked_add(Span::new().try_days(days).ok()?).ok()
}
