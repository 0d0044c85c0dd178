//! The codes as CSV (RFC 4180), for a printer or a spreadsheet.

use super::Codes;
use crate::coverage::inert;

/// So that a spreadsheet reads it as UTF-8.
const MARK: &str = "\u{feff}";

const HEADINGS: [&str; 7] = ["gtin", "lot", "serial", "code", "digital_link", "text", "pin"];

/// A line for each unit, with headings; `marked`: a byte order mark first, by which Excel knows UTF-8.
///
/// A lot that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV Injection); `digital_link`
/// and `text` are exactly what is printed.
#[must_use]
pub fn sheet(codes: &Codes, marked: bool) -> Vec<u8> {
    let start = if marked { MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    // Writing into memory cannot fail.
    let _ = writer.write_record(HEADINGS);
    for unit in &codes.units {
        let code = unit.code.as_deref().unwrap_or_default();
        let pin = unit.pin.as_ref().map(super::PrintedPin::as_str).unwrap_or_default();
        let (gtin, lot, serial) = (codes.gtin.as_str(), codes.lot.as_str(), unit.serial.as_str());
        let cells = [gtin, lot, serial, code, &unit.link, &unit.text, pin];
        let _ = writer.write_record(cells.map(|cell| inert(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}
