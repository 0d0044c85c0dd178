//! What a record does to entries, one file a kind.
//!
//! Folding reads and changes the draft only. A record that is refused is undone by whoever called, so a fold may stop
//! wherever it finds a fault.

mod certificate;
mod event;
mod item;
mod link;
mod lot;
mod opaque;
mod picture;
mod producer;
mod product;
mod recall;

use std::sync::Arc;

use gs1::Gtin14;

use super::draft::Draft;
use super::reach::Recalls;
use super::report::{Warning, WarningCode};
use super::{Author, DeskError};
use crate::people::Scope;
use crate::registry::{FaultCode, ItemState, LotRef, ProductEntry, Record};
use crate::store::{Key, StoreError};

/// What to write into the evidence log about an accepted record.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The record, as an act of this name.
    Act(&'static str),
    /// The record, of which these units changed.
    Units(Vec<gs1::Serial>),
}

/// One record being folded.
pub(super) struct Fold<'a, 's> {
    pub(super) draft: &'a mut Draft<'s>,
    pub(super) recalls: &'a mut Recalls,
    pub(super) author: &'a Author,
    pub(super) warnings: Vec<Warning>,
    /// A lot whose inputs the record has changed: to be handed on.
    pub(super) rewoven: Option<LotRef>,
}

impl<'a, 's> Fold<'a, 's> {
    /// Ready for one record.
    pub(super) const fn new(draft: &'a mut Draft<'s>, recalls: &'a mut Recalls, author: &'a Author) -> Self {
        Self { draft, recalls, author, warnings: Vec::new(), rewoven: None }
    }

    /// Fold a record.
    pub(super) async fn record(&mut self, record: &Record) -> Result<Told, DeskError> {
        self.must_be_registered()?;
        match record {
            Record::Producer(it) => self.producer(it).await,
            Record::Media(it) => self.picture(it).await,
            Record::Product(it) => self.product(it).await,
            Record::Batch(it) => self.lot(it).await,
            Record::Item(it) => self.item(it).await,
            Record::Items(it) => self.items(it).await,
            Record::Certificate(it) => self.certificate(it).await,
            Record::Event(it) => self.event(it).await,
            Record::Recall(it) => self.recall(it).await,
            Record::Link(it) => self.link(it).await,
            Record::Opaque(it) => self.opaque(it).await,
        }
    }

    pub(super) fn warn(&mut self, field: &str, code: WarningCode, message: impl Into<String>) {
        self.warnings.push(Warning { field: field.to_owned(), code, message: message.into() });
    }

    /// Once publishers are registered, whoever is not declares nothing.
    fn must_be_registered(&self) -> Result<(), DeskError> {
        if self.draft.scope != Scope::Unregistered {
            return Ok(());
        }
        let message = format!(
            "publisher {} is not registered here: declare on behalf of one that is, or have an operator register it",
            self.author.publisher
        );
        Err(DeskError::refused("", FaultCode::OutOfScope, message))
    }

    /// A registered publisher declares products under its own company prefixes.
    fn must_be_numbered_here(&self, gtin: Gtin14, field: &str) -> Result<(), DeskError> {
        if self.draft.scope.covers(gtin) {
            return Ok(());
        }
        let message = format!(
            "{gtin} begins with no company prefix of publisher {}: correct the GTIN, or have an operator add the prefix",
            self.author.publisher
        );
        Err(DeskError::refused(field, FaultCode::OutOfScope, message))
    }

    /// The product that a record belongs to, which the author may act for.
    pub(super) async fn own_product(&mut self, gtin: Gtin14, field: &str) -> Result<Arc<ProductEntry>, DeskError> {
        let product = self.draft.product(gtin).await?;
        let product = product.ok_or_else(|| DeskError::not_on_record(field, &format!("the product {gtin}")))?;
        if self.author.may_act_for(&product.publisher) {
            Ok(product)
        } else {
            Err(DeskError::other_publisher(field, &format!("the product {gtin}")))
        }
    }

