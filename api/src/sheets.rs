//! Spreadsheets: what a clerk at a cooperative sends instead of NDJSON.
//!
//! `columns` is the one table of what may stand there. `template` writes it down as a workbook or as CSV, for somebody to
//! fill in. On the way back `xlsx` and `csv` make cells of a file, `headings` finds the tables, `cells` reads each cell
//! as its column asks for it, `row` makes a record of a row, and `book` gives the records to the desk
//! ([`crate::registry::import`]) and puts its report into the words of the file. `pictures` are what a column names.
//!
//! What a cell says is understood where that is certain, and said; everything else is refused with its place and what to
//! do. Nothing here knows HTTP or a store. Standards: ECMA-376, RFC 4180.

mod book;
mod cells;
mod columns;
mod csv;
mod fold;
mod format;
mod gather;
mod grid;
mod headings;
mod legacy;
mod merged;
mod pictures;
mod row;
pub mod template;
mod trouble;
mod unreadable;
mod written;
mod xlsx;

pub use book::{Book, Legend, Reading};
pub use columns::{Column, Kind, Reads, TABLES, Table, Words};
pub use format::SheetFormat;
pub use pictures::{Album, MAX_PICTURES};
pub use unreadable::Unreadable;
pub use written::{Pages, Written};

/// Most bytes of a spreadsheet: 32 MiB.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

#[cfg(test)]
mod tests;
