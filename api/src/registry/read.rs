//! Reading records: JSON and NDJSON, as text that strangers wrote.
//!
//! `line` makes one record of one JSON object and names the field that is wrong; `lines` splits a stream, bounded;
//! `document` takes a JSON document apart and puts its records in an order in which each finds what it refers to.
//! `epcis` makes records of events. Spreadsheets come to this point by other ways and share what follows it.
//!
//! NDJSON: UTF-8, one object a line, LF or CRLF, blank lines and a byte order mark ignored. Standards: RFC 8259.

mod document;
mod epcis;
mod line;
mod lines;
mod untagged;

pub use document::{MAX_DOCUMENT_BYTES, document};
pub use line::record;
pub use lines::{Line, Lines, MAX_LINE_BYTES};

use std::sync::Arc;

use super::import::Warning;
use super::{Fault, Record};

/// A record and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Line in the source, from 1; in a spreadsheet the row of its sheet.
    pub line: u64,
    /// The sheet, in a spreadsheet that names its sheets.
    pub sheet: Option<Arc<str>>,
    /// The record, or what is wrong with it.
    pub record: Result<Record, Vec<Fault>>,
    /// What its reader has to say if it loads.
    pub notes: Vec<Warning>,
    /// It says only what it knows: what is on record stays, and what is not there is filled in.
    pub completes: bool,
}

impl Read {
    /// What stood at a line of text.
    #[must_use]
    pub const fn at(line: u64, record: Result<Record, Vec<Fault>>) -> Self {
        Self { line, sheet: None, record, notes: Vec::new(), completes: false }
    }
}

#[cfg(test)]
mod tests;
