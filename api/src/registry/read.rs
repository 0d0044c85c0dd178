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

use super::{Fault, Record};

/// A record and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Line in the source, from 1.
    pub line: u64,
    /// The record, or what is wrong with it.
    pub record: Result<Record, Vec<Fault>>,
}

#[cfg(test)]
mod tests;
