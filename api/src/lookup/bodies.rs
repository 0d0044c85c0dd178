//! The tier of bodies: cards as bytes, by code, language, place and sections.
//!
//! Codes of which something is not on record (product, lot or serial) have a small place of their own: whoever tries
//! random codes evicts other random codes and nothing else. The cache admits by frequency, so that a code asked for once does not push out one that
//! is asked for often. What is marked as old while the registry cannot be asked has a sixteenth of the room: it can be
//! made again of the card as it was, which cannot be had again.

use std::sync::Arc;

use foldhash::fast::RandomState;
use gs1::TradeItem;
use jiff::Timestamp;
use moka::sync::Cache;
use nguon_openapi::{Context, Lang};

use super::body::Body;
use super::front::Front;
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

/// A place for bodies.
type Place<B> = Cache<BodyKey, B, RandomState>;

/// Bodies in memory.
pub(super) struct Bodies {
    validity: Arc<Validity>,
    /// In front of `known`.
    front: Front,
    known: Place<Arc<Body>>,
    unknown: Place<Arc<Body>>,
    old: Place<Old>,
}

/// A body marked as old.
#[derive(Clone)]
struct Old {
    /// Of the body that it was made of.
    tag: String,
    checked_at: i64,
    body: Arc<Body>,
}

/// The part of the room for known codes that bodies marked as old have.
const OLD_PART: u64 = 16;

impl Bodies {
    pub(super) fn new(validity: Arc<Validity>, known_bytes: u64, unknown_bytes: u64) -> Self {
        let old_bytes = known_bytes / OLD_PART;
        let known = place(known_bytes - old_bytes, |body: &Arc<Body>| body.weight());
        let unknown = place(unknown_bytes, |body: &Arc<Body>| body.weight());
        let old = place(old_bytes, |old: &Old| old.body.weight());
        Self { validity, front: Front::of(known_bytes), known, unknown, old }
    }

    /// A body that still holds. A code that was on record and no longer is may be in both places, and the other way
    /// round: the one that holds counts.
    pub(super) fn get(&self, key: &BodyKey, now: Timestamp) -> Option<Arc<Body>> {
        let holds = |body: &Arc<Body>| self.validity.holds(&body.basis, now);
        if let Some(body) = self.front.get(key).filter(holds) {
            return Some(body);
        }
        if let Some(body) = self.known.get(key).filter(holds) {
            self.front.put(key, &body);
            return Some(body);
        }
        self.unknown.get(key).filter(holds)
    }

    /// The body of a code on record that was kept last, whether it still holds or not, marked as old; only what `may`
    /// lets through, and with the time that `checked_at` gives it. That something is not on record is nothing to go on
    /// saying while the registry cannot be asked.
    pub(super) fn as_it_was(
        &self,
        key: &BodyKey,
        may: impl Fn(&Basis) -> bool,
        checked_at: impl Fn(&Basis) -> i64,
    ) -> Option<Arc<Body>> {
        let last = self.known.get(key).filter(|body| may(&body.basis))?;
        let checked_at = checked_at(&last.basis);
        if let Some(old) = self.old.get(key).filter(|old| old.checked_at == checked_at && old.tag == last.tag()) {
            return Some(old.body);
        }
        let body = Arc::new(last.as_stale(checked_at)?);
        self.old.insert(*key, Old { tag: last.tag().to_owned(), checked_at, body: Arc::clone(&body) });
        Some(body)
    }

    /// Bytes and entries of both places: what is on record, what is not.
    pub(super) fn sizes(&self) -> [(u64, u64); 2] {
        let known = (self.known.weighted_size() + self.old.weighted_size(), self.known.entry_count());
        [known, (self.unknown.weighted_size(), self.unknown.entry_count())]
    }

    /// What bodies marked as old take, in bytes.
    #[cfg(test)]
    pub(super) fn old_bytes(&self) -> u64 {
        self.old.run_pending_tasks();
        self.old.weighted_size()
    }

    /// Let go what is to be let go.
    #[cfg(test)]
    pub(super) fn settle(&self) {
        self.known.run_pending_tasks();
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

fn place<B: Clone + Send + Sync + 'static>(bytes: u64, weight: fn(&B) -> u32) -> Place<B> {
    Cache::builder()
        .max_capacity(bytes)
        .weigher(move |_: &BodyKey, body: &B| weight(body))
        .build_with_hasher(RandomState::default())
}