    /// The ordinal of a lot that a record belongs to.
    async fn ordinal(&mut self, lot: LotRef) -> Result<u32, DeskError> {
        match self.draft.lot(lot).await? {
            Some(entry) => Ok(entry.ordinal),
            None => Err(DeskError::not_on_record("lot", &format!("the lot {} of {}", lot.lot, lot.gtin))),
        }
    }
}

/// Keep a list in order, one entry an identifier: put `new` in, or take its namesake out. Refuses to grow past `max`.
fn upsert<T: Clone, K: Ord>(
    list: &[T],
    new: Option<T>,
    name: impl Fn(&T) -> bool,
    order: impl Fn(&T) -> K,
    (max, what): (usize, &str),
) -> Result<Vec<T>, DeskError> {
    let mut kept: Vec<T> = list.iter().filter(|it| !name(it)).cloned().collect();
    kept.extend(new);
    if kept.len() > max && kept.len() > list.len() {
        return Err(DeskError::refused(
            "",
            FaultCode::Full,
            format!("would be number {}; {what}: withdraw one first", kept.len()),
        ));
    }
    kept.sort_by_key(order);
    Ok(kept)
}

/// The keys that folding a record is sure to ask for, so that a portion's are read in one go.
pub(super) fn keys(record: &Record, keys: &mut Vec<Key>) {
    let in_lot = |gtin, lot: Option<gs1::Lot>, keys: &mut Vec<Key>| {
        keys.push(Key::Product(gtin));
        keys.extend(lot.map(|lot| Key::lot(gtin, lot)));
    };
    match record {
        Record::Producer(it) => keys.push(Key::Producer(it.id.clone())),
        Record::Media(it) => keys.push(Key::Media(it.hash.clone())),
        Record::Product(it) => {
            keys.push(Key::Product(it.gtin));
            keys.extend(it.producer.clone().map(Key::Producer));
            keys.extend(it.pictures().cloned().map(Key::Media));
        }
        Record::Batch(it) => {
            in_lot(it.gtin, Some(it.lot), keys);
            keys.push(Key::LotCount(it.gtin));
            keys.push(Key::Outputs(LotRef { gtin: it.gtin, lot: it.lot }));
            keys.extend(it.inputs.iter().flat_map(|input| [Key::Lot(*input), Key::Outputs(*input)]));
        }
        Record::Item(it) => {
            in_lot(it.gtin, it.lot, keys);
            keys.push(Key::Item(it.gtin, it.serial));
            if it.expires.is_some() || it.state == ItemState::Revoked {
                keys.push(Key::Exception(it.gtin, it.serial));
            }
        }
        Record::Items(it) => {
            in_lot(it.gtin, it.lot, keys);
            keys.extend(it.serials.iter().map(|serial| Key::Item(it.gtin, *serial)));
        }
        Record::Certificate(it) => {
            keys.push(Key::Certificate(it.id.clone()));
            keys.extend(it.gtins.iter().copied().map(Key::Product));
            keys.extend(it.producer.clone().map(Key::Producer));
        }
        Record::Event(it) => in_lot(it.gtin, Some(it.lot), keys),
        Record::Link(it) => in_lot(it.gtin, it.lot, keys),
        Record::Recall(it) => {
            keys.push(Key::Recall(it.id.clone()));
            keys.push(Key::Product(it.scope.gtin));
        }
        Record::Opaque(it) => {
            in_lot(it.gtin, it.lot, keys);
            keys.push(Key::Opaque(it.code.clone()));
            keys.extend(it.serial.map(|serial| Key::Item(it.gtin, serial)));
        }
    }
}

/// The registry is wrong about itself: stop, and say so.
fn inconsistent(what: impl Into<String>) -> DeskError {
    DeskError::Store(StoreError::Corrupt(what.into()))
}
