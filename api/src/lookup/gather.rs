//! The facts behind one code, in as few batches as the code allows.
//!
//! A code with its lot takes two batches (product, lot and unit; then the producer). A serial without a lot takes
//! two more, for the name behind the lot's ordinal and for the lot; a unit that has something of its own, one. What
//! units share usually comes from memory, and then a unit costs one read.

use std::collections::BTreeSet;
use std::sync::Arc;

use gs1::{Gtin14, Outcome, Reason, Serial, TradeItem};
use jiff::Timestamp;
use nguon_openapi::Context;

use super::Question;
use super::coherence::Coherence;
use super::records::{Reach, Records};
use super::validity::Basis;
use crate::registry::{Exception, ItemEntry, LotEntry, LotRef, OpaqueCode};
use crate::store::{Entry, Key, StoreError};
use crate::verify::{CodeFacts, Facts, ItemFacts, LotFacts};

/// Records, and how far to go for them.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) records: &'a Records,
    pub(super) reach: Reach,
}

impl Reader<'_> {
    async fn read(self, keys: &[Key], basis: &mut Basis, now: Timestamp) -> Result<Vec<Option<Entry>>, StoreError> {
        self.records.read(keys, self.reach, basis, now).await
    }

    async fn one(self, key: Key, basis: &mut Basis, now: Timestamp) -> Result<Option<Entry>, StoreError> {
        Ok(self.read(&[key], basis, now).await?.into_iter().next().flatten())
    }
}

/// What the code in a question is. A code that is registered as it stands wins over a failed reading as GS1.
pub(super) async fn code(
    reader: Reader<'_>,
    own_host: &str,
    question: &Question<'_>,
    basis: &mut Basis,
    now: Timestamp,
) -> Result<CodeFacts, StoreError> {
    let reading = &question.reading;
    let trade_item = |item: TradeItem| CodeFacts::TradeItem {
        item: if question.context == Context::Shop { item.without_serial() } else { item },
        opaque: false,
        trimmed: reading.tidied.input_trimmed(),
        host: reading
            .host
            .map(str::to_ascii_lowercase)
            .map(|host| host.trim_end_matches(":443").trim_end_matches('.').to_owned())
            .filter(|host| host != own_host)
            .map(shown_host),
        trade_unit: None,
    };
    let (text, otherwise) = match &reading.outcome {
        Outcome::TradeItem(item) => {
            return Ok(trade_item(*item));
        }
        Outcome::Opaque(text) => (Some(text.as_str()), CodeFacts::Opaque),
        Outcome::Malformed(malformed) => (Some(&*malformed.text), CodeFacts::Malformed(malformed.error)),
        Outcome::NotProduct(other) => (other.text.as_deref(), CodeFacts::NotProduct(other.reason)),
        // A component of a product answers for the product, lot and unit that it belongs to.
        Outcome::Key(key) => match key.gtin() {
            Some(gtin) => return Ok(trade_item(TradeItem::of_elements(gtin, &reading.elements))),
            None => (None, CodeFacts::NotProduct(Reason::OtherScheme)),
        },
    };
    let Some(code) = text.and_then(|text| OpaqueCode::try_from(text).ok()) else { return Ok(otherwise) };
    let Some(Entry::Opaque(entry)) = reader.one(Key::Opaque(code.clone()), basis, now).await? else {
        return Ok(otherwise);
    };
    let record = &entry.record;
    if record.code != code || record.withdrawn {
        return Ok(otherwise);
    }
    let item = TradeItem { lot: record.lot, serial: record.serial, ..TradeItem::of_gtin(record.gtin) };
    let item = if question.context == Context::Shop { item.without_serial() } else { item };
    Ok(CodeFacts::TradeItem { item, opaque: true, trimmed: false, host: None, trade_unit: None })
}

/// A host as it may be repeated. What is none is not: it is somebody's words, and not ours to show.
fn shown_host(host: String) -> String {
    let plain = host.len() <= 253 && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    if plain { host } else { "…".to_owned() }
}

/// Everything on record about a code.
pub(super) async fn facts(
    reader: Reader<'_>,
    coherence: &Coherence,
    code: CodeFacts,
    basis: &mut Basis,
    now: Timestamp,
) -> Result<Facts, StoreError> {
    let Coherence { recalls, validity } = coherence;
    let CodeFacts::TradeItem { item, opaque, trimmed, host, .. } = code else {
        return Ok(Facts::without_records(code));
    };
    if let Reach::Store { by } = reader.reach {
        if recalls.whole(by, now).await? {
            validity.everything();
            // What this flight has read is as new as the map.
            *basis = validity.begin(now);
        }
        if let Some(as_of) = recalls.as_of() {
            basis.as_old_as(as_of);
        }
    }
    let mut gather = Gather { reader, basis, now };
    let found = gather.of(&item).await?;
    let trade_unit = if found.product.is_none() { gather.trade_unit(&item).await? } else { None };
    let mut facts = Facts { code: CodeFacts::TradeItem { item, opaque, trimmed, host, trade_unit }, ..found };
    let mut products = BTreeSet::from([item.gtin]);
    products.extend(item.maybe_trade_unit_of().filter(|_| facts.product.is_none()));
    products.extend(facts.lot_entries().flat_map(|lot| lot.ancestors.iter().map(|a| a.lot.gtin)));
    let lots: Vec<LotRef> = facts.lots().map(|lot| LotRef { gtin: item.gtin, lot }).collect();
    facts.recalls = recalls.of(products, lots);
    Ok(facts)
}

