//! Who checks: the network of a client under the key of a day. The key is made by whichever node needs it first, is
//! the same for all, and is destroyed a day after its own: then nobody can tell whose a visit was.

use core::net::IpAddr;
use std::sync::Arc;

use hmac::{Hmac, Mac as _};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use parking_lot::RwLock;
use sha2::Sha256;

use super::secret::{Secret, keyed};
use crate::limits::network;
use crate::registry::ClientHash;
use crate::store::ledger::Unit;
use crate::store::{Ledger, StoreError};

/// Makes random bytes.
pub type Random = fn() -> [u8; 32];

/// A client under the keys of today and yesterday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) today: ClientHash,
    pub(super) yesterday: ClientHash,
}

/// The keys of the days around now.
pub(super) struct DayKeys {
    ledger: Arc<dyn Ledger>,
    random: Random,
    secret: Secret,
    known: RwLock<Vec<(Date, Hmac<Sha256>)>>,
}

fn day(now: Timestamp) -> Date {
    Offset::UTC.to_datetime(now).date()
}

fn before(day: Date) -> Date {
    day.checked_sub(Span::new().days(1)).unwrap_or(Date::MIN)
}

fn after(day: Date) -> Date {
    day.checked_add(Span::new().days(1)).unwrap_or(Date::MAX)
}

impl DayKeys {
    pub(super) fn of(ledger: Arc<dyn Ledger>, random: Random, secret: Secret) -> Self {
        Self { ledger, random, secret, known: RwLock::default() }
    }

    /// A client of a unit now: the same client is another name to another unit, so that nothing tells what one household
    /// holds. The keys are usually known: see [`DayKeys::refresh`].
    pub(super) async fn seen(&self, address: IpAddr, unit: &Unit, now: Timestamp) -> Result<Seen, StoreError> {
        let today = day(now);
        if let Some(seen) = self.under_known(address, unit, today) {
            return Ok(seen);
        }
        self.learn(&[before(today), today], now).await?;
        self.under_known(address, unit, today)
            .ok_or_else(|| StoreError::Unreachable("the clocks of two nodes are days apart".to_owned()))
    }

    /// Learn the keys of yesterday, today and tomorrow, and forget the others. To be called every few minutes, so that
    /// a store that is away at midnight stops nobody.
    pub(super) async fn refresh(&self, now: Timestamp) -> Result<(), StoreError> {
        let today = day(now);
        let days = [before(today), today, after(today)];
        self.known.write().retain(|(day, _)| days.contains(day));
        self.learn(&days, now).await
    }

    async fn learn(&self, days: &[Date], now: Timestamp) -> Result<(), StoreError> {
        for &day in days {
            if self.known.read().iter().any(|(known, _)| *known == day) {
                continue;
            }
            // Yesterday's is gone when a service was away for so long: then nothing of yesterday's can match, and
            // any bytes will do.
            let key = self.ledger.client_key(day, (self.random)(), now).await?.unwrap_or_else(|| (self.random)());
            self.known.write().push((day, keyed(&self.secret.of_day(&key))));
        }
        Ok(())
    }

    fn under_known(&self, address: IpAddr, unit: &Unit, today: Date) -> Option<Seen> {
        let known = self.known.read();
        let under = |day| {
            let (_, key) = known.iter().find(|(known, _)| *known == day)?;
            // Numbers of fixed length before the serial: no two clients and units are the same bytes.
            let mac = key.clone().chain_update(network(address).to_be_bytes());
            let mac = mac.chain_update(unit.gtin.as_u64().to_be_bytes()).chain_update(unit.serial.as_str());
            let tag: [u8; 32] = mac.finalize().into_bytes().into();
            let first = tag.first_chunk::<8>()?;
            Some(ClientHash(u64::from_be_bytes(*first)))
        };
        Some(Seen { today: under(today)?, yesterday: under(before(today))? })
    }
}
