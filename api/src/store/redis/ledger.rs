//! The ledger in Redis.
//!
//! Everything of a unit is in one slot, under a tag that stays when buckets split: what a check changes is changed by
//! one script, at once. Only where a unit stands is under `n:`, so that a check tells nobody anything.
//!
//! **Where it goes.** Checks have a connection of their own to each primary. With `appendfsync always` a reply comes
//! after the bytes are on disk; where a primary has replicas, one of them has it too.
//!
//! **A lost reply** is followed by the same question again, by this process or by whoever has not heard. A check is
//! known by its key, a try of a PIN, a standing and an alert by a mark that its caller chooses at random. What is known
//! already is written once more as it is: replicas are waited for by what the connection that asks has written, and the
//! first time may have been another connection.
//!
//! **An emptied server** is no unit's first check: the scripts look for the witness of their slot, and the marker is
//! read with them, as it is for a lookup.
//!
//! **Times** are the caller's. Visits and keys for clients go when their time is over by the caller's clock and Redis'
//! (a visit among later ones at the unit's next check, or with the last of them; nobody is shown it meanwhile). What
//! knows a check, a client or a try again is kept for its time from when it came, so that a check from a journal is
//! known again as well. What has gone is in no answer; in the append-only file its bytes stay until Redis rewrites it,
//! which it does by itself as the file grows (`auto-aof-rewrite-percentage`).

mod acts;
mod held;
mod read;
mod record;
mod tally;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use redis::{Cmd, Value};

pub(super) use tally::{Tallies, keep as keep_tallies};

use super::ask::{Ask, Manner};
use super::name::MARKER;
use super::{Inner, LONG_READ, RedisStore, in_time, name};
use crate::registry::{ClientHash, Digest, Standing};
use crate::store::ledger::held::Held;
use crate::store::ledger::{Alert, Check, PinTry, Recorded, Tally, TryLimits, Unit, Visit};
use crate::store::{Changes, Dependency, Key, Ledger, StoreError};

/// Longest that one act may take. Beyond that it is not certain that it is on disk.
const ACT: Duration = Duration::from_secs(2);
/// PINs on their way at a time.
const PINS: usize = 256;

impl Inner {
    fn slot_of(&self, unit: &Unit) -> u16 {
        self.fleet.spread.slot(name::unit_tag(unit.gtin, &unit.serial).as_bytes())
    }

    /// Do something in one slot, and make sure that the registry is there.
    async fn act(&self, slot: u16, command: Cmd) -> Result<Value, StoreError> {
        Ok(in_time(ACT, self.acts(vec![Ask { slot, command }])).await?.pop().unwrap_or_default())
    }

    async fn acts(&self, mut asks: Vec<Ask>) -> Result<Vec<Value>, StoreError> {
        asks.push(self.get(MARKER));
        let at_least = self.newest();
        let mut replies = self.fleet.ask(&asks, Manner::Check).await?;
        self.marker_from(replies.pop(), at_least)?;
        Ok(replies)
    }
}

fn cut_short(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Unreachable(format!("the ledger was cut short: {error}"))
}

#[async_trait]
impl Ledger for RedisStore {
    async fn record(&self, check: &Check) -> Result<Recorded, StoreError> {
        let (inner, check) = (Arc::clone(&self.inner), check.clone());
        // A task of its own: a check that counts is tallied, also when its caller goes away.
        tokio::spawn(async move { record::record(&inner, &check).await }).await.map_err(|error| cut_short(&error))?
    }

    async fn stand(&self, unit: &Unit, version: u64, standing: &Standing) -> Result<bool, StoreError> {
        let (inner, audience) = (Arc::clone(&self.inner), Arc::clone(&self.audience));
        let (unit, standing) = (*unit, standing.clone());
        // A task of its own: a caller who goes away must not keep what is on disk from the watchers.
        let standing = tokio::spawn(async move {
            let written = acts::stand(&inner, &unit, version, &standing).await;
            // Also when it is not certain whether it was written.
            if matches!(written, Ok(true) | Err(StoreError::Unreachable(_))) {
                let place = name::place(&Key::Standing(unit.gtin, unit.serial), |_| 1);
                let names = vec![Dependency::on(place.name.as_bytes())];
                audience.changed(&Changes { names, recalls: Vec::new() }).await;
            }
            written
        });
        standing.await.map_err(|error| cut_short(&error))?
    }

    async fn forget_visits(&self, unit: &Unit) -> Result<(), StoreError> {
        acts::forget_visits(&self.inner, unit).await
    }

    async fn visits(&self, unit: &Unit, now: Timestamp) -> Result<Vec<Visit>, StoreError> {
        in_time(ACT, held::visits(&self.inner, unit, now)).await
    }

    async fn held(&self, unit: &Unit) -> Result<Option<Held>, StoreError> {
        in_time(ACT, held::held(&self.inner, unit)).await
    }

    async fn units_held(&self) -> Result<Vec<Unit>, StoreError> {
        in_time(LONG_READ, held::units(&self.inner)).await
    }

    async fn hold(&self, unit: &Unit, version: u64, is: Option<&Held>) -> Result<bool, StoreError> {
        in_time(ACT, held::hold(&self.inner, unit, version, is)).await
    }

    async fn try_pin(
        &self,
        unit: &Unit,
        tried: Digest,
        client: ClientHash,
        limits: TryLimits,
        now: Timestamp,
    ) -> Result<PinTry, StoreError> {
        acts::try_pin(&self.inner, unit, tried, client, limits, now).await
    }

    async fn put_pins(&self, pins: &[(Unit, Digest)]) -> Result<(), StoreError> {
        for pins in pins.chunks(PINS) {
            in_time(LONG_READ, acts::put_pins(&self.inner, pins)).await?;
        }
        Ok(())
    }

    async fn add_pins(&self, pins: &[(Unit, Digest)]) -> Result<Vec<bool>, StoreError> {
        let mut there = Vec::with_capacity(pins.len());
        for pins in pins.chunks(PINS) {
            there.extend(in_time(LONG_READ, acts::add_pins(&self.inner, pins)).await?);
        }
        Ok(there)
    }

    async fn client_key(&self, day: Date, offered: [u8; 32], now: Timestamp) -> Result<Option<[u8; 32]>, StoreError> {
        acts::client_key(&self.inner, day, offered, now).await
    }

    async fn fingerprint(&self, offered: [u8; 32]) -> Result<[u8; 32], StoreError> {
        acts::fingerprint(&self.inner, offered).await
    }

    async fn alert(&self, alert: &Alert) -> Result<(), StoreError> {
        acts::alert(&self.inner, alert).await
    }

    async fn alerts(&self, after: u64, limit: usize) -> Result<Vec<(u64, Alert)>, StoreError> {
        in_time(LONG_READ, read::alerts(&self.inner, after, limit)).await
    }

    async fn tallies(&self, from: Date, to: Date) -> Result<Vec<Tally>, StoreError> {
        in_time(LONG_READ, tally::read(&self.inner, from, to)).await
    }

    /// Redis does so by itself.
    async fn expire(&self, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
