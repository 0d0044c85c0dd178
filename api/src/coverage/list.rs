//! A list of codes out of whatever people have: lines of text, or a table from a spreadsheet.

use std::borrow::Cow;

/// Most codes that are taken from a list.
pub const MAX_CODES: usize = 3_000;

/// Lines that are looked at to find the column of the codes.
const SAMPLE_LINES: usize = 200;

/// Words that head a column of codes; a heading is no code.
const HEADINGS: [&str; 14] = [
    "gtin",
    "ean",
    "upc",
    "barcode",
    "code",
    "codes",
    "sku",
    "mã",
    "ma",
    "mã vạch",
    "ma vach",
    "mã sản phẩm",
    "ma san pham",
    "global_unique_id",
];

/// Where a list comes from: a table may be told by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Typed or pasted.
    Text,
    /// A file of separated values.
    Table,
}

impl Source {
    /// Of a file, by its name.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let is_table = [".csv", ".tsv", ".tab"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        if is_table { Self::Table } else { Self::Text }
    }
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its line, counted from 1.
    pub line: u64,
    /// As it stands there, blanks around it removed.
    pub given: String,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its codes, in order; at most [`MAX_CODES`].
    pub codes: Vec<Listed>,
    /// How many more there were.
    pub more: usize,
}

impl List {
    /// Read a list. Whatever the bytes are, this is what can be read of them: a line that is none is shown as such.
    #[must_use]
    pub fn read(bytes: &[u8], source: Source) -> Self {
        let text = decoded(bytes);
        match separator(&text, source) {
            Some(separator) => Self::of_table(&text, separator),
            None => Self::of_lines(&text),
        }
    }

    fn of_lines(text: &str) -> Self {
        let mut list = Self::default();
        for (line, given) in (1..).zip(text.lines()) {
            list.take(line, given);
        }
        list
    }

    fn of_table(text: &str, separator: u8) -> Self {
        let table = || {
            csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(text.as_bytes())
                .into_records()
                .filter_map(Result::ok)
        };
        let column = column(table().take(SAMPLE_LINES));
        let mut list = Self::default();
        for record in table() {
            let line = record.position().map_or(0, csv::Position::line);
            list.take(line, record.get(column).unwrap_or_default());
        }
        list
    }

    fn take(&mut self, line: u64, given: &str) {
        let given = given.trim();
        let is_heading = self.codes.is_empty() && HEADINGS.contains(&given.trim_matches('"').to_lowercase().as_str());
        if given.is_empty() || is_heading {
            return;
        }
        if self.codes.len() < MAX_CODES {
            self.codes.push(Listed { line, given: given.to_owned() });
        } else {
            self.more += 1;
        }
    }
}

/// UTF-8, or UTF-16 with its mark, which is what "Unicode text" from a spreadsheet is.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| unit(*pair));
        Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// What separates columns, if there are any. A tab is in no code; commas and semicolons may be, so they separate only
/// in what is a table by its name.
fn separator(text: &str, source: Source) -> Option<u8> {
    let mut sample = text.lines().take(SAMPLE_LINES);
    if sample.any(|line| line.trim().contains('\t')) {
        return Some(b'\t');
    }
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let count = |separator: char| first.matches(separator).count();
    // Spreadsheets write semicolons where the comma is the decimal mark, as in Viet Nam.
    (source == Source::Table).then(|| if count(';') > count(',') { b';' } else { b',' })
}

/// The column that holds most codes that name a trade item; the first of equals.
fn column(sample: impl Iterator<Item = csv::StringRecord>) -> usize {
    let mut items: Vec<usize> = Vec::new();
    for record in sample {
        items.resize(items.len().max(record.len()), 0);
        for (count, cell) in items.iter_mut().zip(&record) {
            let cell = cell.trim();
            let is_item = cell.len() <= gs1::MAX_BYTES
                && matches!(gs1::read(cell.as_bytes()).outcome, gs1::Outcome::TradeItem(_));
            *count += usize::from(is_item);
        }
    }
    let most = items.iter().copied().max().unwrap_or_default();
    items.iter().position(|count| *count == most).unwrap_or_default()
}
