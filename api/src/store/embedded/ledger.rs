//! The ledger in the registry's file: tables of its own, group commit, marker and revision untouched.

mod acts;
mod books;
mod expire;
mod queue;
mod read;
mod record;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

pub(super) use books::ALL as TABLES;
pub(super) use queue::Queue;

use super::{EmbeddedStore, cut_short};
use crate::registry::{ClientHash, Digest, Standing};
use crate::store::ledger::held::Held;
use crate::store::ledger::{Alert, Check, PinTry, Recorded, Tally, TryLimits, Unit, Visit};
use crate::store::{Key, Ledger, StoreError};

/// PINs written in one act.
const PINS: usize = 1_000;

#[async_trait]
impl Ledger for EmbeddedStore {
    async fn record(&self, check: &Check) -> Result<Recorded, StoreError> {
        let check = check.clone();
        queue::write(&self.inner, move |books| record::record(books, &check)).await
    }

    async fn stand(&self, unit: &Unit, version: u64, standing: &Standing) -> Result<bool, StoreError> {
        let (inner, unit, standing) = (Arc::clone(&self.inner), *unit, standing.clone());
        // A task of its own: a caller who goes away must not keep what is on disk from the watchers.
        tokio::spawn(async move {
            let written = queue::write(&inner, move |books| acts::stand(books, &unit, version, &standing)).await;
            // Also when the write failed: it may have reached the disk all the same.
            if !matches!(written, Ok(false)) {
                inner.tell(&[Key::Standing(unit.gtin, unit.serial)]).await;
            }
            written
        })
        .await
        .map_err(|error| cut_short(&error))?
    }

    async fn forget_visits(&self, unit: &Unit) -> Result<(), StoreError> {
        let unit = *unit;
        queue::write(&self.inner, move |books| record::forget_visits(books, &unit)).await
    }

    async fn visits(&self, unit: &Unit, now: Timestamp) -> Result<Vec<Visit>, StoreError> {
        let unit = *unit;
        self.inner.looked_at(move |inner| read::visits(&inner.db, &unit, now)).await
    }

    async fn held(&self, unit: &Unit) -> Result<Option<Held>, StoreError> {
        let unit = *unit;
        self.inner.looked_at(move |inner| read::held(&inner.db, &unit)).await
    }

    async fn units_held(&self) -> Result<Vec<Unit>, StoreError> {
        self.inner.looked_at(|inner| read::units_held(&inner.db)).await
    }

    async fn hold(&self, unit: &Unit, version: u64, is: Option<&Held>) -> Result<bool, StoreError> {
        let (unit, is) = (*unit, is.cloned());
        queue::write(&self.inner, move |books| acts::hold(books, &unit, version, is.as_ref())).await
    }

    async fn try_pin(
        &self,
        unit: &Unit,
        tried: Digest,
        client: ClientHash,
        limits: TryLimits,
        now: Timestamp,
    ) -> Result<PinTry, StoreError> {
        let unit = *unit;
        queue::write(&self.inner, move |books| acts::try_pin(books, &unit, tried, client, limits, now)).await
    }

    async fn put_pins(&self, pins: &[(Unit, Digest)]) -> Result<(), StoreError> {
        for pins in pins.chunks(PINS) {
            let pins = pins.to_vec();
            queue::write(&self.inner, move |books| acts::put_pins(books, &pins)).await?;
        }
        Ok(())
    }

    async fn add_pins(&self, pins: &[(Unit, Digest)]) -> Result<Vec<bool>, StoreError> {
        let mut there = Vec::with_capacity(pins.len());
        for pins in pins.chunks(PINS) {
            let pins = pins.to_vec();
            there.extend(queue::write(&self.inner, move |books| acts::add_pins(books, &pins)).await?);
        }
        Ok(there)
    }

    async fn client_key(&self, day: Date, offered: [u8; 32], now: Timestamp) -> Result<Option<[u8; 32]>, StoreError> {
        queue::write(&self.inner, move |books| acts::client_key(books, day, offered, now)).await
    }

    async fn fingerprint(&self, offered: [u8; 32]) -> Result<[u8; 32], StoreError> {
        queue::write(&self.inner, move |books| acts::fingerprint(books, offered)).await
    }

    async fn alert(&self, alert: &Alert) -> Result<(), StoreError> {
        let alert = alert.clone();
        queue::write(&self.inner, move |books| acts::alert(books, &alert)).await
    }

    async fn alerts(&self, after: u64, limit: usize) -> Result<Vec<(u64, Alert)>, StoreError> {
        self.inner.looked_at(move |inner| read::alerts(&inner.db, after, limit)).await
    }

    async fn tallies(&self, from: Date, to: Date) -> Result<Vec<Tally>, StoreError> {
        self.inner.looked_at(move |inner| read::tallies(&inner.db, from, to)).await
    }

    async fn expire(&self, now: Timestamp) -> Result<(), StoreError> {
        while queue::write(&self.inner, move |books| expire::expire(books, now)).await? {}
        Ok(())
    }
}
