//! Records as rows of the sheets that the template has, so that reading a row gives the record again.
//!
//! Each cell is written as a clerk would write it. What a cell cannot hold (a name in a language without a column, who stands
//! behind a statement) goes into one more column as JSON: a row is read back here, and every field that came out otherwise is put
//! there.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use nguon_openapi::Lang;
use serde_json::{Map, Value, json};

use super::cells;
use super::columns::{Column, Kind, Reads, TABLES, Table};
use super::grid::{Cell, Row};
use super::headings::Headings;
use super::pictures::Album;
use super::row::{self, Among, Look};
use super::template;
use crate::coverage::inert;
use crate::registry::{Id, Record};

/// A sheet as a CSV file.
#[derive(Clone, Debug)]
pub struct Written {
    /// The sheet.
    pub table: &'static Table,
    /// What the file is called: the order of the names is the order of loading.
    pub name: String,
    /// Its headings.
    pub headings: Vec<String>,
    /// What stands between two cells.
    pub separator: u8,
}

/// Sheets for records, in a language.
#[derive(Debug)]
pub struct Pages {
    lang: Lang,
    reader: Id,
}

impl Pages {
    /// In a language. `reader` is whoever reads a row back here; identifiers that are written need no publisher.
    #[must_use]
    pub const fn new(lang: Lang, reader: Id) -> Self {
        Self { lang, reader }
    }

    /// Every sheet, in the order in which they are loaded.
    #[must_use]
    pub fn sheets(&self) -> Vec<Written> {
        let sheet = |(number, table): (usize, &'static Table)| Written {
            table,
            name: template::csv_name(number, table, self.lang),
            headings: table.columns.iter().map(|column| template::heading(column, self.lang)).collect(),
            separator: template::separator(self.lang),
        };
        (1..).zip(&TABLES).map(sheet).collect()
    }

    /// The row of a record, and its sheet; `None`: no sheet is for such records.
    #[must_use]
    pub fn row(&self, record: &Record) -> Option<(Kind, Vec<String>)> {
        let table = TABLES.iter().find(|table| table.record == record.kind())?;
        let Value::Object(mut fields) = serde_json::to_value(record).ok()? else { return None };
        fields.remove("type");
        let mut cells: Vec<String> =
            table.columns.iter().map(|column| inert(&self.cell(column, &fields)).into_owned()).collect();
        if cells.first().is_some_and(|first| row::is_example(first))
            && let Some(first) = cells.first_mut()
        {
            first.clear();
        }
        let rest = self.unsaid(table, &cells, &fields);
        if let (false, Some(last)) = (rest.is_empty(), cells.last_mut()) {
            // A semicolon would begin another cell where a spreadsheet divides by it.
            *last = Value::Object(rest).to_string().replace(';', "\\u003b");
        }
        Some((table.kind, cells))
    }

    /// Fields of a record that its row does not say: with their value, or with nothing where the row says something.
    fn unsaid(&self, table: &'static Table, cells: &[String], fields: &Map<String, Value>) -> Map<String, Value> {
        let Some(read) = self.read(table, cells) else { return fields.clone() };
        let mut rest = Map::new();
        for (field, value) in fields.iter().filter(|(field, value)| read.get(*field) != Some(*value)) {
            rest.insert(field.clone(), value.clone());
        }
        for field in read.keys().filter(|field| !fields.contains_key(*field)) {
            rest.insert(field.clone(), Value::Null);
        }
        rest
    }

    /// What reading a row gives.
    fn read(&self, table: &'static Table, cells: &[String]) -> Option<Map<String, Value>> {
        let texts = (0..).zip(cells).filter(|(_, text)| !text.trim().is_empty());
        let cells = texts.map(|(at, text)| (at, Cell::Text(text.clone()))).collect();
        let columns = (0..).take(table.columns.len()).map(Some).collect();
        let headings =
            Headings { table, row: 1, columns, unknown: Vec::new(), headed: HashSet::new(), troubles: Vec::new() };
        let mut among = Among {
            publisher: &self.reader,
            lang: self.lang,
            is_1904: false,
            producers: HashMap::new(),
            stages: HashMap::new(),
        };
        let look = Look { is_across: &|_| false, month_first: &|_| None };
        let made = row::record(&Row { number: 2, cells }, &headings, look, &mut among, &mut Album::none());
        match serde_json::to_value(made.record.ok()?).ok()? {
            Value::Object(mut read) => {
                read.remove("type");
                Some(read)
            }
            _ => None,
        }
    }

    /// A field as a clerk would write it.
    fn cell(&self, column: &Column, fields: &Map<String, Value>) -> String {
        let none = fields.get("not_applicable").and_then(Value::as_array);
        if let Reads::TextIfAny(word) = column.reads
            && none.is_some_and(|none| none.contains(&json!(word)))
        {
            return self.lang.pick("Không áp dụng", "Not applicable").to_owned();
        }
        let mut path = column.fills.split('.');
        let Some(value) = path.next().and_then(|first| fields.get(first)) else { return String::new() };
        let value = path.try_fold(value, |value, part| value.get(part));
        value.map(|value| self.text(column.reads, value)).unwrap_or_default()
    }

