//! One flight: the records behind one code, in as few batches as the code allows.
//!
//! A code with its lot is answered in two batches (product, lot and unit; then the producer). A serial without a
//! lot takes two more, for the name behind the lot's ordinal and for the lot.

use std::collections::BTreeSet;
use std::sync::Arc;

use gs1::{Gtin14, Outcome, Reason, Serial, TradeItem};
use nguon_openapi::Context;

use super::Question;
use super::recalls::RecallMap;
use crate::registry::{ItemEntry, LotEntry, OpaqueCode};
use crate::store::{Entry, Key, Store, StoreError};
use crate::verify::{CodeFacts, Facts, ItemFacts, LotFacts};

/// Everything on record about the code in a question.
pub(super) async fn facts(
    store: &dyn Store,
    recalls: &RecallMap,
    own_host: &str,
    question: &Question<'_>,
) -> Result<Facts, StoreError> {
    let reading = &question.reading;
    let code = match &reading.outcome {
        Outcome::TradeItem(item) => CodeFacts::TradeItem {
            item: item.clone(),
            opaque: false,
            trimmed: reading.tidied.input_trimmed(),
            host: reading.host.map(str::to_ascii_lowercase).filter(|host| host != own_host),
            trade_unit: None,
        },
        Outcome::Opaque(text) => registered(store, text).await?.unwrap_or(CodeFacts::Opaque),
        // A code that is registered as it stands wins over a failed reading as GS1.
        Outcome::Malformed(malformed) => {
            registered(store, &malformed.text).await?.unwrap_or(CodeFacts::Malformed(malformed.error))
        }
        Outcome::NotProduct(other) => match &other.text {
            Some(text) => registered(store, text).await?.unwrap_or(CodeFacts::NotProduct(other.reason)),
            None => CodeFacts::NotProduct(other.reason),
        },
        Outcome::Key(_) => CodeFacts::NotProduct(Reason::OtherScheme),
    };
    match code {
        CodeFacts::TradeItem { item, opaque, trimmed, host, .. } => {
            let item = if question.context == Context::Shop { item.without_serial() } else { item };
            recalls.whole().await?;
            Flight { store, recalls }.trade_item(item, opaque, trimmed, host).await
        }
        code => Ok(Facts::without_records(code)),
    }
}

/// The item that an opaque code stands for.
async fn registered(store: &dyn Store, text: &str) -> Result<Option<CodeFacts>, StoreError> {
    let Ok(code) = OpaqueCode::try_from(text) else { return Ok(None) };
    let snapshot = store.read(&[Key::Opaque(code.clone())]).await?;
    let Some(Some(Entry::Opaque(entry))) = snapshot.entries.into_iter().next() else { return Ok(None) };
    let record = &entry.record;
    if record.code != code || record.withdrawn {
        return Ok(None);
    }
    let item = TradeItem { lot: record.lot, serial: record.serial, ..TradeItem::of_gtin(record.gtin) };
    Ok(Some(CodeFacts::TradeItem { item, opaque: true, trimmed: false, host: None, trade_unit: None }))
}

struct Flight<'a> {
    store: &'a dyn Store,
    recalls: &'a RecallMap,
}

