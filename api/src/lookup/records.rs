//! The tier of records: products, lots and producers as they were read, without language. What units share stays
//! in memory, so that a unit that nobody has asked for yet costs one read.

use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use moka::sync::Cache;

use super::validity::{Basis, Validity};
use crate::store::{Dependency, Entry, Key, Kind, Marker, Store, StoreError};

/// What an entry is taken to weigh in memory, in bytes; texts vary, the bound on all of them matters.
const PRODUCT_BYTES: u32 = 3_000;
const LOT_BYTES: u32 = 3_000;
const SMALL_BYTES: u32 = 600;

/// Records in memory over a store.
pub(super) struct Records {
    store: Arc<dyn Store>,
    validity: Arc<Validity>,
    kept: Cache<Key, Record, RandomState>,
}

#[derive(Clone)]
struct Record {
    entry: Entry,
    basis: Basis,
}

impl Records {
    pub(super) fn over(store: Arc<dyn Store>, validity: Arc<Validity>, memory_bytes: u64) -> Self {
        let kept = Cache::builder()
            .max_capacity(memory_bytes)
            .weigher(|key: &Key, _| match key.kind() {
                Kind::Product => PRODUCT_BYTES,
                Kind::Lot => LOT_BYTES,
                _ => SMALL_BYTES,
            })
            .build_with_hasher(RandomState::default());
        Self { store, validity, kept }
    }

    /// Read keys, from memory where what is there still holds, the others in one batch. Everything that was looked
    /// at becomes a dependency of `basis`, whether it is there or not.
    pub(super) async fn read(
        &self,
        keys: &[Key],
        basis: &mut Basis,
        now: Timestamp,
    ) -> Result<Vec<Option<Entry>>, StoreError> {
        let mut entries: Vec<Option<Entry>> = Vec::with_capacity(keys.len());
        let mut missing = Vec::new();
        let mut places = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            let kept = is_shared(key).then(|| self.kept.get(key)).flatten();
            if let Some(record) = kept.filter(|record| self.validity.holds(&record.basis, now)) {
                basis.made_of(&record.basis);
                entries.push(Some(record.entry));
            } else {
                entries.push(None);
                places.push(place);
                missing.push(key.clone());
            }
        }
        if missing.is_empty() {
            return Ok(entries);
        }
        let began = self.validity.begin(now);
        let read = self.store.read(&missing).await?;
        must_hold_something(&read.marker)?;
        for ((place, key), (entry, name)) in
            places.into_iter().zip(missing).zip(read.entries.into_iter().zip(read.dependencies))
        {
            basis.depends_on(name);
            if let Some(entry) = &entry
                && is_shared(&key)
            {
                self.keep(key, entry.clone(), began.clone(), name);
            }
            entries[place] = entry;
        }
        Ok(entries)
    }

    fn keep(&self, key: Key, entry: Entry, mut basis: Basis, name: Dependency) {
        basis.depends_on(name);
        self.kept.insert(key, Record { entry, basis });
    }

    /// One key.
    pub(super) async fn one(&self, key: Key, basis: &mut Basis, now: Timestamp) -> Result<Option<Entry>, StoreError> {
        Ok(self.read(&[key], basis, now).await?.into_iter().next().flatten())
    }
}

/// A registry that holds nothing knows of no code: it cannot say that one is unknown. Nothing was loaded yet, or an
/// empty file stands where the registry was.
pub(super) fn must_hold_something(marker: &Marker) -> Result<(), StoreError> {
    if marker.records == 0 {
        return Err(StoreError::RegistryUnavailable("it holds no record: import some".to_owned()));
    }
    Ok(())
}

/// Units are many and each is asked for seldom; pictures go out as they come in.
fn is_shared(key: &Key) -> bool {
    matches!(key.kind(), Kind::Product | Kind::Lot | Kind::LotName | Kind::Producer | Kind::Opaque)
}
