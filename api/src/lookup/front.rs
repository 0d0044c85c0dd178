//! In front of the cache of bodies: where the body of a code that is asked for often was found last.
//!
//! The cache notes every use, to know what to let go; for codes that are asked for often that costs several times as much
//! as to find them. A slot here holds a key and a weak reference: it keeps nothing alive, so that the cache alone says
//! what is in memory, and seven uses of eight need not be told to it. Whether a body still holds is asked of what is
//! found here as of what is found there.

use core::hash::BuildHasher as _;
use std::sync::{Arc, Weak};

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use super::bodies::BodyKey;
use super::body::Body;

/// The cache is told of one use in so many.
const TOLD_OF_ONE_IN: u8 = 8;
/// Most slots: 2¹⁷. They take about 20 MB, and as much again is left of bodies that the cache let go.
const MOST_SLOTS: u64 = 1 << 17;
/// What a body usually weighs, in bytes: there are as many slots as bodies find room.
const USUAL_WEIGHT: u64 = 4 * 1024;

/// Slots, each found by the hash of its key.
pub(super) struct Front {
    slots: Box<[Mutex<Option<Slot>>]>,
    hash: RandomState,
}

struct Slot {
    key: BodyKey,
    body: Weak<Body>,
    uses: u8,
}

impl Front {
    /// In front of a cache of so many bytes.
    pub(super) fn of(bytes: u64) -> Self {
        let slots = (bytes / USUAL_WEIGHT).clamp(1, MOST_SLOTS).next_power_of_two();
        Self { slots: (0..slots).map(|_| Mutex::new(None)).collect(), hash: RandomState::default() }
    }

    /// The body of a key; `None` where the cache is to be asked: it may have one, or is to be told of this use.
    pub(super) fn get(&self, key: &BodyKey) -> Option<Arc<Body>> {
        // Who finds a slot in use asks the cache instead of waiting.
        let mut slot = self.slot(key)?.try_lock()?;
        let slot = slot.as_mut().filter(|slot| slot.key == *key)?;
        slot.uses = slot.uses.wrapping_add(1);
        if slot.uses % TOLD_OF_ONE_IN == 0 { None } else { slot.body.upgrade() }
    }

    /// The cache has a body of a key. What was in its slot is found in the cache from now on.
    pub(super) fn put(&self, key: &BodyKey, body: &Arc<Body>) {
        if let Some(mut slot) = self.slot(key).and_then(Mutex::try_lock) {
            *slot = Some(Slot { key: *key, body: Arc::downgrade(body), uses: 0 });
        }
    }

    fn slot(&self, key: &BodyKey) -> Option<&Mutex<Option<Slot>>> {
        // The number of slots is a power of two, and the low bits of the hash are even.
        let mask = self.slots.len().wrapping_sub(1);
        self.slots.get(usize::try_from(self.hash.hash_one(key) & mask as u64).ok()?)
    }
}
