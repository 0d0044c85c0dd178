//! The entries that one commit works on: as they are stored, and as the records so far have left them.
//!
//! A record that is refused half-way leaves no trace: what it changed is put back.
//!
//! A draft may be begun while the commit before it is still on its way ([`Ahead`]): what that commit looked at is taken
//! as it writes it, anything else it leaves alone. If it comes to nothing, so does the draft.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::{StreamExt as _, stream};
use gs1::{Gtin14, Lot, Serial};
use jiff::Timestamp;

use super::Basis;
use crate::people::Scope;
use crate::registry::{
    CertificateEntry, Exception, Id, ItemEntry, LotEntry, LotRef, MediaHash, OpaqueCode, OpaqueEntry, OutputsEntry,
    ProducerEntry, ProducerId, ProductEntry, RecallEntry, RecallId, Revision, Stamp,
};
use crate::store::{Entry, Key, Put, Snapshot, Store, StoreError};

/// Keys read in one go.
const READ_KEYS: usize = 10_000;
/// Reads on their way at a time.
const READS: usize = 3;

/// The working set of one commit.
pub(super) struct Draft<'s> {
    store: &'s dyn Store,
    base: Revision,
    /// What the commit of `base` looked at, when that is still on its way.
    before: Option<HashMap<Key, Slot>>,
    stamp: Stamp,
    slots: HashMap<Key, Slot>,
    /// What the record being folded has changed, as it was before.
    journal: Vec<(Key, Option<Entry>)>,
    pictures: HashMap<MediaHash, bool>,
    /// What whoever declares here may declare.
    pub(super) scope: Scope,
}

/// What a commit will leave behind.
pub(super) struct Ahead {
    revision: Revision,
    slots: HashMap<Key, Slot>,
}

struct Slot {
    stored: Option<Entry>,
    current: Option<Entry>,
}

macro_rules! typed {
    ($($name:ident($($arg:ident: $arg_type:ty),+) -> $variant:ident($type:ty) at $key:expr;)*) => {$(
        pub(super) async fn $name(&mut self, $($arg: $arg_type),+) -> Result<Option<$type>, StoreError> {
            match self.get(&$key).await? {
                Some(Entry::$variant(entry)) => Ok(Some(entry)),
                Some(other) => Err(StoreError::Corrupt(format!("{:?} where another kind belongs", other.kind()))),
                None => Ok(None),
            }
        }
    )*};
}

impl<'s> Draft<'s> {
    /// An empty working set over the registry as it stands.
    pub(super) async fn begin(store: &'s dyn Store, now: Timestamp) -> Result<Self, StoreError> {
        let base = store.read(&[]).await?.marker.revision;
        Ok(Self::at(store, base, now))
    }

    /// An empty working set over the registry as it will stand.
    pub(super) fn after(ahead: Ahead, store: &'s dyn Store, now: Timestamp) -> Self {
        Self { before: Some(ahead.slots), ..Self::at(store, ahead.revision, now) }
    }

    fn at(store: &'s dyn Store, base: Revision, now: Timestamp) -> Self {
        let stamp = Stamp { revision: base + 1, at: now };
        let (slots, journal, pictures, scope) = Default::default();
        Self { store, base, before: None, stamp, slots, journal, pictures, scope }
    }

    /// When its commit will have been written.
    pub(super) const fn now(&self) -> Timestamp {
        self.stamp.at
    }

    pub(super) const fn stamp(&self) -> Stamp {
        self.stamp
    }

    pub(super) const fn base(&self) -> Revision {
        self.base
    }

