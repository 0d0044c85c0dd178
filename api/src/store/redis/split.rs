//! Making room: more buckets for a product before units are written to it. The protocol is in `bucket`.

use std::collections::{BTreeMap, HashMap};

use gs1::Gtin14;
use redis::cmd;

use super::ask::{Ask, Manner};
use super::bucket::{self, Bits, MOST_BITS};
use super::reply::{bytes, number, odd, pairs};
use super::write::Write;
use super::{Inner, name, serial};
use crate::registry::Revision;
use crate::store::{Dependency, StoreError};

/// Buckets that are looked at to learn how full they are; the hash spreads units evenly.
const SAMPLES: u32 = 4;
/// Buckets copied or unlinked at a time.
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
    revision: Revision,
    units: &BTreeMap<Gtin14, usize>,
) -> Result<Room, StoreError> {
    let mut room = Room::default();
    let all: Vec<(Gtin14, usize)> = units.iter().map(|(gtin, count)| (*gtin, *count)).collect();
    for products in all.chunks(PRODUCTS) {
        let gtins: Vec<Gtin14> = products.iter().map(|(gtin, _)| *gtin).collect();
        let current = bits_of(inner, &gtins).await?;
        for (&gtin, bits) in gtins.iter().zip(&current) {
            if let Some(leaving) = bits.leaving {
                // Somebody died between swapping and unlinking.
                leave(inner, revision, gtin, leaving, bits.now, &mut room.names).await?;
            }
        }
        let held = held(inner, &gtins, &current).await?;
        for (((gtin, count), bits), held) in products.iter().zip(current).zip(held) {
            let wanted = wanted(bits.now, held, *count, inner.bucket_units);
            if wanted > bits.now {
                grow(inner, revision, *gtin, bits.now, wanted).await?;
                leave(inner, revision, *gtin, bits.now, wanted, &mut room.names).await?;
            }
            inner.bits.note(*gtin, wanted);
            room.bits.insert(*gtin, wanted);
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

/// Copy, then swap.
async fn grow(inner: &Inner, revision: Revision, gtin: Gtin14, old: u8, new: u8) -> Result<(), StoreError> {
    let numbers: Vec<u32> = bucket::numbers(old).collect();
    // A bucket becomes several: the copies of one round are to stay few.
    let round = (BUCKETS >> (new - old).min(8)).max(1);
    for numbers in numbers.chunks(round) {
        let asks: Vec<Ask> = numbers.iter().map(|number| inner.all_of(&name::bucket(gtin, *number))).collect();
        let replies = inner.fleet.ask(&asks, Manner::Patient).await?;
        let mut writes = Vec::new();
        for (number, reply) in numbers.iter().zip(replies) {
            let mut parts: BTreeMap<u32, Vec<Vec<u8>>> = BTreeMap::new();
            for (field, value) in pairs(reply).ok_or_else(|| odd("HGETALL"))? {
                let serial = serial::unpack(&field).ok_or_else(|| StoreError::Corrupt("Item: a serial".to_owned()))?;
                parts.entry(bucket::number(&serial, new)).or_default().extend([field, value]);
            }
            if old > 0 || !parts.is_empty() {
                // What an earlier try left there.
                let children = (number << (new - old))..((number + 1) << (new - old));
                writes.extend(children.map(|number| Write::unlink(name::bucket(gtin, number))));
            }
            writes.extend(parts.into_iter().map(|(to, fields)| Write::fields(name::bucket(gtin, to), fields, false)));
        }
        inner.fleet.write(revision, writes).await?;
    }
    let swapped = Bits { now: new, leaving: Some(old) };
    inner.fleet.write(revision, vec![Write::set(name::bits(gtin), swapped.text().into_bytes(), false)]).await?;
    Ok(())
}

/// Unlink the buckets of old.
async fn leave(
    inner: &Inner,
    revision: Revision,
    gtin: Gtin14,
    old: u8,
    new: u8,
    names: &mut Vec<Dependency>,
) -> Result<(), StoreError> {
    let numbers: Vec<u32> = bucket::numbers(old).collect();
    for numbers in numbers.chunks(BUCKETS) {
        let gone = numbers.iter().map(|number| name::bucket(gtin, *number));
        let writes: Vec<Write> = gone.map(Write::unlink_and_tell).collect();
        names.extend(writes.iter().map(|write| Dependency::on(write.name.as_bytes())));
        inner.fleet.write(revision, writes).await?;
    }
    let settled = Write::set(name::bits(gtin), Bits::of(new).text().into_bytes(), false);
    inner.fleet.write(revision, vec![settled]).await?;
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
