//! Recording a check: one script, `record.lua`.

use redis::Value;

use super::super::reply::{bytes, number, odd};
use super::super::script::RECORD;
use super::super::{Inner, name};
use crate::registry::Standing;
use crate::store::codec::{self, ledger as packed};
use crate::store::ledger::{AGAIN_S, Check, Counted, REPEAT_S, Recorded, Unit, VISIT_KEPT_S, VISITS_KEPT, time};
use crate::store::{Entry, Key, Kind, StoreError};

/// Record it, and see to it that it is tallied.
pub(super) async fn record(inner: &Inner, check: &Check) -> Result<Recorded, StoreError> {
    let Unit { gtin, serial } = check.unit;
    let slot = inner.slot_of(&check.unit);
    let mut command = RECORD.with_names(&inner.fleet, slot, 7).await?;
    command
        .arg(inner.fleet.spread.witness(slot))
        .arg(name::counters(&check.unit))
        .arg(name::visits(&check.unit))
        .arg(name::check_key(&check.unit, check.key))
        .arg(name::client(&check.unit, check.visit.client))
        .arg(name::client(&check.unit, check.yesterday))
        .arg(name::place(&Key::Standing(gtin, serial), |_| 1).name);
    command
        .arg(time::ms(check.visit.at))
        .arg(check.visit.client.0.to_be_bytes().as_slice())
        .arg(check.yesterday.0.to_be_bytes().as_slice())
        .arg([packed::province_byte(check.visit.province)].as_slice())
        .arg(VISIT_KEPT_S * 1_000)
        .arg(REPEAT_S * 1_000)
        .arg(AGAIN_S * 1_000)
        .arg(VISITS_KEPT);
    let recorded = recorded(inner.act(slot, command).await?)?;
    if recorded.counted == Counted::New && !recorded.again {
        inner.tallies.add(time::tally_day(check.visit.at), gtin, check.visit.province);
    }
    Ok(recorded)
}

fn recorded(reply: Value) -> Result<Recorded, StoreError> {
    let Value::Array(reply) = reply else { return Err(odd("a check")) };
    let [again, counted, count, first, visits, standing] = <[Value; 6]>::try_from(reply).map_err(|_| odd("a check"))?;
    let (Some(again @ 0..=1), Some(counted @ 0..=1)) = (number(&again), number(&counted)) else {
        return Err(odd("a check"));
    };
    let digits = |value| {
        let text = bytes(value, "a check").ok().flatten()?;
        core::str::from_utf8(&text).ok()?.parse::<u64>().ok()
    };
    let damaged = || StoreError::Corrupt("ledger: the counters of a unit".to_owned());
    Ok(Recorded {
        counted: if counted == 1 { Counted::New } else { Counted::Repeat },
        again: again == 1,
        count: digits(count).ok_or_else(damaged)?,
        first_at: digits(first).and_then(time::at_ms).ok_or_else(damaged)?,
        visits: packed::unpack_visits(&bytes(visits, "a check")?.unwrap_or_default())?,
        standing: standing_of(bytes(standing, "a check")?.as_deref())?,
    })
}

/// A standing from its bytes, if there is one.
pub(super) fn standing_of(bytes: Option<&[u8]>) -> Result<Standing, StoreError> {
    let entry = bytes.map(|bytes| codec::decode(Kind::Standing, bytes)).transpose()?;
    Ok(match entry {
        Some(Entry::Standing(standing)) => Standing::clone(&standing),
        _ => Standing::default(),
    })
}
