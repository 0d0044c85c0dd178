//! Making room: more buckets for a product before units are written to it. The protocol is in `bucket`.

use std::collections::{BTreeMap, HashMap};

use gs1::Gtin14;
use redis::cmd;

use super::ask::{Ask, Manner};
use super::attempt::Attempt;
use super::bucket::{self, Bits, MOST_BITS};
use super::reply::{bytes, number, odd, pairs};
use super::write::Write;
use super::{Inner, name, serial};
use crate::store::{Dependency, StoreError};

/// Buckets that are looked at to learn how full they are; the hash spreads units evenly.
const SAMPLES: u32 = 4;
/// Copies made at a time.
const BUCKETS: usize = 512;
/// Products looked at at a time.
const PRODUCTS: usize = 1_024;

/// Where units go.
#[derive(Default)]
pub(super) struct Room {
    pub(super) bits: HashMap<Gtin14, u8>,
    /// Buckets that are no more.
    pub(super) names: Vec<Dependency>,
}

/// See to it that so many more units of each product find room.
pub(super) async fn make_room(
    inner: &Inner,
    attempt: &Attempt,
    units: &BTreeMap<Gtin14, usize>,
) -> Result<Room, StoreError> {
    let mut room = Room::default();
    let all: Vec<(Gtin14, usize)> = units.iter().map(|(gtin, count)| (*gtin, *count)).collect();
    for products in all.chunks(PRODUCTS) {
        let gtins: Vec<Gtin14> = products.iter().map(|(gtin, _)| *gtin).collect();
        let current = bits_of(inner, &gtins).await?;
        // Somebody died between swapping and unlinking.
        let left = gtins.iter().zip(&current);
        let left = left.filter_map(|(&gtin, bits)| bits.leaving.map(|old| Growth { gtin, old, new: bits.now }));
        leave(inner, attempt, &left.collect::<Vec<_>>(), &mut room.names).await?;
        let held = held(inner, &gtins, &current).await?;
        let mut growing = Vec::new();
        for (((gtin, count), bits), held) in products.iter().zip(current).zip(held) {
            let wanted = wanted(bits.now, held, *count, inner.bucket_units);
            if wanted > bits.now {
                growing.push(Growth { gtin: *gtin, old: bits.now, new: wanted });
            }
            room.bits.insert(*gtin, wanted);
        }
        grow(inner, attempt, &growing).await?;
        leave(inner, attempt, &growing, &mut room.names).await?;
        for (gtin, _) in products {
            inner.bits.note(*gtin, room.bits[gtin]);
        }
    }
    Ok(room)
}

/// The bits of products, as stored.
pub(super) async fn bits_of(inner: &Inner, gtins: &[Gtin14]) -> Result<Vec<Bits>, StoreError> {
    let asks: Vec<Ask> = gtins.iter().map(|gtin| inner.get(&name::bits(*gtin))).collect();
    let replies = inner.fleet.ask(&asks, Manner::Patient).await?;
    replies.into_iter().map(|reply| parsed(bytes(reply, "GET")?)).collect()
}

/// Bits as stored; nothing: one bucket.
pub(super) fn parsed(stored: Option<Vec<u8>>) -> Result<Bits, StoreError> {
    let Some(stored) = stored else { return Ok(Bits::default()) };
    Bits::parse(&stored).ok_or_else(|| StoreError::Corrupt("Item: the number of a product's buckets".to_owned()))
}

/// How many units the buckets of each product hold on average.
async fn held(inner: &Inner, gtins: &[Gtin14], bits: &[Bits]) -> Result<Vec<f64>, StoreError> {
    let mut asks = Vec::new();
    for (gtin, bits) in gtins.iter().zip(bits) {
        for number in bucket::numbers(bits.now).take(SAMPLES as usize) {
            let name = name::bucket(*gtin, number);
            asks.push(Ask {
                slot: inner.fleet.spread.slot(name.as_bytes()),
                command: cmd("HLEN").arg(name).to_owned(),
            });
        }
    }
    let mut replies = inner.fleet.ask(&asks, Manner::Patient).await?.into_iter();
    let held = bits.iter().map(|bits| {
        let samples = bucket::numbers(bits.now).take(SAMPLES as usize).len();
        let mut sum = 0.0;
        for reply in replies.by_ref().take(samples) {
            let length = number(&reply).and_then(|length| u32::try_from(length).ok()).ok_or_else(|| odd("HLEN"))?;
            sum += f64::from(length);
        }
        Ok(sum / f64::from(u32::try_from(samples).unwrap_or(1)))
    });
    held.collect()
}

