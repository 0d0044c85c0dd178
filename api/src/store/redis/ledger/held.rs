//! What is held of units: one hash, `w:{held}:units`, in one slot; a field for each unit.

use redis::{Value, cmd};

use super::super::ask::Ask;
use super::super::reply::{bytes, list, odd};
use super::super::write::is_yes;
use super::super::{Inner, name};
use crate::store::codec::ledger as packed;
use crate::store::ledger::held::Held;
use crate::store::ledger::{Unit, VISIT_KEPT_S, Visit, time};
use crate::store::{Key, StoreError};

/// `KEYS`: witness, what is held. `ARGV`: unit, what is held of it as it was (nothing: none), as it is to be (nothing: none).
/// Returns whether it was still that. What is written already is written as it is, so that replicas are waited for.
const HOLD: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('HGET', KEYS[2], ARGV[1]) or ''
if now ~= ARGV[2] and now ~= ARGV[3] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[2], ARGV[1]) else redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
return 1
";

fn field(unit: &Unit) -> Vec<u8> {
    Key::Standing(unit.gtin, unit.serial).to_bytes()
}

fn slot(inner: &Inner) -> u16 {
    inner.fleet.spread.slot(name::HELD.as_bytes())
}

/// Visits that are kept of a unit.
pub(super) async fn visits(inner: &Inner, of: &Unit, now: jiff::Timestamp) -> Result<Vec<Visit>, StoreError> {
    let command = cmd("GET").arg(name::visits(of)).to_owned();
    let stored = bytes(inner.witnessed(inner.slot_of(of), command).await?, "visits")?;
    let mut visits = packed::unpack_visits(&stored.unwrap_or_default())?;
    visits.retain(|visit| !time::is_over(visit.at, VISIT_KEPT_S, now));
    Ok(visits)
}

/// What is held of a unit.
pub(super) async fn held(inner: &Inner, of: &Unit) -> Result<Option<Held>, StoreError> {
    stored(inner, of).await?.map(|bytes| packed::decode_held(&bytes)).transpose()
}

async fn stored(inner: &Inner, of: &Unit) -> Result<Option<Vec<u8>>, StoreError> {
    let command = cmd("HGET").arg(name::HELD).arg(field(of)).to_owned();
    bytes(inner.witnessed(slot(inner), command).await?, "what is held")
}

/// Units of which something is held.
pub(super) async fn units(inner: &Inner) -> Result<Vec<Unit>, StoreError> {
    let command = cmd("HKEYS").arg(name::HELD).to_owned();
    let mut fields = list(inner.witnessed(slot(inner), command).await?).ok_or_else(|| odd("HKEYS"))?;
    fields.sort_unstable();
    fields.iter().map(|field| packed::unit_of(field)).collect()
}

/// Put what is held of a unit in place of the version before it.
pub(super) async fn hold(inner: &Inner, of: &Unit, version: u64, is: Option<&Held>) -> Result<bool, StoreError> {
    let there = stored(inner, of).await?;
    let now = there.as_deref().map(packed::decode_held).transpose()?;
    if now.map_or(0, |now| now.version) != version {
        return Ok(false);
    }
    let is = is.map(packed::encode_held).transpose()?.unwrap_or_default();
    let slot = slot(inner);
    let mut command = cmd("EVAL");
    command.arg(HOLD).arg(2).arg(inner.fleet.spread.witness(slot)).arg(name::HELD);
    command.arg(field(of)).arg(there.unwrap_or_default()).arg(is);
    let reply = inner.acts(vec![Ask { slot, command }]).await?.pop().unwrap_or(Value::Nil);
    Ok(is_yes(&reply))
}
