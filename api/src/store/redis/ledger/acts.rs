//! The ledger's other acts: standings, visits that are forgotten, PINs, keys for clients, alerts.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use redis::{Cmd, Value, cmd};

use super::super::ask::{Ask, Manner};
use super::super::read::What;
use super::super::reply::{bytes, odd};
use super::super::write::is_yes;
use super::super::{Inner, name};
use super::{ACT, record};
use crate::registry::{ClientHash, Digest, Standing};
use crate::store::codec::{self, ledger as packed};
use crate::store::ledger::{ALERTS_KEPT, Alert, FINGERPRINT_OF_BEFORE, PinTry, TRIES_S, TryLimits, Unit, time};
use crate::store::{Entry, Key, StoreError};

/// How long it is remembered who wrote a standing, in milliseconds: longer than anybody asks again.
const WRITER_MS: u32 = 60_000;

const STAND: &str = include_str!("stand.lua");
const TRY_PIN: &str = include_str!("try_pin.lua");
const ALERT: &str = include_str!("alert.lua");

/// `KEYS`: witness, visits.
const FORGET: &str = r"
local witness = redis.call('GET', KEYS[1])
if not witness then return redis.error_reply('EMPTIED no witness') end
redis.call('SET', KEYS[1], witness)
return redis.call('UNLINK', KEYS[2])
";

/// `KEYS`: witness, a PIN. `ARGV`: its keyed hash.
const PUT_PIN: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
redis.call('SET', KEYS[2], ARGV[1])
return 1
";

/// `KEYS`: witness, a PIN. `ARGV`: its keyed hash, for where there is none. Returns whether it is the one that is there
/// now. What is there is written as it is, so that replicas are waited for.
const ADD_PIN: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local there = redis.call('GET', KEYS[2]) or ARGV[1]
redis.call('SET', KEYS[2], there)
return there == ARGV[1] and 1 or 0
";

/// `KEYS`: witness, the key of a day. `ARGV`: the key that is offered; when it is over, in milliseconds since 1970. A
/// day that is over has none, whatever is set. What is there is written as it is, so that replicas are waited for.
const CLIENT_KEY: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local key = redis.call('GET', KEYS[2])
if key then
  redis.call('SET', KEYS[2], key, 'KEEPTTL')
  return key
end
redis.call('SET', KEYS[2], ARGV[1], 'PXAT', ARGV[2])
return redis.call('GET', KEYS[2])
";

/// `KEYS`: witness, the fingerprint of the secret. `ARGV`: the one that is offered. What is there is written as it is,
/// so that replicas are waited for.
const FINGERPRINT: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local there = redis.call('GET', KEYS[2]) or ARGV[1]
redis.call('SET', KEYS[2], there)
return there
";

/// A mark that nobody else has. Not a secret.
fn mark() -> [u8; 8] {
    RandomState::new().build_hasher().finish().to_be_bytes()
}

/// A script with the witness of a slot and other names in that slot; its arguments are to follow.
fn script(inner: &Inner, slot: u16, text: &str, names: &[&str]) -> Cmd {
    let mut command = cmd("EVAL");
    command.arg(text).arg(names.len() + 1).arg(inner.fleet.spread.witness(slot));
    for name in names {
        command.arg(*name);
    }
    command
}

/// Put a standing in place of the one of this version.
pub(super) async fn stand(inner: &Inner, of: &Unit, version: u64, standing: &Standing) -> Result<bool, StoreError> {
    let key = Key::Standing(of.gtin, of.serial);
    let (_, found) = super::in_time(ACT, inner.look(core::slice::from_ref(&key), What::Value, Manner::Check)).await?;
    let there = found.into_iter().next().and_then(|found| found.value);
    if record::standing_of(there.as_deref())?.version != version {
        return Ok(false);
    }
    let next = Standing { version: version + 1, ..standing.clone() };
    let next = codec::encode(&Entry::Standing(Arc::new(next)))?;
    let slot = inner.slot_of(of);
    let mut command = script(inner, slot, STAND, &[&name::place(&key, |_| 1).name, &name::standing_writer(of)]);
    command.arg(there.unwrap_or_default()).arg(next).arg(mark().as_slice()).arg(WRITER_MS);
    Ok(is_yes(&inner.act(slot, command).await?))
}

/// Forget visits.
pub(super) async fn forget_visits(inner: &Inner, of: &Unit) -> Result<(), StoreError> {
    let slot = inner.slot_of(of);
    inner.act(slot, script(inner, slot, FORGET, &[&name::visits(of)])).await.map(|_| ())
}