/// How many bits there should be for so many more units.
fn wanted(now: u8, held: f64, more: usize, most: u32) -> u8 {
    // Exact for any number of units that fits one commit.
    #[allow(clippy::cast_precision_loss, reason = "a commit has far fewer than 2^52 units")]
    let mut mean = held + more as f64 / f64::from(1u32 << now);
    let mut bits = now;
    while mean > f64::from(most) && bits < MOST_BITS {
        mean /= 2.0;
        bits += 1;
    }
    bits
}

/// A product that gets more buckets.
#[derive(Clone, Copy)]
struct Growth {
    gtin: Gtin14,
    old: u8,
    new: u8,
}

impl Growth {
    /// The buckets of old.
    fn buckets(self) -> impl Iterator<Item = (Self, u32)> {
        bucket::numbers(self.old).map(move |number| (self, number))
    }

    /// What a bucket of old becomes.
    fn children(self, number: u32) -> core::ops::Range<u32> {
        number << (self.new - self.old)..(number + 1) << (self.new - self.old)
    }
}

/// Copy, then swap.
async fn grow(inner: &Inner, attempt: &Attempt, growing: &[Growth]) -> Result<(), StoreError> {
    let buckets: Vec<(Growth, u32)> = growing.iter().flat_map(|growth| growth.buckets()).collect();
    let mut rest = buckets.as_slice();
    while !rest.is_empty() {
        // A bucket becomes several: the copies of one round are to stay few.
        let mut copies = 0;
        let fits = |(growth, number): &&(Growth, u32)| {
            let before = copies;
            copies += growth.children(*number).len();
            before < BUCKETS
        };
        let (round, later) = rest.split_at(rest.iter().take_while(fits).count());
        copy(inner, attempt, round).await?;
        rest = later;
    }
    let swapped = growing.iter().map(|it| {
        let bits = Bits { now: it.new, leaving: Some(it.old) };
        Write::set(name::bits(it.gtin), bits.text().into_bytes(), false)
    });
    inner.fleet.write(attempt, swapped.collect()).await?;
    Ok(())
}

/// Copy buckets of old to what they become.
async fn copy(inner: &Inner, attempt: &Attempt, buckets: &[(Growth, u32)]) -> Result<(), StoreError> {
    let asks: Vec<Ask> = buckets.iter().map(|(it, number)| inner.all_of(&name::bucket(it.gtin, *number))).collect();
    let replies = inner.fleet.ask(&asks, Manner::Patient).await?;
    let (mut cleared, mut copies) = (Vec::new(), Vec::new());
    for (&(growth, number), reply) in buckets.iter().zip(replies) {
        let Growth { gtin, old, new } = growth;
        let mut parts: BTreeMap<u32, Vec<Vec<u8>>> = BTreeMap::new();
        for (field, value) in pairs(reply).ok_or_else(|| odd("HGETALL"))? {
            let serial = serial::unpack(&field).ok_or_else(|| StoreError::Corrupt("Item: a serial".to_owned()))?;
            parts.entry(bucket::number(&serial, new)).or_default().extend([field, value]);
        }
        if old > 0 || !parts.is_empty() {
            // What an earlier try left there.
            cleared.extend(growth.children(number).map(|number| Write::unlink(name::bucket(gtin, number))));
        }
        copies.extend(parts.into_iter().map(|(to, fields)| Write::fields(name::bucket(gtin, to), fields, false)));
    }
    inner.fleet.write(attempt, cleared).await?;
    inner.fleet.write(attempt, copies).await?;
    Ok(())
}

/// Unlink the buckets of old.
async fn leave(
    inner: &Inner,
    attempt: &Attempt,
    growing: &[Growth],
    names: &mut Vec<Dependency>,
) -> Result<(), StoreError> {
    let gone = growing.iter().flat_map(|growth| growth.buckets());
    let gone: Vec<Write> = gone.map(|(it, number)| Write::unlink_and_tell(name::bucket(it.gtin, number))).collect();
    names.extend(gone.iter().map(|write| Dependency::on(write.name.as_bytes())));
    inner.fleet.write(attempt, gone).await?;
    let settled = growing.iter().map(|it| Write::set(name::bits(it.gtin), Bits::of(it.new).text().into_bytes(), false));
    inner.fleet.write(attempt, settled.collect()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_grow_when_they_would_hold_too_many() {
        assert_eq!(wanted(0, 0.0, 100, 128), 0);
        assert_eq!(wanted(0, 100.0, 29, 128), 1);
        assert_eq!(wanted(0, 0.0, 1_000_000, 128), 13);
        assert_eq!(wanted(13, 122.0, 0, 128), 13);
        assert_eq!(wanted(MOST_BITS, 1e9, 1, 128), MOST_BITS);
    }
}
