//! What operators read of the ledger.

use core::ops::Bound;

use gs1::Gtin14;
use jiff::Timestamp;
use jiff::civil::Date;
use redb::{Database, ReadOnlyTable, ReadableDatabase as _, ReadableTable as _};

use super::acts::sequence;
use super::books::{ALERTS, HELD, TALLIES, UNITS, get, unit};
use crate::store::StoreError;
use crate::store::codec::ledger as packed;
use crate::store::embedded::table::{Bytes, failed, lost, unreachable};
use crate::store::ledger::held::Held;
use crate::store::ledger::{Alert, Tally, Unit, Visit};

/// Bytes of a day as text.
const DAY_BYTES: usize = 10;

fn table(db: &Database, table: Bytes) -> Result<ReadOnlyTable<&'static [u8], &'static [u8]>, StoreError> {
    db.begin_read().map_err(unreachable)?.open_table(table).map_err(lost)
}

/// Visits that are kept of a unit.
pub(super) fn visits(db: &Database, of: &Unit, now: Timestamp) -> Result<Vec<Visit>, StoreError> {
    let mut checks = get(&table(db, UNITS)?, &unit(of), packed::decode_checks)?.unwrap_or_default();
    checks.expire(now);
    Ok(checks.visits)
}

/// What is held of a unit.
pub(super) fn held(db: &Database, of: &Unit) -> Result<Option<Held>, StoreError> {
    get(&table(db, HELD)?, &unit(of), packed::decode_held)
}

/// Units of which something is held.
pub(super) fn units_held(db: &Database) -> Result<Vec<Unit>, StoreError> {
    table(db, HELD)?.iter().map_err(failed)?.map(|row| packed::unit_of(row.map_err(failed)?.0.value())).collect()
}

/// Alerts after a sequence number; at most `limit`.
pub(super) fn alerts(db: &Database, after: u64, limit: usize) -> Result<Vec<(u64, Alert)>, StoreError> {
    let after = after.to_be_bytes();
    let rows = table(db, ALERTS)?;
    let rows = rows.range::<&[u8]>((Bound::Excluded(after.as_slice()), Bound::Unbounded)).map_err(failed)?;
    rows.take(limit)
        .map(|row| {
            let (number, alert) = row.map_err(failed)?;
            Ok((sequence(number.value())?, packed::decode_alert(alert.value())?))
        })
        .collect()
}

/// Tallies of these days.
pub(super) fn tallies(db: &Database, from: Date, to: Date) -> Result<Vec<Tally>, StoreError> {
    let rows = table(db, TALLIES)?;
    let from = from.to_string();
    rows.range::<&[u8]>(from.as_bytes()..)
        .map_err(failed)?
        .map(|row| {
            let (key, checks) = row.map_err(failed)?;
            tally(key.value(), packed::decode_tally(checks.value())?)
        })
        .take_while(|tally| tally.as_ref().map_or(true, |tally| tally.day <= to))
        .collect()
}

fn tally(row: &[u8], checks: u64) -> Result<Tally, StoreError> {
    let parse = || {
        let (day, rest) = row.split_at_checked(DAY_BYTES)?;
        let [gtin @ .., province] = rest else { return None };
        let gtin: &[u8; 6] = gtin.try_into().ok()?;
        let day = core::str::from_utf8(day).ok()?.parse().ok()?;
        let gtin = Gtin14::from_u64(gtin.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte)))?;
        Some(Tally { day, gtin, province: packed::province_of(*province), checks })
    };
    parse().ok_or_else(|| StoreError::Corrupt("ledger: a tally".to_owned()))
}
