//! Tallies: checks counted by day, product and province.
//!
//! They are of another slot than the unit. So a check is tallied in memory after it was counted, and what has come
//! together within [`PAUSE`] is added up in Redis with one script for each day, exactly once however often it is sent.
//! A process that is killed loses what it had not sent yet: a tally, never a check.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use gs1::Gtin14;
use jiff::civil::Date;
use parking_lot::Mutex;
use redis::cmd;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::super::ask::{Ask, Manner};
use super::super::reply::{odd, pairs};
use super::super::write::is_yes;
use super::super::{Inner, LONG_READ, found, in_time, name};
use crate::store::StoreError;
use crate::store::codec::ledger::{province_byte, province_of};
use crate::store::ledger::{Province, Tally};

/// How long checks come together before they are sent.
const PAUSE: Duration = Duration::from_millis(200);
/// Most products and provinces of one script.
const FIELDS: usize = 200;
/// Days asked for at a time, and at all: some ten years.
const PAGE: usize = 64;
const DAYS: usize = 3_700;

/// `KEYS`: witness, tallies of a day. `ARGV`: the field that counts what this process has sent, the number of this
/// one; fields and what is to be added to each.
const ADD: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
if tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') >= tonumber(ARGV[2]) then return 1 end
for n = 3, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[n], ARGV[n + 1]) end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
";

/// Product and province; `FF`: not known.
type Field = (Gtin14, u8);

/// What has been tallied and not been sent.
pub(in crate::store::redis) struct Tallies {
    pending: Mutex<HashMap<Date, HashMap<Field, u64>>>,
    wake: Notify,
    /// Names this process, in the hash of each day.
    id: String,
    unsent: tokio::sync::Mutex<Unsent>,
}

/// What was to be sent and may or may not have arrived, in its order.
#[derive(Default)]
struct Unsent {
    last: u64,
    parts: Vec<Part>,
}

struct Part {
    number: u64,
    day: Date,
    fields: Vec<(Field, u64)>,
}

impl Default for Tallies {
    fn default() -> Self {
        let id = format!("#{}", found::new_id());
        Self { pending: Mutex::default(), wake: Notify::new(), id, unsent: tokio::sync::Mutex::default() }
    }
}

impl Tallies {
    /// One more.
    pub(super) fn add(&self, day: Date, gtin: Gtin14, province: Option<Province>) {
        let field = (gtin, province_byte(province));
        *self.pending.lock().entry(day).or_default().entry(field).or_default() += 1;
        self.wake.notify_one();
    }

    /// Send what is there.
    async fn send(&self, inner: &Inner) -> Result<(), StoreError> {
        let mut unsent = self.unsent.lock().await;
        let pending = core::mem::take(&mut *self.pending.lock());
        for (day, fields) in pending {
            let fields: Vec<(Field, u64)> = fields.into_iter().collect();
            for fields in fields.chunks(FIELDS) {
                unsent.last += 1;
                let number = unsent.last;
                unsent.parts.push(Part { number, day, fields: fields.to_vec() });
            }
        }
        while let Some(part) = unsent.parts.first() {
            let ask = self.ask(inner, part);
            let reply = in_time(LONG_READ, inner.fleet.one(ask.slot, ask.command, Manner::Patient)).await?;
            if !is_yes(&reply) {
                return Err(odd("a tally"));
            }
            unsent.parts.remove(0);
        }
        Ok(())
    }

    fn ask(&self, inner: &Inner, part: &Part) -> Ask {
        let name = name::tally(part.day);
        let slot = inner.fleet.spread.slot(name.as_bytes());
        let mut command = cmd("EVAL");
        command.arg(ADD).arg(2).arg(inner.fleet.spread.witness(slot)).arg(name).arg(&self.id).arg(part.number);
        for ((gtin, province), checks) in &part.fields {
            command.arg(format!("{gtin}:{province}")).arg(*checks);
        }
        Ask { slot, command }
    }
}

/// Send tallies as long as the store is open.
pub(in crate::store::redis) async fn keep(inner: Arc<Inner>) {
    loop {
        inner.tallies.wake.notified().await;
        sleep(PAUSE).await;
        if let Err(error) = inner.tallies.send(&inner).await {
            tracing::warn!(%error, "tallies of checks are not sent yet");
            inner.tallies.wake.notify_one();
            sleep(Duration::from_secs(1)).await;
        }
    }
}

/// Tallies of these days, this process's own included.
pub(super) async fn read(inner: &Inner, from: Date, to: Date) -> Result<Vec<Tally>, StoreError> {
    inner.tallies.send(inner).await?;
    let days: Vec<Date> = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to).take(DAYS + 1).collect();
    if days.len() > DAYS {
        return Err(StoreError::Unreachable("more than ten years of tallies at once".to_owned()));
    }
    let mut tallies = Vec::new();
    for days in days.chunks(PAGE) {
        let spread = inner.fleet.spread;
        let mut asks = Vec::with_capacity(2 * days.len());
        for day in days {
            let all = inner.all_of(&name::tally(*day));
            let witness = cmd("EXISTS").arg(spread.witness(all.slot)).to_owned();
            asks.extend([Ask { slot: all.slot, command: witness }, all]);
        }
        let mut replies = inner.fleet.ask(&asks, Manner::Patient).await?.into_iter();
        for day in days {
            if !replies.next().is_some_and(|witness| is_yes(&witness)) {
                return Err(StoreError::RegistryUnavailable("a part of it was emptied".to_owned()));
            }
            let fields = pairs(replies.next().unwrap_or_default()).ok_or_else(|| odd("HGETALL"))?;
            for (field, checks) in fields.iter().filter(|(field, _)| !field.starts_with(b"#")) {
                let tally = tally(*day, field, checks);
                tallies.push(tally.ok_or_else(|| StoreError::Corrupt("ledger: a tally".to_owned()))?);
            }
        }
    }
    Ok(tallies)
}

fn tally(day: Date, field: &[u8], checks: &[u8]) -> Option<Tally> {
    let (gtin, province) = core::str::from_utf8(field).ok()?.split_once(':')?;
    let province = province_of(province.parse().ok()?);
    let checks = core::str::from_utf8(checks).ok()?.parse().ok()?;
    Some(Tally { day, gtin: gtin.parse().ok()?, province, checks })
}
