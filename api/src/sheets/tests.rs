//! Tests of spreadsheets as whole files, through a desk over a store in memory.

mod broken;
mod files;
mod loads;
mod messages;
mod template;

use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::Lang;
use rust_xlsxwriter::{Workbook, Worksheet};

use super::*;
use crate::clock::Clock;
use crate::registry::Id;
use crate::registry::import::{Author, Desk, Finding, ImportOrder, Report};
use crate::store::{EmbeddedStore, Entry, Key, Store};

/// Products of the tests.
const G1: &str = "9520000010010";
const G2: &str = "9520000020019";

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        "2026-07-01T03:00:00Z".parse().unwrap()
    }
}

/// A desk and what it writes to.
struct Registry {
    store: Arc<EmbeddedStore>,
    desk: Desk,
}

fn publisher() -> Id {
    Id::try_from("coop").unwrap()
}

fn order() -> ImportOrder {
    ImportOrder::of(Author::of(publisher()))
}

fn book(bytes: &[u8], format: SheetFormat, lang: Lang, album: &mut Album) -> Result<Book, Unreadable> {
    Book::read(bytes, Reading { format, publisher: &publisher(), lang }, album)
}

impl Registry {
    fn new() -> Self {
        let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
        let desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, Arc::new(Stopped));
        Self { store, desk }
    }

    async fn import_in(&self, bytes: &[u8], format: SheetFormat, lang: Lang, order: ImportOrder) -> Report {
        let book = book(bytes, format, lang, &mut Album::none()).unwrap();
        let mut report = self.desk.import(book.document(), order).await.unwrap();
        book.legend().explain(&mut report);
        report
    }

    async fn xlsx(&self, bytes: &[u8]) -> Report {
        self.import_in(bytes, SheetFormat::Xlsx, Lang::Vi, order()).await
    }

    async fn csv(&self, text: &str) -> Report {
        self.import_in(text.as_bytes(), SheetFormat::Csv, Lang::Vi, order()).await
    }

    async fn entry(&self, key: Key) -> Option<Entry> {
        self.store.read(&[key]).await.unwrap().entries.pop().unwrap()
    }

    async fn product(&self, gtin: &str) -> Option<Arc<crate::registry::ProductEntry>> {
        match self.entry(Key::Product(gtin.parse().unwrap())).await {
            Some(Entry::Product(entry)) => Some(entry),
            _ => None,
        }
    }

    async fn lot(&self, gtin: &str, lot: &str) -> Option<Arc<crate::registry::LotEntry>> {
        match self.entry(Key::lot(gtin.parse().unwrap(), lot.parse().unwrap())).await {
            Some(Entry::Lot(entry)) => Some(entry),
            _ => None,
        }
    }
}

/// A workbook of sheets, each with rows of text.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    with(sheets, |_| {})
}

/// The same, with something done to its first sheet.
fn with(sheets: &[(&str, &[&[&str]])], then: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
    then(workbook.worksheet_from_index(0).unwrap());
    workbook.save_to_buffer().unwrap()
}

/// Where findings are and what they say, as a report prints them.
fn said<Code>(findings: &[Finding<Code>]) -> Vec<String> {
    let place = |it: &Finding<Code>| {
        let cell = it.cell.clone().unwrap_or_else(|| it.line.to_string());
        let heading = it.heading.as_ref().map(|heading| format!(" ({heading})")).unwrap_or_default();
        format!(
            "{}{cell}{heading}: {}",
            it.sheet.as_ref().map(|sheet| format!("{sheet}!")).unwrap_or_default(),
            it.message
        )
    };
    findings.iter().map(place).collect()
}
