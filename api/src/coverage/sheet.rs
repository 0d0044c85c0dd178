//! The result as CSV (RFC 4180), for a spreadsheet.

use std::borrow::Cow;

use nguon_openapi::Lang;

use super::row::Row;

/// Characters that nobody sees and that some spreadsheets pass over.
const INVISIBLE: [char; 8] =
    ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{ad}', '\u{feff}'];

/// So that a spreadsheet reads it as UTF-8.
const MARK: &str = "\u{feff}";

/// The lines as CSV, with headings.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe: what a list holds comes from anybody,
/// and must not run on the machine of whoever opens the result (OWASP, CSV Injection).
#[must_use]
pub fn sheet(rows: &[Row], lang: Lang) -> Vec<u8> {
    let headings = match lang {
        Lang::Vi => ["dòng", "mã", "gtin", "kết quả", "result", "ghi chú", "sản phẩm", "trang thẻ"],
        Lang::En => ["line", "code", "gtin", "finding", "result", "note", "product", "card page"],
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    // Writing into memory cannot fail.
    let _ = writer.write_record(headings);
    for row in rows {
        let line = row.line.to_string();
        let cells = [
            line.as_str(),
            &row.given,
            row.gtin.as_deref().unwrap_or_default(),
            row.finding.name(lang),
            row.finding.as_str(),
            &row.why,
            row.product.as_deref().unwrap_or_default(),
            row.card.as_deref().unwrap_or_default(),
        ];
        let _ = writer.write_record(cells.map(|cell| inert(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet calculates.
pub(crate) fn inert(cell: &str) -> Cow<'_, str> {
    // Where a comma is the decimal sign, as in Viet Nam, a semicolon or a tab begins another cell.
    if !cell.split([';', '\t']).any(calculates) {
        return Cow::Borrowed(cell);
    }
    let parts = cell.split_inclusive([';', '\t']);
    Cow::Owned(parts.map(|part| if calculates(part) { format!("'{part}") } else { part.to_owned() }).collect())
}

/// Whether a spreadsheet takes a text for a formula, whatever cannot be seen before its sign.
fn calculates(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_whitespace() && !"\t\r\n".contains(c) || INVISIBLE.contains(&c))
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%'])
}
