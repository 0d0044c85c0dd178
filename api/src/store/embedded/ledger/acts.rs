//! The ledger's other acts, inside a transaction: standings, PINs, keys for clients, alerts.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use redb::{ReadableTable as _, ReadableTableMetadata as _};

use super::books::{Books, FINGERPRINT, get, put, unit};
use crate::registry::{ClientHash, Digest, Standing};
use crate::store::codec::{self, ledger as packed};
use crate::store::embedded::table::failed;
use crate::store::ledger::held::Held;
use crate::store::ledger::tries::{self, Try};
use crate::store::ledger::{ALERTS_KEPT, Alert, FINGERPRINT_OF_BEFORE, PinTry, TryLimits, Unit, time};
use crate::store::{Entry, StoreError};

/// Put a standing in place of the one of this version.
pub(super) fn stand(books: &mut Books<'_>, of: &Unit, version: u64, standing: &Standing) -> Result<bool, StoreError> {
    let row = unit(of);
    if books.standing(&row)?.version != version {
        return Ok(false);
    }
    let next = Standing { version: version + 1, ..standing.clone() };
    put(&mut books.standings, &row, &codec::encode(&Entry::Standing(Arc::new(next)))?)?;
    Ok(true)
}

/// Take a try of a PIN; a wrong one is counted.
pub(super) fn try_pin(
    books: &mut Books<'_>,
    of: &Unit,
    tried: Digest,
    client: ClientHash,
    limits: TryLimits,
    now: Timestamp,
) -> Result<PinTry, StoreError> {
    let row = unit(of);
    let Some(pin) = get(&books.pins, &row, packed::decode_pin)? else { return Ok(PinTry::None) };
    let mut before = get(&books.tries, &row, packed::decode_tries)?.unwrap_or_default();
    before.retain(|one| !one.is_over(now));
    if let Some(after_s) = tries::wait_s(&before, client, limits, now) {
        return Ok(PinTry::TooOften { after_s });
    }
    let pin = Digest(pin);
    if tried != pin {
        before.push(Try { client, at: now });
        put(&mut books.tries, &row, &packed::encode_tries(&before)?)?;
    }
    Ok(PinTry::Taken(pin))
}

/// Put what is held of a unit in place of the version before it.
pub(super) fn hold(books: &mut Books<'_>, of: &Unit, version: u64, is: Option<&Held>) -> Result<bool, StoreError> {
    let row = unit(of);
    if get(&books.held, &row, packed::decode_held)?.map_or(0, |now| now.version) != version {
        return Ok(false);
    }
    match is {
        Some(is) => put(&mut books.held, &row, &packed::encode_held(is)?)?,
        None => {
            books.held.remove(row.as_slice()).map_err(failed)?;
        }
    }
    Ok(true)
}

/// Keep PINs.
pub(super) fn put_pins(books: &mut Books<'_>, pins: &[(Unit, Digest)]) -> Result<(), StoreError> {
    pins.iter().try_for_each(|(of, pin)| put(&mut books.pins, &unit(of), &packed::encode_pin(&pin.0)?))
}

/// Keep PINs where there are none: whether each is the one that is there now.
pub(super) fn add_pins(books: &mut Books<'_>, pins: &[(Unit, Digest)]) -> Result<Vec<bool>, StoreError> {
    let add = |(of, pin): &(Unit, Digest)| {
        let row = unit(of);
        let there = get(&books.pins, &row, packed::decode_pin)?;
        if there.is_none() {
            put(&mut books.pins, &row, &packed::encode_pin(&pin.0)?)?;
        }
        Ok(there.is_none_or(|there| there == pin.0))
    };
    pins.iter().map(add).collect()
}

/// The key of a day, unless that day is over.
pub(super) fn client_key(
    books: &mut Books<'_>,
    day: Date,
    offered: [u8; 32],
    now: Timestamp,
) -> Result<Option<[u8; 32]>, StoreError> {
    if time::client_key_ends(day) <= now {
        return Ok(None);
    }
    let row = day.to_string();
    let there = get(&books.client_keys, row.as_bytes(), packed::decode_client_key)?;
    if there.is_none() {
        put(&mut books.client_keys, row.as_bytes(), &packed::encode_client_key(&offered)?)?;
    }
    Ok(Some(there.unwrap_or(offered)))
}

/// The fingerprint of the secret; the one that is offered, if there is none.
pub(super) fn fingerprint(books: &mut Books<'_>, offered: [u8; 32]) -> Result<[u8; 32], StoreError> {
    if let Some(there) = get(&books.fingerprint, FINGERPRINT, packed::decode_fingerprint)? {
        return Ok(there);
    }
    let before = FINGERPRINT_OF_BEFORE.to_string();
    let before = get(&books.client_keys, before.as_bytes(), packed::decode_client_key)?;
    let fingerprint = before.unwrap_or(offered);
    put(&mut books.fingerprint, FINGERPRINT, &packed::encode_fingerprint(&fingerprint)?)?;
    Ok(fingerprint)
}

/// Add an alert.
pub(super) fn alert(books: &mut Books<'_>, alert: &Alert) -> Result<(), StoreError> {
    let value = packed::encode_alert(alert)?;
    let last = books.alerts.last().map_err(failed)?.map(|(row, _)| sequence(row.value())).transpose()?;
    put(&mut books.alerts, &(last.unwrap_or_default() + 1).to_be_bytes(), &value)?;
    while books.alerts.len().map_err(failed)? > ALERTS_KEPT {
        books.alerts.pop_first().map_err(failed)?;
    }
    Ok(())
}

/// The sequence number of a row.
pub(super) fn sequence(row: &[u8]) -> Result<u64, StoreError> {
    row.try_into().map(u64::from_be_bytes).map_err(|_| StoreError::Corrupt("ledger: the number of an alert".to_owned()))
}