impl Flight<'_> {
    async fn trade_item(
        &self,
        item: TradeItem,
        opaque: bool,
        trimmed: bool,
        host: Option<String>,
    ) -> Result<Facts, StoreError> {
        let gtin = item.gtin;
        let mut keys = vec![Key::Product(gtin)];
        keys.extend(item.lot.map(|lot| Key::lot(gtin, lot)));
        if let Some(serial) = item.serial {
            keys.extend([Key::Item(gtin, serial), Key::Exception(gtin, serial)]);
        }
        let (mut product, mut lot, mut unit, mut exception) = (None, None, None, None);
        for entry in self.store.read(&keys).await?.entries.into_iter().flatten() {
            match entry {
                Entry::Product(entry) => product = Some(entry),
                Entry::Lot(entry) => lot = Some(entry).filter(|lot| !lot.batch.withdrawn),
                Entry::Item(entry) => unit = Some(entry),
                Entry::Exception(entry) => exception = Some(entry),
                _ => {}
            }
        }

        let producer = match product.as_ref().and_then(|p| p.product.producer.clone()) {
            Some(id) => match self.one(Key::Producer(id)).await? {
                Some(Entry::Producer(producer)) => Some(producer),
                _ => None,
            },
            None => None,
        };
        let trade_unit = if product.is_none() { self.trade_unit(&item).await? } else { None };
        let keeps_serials = product.as_ref().is_some_and(|p| p.product.keeps_serials);
        let item_facts = match (item.serial, unit) {
            (None, _) => ItemFacts::NotGiven,
            (Some(_), Some(entry)) => {
                let of = self.lot_of(gtin, &entry, lot.as_ref()).await?;
                ItemFacts::Known { entry, exception: exception.filter(|_| entry.has_exception), lot: of }
            }
            (Some(serial), None) if keeps_serials => {
                ItemFacts::Unknown { case_variant: self.case_variant(gtin, serial).await? }
            }
            (Some(_), None) => ItemFacts::Unknown { case_variant: None },
        };
        let lot_facts = match (item.lot, lot) {
            (None, _) => LotFacts::NotGiven,
            (Some(_), None) => LotFacts::Unknown,
            (Some(_), Some(lot)) => LotFacts::Known(lot),
        };

        let mut facts = Facts {
            code: CodeFacts::TradeItem { item, opaque, trimmed, host, trade_unit },
            product,
            producer,
            lot: lot_facts,
            item: item_facts,
            recalls: Vec::new(),
        };
        let mut products = BTreeSet::from([gtin]);
        products.extend(facts.lot_entries().flat_map(|lot| lot.ancestors.iter().map(|a| a.lot.gtin)));
        facts.recalls = self.recalls.of(products);
        Ok(facts)
    }

    async fn one(&self, key: Key) -> Result<Option<Entry>, StoreError> {
        Ok(self.store.read(&[key]).await?.entries.into_iter().next().flatten())
    }

    /// The lot of a unit: the one in the code if it is that, else by the name behind its ordinal.
    async fn lot_of(
        &self,
        gtin: Gtin14,
        unit: &ItemEntry,
        in_code: Option<&Arc<LotEntry>>,
    ) -> Result<Option<Arc<LotEntry>>, StoreError> {
        let Some(ordinal) = unit.lot else { return Ok(None) };
        if let Some(lot) = in_code.filter(|lot| lot.ordinal == ordinal) {
            return Ok(Some(Arc::clone(lot)));
        }
        // A unit of a lot must find it: without the lot, a recall of the lot would be missed.
        let damaged = |what| StoreError::Corrupt(format!("{what} of ordinal {ordinal} of product {gtin} is missing"));
        let Some(Entry::LotName(name)) = self.one(Key::LotName(gtin, ordinal)).await? else {
            return Err(damaged("the name"));
        };
        match self.one(Key::lot(gtin, name)).await? {
            Some(Entry::Lot(lot)) => Ok(Some(lot)),
            _ => Err(damaged("the lot")),
        }
    }

    /// A serial that differs only in letter case: labels are typed in upper or lower case throughout.
    async fn case_variant(&self, gtin: Gtin14, serial: Serial) -> Result<Option<Serial>, StoreError> {
        let forms = [serial.as_str().to_ascii_uppercase(), serial.as_str().to_ascii_lowercase()];
        let forms: Vec<Serial> = forms
            .iter()
            .filter_map(|form| Serial::try_from(form.as_str()).ok())
            .filter(|form| *form != serial)
            .collect();
        let keys: Vec<Key> = forms.iter().map(|form| Key::Item(gtin, *form)).collect();
        let found = self.store.read(&keys).await?.entries;
        Ok(forms.into_iter().zip(found).find_map(|(form, entry)| entry.map(|_| form)))
    }

    /// The unit that a case code probably holds: the same number without the indicator.
    async fn trade_unit(&self, item: &TradeItem) -> Result<Option<Gtin14>, StoreError> {
        match item.maybe_trade_unit_of() {
            Some(unit) => Ok(self.one(Key::Product(unit)).await?.map(|_| unit)),
            None => Ok(None),
        }
    }
}
