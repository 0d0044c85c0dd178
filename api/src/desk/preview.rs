//! A card as a consumer would see it, if something were on record that is not yet: facts over a store and what a fold
//! would write, judged and worded as any other. Nothing is written, and nothing is kept in memory.

use std::collections::HashMap;
use std::sync::Arc;

use gs1::TradeItem;
use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};

use crate::registry::{LotEntry, LotRef, Recall, RecallEntry};
use crate::store::{Entry, Key, Kind, Put, Store, StoreError};
use crate::verify::{Asked, CodeFacts, Facts, ItemFacts, LotFacts, card, judge};

/// Recalls read in one go.
const PAGE: usize = 1_000;

/// A store, and what would be written over it.
pub struct Overlay<'s> {
    store: &'s dyn Store,
    puts: HashMap<&'s Key, &'s Entry>,
}

/// A code that a recall names: its first lot or unit, else the product.
#[must_use]
pub fn recalled_code(recall: &Recall) -> TradeItem {
    let scope = &recall.scope;
    let serial = scope.serials.first().map(|range| range.from);
    TradeItem { lot: scope.lots.first().copied(), serial, ..TradeItem::of_gtin(scope.gtin) }
}

impl<'s> Overlay<'s> {
    /// Over a store.
    #[must_use]
    pub fn new(store: &'s dyn Store, puts: &'s [Put]) -> Self {
        Self { store, puts: puts.iter().map(|put| (&put.key, &put.entry)).collect() }
    }

    /// What would be there.
    ///
    /// # Errors
    /// As `Store::read`.
    pub async fn read(&self, key: &Key) -> Result<Option<Entry>, StoreError> {
        if let Some(entry) = self.puts.get(key) {
            return Ok(Some((*entry).clone()));
        }
        Ok(self.store.read(core::slice::from_ref(key)).await?.entries.pop().flatten())
    }

    /// The card of a code.
    ///
    /// # Errors
    /// As `Store::read`.
    pub async fn card(&self, item: TradeItem, lang: Lang, base_url: &str, now: Timestamp) -> Result<Card, StoreError> {
        let facts = self.facts(item).await?;
        let mut input = String::new();
        // Writing into a String cannot fail.
        let _ = item.write_canonical(&mut input);
        let context = Context::Unit;
        let asked = Asked { input: &input, lang, context, base_url, checks: false, demo: false, checked: None };
        Ok(card(&facts, &judge(&facts, now), asked, now))
    }

    async fn facts(&self, item: TradeItem) -> Result<Facts, StoreError> {
        let gtin = item.gtin;
        let mut facts = Facts::without_records(CodeFacts::of_item(item));
        if let Some(Entry::Product(product)) = self.read(&Key::Product(gtin)).await? {
            if let Some(id) = product.product.producer.clone()
                && let Some(Entry::Producer(producer)) = self.read(&Key::Producer(id)).await?
            {
                facts.producer = Some(producer);
            }
            facts.product = Some(product);
        }
        if let Some(lot) = item.lot {
            facts.lot = match self.read(&Key::lot(gtin, lot)).await? {
                Some(Entry::Lot(lot)) => LotFacts::Known(lot),
                _ => LotFacts::Unknown,
            };
        }
        if let Some(serial) = item.serial {
            facts.item = match self.read(&Key::Item(gtin, serial)).await? {
                Some(Entry::Item(entry)) => {
                    let exception = match self.read(&Key::Exception(gtin, serial)).await? {
                        Some(Entry::Exception(own)) if entry.has_exception => Some(own),
                        _ => None,
                    };
                    let lot = self.lot_of(gtin, entry.lot).await?;
                    ItemFacts::Known { entry, exception, standing: None, lot }
                }
                _ => ItemFacts::Unknown { case_variant: None },
            };
        }
        facts.recalls = self.recalls(&facts, item).await?;
        Ok(facts)
    }

    async fn lot_of(&self, gtin: gs1::Gtin14, ordinal: Option<u32>) -> Result<Option<Arc<LotEntry>>, StoreError> {
        let Some(ordinal) = ordinal else { return Ok(None) };
        let Some(Entry::LotName(name)) = self.read(&Key::LotName(gtin, ordinal)).await? else { return Ok(None) };
        match self.read(&Key::lot(gtin, name)).await? {
            Some(Entry::Lot(lot)) => Ok(Some(lot)),
            _ => Ok(None),
        }
    }

    /// Every recall of the product, of what its lots were made from, and of those that reach its lots.
    async fn recalls(&self, facts: &Facts, item: TradeItem) -> Result<Vec<Arc<RecallEntry>>, StoreError> {
        let lots: Vec<LotRef> = facts.lots().map(|lot| LotRef { gtin: item.gtin, lot }).collect();
        let inputs: Vec<gs1::Gtin14> =
            facts.lot_entries().flat_map(|lot| lot.ancestors.iter().map(|it| it.lot.gtin)).collect();
        let concerns = |entry: &RecallEntry| {
            let gtin = entry.recall.scope.gtin;
            gtin == item.gtin || inputs.contains(&gtin) || lots.iter().any(|lot| entry.derived.contains(lot))
        };
        let mut found: Vec<Arc<RecallEntry>> = Vec::new();
        let mut after = None;
        loop {
            let page = self.store.scan(Kind::Recall, after.take(), PAGE).await?;
            let is_last = page.len() < PAGE;
            after = page.last().map(|(key, _)| key.clone());
            for (key, entry) in page {
                match entry {
                    Entry::Recall(entry) if !self.puts.contains_key(&key) && concerns(&entry) => found.push(entry),
                    _ => {}
                }
            }
            if is_last {
                break;
            }
        }
        let foreseen = self.puts.values().filter_map(|entry| match entry {
            Entry::Recall(entry) if concerns(entry) => Some(Arc::clone(entry)),
            _ => None,
        });
        found.extend(foreseen);
        Ok(found)
    }
}
