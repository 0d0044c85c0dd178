//! Walking through entries of a kind in the order of their keys.
//!
//! Redis keeps names in no order. For every kind but units and the names of lots there is a sorted set of the keys as
//! bytes, in the order of bytes, written before the entry itself; a key without an entry is passed over. Units are too
//! many for that: see `walk`.

use gs1::Gtin14;
use redis::cmd;

use super::ask::Manner;
use super::read::{What, decoded};
use super::reply::{list, odd, pairs};
use super::{Inner, name, walk};
use crate::store::{Entry, Evidence, Key, Kind, StoreError, codec, not_walked};

/// Keys or products asked of an index at a time.
const PAGE: usize = 1_000;
/// Bytes of a product in a key.
const PRODUCT_BYTES: usize = 6;

/// Entries of a kind after a key; at most `limit`.
pub(super) async fn scan(
    inner: &Inner,
    kind: Kind,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<(Key, Entry)>, StoreError> {
    // Also when there is nothing to walk through: an emptied store is not an empty one.
    inner.look(&[], What::Presence, Manner::Patient).await?;
    match kind {
        Kind::Item => walk::units(inner, after, limit).await,
        Kind::LotName => lot_names(inner, after, limit).await,
        Kind::Standing => Err(not_walked()),
        _ => indexed(inner, kind, after, limit).await,
    }
}

async fn indexed(inner: &Inner, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
    let mut entries = Vec::new();
    let mut after = after.map(|key| key.to_bytes());
    while entries.len() < limit {
        let wanted = (limit - entries.len()).min(PAGE);
        let members = members(inner, kind, after.as_deref(), wanted).await?;
        let last = members.len() < wanted;
        after = members.last().cloned();
        let keys = members.iter().map(|member| Key::from_bytes(kind, member)).collect::<Result<Vec<_>, _>>()?;
        let (_, found) = inner.look(&keys, What::Value, Manner::Patient).await?;
        for (key, found) in keys.into_iter().zip(found) {
            if let Some(value) = found.value {
                let entry = decoded(&key, &value)?;
                entries.push((key, entry));
            }
        }
        if last {
            break;
        }
    }
    Ok(entries)
}

/// Members of a kind's index after one; at most `count`.
async fn members(inner: &Inner, kind: Kind, after: Option<&[u8]>, count: usize) -> Result<Vec<Vec<u8>>, StoreError> {
    let index = name::index(kind);
    let slot = inner.fleet.spread.slot(index.as_bytes());
    let from = after.map_or_else(|| b"-".to_vec(), |after| [b"(", after].concat());
    let mut command = cmd("ZRANGEBYLEX");
    command.arg(index).arg(from).arg("+").arg("LIMIT").arg(0).arg(count);
    let witnessed = inner.witnessed(slot, command).await?;
    list(witnessed).ok_or_else(|| odd("ZRANGEBYLEX"))
}

/// Products of an index of products, from one on or after it.
pub(super) async fn products(
    inner: &Inner,
    kind: Kind,
    after: Option<Gtin14>,
    count: usize,
) -> Result<Vec<Gtin14>, StoreError> {
    let after = after.map(|gtin| Key::Product(gtin).to_bytes());
    let members = members(inner, kind, after.as_deref(), count).await?;
    members
        .iter()
        .map(|member| match Key::from_bytes(Kind::Product, member)? {
            Key::Product(gtin) => Ok(gtin),
            _ => Err(StoreError::Corrupt("an index of products".to_owned())),
        })
        .collect()
}

/// The product of a key that begins with one.
pub(super) fn product_of(key: &Key) -> Result<Gtin14, StoreError> {
    let bytes = key.to_bytes();
    match Key::from_bytes(Kind::Product, bytes.get(..PRODUCT_BYTES).unwrap_or_default())? {
        Key::Product(gtin) => Ok(gtin),
        _ => Err(StoreError::Corrupt("a key of no product".to_owned())),
    }
}

async fn lot_names(inner: &Inner, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
    let mut entries = Vec::new();
    let mut last = None;
    if let Some(Key::LotName(gtin, ordinal)) = after {
        names_of(inner, gtin, Some(ordinal), limit, &mut entries).await?;
        last = Some(gtin);
    }
    while entries.len() < limit {
        let Some(gtin) = products(inner, Kind::LotName, last, 1).await?.pop() else { break };
        names_of(inner, gtin, None, limit, &mut entries).await?;
        last = Some(gtin);
    }
    Ok(entries)
}

async fn names_of(
    inner: &Inner,
    gtin: Gtin14,
    after: Option<u32>,
    limit: usize,
    entries: &mut Vec<(Key, Entry)>,
) -> Result<(), StoreError> {
    let all = inner.all_of(&name::lot_names_of(gtin));
    let fields = pairs(inner.witnessed(all.slot, all.command).await?).ok_or_else(|| odd("HGETALL"))?;
    let mut names = Vec::with_capacity(fields.len());
    for (field, value) in fields {
        let ordinal: Option<u32> = core::str::from_utf8(&field).ok().and_then(|field| field.parse().ok());
        let ordinal = ordinal.ok_or_else(|| StoreError::Corrupt("LotName: an ordinal".to_owned()))?;
        if after.is_none_or(|after| ordinal > after) {
            names.push((ordinal, value));
        }
    }
    names.sort_unstable();
    for (ordinal, value) in names.into_iter().take(limit.saturating_sub(entries.len())) {
        entries.push((Key::LotName(gtin, ordinal), codec::decode(Kind::LotName, &value)?));
    }
    Ok(())
}

/// Evidence after a number; at most `limit`.
pub(super) async fn evidence(inner: &Inner, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
    let mut lines = Vec::new();
    let mut after = after;
    while lines.len() < limit {
        let wanted = (limit - lines.len()).min(PAGE);
        let slot = inner.fleet.spread.slot(name::EVIDENCE.as_bytes());
        let mut command = cmd("XRANGE");
        command.arg(name::EVIDENCE).arg(format!("({after}-0")).arg("+").arg("COUNT").arg(wanted);
        let redis::Value::Array(rows) = inner.witnessed(slot, command).await? else { return Err(odd("XRANGE")) };
        let last = rows.len() < wanted;
        for row in rows {
            let (number, line) = line(row).ok_or_else(|| odd("XRANGE"))?;
            after = number;
            lines.push((number, codec::decode_evidence(&line)?));
        }
        if last {
            break;
        }
    }
    Ok(lines)
}

fn line(row: redis::Value) -> Option<(u64, Vec<u8>)> {
    let redis::Value::Array(row) = row else { return None };
    let [id, fields] = <[redis::Value; 2]>::try_from(row).ok()?;
    let number = super::reply::text(&id)?.split_once('-')?.0.parse().ok()?;
    let (_, line) = pairs(fields)?.pop()?;
    Some((number, line))
}
