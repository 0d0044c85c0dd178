//! Recording a check, inside a transaction.
//!
//! What is on record is read and judged before anything is written: a damaged row fails its own check and no other.

use super::books::{Books, get, put, unit};
use crate::store::StoreError;
use crate::store::codec::ledger::{self as packed, Known};
use crate::store::ledger::{Check, Counted, Recorded, Unit, Visit, time};

/// Record it.
pub(super) fn record(books: &mut Books<'_>, check: &Check) -> Result<Recorded, StoreError> {
    let at = time::kept(check.visit.at);
    let check = &Check { visit: Visit { at, ..check.visit }, ..check.clone() };
    let row = unit(&check.unit);
    let mut checks = books.checks(&row)?;
    let standing = books.standing(&row)?;
    if let Some(known) = books.known(&row, check.key, at)? {
        if checks.count == 0 {
            return Err(StoreError::Corrupt("ledger: a check of a unit that has none".to_owned()));
        }
        checks.expire(at);
        let (first_at, visits) = (checks.first_at, checks.visits);
        return Ok(Recorded { counted: known.counted, again: true, count: known.count, first_at, visits, standing });
    }
    let client = check.visit.client;
    let seen = books.has_counted(&row, client, at)? || books.has_counted(&row, check.yesterday, at)?;
    let tally_row = tally(check);
    let tally = get(&books.tallies, &tally_row, packed::decode_tally)?.unwrap_or_default();

    let new_day = !checks.visits.iter().any(|visit| time::day(visit.at) == time::day(at));
    let counted = checks.add(check, seen);
    put(&mut books.units, &row, &packed::encode_checks(&checks)?)?;
    if new_day {
        let day = [&time::day(at).to_be_bytes()[..], &row].concat();
        put(&mut books.visit_days, &day, &[])?;
    }
    books.know(&row, check.key, &Known { at, counted, count: checks.count })?;
    if counted == Counted::New {
        books.count_client(&row, client, at)?;
        put(&mut books.tallies, &tally_row, &packed::encode_tally(tally.saturating_add(1))?)?;
    }
    let (count, first_at, visits) = (checks.count, checks.first_at, checks.visits);
    Ok(Recorded { counted, again: false, count, first_at, visits, standing })
}

/// The row that counts a check by day, product and province. A day as text sorts as it should until the year 9999.
fn tally(check: &Check) -> Vec<u8> {
    let mut row = time::tally_day(check.visit.at).to_string().into_bytes();
    let [_, _, gtin @ ..] = check.unit.gtin.as_u64().to_be_bytes();
    row.extend_from_slice(&gtin);
    row.push(packed::province_byte(check.visit.province));
    row
}

/// Forget the visits of a unit.
pub(super) fn forget_visits(books: &mut Books<'_>, of: &Unit) -> Result<(), StoreError> {
    let row = unit(of);
    let mut checks = books.checks(&row)?;
    if checks.visits.is_empty() {
        return Ok(());
    }
    checks.visits.clear();
    put(&mut books.units, &row, &packed::encode_checks(&checks)?)
}