/// Take a try of a PIN; a wrong one is counted.
pub(super) async fn try_pin(
    inner: &Inner,
    of: &Unit,
    tried: Digest,
    client: ClientHash,
    limits: TryLimits,
    now: Timestamp,
) -> Result<PinTry, StoreError> {
    let slot = inner.slot_of(of);
    let mut command = script(inner, slot, TRY_PIN, &[&name::pin(of), &name::tries(of)]);
    command.arg(time::ms(now)).arg(client.0.to_be_bytes().as_slice()).arg(limits.per_client).arg(limits.per_unit);
    command.arg(TRIES_S * 1_000).arg(mark().as_slice()).arg(packed::encode_pin(&tried.0)?);
    match inner.act(slot, command).await? {
        Value::Int(wait_ms) => {
            let wait_ms = u64::try_from(wait_ms).unwrap_or_default();
            Ok(PinTry::TooOften { after_s: wait_ms.div_ceil(1_000).max(1) })
        }
        reply => match bytes(reply, "a try")? {
            Some(pin) => Ok(PinTry::Taken(Digest(packed::decode_pin(&pin)?))),
            None => Ok(PinTry::None),
        },
    }
}

/// Keep PINs.
pub(super) async fn put_pins(inner: &Inner, pins: &[(Unit, Digest)]) -> Result<(), StoreError> {
    inner.acts(pin_by_pin(inner, PUT_PIN, pins)?).await.map(|_| ())
}

/// Keep PINs where there are none: whether each is the one that is there now.
pub(super) async fn add_pins(inner: &Inner, pins: &[(Unit, Digest)]) -> Result<Vec<bool>, StoreError> {
    let replies = inner.acts(pin_by_pin(inner, ADD_PIN, pins)?).await?;
    Ok(replies.iter().map(is_yes).collect())
}

fn pin_by_pin(inner: &Inner, text: &str, pins: &[(Unit, Digest)]) -> Result<Vec<Ask>, StoreError> {
    let mut asks = Vec::with_capacity(pins.len() + 1);
    for (of, pin) in pins {
        let slot = inner.slot_of(of);
        let mut command = script(inner, slot, text, &[&name::pin(of)]);
        command.arg(packed::encode_pin(&pin.0)?);
        asks.push(Ask { slot, command });
    }
    Ok(asks)
}

/// The key of a day, unless that day is over, by the caller's clock or by Redis'.
pub(super) async fn client_key(
    inner: &Inner,
    day: Date,
    offered: [u8; 32],
    now: Timestamp,
) -> Result<Option<[u8; 32]>, StoreError> {
    let ends = time::client_key_ends(day);
    if ends <= now {
        return Ok(None);
    }
    let name = name::client_key(day);
    let slot = inner.fleet.spread.slot(name.as_bytes());
    let mut command = script(inner, slot, CLIENT_KEY, &[&name]);
    command.arg(packed::encode_client_key(&offered)?).arg(time::ms(ends));
    let key = bytes(inner.act(slot, command).await?, "a key for clients")?;
    key.map(|key| packed::decode_client_key(&key)).transpose()
}

/// The fingerprint of the secret; the one that is offered, if there is none.
pub(super) async fn fingerprint(inner: &Inner, offered: [u8; 32]) -> Result<[u8; 32], StoreError> {
    let get = async |name: &str| {
        let slot = inner.fleet.spread.slot(name.as_bytes());
        let there = super::in_time(ACT, inner.witnessed(slot, cmd("GET").arg(name).to_owned())).await?;
        bytes(there, "the fingerprint of the secret")
    };
    // Two slots, so not one step: what is of before does not change any more.
    let offered = match get(name::FINGERPRINT).await? {
        Some(there) => return packed::decode_fingerprint(&there),
        None => match get(&name::client_key(FINGERPRINT_OF_BEFORE)).await? {
            Some(before) => packed::decode_client_key(&before)?,
            None => offered,
        },
    };
    let slot = inner.fleet.spread.slot(name::FINGERPRINT.as_bytes());
    let mut command = script(inner, slot, FINGERPRINT, &[name::FINGERPRINT]);
    command.arg(packed::encode_fingerprint(&offered)?);
    let there = bytes(inner.act(slot, command).await?, "the fingerprint of the secret")?;
    packed::decode_fingerprint(&there.unwrap_or_default())
}

/// Add an alert.
pub(super) async fn alert(inner: &Inner, alert: &Alert) -> Result<(), StoreError> {
    let slot = inner.fleet.spread.slot(name::ALERTS.as_bytes());
    let mut command = script(inner, slot, ALERT, &[name::ALERTS]);
    command.arg(packed::encode_alert(alert)?).arg(mark().as_slice()).arg(ALERTS_KEPT);
    if is_yes(&inner.act(slot, command).await?) { Ok(()) } else { Err(odd("an alert")) }
}
