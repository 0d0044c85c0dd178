//! The ten items of Circular 02/2024/TT-BKHCN as CSV: a line for each lot, and for each product without one. What is
//! missing is blank, and is what a card says to be missing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

use gs1::{Gtin14, TradeItem};
use nguon_openapi::{Lang, RecordItem};

use super::{ExportError, walk};
use crate::coverage::inert;
use crate::registry::{LotEntry, ProducerEntry, Product, ProductEntry};
use crate::store::{Entry, Key, Kind, Store, StoreError};
use crate::verify::{completeness, record_item};

/// So that Excel reads it as UTF-8.
const MARK: &str = "\u{feff}";

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// Lines.
    pub(super) lines: u64,
    /// Those that lack an item.
    pub(super) incomplete: u64,
}

/// Which fields of which records an item comes from.
const fn origin(item: RecordItem) -> &'static str {
    match item {
        RecordItem::Name => "product: name",
        RecordItem::Image => "product: images",
        RecordItem::ProducerName => "product: producer -> producer: name",
        RecordItem::Address => "producer: address.text",
        RecordItem::Stages => "event: gtin, lot, location, date, stage",
        RecordItem::ProductionTime => "batch: produced",
        RecordItem::TraceabilityCode => "batch: gtin, lot (product: gtin)",
        RecordItem::Brand => "product: brand, model, keeps_serials, not_applicable",
        RecordItem::ShelfLife => "batch: expires, best_before; product: shelf_life, not_applicable",
        RecordItem::Standards => "product: standards",
    }
}

/// The sheet that says where each item comes from.
pub(super) fn fields(out: &mut impl Write) -> Result<(), ExportError> {
    let mut sheet = begun(out)?;
    sheet.write_record(["item", "vi", "en", "record: field"]).map_err(io::Error::from)?;
    for (n, item) in RecordItem::ALL.into_iter().enumerate() {
        let names = [Lang::Vi, Lang::En].map(|lang| record_item(item, lang));
        let number = (n + 1).to_string();
        sheet.write_record([&number, names[0], names[1], origin(item)]).map_err(io::Error::from)?;
    }
    Ok(sheet.flush()?)
}

/// Write the lines. Streams, and remembers which products have had one.
pub(super) async fn export(
    store: &dyn Store,
    base_url: &str,
    lang: Lang,
    out: &mut impl Write,
) -> Result<Counted, ExportError> {
    let mut sheet = begun(out)?;
    let named = RecordItem::ALL.into_iter().enumerate();
    let items = named.map(|(n, item)| format!("{}. {}", n + 1, record_item(item, lang)));
    let others = [lang.pick("Số mục đã có (trên 10)", "Items present (of 10)"), lang.pick("Mục còn thiếu", "Missing")];
    let headings: Vec<String> = ["GTIN", lang.pick("Số lô", "Lot")]
        .map(str::to_owned)
        .into_iter()
        .chain(items)
        .chain(others.map(str::to_owned))
        .collect();
    sheet.write_record(&headings).map_err(io::Error::from)?;

    let mut made = Made { store, base_url, lang, sheet, counted: Counted::default(), product: None };
    let mut with_lots: HashSet<Gtin14> = HashSet::new();
    walk(store, Kind::Lot, async |_, entry| match entry {
        Entry::Lot(lot) if !lot.batch.withdrawn => {
            with_lots.insert(lot.batch.gtin);
            made.lot(lot).await
        }
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Product, async |_, entry| match entry {
        Entry::Product(product) if !with_lots.contains(&product.product.gtin) => {
            made.of(Arc::clone(product), None).await
        }
        _ => Ok(()),
    })
    .await?;
    made.sheet.flush()?;
    Ok(made.counted)
}

fn begun<W: Write>(mut out: W) -> Result<csv::Writer<W>, ExportError> {
    out.write_all(MARK.as_bytes())?;
    Ok(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
}

struct Made<'a, W: Write> {
    store: &'a dyn Store,
    base_url: &'a str,
    lang: Lang,
    sheet: csv::Writer<W>,
    counted: Counted,
    /// The product of the lot before, with its producer: lots come by product.
    product: Option<(Arc<ProductEntry>, Option<Arc<ProducerEntry>>)>,
}

impl<W: Write> Made<'_, W> {
    async fn lot(&mut self, lot: &LotEntry) -> Result<(), ExportError> {
        let gtin = lot.batch.gtin;
        let known = self.product.as_ref().filter(|(product, _)| product.product.gtin == gtin);
        let product = match known {
            Some((product, _)) => Arc::clone(product),
            None => match self.read(Key::Product(gtin)).await? {
                Some(Entry::Product(product)) => product,
                _ => return Err(StoreError::Corrupt(format!("the product {gtin} of a lot is missing")).into()),
            },
        };
        self.of(product, Some(lot)).await
    }

    async fn of(&mut self, product: Arc<ProductEntry>, lot: Option<&LotEntry>) -> Result<(), ExportError> {
        if product.product.withdrawn {
            return Ok(());
        }
        let known = self.product.as_ref().filter(|(known, _)| known.product.gtin == product.product.gtin);
        let producer = match (known, &product.product.producer) {
            (Some((_, producer)), _) => producer.clone(),
            (None, Some(id)) => match self.read(Key::Producer(id.clone())).await? {
                Some(Entry::Producer(producer)) => Some(producer),
                _ => None,
            },
            (None, None) => None,
        };
        self.product = Some((Arc::clone(&product), producer.clone()));
        self.line(&product, producer.as_deref(), lot)
    }

    async fn read(&self, key: Key) -> Result<Option<Entry>, StoreError> {
        Ok(self.store.read(&[key]).await?.entries.pop().flatten())
    }

    fn line(
        &mut self,
        product: &ProductEntry,
        producer: Option<&ProducerEntry>,
        lot: Option<&LotEntry>,
    ) -> Result<(), ExportError> {
        let (lang, base_url) = (self.lang, self.base_url);
        let complete = completeness(product, producer, lot, lang);
        let mut cells =
            vec![product.product.gtin.to_string(), lot.map(|lot| lot.batch.lot.to_string()).unwrap_or_default()];
        cells.extend(RecordItem::ALL.into_iter().map(|item| {
            let is_missing = complete.missing.iter().any(|missing| missing.item == item);
            if is_missing { String::new() } else { value(item, product, producer, lot, lang, base_url) }
        }));
        cells.push(complete.present.to_string());
        cells.push(complete.missing.iter().map(|missing| missing.name.as_str()).collect::<Vec<_>>().join("; "));
        self.sheet.write_record(cells.iter().map(|cell| lines_inert(cell))).map_err(io::Error::from)?;
        self.counted.lines += 1;
        self.counted.incomplete += u64::from(!complete.missing.is_empty());
        Ok(())
    }
}