    fn text(&self, reads: Reads, value: &Value) -> String {
        let texts = |text: &dyn Fn(&Value) -> Option<&str>| {
            let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
            list.iter().filter_map(text).collect::<Vec<_>>().join("; ")
        };
        match reads {
            Reads::Day | Reads::LastDay => {
                value.as_str().and_then(|day| day.parse::<Date>().ok()).map(cells::shown).unwrap_or_default()
            }
            Reads::YesNo if value == &Value::Bool(true) => self.lang.pick("Có", "Yes").to_owned(),
            Reads::Texts | Reads::Gtins => texts(&Value::as_str),
            Reads::Sentences => texts(&|line| line.get("vi")?.as_str()),
            Reads::Compare => texts(&|line| line.get("text")?.get("vi")?.as_str()),
            Reads::CertificateKind => cells::family_name(value, self.lang).unwrap_or_default().to_owned(),
            Reads::Stage => cells::stage_word(value, self.lang).unwrap_or_default().to_owned(),
            // Pictures are records of their own, and named by what is in them.
            Reads::Pictures | Reads::Rest | Reads::YesNo => String::new(),
            _ => match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => String::new(),
            },
        }
    }
}

/// Whether a field has a column.
#[cfg(test)]
fn has_column(table: &Table, field: &str) -> bool {
    table.form().any(|column| row::top(column.fills) == field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::read;
    use crate::sheets::{Book, Reading, SheetFormat};

    fn back(record: &Value, lang: Lang) -> (Vec<String>, Record, Record) {
        let record = read::record(&record.to_string()).unwrap();
        let pages = Pages::new(lang, Id::try_from("reader").unwrap());
        let (kind, cells) = pages.row(&record).unwrap();
        let sheet = pages.sheets().into_iter().find(|sheet| sheet.table.kind == kind).unwrap();
        let mut writer = csv::WriterBuilder::new().delimiter(sheet.separator).from_writer(Vec::new());
        writer.write_record(&sheet.headings).unwrap();
        writer.write_record(&cells).unwrap();
        let bytes = writer.into_inner().unwrap();
        let publisher = Id::try_from("coop").unwrap();
        let reading = Reading { format: SheetFormat::Csv, publisher: &publisher, lang };
        let book = Book::read(&bytes, reading, &mut Album::none()).unwrap();
        let read = book.only().unwrap();
        (cells, record, read)
    }

    #[test]
    fn a_record_comes_back_as_it_was_whatever_is_in_it() {
        for lang in Lang::ALL {
            for record in [
                json!({"type": "producer", "id": "HTX-1", "name": {"vi": "HTX Mẫu", "en": "Mau"}, "phone": "0912345678",
                    "address": {"text": "Thôn 1", "ward_code": "00123", "province_code": "01", "legacy": "Cũ"},
                    "email": "a@example.vn", "website": "https://example.vn", "source": {"level": "verified", "by": "Sở"}}),
                json!({"type": "producer", "id": "x", "name": {"vi": "VÍ DỤ: HTX"}}),
                json!({"type": "product", "gtin": "09520000010010", "name": {"vi": "=Nước; mắm"}, "producer": "coop",
                    "standards": ["TCVN 1; 2", "B"], "warnings": [{"vi": "Cá", "en": "Fish"}], "keeps_serials": true,
                    "compare": [{"text": {"vi": "Nắp xanh"}}], "not_applicable": ["brand"], "hosts": ["example.vn"],
                    "shelf_life": {"vi": "24 tháng"}, "registered_until": "2027-12-31"}),
                json!({"type": "product", "gtin": "09520000010010", "name": {"vi": "Hîp t¸c x·"}, "brand": "Không có"}),
                json!({"type": "batch", "gtin": "09520000010010", "lot": "1E5", "produced": "2026-04-03",
                    "inputs": [{"gtin": "09520000010010", "lot": "A"}], "withdrawn": true}),
                json!({"type": "certificate", "id": "c1", "gtins": ["09520000010010", "09520000020019"], "kind": "ocop",
                    "stars": 4, "number": "12/QĐ", "scope": {"vi": "a", "en": "b"}, "from": "2025-06-01"}),
                json!({"type": "event", "id": "e1", "gtin": "09520000010010", "lot": "L1", "stage": "packing",
                    "date": "2026-04-03", "text": {"vi": "Đóng chai", "en": "Bottled"}, "location": "KHO-1"}),
            ] {
                let (cells, was, is) = back(&record, lang);
                assert_eq!(is, was, "{cells:?}");
            }
        }
    }

    #[test]
    fn what_has_a_column_of_its_own_stands_there_and_nowhere_else() {
        let record = json!({"type": "batch", "gtin": "09520000010010", "lot": "L1", "produced": "2026-04-03",
            "expires": "2028-04-03"});
        let (cells, ..) = back(&record, Lang::Vi);
        assert_eq!(cells, ["09520000010010", "L1", "03/04/2026", "03/04/2028", "", "", ""]);
        assert!(has_column(Table::of(Kind::Lots), "expires") && !has_column(Table::of(Kind::Lots), "inputs"));
    }
}
