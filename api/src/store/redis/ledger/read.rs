//! What operators read of the ledger.

use redis::{Value, cmd};

use super::super::reply::{odd, pairs, text};
use super::super::{Inner, name};
use crate::store::StoreError;
use crate::store::codec::ledger as packed;
use crate::store::ledger::Alert;

/// Alerts asked for at a time.
const PAGE: usize = 1_000;

/// Alerts after a sequence number; at most `limit`.
pub(super) async fn alerts(inner: &Inner, after: u64, limit: usize) -> Result<Vec<(u64, Alert)>, StoreError> {
    let slot = inner.fleet.spread.slot(name::ALERTS.as_bytes());
    let mut alerts = Vec::new();
    let mut after = after;
    while alerts.len() < limit {
        let wanted = (limit - alerts.len()).min(PAGE);
        let mut command = cmd("XRANGE");
        command.arg(name::ALERTS).arg(format!("({after}-0")).arg("+").arg("COUNT").arg(wanted);
        let Value::Array(rows) = inner.witnessed(slot, command).await? else { return Err(odd("XRANGE")) };
        let last = rows.len() < wanted;
        for row in rows {
            let (number, alert) = row_of(row).ok_or_else(|| odd("XRANGE"))?;
            after = number;
            alerts.push((number, packed::decode_alert(&alert)?));
        }
        if last {
            break;
        }
    }
    Ok(alerts)
}

fn row_of(row: Value) -> Option<(u64, Vec<u8>)> {
    let Value::Array(row) = row else { return None };
    let [id, fields] = <[Value; 2]>::try_from(row).ok()?;
    let number = text(&id)?.split_once('-')?.0.parse().ok()?;
    let (_, alert) = pairs(fields)?.into_iter().find(|(field, _)| field == b"a")?;
    Some((number, alert))
}