/// Some programs take each line of a cell for a cell.
fn lines_inert(cell: &str) -> String {
    cell.split('\n').map(inert).collect::<Vec<Cow<'_, str>>>().join("\n")
}

/// What stands for an item that is there.
fn value(
    item: RecordItem,
    entry: &ProductEntry,
    producer: Option<&ProducerEntry>,
    lot: Option<&LotEntry>,
    lang: Lang,
    base_url: &str,
) -> String {
    let product = &entry.product;
    let code = || {
        let named = TradeItem { lot: lot.map(|lot| lot.batch.lot), ..TradeItem::of_gtin(product.gtin) };
        let mut link = base_url.to_owned();
        // Writing into a String cannot fail.
        let _ = named.write_canonical(&mut link);
        link
    };
    match item {
        RecordItem::Name => product.name.pick(lang).to_owned(),
        RecordItem::Image => {
            product.images.iter().map(|hash| format!("{base_url}/v1/media/{hash}")).collect::<Vec<_>>().join("\n")
        }
        RecordItem::ProducerName => producer.map(|it| it.producer.name.pick(lang).to_owned()).unwrap_or_default(),
        RecordItem::Address => {
            producer.and_then(|it| it.producer.address.as_ref()).map(|it| it.text.to_string()).unwrap_or_default()
        }
        RecordItem::Stages => lot.map(stages).unwrap_or_default(),
        RecordItem::ProductionTime => {
            lot.and_then(|lot| lot.batch.produced).map(|day| day.to_string()).unwrap_or_default()
        }
        RecordItem::TraceabilityCode => code(),
        RecordItem::Brand => brand(product, lang),
        RecordItem::ShelfLife => shelf_life(product, lot, lang),
        RecordItem::Standards => product.standards.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

/// A line for each stage: code of the product, code of the place, day, what was done.
fn stages(lot: &LotEntry) -> String {
    let lines = lot.events.iter().filter_map(|event| {
        let stage = serde_json::to_value(event.stage).ok()?;
        let (location, stage) = (event.location.as_ref()?, stage.as_str()?.to_owned());
        Some(format!("{}/{}; {location}; {}; {stage}", event.gtin, event.lot, event.date))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn brand(product: &Product, lang: Lang) -> String {
    let written = [&product.brand, &product.model].into_iter().flatten().map(ToString::to_string);
    let serials =
        product.keeps_serials.then(|| lang.pick("số sê-ri trên từng sản phẩm", "a serial on each unit").to_owned());
    let all: Vec<String> = written.chain(serials).collect();
    if all.is_empty() { not_applicable(lang) } else { all.join("; ") }
}

fn shelf_life(product: &Product, lot: Option<&LotEntry>, lang: Lang) -> String {
    let batch = lot.map(|lot| &lot.batch);
    let expires = batch.and_then(|it| it.expires).map(|day| format!("{}: {day}", lang.pick("Hạn dùng", "Use by")));
    let best = batch.and_then(|it| it.best_before);
    let best = best.map(|day| format!("{}: {day}", lang.pick("Dùng tốt nhất trước", "Best before")));
    let words = product.shelf_life.as_ref().map(|it| it.pick(lang).to_owned());
    let all: Vec<String> = [expires, best, words].into_iter().flatten().collect();
    if all.is_empty() { not_applicable(lang) } else { all.join("; ") }
}

fn not_applicable(lang: Lang) -> String {
    lang.pick("không áp dụng", "does not apply").to_owned()
}