struct Gather<'a> {
    reader: Reader<'a>,
    basis: &'a mut Basis,
    now: Timestamp,
}

impl Gather<'_> {
    /// Product, producer, lot and unit.
    async fn of(&mut self, item: &TradeItem) -> Result<Facts, StoreError> {
        let gtin = item.gtin;
        let mut keys = vec![Key::Product(gtin)];
        keys.extend(item.lot.map(|lot| Key::lot(gtin, lot)));
        if let Some(serial) = item.serial {
            keys.extend([Key::Item(gtin, serial), Key::Standing(gtin, serial)]);
        }
        let (mut product, mut lot, mut unit, mut standing) = (None, None, None, None);
        for entry in self.reader.read(&keys, self.basis, self.now).await?.into_iter().flatten() {
            match entry {
                Entry::Product(entry) => product = Some(entry),
                Entry::Lot(entry) => lot = Some(entry),
                Entry::Item(entry) => unit = Some(entry),
                Entry::Standing(entry) => standing = Some(entry),
                _ => {}
            }
        }
        let mut facts = Facts::without_records(CodeFacts::of_item(*item));
        if let Some(id) = product.as_ref().and_then(|p| p.product.producer.clone())
            && let Some(Entry::Producer(producer)) = self.one(Key::Producer(id)).await?
        {
            facts.producer = Some(producer);
        }
        // Of what memory does not have nobody knows whether it is on record.
        let not_read = matches!(self.reader.reach, Reach::Memory { .. });
        let keeps_serials = product.as_ref().is_some_and(|p| p.product.keeps_serials);
        facts.item = match (item.serial, unit) {
            (None, _) => ItemFacts::NotGiven,
            (Some(serial), Some(entry)) => {
                let exception = if entry.has_exception { self.exception(gtin, serial).await? } else { None };
                let lot = self.lot_of(gtin, &entry, lot.as_ref()).await?;
                ItemFacts::Known { entry, exception, standing, lot }
            }
            (Some(_), None) if not_read => ItemFacts::NotRead,
            (Some(serial), None) if keeps_serials => {
                ItemFacts::Unknown { case_variant: self.case_variant(gtin, serial).await? }
            }
            (Some(_), None) => ItemFacts::Unknown { case_variant: None },
        };
        facts.lot = match (item.lot, lot) {
            (None, _) => LotFacts::NotGiven,
            (Some(_), None) if not_read => LotFacts::NotRead,
            (Some(_), None) => LotFacts::Unknown,
            (Some(_), Some(lot)) => LotFacts::Known(lot),
        };
        facts.product = product;
        Ok(facts)
    }

    async fn one(&mut self, key: Key) -> Result<Option<Entry>, StoreError> {
        self.reader.one(key, self.basis, self.now).await
    }

    /// What a unit has of its own. Few have anything, and those say so: the others are not asked.
    async fn exception(&mut self, gtin: Gtin14, serial: Serial) -> Result<Option<Arc<Exception>>, StoreError> {
        match self.one(Key::Exception(gtin, serial)).await? {
            Some(Entry::Exception(exception)) => Ok(Some(exception)),
            _ => Ok(None),
        }
    }

    /// The lot of a unit: the one in the code if it is that, else by the name behind its ordinal.
    async fn lot_of(
        &mut self,
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
    async fn case_variant(&mut self, gtin: Gtin14, serial: Serial) -> Result<Option<Serial>, StoreError> {
        let forms = [serial.as_str().to_ascii_uppercase(), serial.as_str().to_ascii_lowercase()];
        let forms: Vec<Serial> = forms
            .iter()
            .filter_map(|form| Serial::try_from(form.as_str()).ok())
            .filter(|form| *form != serial)
            .collect();
        let keys: Vec<Key> = forms.iter().map(|form| Key::Item(gtin, *form)).collect();
        let found = self.reader.read(&keys, self.basis, self.now).await?;
        Ok(forms.into_iter().zip(found).find_map(|(form, entry)| entry.map(|_| form)))
    }

    /// The unit that a case code probably holds: the same number without the indicator.
    async fn trade_unit(&mut self, item: &TradeItem) -> Result<Option<Gtin14>, StoreError> {
        match item.maybe_trade_unit_of() {
            Some(unit) => Ok(self.one(Key::Product(unit)).await?.map(|_| unit)),
            None => Ok(None),
        }
    }
}
