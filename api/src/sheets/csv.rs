//! A CSV file as cells: whatever a spreadsheet has put between them, in whatever character set.
//!
//! UTF-8 and UTF-16 are read as they are. Of other character sets only windows-1258 is, and only when known Vietnamese
//! headings come out of it: that cannot be by chance. Everything else is refused with what to do.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization as _;

use super::columns::TABLES;
use super::grid::{Cell, Grid, Row, Taken};
use super::legacy::legacy;
use super::unreadable::Unreadable;

/// Lines that are looked at to tell separator and character set.
const SAMPLE_LINES: usize = 30;

/// The one sheet of a CSV file.
///
/// # Errors
/// When its character set cannot be told, it is no text, or holds more than is taken.
pub(super) fn grid(bytes: &[u8]) -> Result<Grid, Unreadable> {
    let text = decoded(bytes)?;
    let (text, named) = named_separator(&text);
    let separator = named.unwrap_or_else(|| separator(text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut taken = Taken::default();
    let mut grid = Grid::default();
    // The line that names the separator is a line too.
    let before = u32::from(named.is_some());
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Damaged)?;
        let line = record.position().map_or(0, |at| line_of(text, at));
        let number = u32::try_from(line).map_err(|_| Unreadable::TooManyCells)?.saturating_add(before);
        let mut cells = Vec::new();
        for (column, field) in record.iter().enumerate().filter(|(_, field)| !field.trim().is_empty()) {
            let cell = Cell::Text(field.to_owned());
            if !taken.cell(&cell) {
                return Err(Unreadable::TooManyCells);
            }
            cells.push((u32::try_from(column).map_err(|_| Unreadable::TooManyCells)?, cell));
        }
        if cells.is_empty() {
            continue;
        }
        if !taken.row() {
            return Err(Unreadable::TooManyCells);
        }
        grid.rows.push(Row { number, cells });
    }
    // A quotation mark that is never closed takes the rest of the file into one cell.
    let is_open = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let last = grid.rows.last().and_then(|row| row.cells.last()).map(|(_, cell)| cell);
    match (is_open, last, grid.rows.last()) {
        (true, Some(Cell::Text(last)), Some(row)) if last.contains('\n') => Err(Unreadable::OpenQuote(row.number)),
        _ => Ok(grid),
    }
}

/// The line of a record. Where blank lines stand before it, its reader tells the first of them.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let blank = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    at.line() + blank as u64
}

fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let strictly = |encoding: &'static Encoding, bytes| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Unreadable::CharacterSet)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return strictly(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => return strictly(UTF_16BE, rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => return strictly(UTF_8, rest),
        // UTF-16 without its mark: every other byte of its ASCII is nothing.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => return strictly(UTF_16LE, bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => return strictly(UTF_16BE, bytes),
        _ if bytes.contains(&0) => return Err(Unreadable::NotASheet),
        _ => {}
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let vietnamese: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    if has_vietnamese_heading(&vietnamese) {
        return Ok(Cow::Owned(vietnamese));
    }
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let fields = western.lines().take(SAMPLE_LINES).flat_map(|line| line.split([',', ';', '\t']));
    let is_old = fields.map(|field| field.trim_matches(['"', ' '])).any(|field| legacy(field).is_some());
    Err(if is_old { Unreadable::BeforeUnicode } else { Unreadable::CharacterSet })
}

/// Whether a heading of ours stands there with its marks.
fn has_vietnamese_heading(text: &str) -> bool {
    text.lines().take(SAMPLE_LINES).flat_map(|line| line.split([',', ';', '\t'])).any(|field| {
        let field = field.trim_matches(['"', ' ']).to_lowercase();
        let mut headings = TABLES.iter().flat_map(|table| table.columns).map(|column| column.heading.vi);
        headings.any(|heading| !heading.is_ascii() && heading.to_lowercase() == field)
    })
}

/// The line `sep=;` that Excel understands.
fn named_separator(text: &str) -> (&str, Option<u8>) {
    let Some((first, rest)) = text.split_once('\n') else { return (text, None) };
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some(&[separator]) if separator.is_ascii() => (rest, Some(separator)),
        _ => (text, None),
    }
}

/// The separator of which the first lines hold most. Spreadsheets write semicolons where the comma is the decimal mark,
/// as in Viet Nam.
fn separator(text: &str) -> u8 {
    let count = |separator: char| {
        let mut quoted = false;
        let sample = text.lines().take(SAMPLE_LINES).flat_map(str::chars);
        sample
            .filter(|c| {
                quoted ^= *c == '"';
                !quoted && *c == separator
            })
            .count()
    };
    let mut most = (0, b',');
    for (separator, byte) in [('\t', b'\t'), (';', b';'), (',', b',')] {
        let found = count(separator);
        if found > most.0 {
            most = (found, byte);
        }
    }
    most.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let grid = grid(bytes).unwrap();
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        grid.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| text(cell)).collect()).collect()
    }

    #[test]
    fn every_separator_is_found() {
        for bytes in ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "sep=;\na;b\n1;2\n", "\"a\";\"b\"\r\n1;2"] {
            assert_eq!(cells(bytes.as_bytes()), [["a", "b"], ["1", "2"]], "{bytes:?}");
        }
        assert_eq!(cells(b"\"a;b;c;d\",b\n1,2\n")[0], ["a;b;c;d", "b"]);
    }

    #[test]
    fn rows_are_numbered_as_people_see_them() {
        let numbers = |text: &str| grid(text.as_bytes()).unwrap().rows.iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers("a,b\n\n1,2\n,\n3,4\n"), [1, 3, 5]);
        assert_eq!(numbers("sep=,\na,b\n1,2\n"), [2, 3]);
    }

    #[test]
    fn unicode_in_every_form_is_read() {
        let text = "Tên sản phẩm;b\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with(b"\xEF\xBB\xBF", text.as_bytes()),
            with(b"\xFF\xFE", &utf_16),
            with(b"\xFE\xFF", &big),
            utf_16,
            big,
        ] {
            assert_eq!(cells(&bytes), [["Tên sản phẩm", "b"]], "{bytes:?}");
        }
    }

    #[test]
    fn windows_1258_is_read_when_a_heading_says_so_and_other_sets_are_refused() {
        // "Tên sản phẩm" as Windows wrote it: ê, a + hook, â + hook.
        let bytes = b"Ma\xDE GTIN;T\xEAn sa\xD2n ph\xE2\xD2m\n1;N\xFD\xF5\xECc m\xE3\xECm\n";
        assert_eq!(cells(bytes), [["Mã GTIN", "Tên sản phẩm"], ["1", "Nước mắm"]]);
        assert_eq!(grid(b"GTIN;Name\n1;caf\xE9\n"), Err(Unreadable::CharacterSet));
        assert_eq!(grid(b"M\xB7 GTIN;T\xAAn s\xB6n ph\xC8m\n1;N\xAD\xEDc m\xBEm\n"), Err(Unreadable::BeforeUnicode));
        assert_eq!(grid(b"GTIN\0\xFF\xFF;"), Err(Unreadable::NotASheet));
        assert_eq!(grid(b"GTIN;Name\n1;a\n2;\"b\n3;c\n"), Err(Unreadable::OpenQuote(3)));
        assert!(grid(b"GTIN;Name\n1;5\" pipe\n").is_ok());
    }
}
