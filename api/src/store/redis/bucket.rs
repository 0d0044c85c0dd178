//! Buckets: units of a product in hashes of about 100, small enough for Redis to keep each in one block of memory.
//!
//! A product whose units are spread over 2^k buckets has **k bits**, kept at `n:k:{G}` (none: 0). The bucket of a unit
//! is the top k bits of a hash of its serial, with a 1 before them: `n:i:{G.1}` is the only one for k = 0, `{G.2}` and
//! `{G.3}` those for k = 1, `{G.4}` to `{G.7}` those for k = 2. So a bucket of one k never has the name of another.
//!
//! **Growth** (`split`) never lets a reader miss a unit. The value of `n:k` is `k`, or `k<j` while buckets of j bits
//! are still being unlinked:
//!
//! 1. every bucket of k bits is copied to buckets of more bits, which nobody reads yet;
//! 2. `n:k` is set to `new<old`;
//! 3. the old buckets are unlinked; one that did not exist is touched, so that those who keep "not there" hear of it;
//! 4. `n:k` is set to `new`; only then are units written to the new buckets.
//!
//! A reader may use bits that it has seen before. If it **finds** the unit, the old bucket is still there, and by
//! (4) nothing newer was written elsewhere. If it finds **nothing**, it looks at `n:k` and, if that has grown, reads
//! again; if not, nothing was there when it looked.

use std::collections::HashMap;

use gs1::{Gtin14, Serial};
use parking_lot::RwLock;

/// Most bits: 16 million buckets, some 1.6 billion units of a product.
pub(super) const MOST_BITS: u8 = 24;

/// Products whose bits are remembered: about 20 MiB. When there are more, all are forgotten and read anew.
const REMEMBERED: usize = 500_000;

/// What `n:k:{G}` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    /// Bits in use.
    pub(super) now: u8,
    /// Bits of buckets that are yet to be unlinked.
    pub(super) leaving: Option<u8>,
}

impl Bits {
    pub(super) const fn of(now: u8) -> Self {
        Self { now, leaving: None }
    }

    /// As stored.
    pub(super) fn text(self) -> String {
        match self.leaving {
            Some(leaving) => format!("{}<{leaving}", self.now),
            None => self.now.to_string(),
        }
    }

    /// From what is stored; `None` when it is damaged.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(text).ok()?;
        let bits = |text: &str| text.parse().ok().filter(|bits| *bits <= MOST_BITS);
        match text.split_once('<') {
            Some((now, leaving)) => Some(Self { now: bits(now)?, leaving: Some(bits(leaving)?) }),
            None => Some(Self::of(bits(text)?)),
        }
    }
}

/// The number of a unit's bucket.
pub(super) fn number(serial: &Serial, bits: u8) -> u32 {
    let top = if bits == 0 { 0 } else { hash(serial.as_str().as_bytes()) >> (64 - u32::from(bits)) };
    // At most 24 bits remain.
    (1 << bits) | u32::try_from(top).unwrap_or_default()
}

/// The numbers of all buckets.
pub(super) fn numbers(bits: u8) -> core::ops::Range<u32> {
    1 << bits..2 << bits
}

/// FNV-1a, then the last step of `MurmurHash3` to spread it to the top bits. Part of the format: never changes.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash: u64, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    mixed ^ (mixed >> 33)
}

/// Bits seen before, by product.
#[derive(Debug, Default)]
pub(super) struct Remembered(RwLock<HashMap<u64, u8>>);

impl Remembered {
    pub(super) fn of(&self, gtin: Gtin14) -> Option<u8> {
        self.0.read().get(&gtin.as_u64()).copied()
    }

    pub(super) fn note(&self, gtin: Gtin14, bits: u8) {
        if self.of(gtin) == Some(bits) {
            return;
        }
        let mut map = self.0.write();
        if map.len() >= REMEMBERED {
            map.clear();
        }
        map.insert(gtin.as_u64(), bits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_and_damage_does_not() {
        for bits in [Bits::of(0), Bits::of(24), Bits { now: 9, leaving: Some(7) }] {
            assert_eq!(Bits::parse(bits.text().as_bytes()), Some(bits));
        }
        for damaged in ["", "25", "a", "3<", "-1", "3<99"] {
            assert_eq!(Bits::parse(damaged.as_bytes()), None);
        }
    }

    #[test]
    fn a_bucket_belongs_to_one_number_of_bits_and_splits_into_the_next() {
        let serial = Serial::try_from("A1B2C3").unwrap();
        for bits in 0..MOST_BITS {
            assert!(numbers(bits).contains(&number(&serial, bits)));
            assert_eq!(number(&serial, bits + 1) >> 1, number(&serial, bits));
        }
    }

    #[test]
    fn consecutive_serials_spread_evenly() {
        let mut counts = [0; 64];
        for n in 0..6_400 {
            let serial = Serial::try_from(format!("VN{n:08}").as_str()).unwrap();
            counts[number(&serial, 6) as usize - 64] += 1;
        }
        assert!(counts.iter().all(|count| (55..=150).contains(count)), "{counts:?}");
    }
}
