//! Destroying what has outlived its time, a piece at a time.
//!
//! Keys of checks, clients and visits go by whole days and hours: nothing shows them after their time, and they are
//! destroyed a day (an hour) later at most. Keys for clients and tries go on time.

use jiff::{SignedDuration, Timestamp};

use super::books::{Books, Rows, bucket, get, put};
use crate::store::StoreError;
use crate::store::codec::ledger as packed;
use crate::store::embedded::table::failed;
use crate::store::ledger::{AGAIN_S, REPEAT_S, VISIT_KEPT_S, time};

/// Rows destroyed in one transaction: some milliseconds, for which checks wait.
const PIECE: usize = 2_000;

/// Destroy a piece. Returns whether there may be more.
pub(super) fn expire(books: &mut Books<'_>, now: Timestamp) -> Result<bool, StoreError> {
    client_keys(&mut books.client_keys, now)?;
    tries(&mut books.tries, now)?;
    let keys = before(&mut books.keys, time::day(ago(now, AGAIN_S)))?;
    let clients = before(&mut books.clients, time::hour(ago(now, REPEAT_S)))?;
    let units = visits(books, now)?;
    Ok([keys, clients, units].contains(&PIECE))
}

fn ago(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MIN)
}

/// Rows of days or hours before this one.
fn before(rows: &mut Rows<'_>, end: u64) -> Result<usize, StoreError> {
    let end = bucket(end);
    let mut gone = 0;
    for row in rows.extract_from_if(..end.as_slice(), |_, _| true).map_err(failed)?.take(PIECE) {
        row.map_err(failed)?;
        gone += 1;
    }
    Ok(gone)
}

fn client_keys(rows: &mut Rows<'_>, now: Timestamp) -> Result<(), StoreError> {
    rows.retain(|day, _| {
        let day = core::str::from_utf8(day).ok().and_then(|day| day.parse().ok());
        // What is no day is nobody's key.
        day.is_some_and(|day| time::client_key_ends(day) > now)
    })
    .map_err(failed)
}

fn tries(rows: &mut Rows<'_>, now: Timestamp) -> Result<(), StoreError> {
    // A damaged row stays: it refuses tries, which is the safe side.
    rows.retain(|_, tries| packed::decode_tries(tries).map_or(true, |tries| tries.iter().any(|one| !one.is_over(now))))
        .map_err(failed)
}

fn visits(books: &mut Books<'_>, now: Timestamp) -> Result<usize, StoreError> {
    let end = bucket(time::day(ago(now, VISIT_KEPT_S)));
    let mut units = Vec::new();
    for row in books.visit_days.extract_from_if(..end.as_slice(), |_, _| true).map_err(failed)?.take(PIECE) {
        let (row, _) = row.map_err(failed)?;
        units.extend(row.value().split_first_chunk::<8>().map(|(_, unit)| unit.to_vec()));
    }
    for unit in &units {
        // A damaged row is left to whoever reads it.
        if let Ok(Some(mut checks)) = get(&books.units, unit, packed::decode_checks)
            && checks.expire(now)
        {
            put(&mut books.units, unit, &packed::encode_checks(&checks)?)?;
        }
    }
    Ok(units.len())
}
