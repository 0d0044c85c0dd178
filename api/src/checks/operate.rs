//! What operators do to a unit's standing, each with a reason that is kept.

use gs1::{Gtin14, Serial};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::counts::AlertKind;
use super::pin::Pin;
use super::{Checks, Secret};
use crate::registry::{Digest, Standing, Suspicion, Text};
use crate::store::ledger::held::MOST_HELD;
use crate::store::ledger::{Tally, Unit};
use crate::store::{Entry, Key, StoreError};

/// How often a change is tried against checks of the same unit.
const TRIES: usize = 20;

/// A unit's PIN, as the one who printed it knows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinLine {
    /// The product.
    pub gtin: Gtin14,
    /// The serial.
    pub serial: Serial,
    /// 4 to 32 letters and digits; case, blanks and hyphens do not count. Only its keyed hash is kept.
    #[serde(deserialize_with = "typed")]
    pub pin: Pin,
}

fn typed<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Pin, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// Where a unit stands after an operator looked at it. Who used its PIN is nobody's to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stood {
    /// It changed.
    pub changed: bool,
    /// Signs that more than one pack carries the code.
    pub suspicion: Option<Suspicion>,
    /// It was posted in public.
    pub shared_publicly: bool,
    /// When an operator last cleared it.
    pub cleared_at: Option<Timestamp>,
    /// When its PIN was used.
    pub redeemed_at: Option<Timestamp>,
}

impl Stood {
    fn at(standing: Standing, changed: bool) -> Self {
        let Standing { suspicion, redeemed, shared_publicly, cleared_at, .. } = standing;
        Self { changed, suspicion, shared_publicly, cleared_at, redeemed_at: redeemed.map(|it| it.at) }
    }
}

/// Why an operator's act came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Undone {
    /// There is no such unit on record.
    #[error("the unit is not on record")]
    NotOnRecord,
    /// Of too many units something is held already.
    #[error("of {MOST_HELD} units something is held already")]
    TooManyHeld,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PinLine {
    /// What is kept of it.
    #[must_use]
    pub fn hashed(&self, secret: &Secret) -> (Unit, Digest) {
        let unit = Unit { gtin: self.gtin, serial: self.serial };
        (unit, secret.pin(&unit, &self.pin))
    }
}

impl Checks {
    /// Keep PINs, as keyed hashes, in place of those that are there.
    ///
    /// # Errors
    /// When it is not certain that they are on disk; they may be sent again.
    pub async fn put_pins(&self, pins: &[PinLine]) -> Result<(), StoreError> {
        let hashed: Vec<(Unit, Digest)> = pins.iter().map(|line| line.hashed(&self.secret)).collect();
        self.ledger.put_pins(&hashed).await
    }

    /// The first of these units that is not on record.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub async fn first_unknown(&self, pins: &[PinLine]) -> Result<Option<usize>, StoreError> {
        let keys: Vec<Key> = pins.iter().map(|line| Key::Item(line.gtin, line.serial)).collect();
        Ok(self.store.holds(&keys).await?.iter().position(|held| !held))
    }

    /// Clear a unit of suspicion: checks until now count for nothing any more. How many there were stays.
    ///
    /// # Errors
    /// As [`Checks::put_pins`].
    pub async fn clear(&self, unit: Unit, why: &Text) -> Result<Stood, Undone> {
        let now = self.clock.now();
        let stood = self.change(unit, |standing| {
            let cleared = Standing { suspicion: None, cleared_at: Some(now), ..standing.clone() };
            standing.suspicion.is_some().then_some(cleared)
        });
        let stood = stood.await?;
        if stood.changed {
            self.tell(AlertKind::Cleared, &unit, now, why.as_str()).await;
        }
        // What is held outlives this as well.
        self.hold_on(&unit, &Vec::new(), now).await?;
        // Also when nothing changed: another try may have come no further than this.
        self.ledger.forget_visits(&unit).await?;
        Ok(stood)
    }

    /// Mark a code as posted in public, or no longer.
    ///
    /// # Errors
    /// As [`Checks::put_pins`].
    pub async fn share(&self, unit: Unit, shared: bool, why: &Text) -> Result<Stood, Undone> {
        let stood = self.change(unit, |standing| {
            // That it was checked by many is explained by that.
            let suspicion = standing.suspicion.clone().filter(|_| !shared);
            (standing.shared_publicly != shared).then(|| Standing {
                suspicion,
                shared_publicly: shared,
                ..standing.clone()
            })
        });
        let stood = stood.await?;
        if stood.changed {
            self.tell(AlertKind::SharedPublicly, &unit, self.clock.now(), why.as_str()).await;
        }
        Ok(stood)
    }

    /// Alerts after a number, in order; at most `limit`.
    ///
    /// # Errors
    /// When the ledger cannot be asked.
    pub async fn alerts(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(u64, crate::store::ledger::Alert)>, StoreError> {
        self.ledger.alerts(after, limit).await
    }

    /// Checks counted on these days, both included.
    ///
    /// # Errors
    /// When the ledger cannot be asked.
    pub async fn tallies(&self, from: jiff::civil::Date, to: jiff::civil::Date) -> Result<Vec<Tally>, StoreError> {
        self.ledger.tallies(from, to).await
    }

    /// The time by this service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    async fn change(&self, unit: Unit, change: impl Fn(&Standing) -> Option<Standing>) -> Result<Stood, Undone> {
        for _ in 0..TRIES {
            let keys = [Key::Standing(unit.gtin, unit.serial), Key::Item(unit.gtin, unit.serial)];
            let read = self.store.read(&keys).await?;
            if read.entries.last().is_none_or(Option::is_none) {
                return Err(Undone::NotOnRecord);
            }
            let standing = match read.entries.into_iter().next().flatten() {
                Some(Entry::Standing(standing)) => (*standing).clone(),
                _ => Standing::default(),
            };
            let Some(new) = change(&standing) else { return Ok(Stood::at(standing, false)) };
            let new = Standing { version: standing.version + 1, ..new };
            if self.ledger.stand(&unit, standing.version, &new).await? {
                return Ok(Stood::at(new, true));
            }
        }
        Err(StoreError::Busy("many change where one unit stands".to_owned()).into())
    }
}