    pub(super) const fn store(&self) -> &'s dyn Store {
        self.store
    }

    /// How many entries it holds.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Read keys that will be asked for.
    pub(super) async fn load(&mut self, keys: impl IntoIterator<Item = Key>) -> Result<(), StoreError> {
        let (pictures, mut others): (Vec<Key>, Vec<Key>) =
            keys.into_iter().partition(|key| matches!(key, Key::Media(_)));
        others.retain(|key| !self.slots.contains_key(key));
        others.sort_unstable();
        others.dedup();
        if let Some(before) = &self.before {
            others.retain(|key| {
                let Some(Slot { current, .. }) = before.get(key) else { return true };
                self.slots.insert(key.clone(), Slot { stored: current.clone(), current: current.clone() });
                false
            });
        }
        let reads = others.chunks(READ_KEYS).map(async |keys| (keys, self.store.read(keys).await));
        let mut reads = stream::iter(reads).buffered(READS);
        while let Some((keys, snapshot)) = reads.next().await {
            let Snapshot { marker, entries, .. } = snapshot?;
            let on_its_way = self.before.is_some() && marker.revision + 1 == self.base;
            if marker.revision != self.base && !on_its_way {
                return Err(StoreError::Conflict { now: marker.revision });
            }
            for (key, entry) in keys.iter().zip(entries) {
                self.slots.insert(key.clone(), Slot { stored: entry.clone(), current: entry });
            }
        }
        drop(reads);
        self.look_for_pictures(pictures).await
    }

    async fn look_for_pictures(&mut self, mut keys: Vec<Key>) -> Result<(), StoreError> {
        keys.retain(|key| matches!(key, Key::Media(hash) if !self.pictures.contains_key(hash)));
        for keys in keys.chunks(READ_KEYS) {
            for (key, held) in keys.iter().zip(self.store.holds(keys).await?) {
                if let Key::Media(hash) = key {
                    self.pictures.insert(hash.clone(), held);
                }
            }
        }
        Ok(())
    }

    /// Whether a picture is on record. Its bytes are never read.
    pub(super) async fn has_picture(&mut self, hash: &MediaHash) -> Result<bool, StoreError> {
        let key = Key::Media(hash.clone());
        let held = |slots: &HashMap<Key, Slot>| slots.get(&key).is_some_and(|slot| slot.current.is_some());
        if held(&self.slots) || self.before.as_ref().is_some_and(held) {
            return Ok(true);
        }
        self.look_for_pictures(vec![key]).await?;
        Ok(self.pictures.get(hash).copied().unwrap_or_default())
    }

    async fn get(&mut self, key: &Key) -> Result<Option<Entry>, StoreError> {
        if !self.slots.contains_key(key) {
            self.load([key.clone()]).await?;
        }
        Ok(self.slots.get(key).and_then(|slot| slot.current.clone()))
    }

    typed! {
        product(gtin: Gtin14) -> Product(Arc<ProductEntry>) at Key::Product(gtin);
        lot(lot: LotRef) -> Lot(Arc<LotEntry>) at Key::Lot(lot);
        lot_name(gtin: Gtin14, ordinal: u32) -> LotName(Lot) at Key::LotName(gtin, ordinal);
        lot_count(gtin: Gtin14) -> LotCount(u32) at Key::LotCount(gtin);
        outputs(lot: LotRef) -> Outputs(Arc<OutputsEntry>) at Key::Outputs(lot);
        producer(id: &ProducerId) -> Producer(Arc<ProducerEntry>) at Key::Producer(id.clone());
        certificate(id: &Id) -> Certificate(Arc<CertificateEntry>) at Key::Certificate(id.clone());
        item(gtin: Gtin14, serial: Serial) -> Item(ItemEntry) at Key::Item(gtin, serial);
        exception(gtin: Gtin14, serial: Serial) -> Exception(Arc<Exception>) at Key::Exception(gtin, serial);
        opaque(code: &OpaqueCode) -> Opaque(Arc<OpaqueEntry>) at Key::Opaque(code.clone());
        recall(id: &RecallId) -> Recall(Arc<RecallEntry>) at Key::Recall(id.clone());
    }

    /// Put an entry in its place, stamped with the commit to come. Returns whether it says anything new.
    pub(super) fn set(&mut self, key: Key, entry: Entry) -> bool {
        let slot = self.slots.entry(key.clone()).or_insert(Slot { stored: None, current: None });
        if slot.current.as_ref().is_some_and(|current| current.says_the_same(&entry)) {
            return false;
        }
        let before = slot.current.replace(entry.stamped(self.stamp));
        self.journal.push((key, before));
        true
    }

    /// The record is accepted. Returns whether it changed anything.
    pub(super) fn accept(&mut self) -> bool {
        let changed = !self.journal.is_empty();
        self.journal.clear();
        changed
    }

    /// The record is refused: put everything back.
    pub(super) fn refuse(&mut self) {
        while let Some((key, before)) = self.journal.pop() {
            if let Some(slot) = self.slots.get_mut(&key) {
                slot.current = before;
            }
        }
    }

    /// The lots of a product for which this draft, or the one before it, holds outputs.
    pub(super) fn lots_with_outputs(&self, gtin: Gtin14) -> Vec<LotRef> {
        let slots = self.before.iter().flatten().filter(|(key, _)| !self.slots.contains_key(key));
        let lots = slots.chain(&self.slots).filter_map(|(key, slot)| match (key, &slot.current) {
            (Key::Outputs(lot), Some(_)) if lot.gtin == gtin => Some(*lot),
            _ => None,
        });
        lots.collect()
    }

    fn changed(&self) -> impl Iterator<Item = (&Key, &Slot)> {
        self.slots.iter().filter(|(_, slot)| match (&slot.stored, &slot.current) {
            (Some(stored), Some(current)) => !stored.says_the_same(current),
            (stored, current) => stored.is_some() != current.is_some(),
        })
    }

    /// What it is worked out from.
    pub(super) fn basis(&self) -> Result<Basis, StoreError> {
        Basis::of(self.changed().map(|(key, slot)| (key, slot.stored.as_ref())))
    }

    /// The entries that it changes, as they are on record.
    pub(super) fn before(&self) -> HashMap<Key, Entry> {
        self.changed().filter_map(|(key, slot)| Some((key.clone(), slot.stored.clone()?))).collect()
    }

    /// What there is to write, and what will be there once it is written.
    pub(super) fn settle(self) -> (Vec<Put>, Ahead) {
        let puts = self.changed().filter_map(|(key, Slot { current, .. })| {
            current.as_ref().map(|entry| Put { key: key.clone(), entry: entry.clone() })
        });
        let puts = puts.collect();
        (puts, Ahead { revision: self.stamp.revision, slots: self.slots })
    }
}
