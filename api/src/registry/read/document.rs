//! A JSON document: one record, an array of records, or `{"records": […]}`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{MAX_LINE_BYTES, Read, record};
use crate::registry::{Fault, FaultCode};

/// Most bytes of a JSON document: 64 MiB. It is held as a whole; NDJSON is not, and has no such bound.
pub const MAX_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// `{"records": […]}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
}

/// The records of a document, those that others refer to first, with the lines on which they begin.
///
/// # Errors
/// When the document is not JSON or has none of the three forms.
pub fn document(text: &str) -> Result<Vec<Read>, Fault> {
    let text = text.trim_start_matches('\u{FEFF}');
    let raw: Vec<&RawValue> = match text.trim_start().chars().next() {
        Some('[') => serde_json::from_str(text).map_err(|error| refused(&error))?,
        Some('{') => match serde_json::from_str::<Envelope<'_>>(text) {
            Ok(envelope) => envelope.records,
            Err(error) if error.is_data() => vec![serde_json::from_str(text).map_err(|error| refused(&error))?],
            Err(error) => return Err(refused(&error)),
        },
        _ => return Err(Fault::new("", FaultCode::Json, "is no JSON object or array")),
    };
    let mut places = Places::of(text);
    let mut reads: Vec<Read> = raw.into_iter().map(|raw| one(&mut places, raw)).collect();
    reads.sort_by_key(|read| read.record.as_ref().map_or(0, crate::registry::Record::rank));
    Ok(reads)
}

fn one(places: &mut Places<'_>, raw: &RawValue) -> Read {
    let line = places.line_of(raw.get());
    let record = if raw.get().len() > MAX_LINE_BYTES {
        Err(vec![Fault::new("", FaultCode::LineTooLong, "is a record of more than 1 MiB: split it")])
    } else {
        record(raw.get())
    };
    Read::at(line, record)
}

fn refused(error: &serde_json::Error) -> Fault {
    Fault::new("", FaultCode::Json, format!("is no JSON document of records: {error}"))
}

/// Line numbers of parts of a text that are asked for in the order of the text.
struct Places<'a> {
    text: &'a str,
    seen: usize,
    line: u64,
}

impl<'a> Places<'a> {
    const fn of(text: &'a str) -> Self {
        Self { text, seen: 0, line: 1 }
    }

    /// The line on which `part`, a piece of the text itself, begins.
    fn line_of(&mut self, part: &str) -> u64 {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.as_bytes().get(self.seen..at).unwrap_or_default();
        self.line += passed.split(|&b| b == b'\n').count() as u64 - 1;
        self.seen = self.seen.max(at.min(self.text.len()));
        self.line
    }
}
