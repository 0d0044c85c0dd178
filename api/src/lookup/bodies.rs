//! The tier of bodies: cards as bytes, by code, language, place and sections.
//!
//! Codes of which something is not on record (product, lot or serial) have a small place of their own: whoever tries
//! random codes evicts other random codes and nothing else. The cache admits by frequency, so that a code asked for once does not push out one that
//! is asked for often.

use std::sync::Arc;

use foldhash::fast::RandomState;
use gs1::TradeItem;
use jiff::Timestamp;
use moka::sync::Cache;
use nguon_openapi::{Context, Lang};

use super::body::Body;
use super::validity::{Basis, Validity};

/// What a body is found by: everything that changes a byte of it but the spelling of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct BodyKey {
    pub(super) item: TradeItem,
    pub(super) lang: Lang,
    pub(super) context: Context,
    pub(super) fields: Fields,
    /// Asked for by its whole link, as a shop's page does: the body then says that link.
    pub(super) linked: bool,
}

/// The sections that were asked for, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fields(u16);

impl Fields {
    /// Every section.
    pub const ALL: Self = Self(u16::MAX);

    /// These sections.
    pub fn of(sections: impl IntoIterator<Item = nguon_openapi::Section>) -> Self {
        Self(sections.into_iter().fold(0, |set, section| set | 1 << section as u16))
    }

    /// The sections as a list; `None` for every one.
    pub(super) fn list(self) -> Option<Vec<nguon_openapi::Section>> {
        (self != Self::ALL)
            .then(|| nguon_openapi::Section::ALL.into_iter().filter(|s| self.0 & (1 << *s as u16) != 0).collect())
    }
}

/// Bodies in memory.
pub(super) struct Bodies {
    validity: Arc<Validity>,
    known: Cache<BodyKey, Arc<Body>, RandomState>,
    unknown: Cache<BodyKey, Arc<Body>, RandomState>,
}

impl Bodies {
    pub(super) fn new(validity: Arc<Validity>, known_bytes: u64, unknown_bytes: u64) -> Self {
        let of = |bytes| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|_: &BodyKey, body: &Arc<Body>| body.weight())
                .build_with_hasher(RandomState::default())
        };
        Self { validity, known: of(known_bytes), unknown: of(unknown_bytes) }
    }

    /// A body that still holds.
    pub(super) fn get(&self, key: &BodyKey, now: Timestamp) -> Option<Arc<Body>> {
        let body = self.known.get(key).or_else(|| self.unknown.get(key))?;
        self.validity.holds(&body.basis, now).then_some(body)
    }

    /// The body of a code on record that was kept last, whether it still holds or not; only what `may` lets through.
    /// That something is not on record is nothing to go on saying while the registry cannot be asked.
    pub(super) fn last(&self, key: &BodyKey, may: impl Fn(&Basis) -> bool) -> Option<Arc<Body>> {
        self.known.get(key).filter(|body| may(&body.basis))
    }

    /// Bytes and entries of both places: what is on record, what is not.
    pub(super) fn sizes(&self) -> [(u64, u64); 2] {
        [&self.known, &self.unknown].map(|place| (place.weighted_size(), place.entry_count()))
    }

    /// What the place of unknown codes holds, in bytes.
    #[cfg(test)]
    pub(super) fn unknown_bytes(&self) -> u64 {
        self.unknown.run_pending_tasks();
        self.unknown.weighted_size()
    }

    /// Keep a body, if it still holds: a change may have come while it was made.
    pub(super) fn keep(&self, key: BodyKey, body: &Arc<Body>, now: Timestamp) -> bool {
        if !self.validity.holds(&body.basis, now) {
            return false;
        }
        let place = if body.is_found() { &self.known } else { &self.unknown };
        place.insert(key, Arc::clone(body));
        true
    }
}
