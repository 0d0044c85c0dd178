//! Walking through units in the order of their keys, without spending memory on an index of them.
//!
//! A product's buckets are read one after the other, and the first units after the key asked for are kept: a
//! **window** of at most 500,000 units, some 20 MiB. The pages that follow come out of it. A product of 10 million
//! units is read 20 times to export it. The window holds as long as no commit writes units of that product
//! (`w:g:{G}`): a walk never misses what was committed before its page was asked for.

use gs1::{Gtin14, Serial};

use super::ask::{Ask, Manner};
use super::read::What;
use super::reply::{bytes, odd, pairs};
use super::{Inner, bucket, name, scan, serial, split};
use crate::registry::Revision;
use crate::store::{Entry, Key, Kind, StoreError, codec};

/// Units of a window.
const WINDOW: usize = 500_000;
/// Buckets read at a time.
const BUCKETS: usize = 256;
/// How often a walk begins anew because the buckets split under it.
const TRIES: usize = 8;

/// The first units of a product after one.
pub(super) struct Window {
    gtin: Gtin14,
    /// What `w:g:{G}` said before it was read.
    generation: Option<Revision>,
    after: Option<Serial>,
    /// In order.
    units: Vec<(Serial, Entry)>,
    /// There is nothing after the last of them.
    complete: bool,
}

impl Window {
    /// Whether it tells what comes after a serial.
    fn covers(&self, gtin: Gtin14, after: Option<&Serial>) -> bool {
        let from = self.after.as_ref().map(Serial::as_str);
        let after = after.map(Serial::as_str);
        self.gtin == gtin
            && from <= after
            && (self.complete || self.units.last().map(|(last, _)| last.as_str()) > after)
    }
}

/// Units after a key; at most `limit`.
pub(super) async fn units(inner: &Inner, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
    let mut window = inner.window.lock().await;
    let mut entries = Vec::new();
    let (mut product, mut serial) = match &after {
        Some(key @ Key::Item(_, serial)) => (Some(scan::product_of(key)?), Some(*serial)),
        _ => (None, None),
    };
    while entries.len() < limit {
        let gtin = match product {
            Some(gtin) if serial.is_some() => gtin,
            last => match scan::products(inner, Kind::Item, last, 1).await?.pop() {
                Some(gtin) => gtin,
                None => break,
            },
        };
        product = Some(gtin);
        let generation = generation(inner, gtin).await?;
        let kept = window.as_ref().filter(|kept| kept.generation == generation && kept.covers(gtin, serial.as_ref()));
        if kept.is_none() {
            *window = Some(gather(inner, gtin, generation, serial).await?);
        }
        let Some(held) = window.as_ref() else { break };
        let from = held.units.partition_point(|(unit, _)| Some(unit.as_str()) <= serial.as_ref().map(Serial::as_str));
        let page = held.units[from..].iter().take(limit - entries.len());
        entries.extend(page.map(|(serial, entry)| (Key::Item(gtin, *serial), entry.clone())));
        let all = entries.len() < limit;
        // On in this product while there is more of it, else to the next.
        serial = match held.units.last() {
            Some((last, _)) if all && !held.complete => Some(*last),
            _ => None,
        };
        if generation_unsettled(inner, generation).await? {
            // A commit is writing units of this product: what was read is right for this page, not for a later one.
            *window = None;
        }
    }
    Ok(entries)
}

async fn generation(inner: &Inner, gtin: Gtin14) -> Result<Option<Revision>, StoreError> {
    let ask = inner.get(&name::generation(gtin));
    let stored = bytes(inner.witnessed(ask.slot, ask.command).await?, "GET")?;
    let parse = |stored: Vec<u8>| core::str::from_utf8(&stored).ok()?.parse().ok();
    stored
        .map(|stored| parse(stored).ok_or_else(|| StoreError::Corrupt("Item: a product's revision".to_owned())))
        .transpose()
}

/// Whether the commit of a generation is still under way.
async fn generation_unsettled(inner: &Inner, generation: Option<Revision>) -> Result<bool, StoreError> {
    let (marker, _) = inner.look(&[], What::Presence, Manner::Patient).await?;
    Ok(generation.is_some_and(|generation| generation > marker.revision))
}

/// Read a product's buckets and keep the first units after a serial.
async fn gather(
    inner: &Inner,
    gtin: Gtin14,
    generation: Option<Revision>,
    after: Option<Serial>,
) -> Result<Window, StoreError> {
    for _ in 0..TRIES {
        let bits = bits(inner, gtin).await?;
        let mut window = Window { gtin, generation, after, units: Vec::new(), complete: true };
        let numbers: Vec<u32> = bucket::numbers(bits).collect();
        for numbers in numbers.chunks(BUCKETS) {
            let asks: Vec<Ask> = numbers.iter().map(|number| inner.all_of(&name::bucket(gtin, *number))).collect();
            for reply in inner.fleet.ask(&asks, Manner::Patient).await? {
                for (field, value) in pairs(reply).ok_or_else(|| odd("HGETALL"))? {
                    window.add(&field, &value)?;
                }
            }
            if window.units.len() >= 2 * WINDOW {
                window.shorten();
            }
        }
        window.shorten();
        window.units.sort_unstable_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
        // Buckets that split meanwhile may have been gone when their turn came.
        if self::bits(inner, gtin).await? == bits {
            return Ok(window);
        }
    }
    Err(StoreError::Unreachable("the buckets of a product do not come to rest".to_owned()))
}

async fn bits(inner: &Inner, gtin: Gtin14) -> Result<u8, StoreError> {
    let ask = inner.get(&name::bits(gtin));
    Ok(split::parsed(bytes(inner.witnessed(ask.slot, ask.command).await?, "GET")?)?.now)
}

impl Window {
    fn add(&mut self, field: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let serial = serial::unpack(field).ok_or_else(|| StoreError::Corrupt("Item: a serial".to_owned()))?;
        if self.after.is_none_or(|after| serial.as_str() > after.as_str()) {
            self.units.push((serial, codec::decode(Kind::Item, value)?));
        }
        Ok(())
    }

    /// Keep the first ones.
    fn shorten(&mut self) {
        if self.units.len() > WINDOW {
            self.units.select_nth_unstable_by(WINDOW, |(a, _), (b, _)| a.as_str().cmp(b.as_str()));
            self.units.truncate(WINDOW);
            self.complete = false;
        }
    }
}
