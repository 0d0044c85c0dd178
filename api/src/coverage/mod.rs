//! The coverage check: a retailer's list of codes, and what the registry says of each. Pure: no I/O, no clock.
//!
//! `list` reads what people paste or export from a spreadsheet, `spelling` says what was put right in a code, `row`
//! makes a line of the result from a card, `sheet` writes the lines as CSV. Looking the codes up is the route's.

mod list;
mod row;
mod sheet;
mod spelling;

#[cfg(test)]
mod tests;

pub use list::{List, Listed, MAX_CODES, Source};
pub use row::{Finding, Row};
pub(crate) use sheet::inert;
pub use sheet::sheet;
pub use spelling::{Note, Spelling};
