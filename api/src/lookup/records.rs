//! The tier of records: products, lots and producers as they were read, without language. What units share stays
//! in memory, so that a unit that nobody has asked for yet costs one read.

use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use moka::sync::Cache;

use tokio::time::Instant;

use super::gate::Gate;
use super::local_copy::{LocalCopy, Shelf};
use super::validity::{Basis, Validity};
use crate::store::{Dependency, Entry, Key, Kind, Marker, StoreError};

/// What an entry is taken to weigh in memory, in bytes; texts vary, the bound on all of them matters.
const PRODUCT_BYTES: u32 = 3_000;
const LOT_BYTES: u32 = 3_000;
const SMALL_BYTES: u32 = 600;

/// How far to go for a record.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    /// To the store, for what memory does not have or what no longer holds. No answer comes after this instant.
    Store { by: Instant },
    /// To memory alone, also for what may have changed since, if it is at most this old; for what is not there, to the
    /// local copy, if there is one. That one gives no answer after this instant.
    Memory { age_s: i64, by: Instant },
}

/// Records in memory over a store.
pub(super) struct Records {
    gate: Arc<Gate>,
    local_copy: Option<Shelf>,
    validity: Arc<Validity>,
    kept: Cache<Key, Record, RandomState>,
}

#[derive(Clone)]
struct Record {
    entry: Entry,
    basis: Basis,
}

impl Records {
    pub(super) fn over(
        gate: Arc<Gate>,
        local_copy: Option<LocalCopy>,
        validity: Arc<Validity>,
        memory_bytes: u64,
    ) -> Self {
        let kept = Cache::builder()
            .max_capacity(memory_bytes)
            .weigher(|key: &Key, _| match key.kind() {
                Kind::Product => PRODUCT_BYTES,
                Kind::Lot => LOT_BYTES,
                _ => SMALL_BYTES,
            })
            .build_with_hasher(RandomState::default());
        Self { gate, local_copy: local_copy.map(Shelf::of), validity, kept }
    }

    /// Read keys, from memory where what is there may be used, the others in one batch. Everything that was looked at
    /// becomes a dependency of `basis`, whether it is there or not. Of nothing does memory
    /// alone know that it is absent.
    pub(super) async fn read(
        &self,
        keys: &[Key],
        reach: Reach,
        basis: &mut Basis,
        now: Timestamp,
    ) -> Result<Vec<Option<Entry>>, StoreError> {
        let usable = |kept: &Basis| match reach {
            Reach::Store { .. } => self.validity.holds(kept, now),
            Reach::Memory { age_s, .. } => self.validity.may_show_stale(kept, now, age_s),
        };
        let mut entries: Vec<Option<Entry>> = Vec::with_capacity(keys.len());
        let mut missing = Vec::new();
        let mut places = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            let kept = is_shared(key).then(|| self.kept.get(key)).flatten();
            if let Some(record) = kept.filter(|record| usable(&record.basis)) {
                self.gate.counts.records_hit.inc();
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
        let by = match reach {
            Reach::Store { by } => by,
            Reach::Memory { by, .. } => {
                if let Some(local_copy) = &self.local_copy {
                    for (place, entry) in places.into_iter().zip(local_copy.read(missing, by).await) {
                        if entry.is_some() {
                            basis.as_old_as(local_copy.made_at());
                        }
                        entries[place] = entry;
                    }
                }
                return Ok(entries);
            }
        };
        self.gate.counts.records_miss.inc_by(missing.len() as u64);
        let began = self.validity.begin(now);
        let read = self.gate.read(&missing, by).await?;
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

    /// Bytes and entries in memory.
    pub(super) fn size(&self) -> (u64, u64) {
        (self.kept.weighted_size(), self.kept.entry_count())
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
