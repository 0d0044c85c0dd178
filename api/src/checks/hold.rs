//! Holding what is kept of a unit's checks, and alerts about it, against their retention.
//!
//! What is there is copied when the hold is put on, and what comes since every ten minutes, long before its own time is up
//! ([`Held`]): only a crowd within ten minutes, or a service that stands still for a month, could take something away before
//! it was copied.

use core::sync::atomic::Ordering;
use std::collections::HashMap;

use jiff::Timestamp;

use super::{Checks, Undone};
use crate::store::hold::Hold;
use crate::store::ledger::held::{Held, MOST_HELD};
use crate::store::ledger::{Alert, Unit};
use crate::store::{Key, StoreError};

/// How often a change is tried against others.
const TRIES: usize = 20;
/// Alerts that are read together.
const PAGE: usize = 1_000;

type Alerts = Vec<(u64, Alert)>;

impl Checks {
    /// Hold what is kept of a unit, or change the hold, or let go of it (`None`). What is held by then; `None`: nothing.
    ///
    /// # Errors
    /// `NotOnRecord`, `TooManyHeld`, or when the store fails.
    pub async fn hold(&self, unit: Unit, hold: Option<Hold>) -> Result<Option<Held>, Undone> {
        self.must_be_on_record(&unit).await?;
        let now = self.clock.now();
        let alerts = if hold.is_some() { self.alerts_about(&[unit], 0).await?.1 } else { HashMap::new() };
        let alerts = alerts.get(&unit).cloned().unwrap_or_default();
        for _ in 0..TRIES {
            let was = self.ledger.held(&unit).await?;
            let version = was.as_ref().map_or(0, |was| was.version);
            let Some(hold) = hold.clone() else {
                if version == 0 || self.ledger.hold(&unit, version, None).await? {
                    return Ok(None);
                }
                continue;
            };
            if was.is_none() && self.ledger.units_held().await?.len() >= MOST_HELD {
                return Err(Undone::TooManyHeld);
            }
            let mut is = was.map_or_else(
                || Held::under(hold.clone()),
                |was| Held { version: version + 1, hold: hold.clone(), ..was },
            );
            is.take_in(&self.ledger.visits(&unit, now).await?, alerts.iter().cloned());
            if self.ledger.hold(&unit, version, Some(&is)).await? {
                return Ok(Some(is));
            }
        }
        Err(often().into())
    }

    /// Whether a unit is on record.
    ///
    /// # Errors
    /// `NotOnRecord`, or when the store fails.
    pub async fn must_be_on_record(&self, unit: &Unit) -> Result<(), Undone> {
        let held = self.store.holds(&[Key::Item(unit.gtin, unit.serial)]).await?;
        if held == [true] { Ok(()) } else { Err(Undone::NotOnRecord) }
    }

    /// What is held of a unit.
    ///
    /// # Errors
    /// When the ledger cannot be asked.
    pub async fn held(&self, unit: &Unit) -> Result<Option<Held>, StoreError> {
        self.ledger.held(unit).await
    }

    /// Units of which something is held.
    ///
    /// # Errors
    /// When the ledger cannot be asked.
    pub async fn units_held(&self) -> Result<Vec<Unit>, StoreError> {
        self.ledger.units_held().await
    }

    /// Take in what has come since, and let go of what is held no longer.
    pub(super) async fn look_after_holds(&self, now: Timestamp) -> Result<(), StoreError> {
        let units = self.ledger.units_held().await?;
        if units.is_empty() {
            return Ok(());
        }
        let (last, mut alerts) = self.alerts_about(&units, self.alerts_held.load(Ordering::Relaxed)).await?;
        for unit in units {
            self.hold_on(&unit, &alerts.remove(&unit).unwrap_or_default(), now).await?;
        }
        self.alerts_held.store(last, Ordering::Relaxed);
        Ok(())
    }

    /// Take in what is there of a unit, if anything is held of it.
    pub(super) async fn hold_on(&self, unit: &Unit, alerts: &Alerts, now: Timestamp) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let Some(was) = self.ledger.held(unit).await? else { return Ok(()) };
            let mut is = Held { version: was.version + 1, ..was.clone() };
            let is = if was.hold.until <= now {
                None
            } else if is.take_in(&self.ledger.visits(unit, now).await?, alerts.iter().cloned()) {
                Some(&is)
            } else {
                return Ok(());
            };
            if self.ledger.hold(unit, was.version, is).await? {
                return Ok(());
            }
        }
        Err(often())
    }

    /// Alerts about units after a number, and the number of the last alert.
    async fn alerts_about(&self, units: &[Unit], after: u64) -> Result<(u64, HashMap<Unit, Alerts>), StoreError> {
        let (mut last, mut found) = (after, HashMap::<Unit, Alerts>::new());
        loop {
            let page = self.ledger.alerts(last, PAGE).await?;
            let is_last = page.len() < PAGE;
            for (number, alert) in page {
                last = number;
                if let Some(unit) = alert.unit.filter(|unit| units.contains(unit)) {
                    found.entry(unit).or_default().push((number, alert));
                }
            }
            if is_last {
                return Ok((last, found));
            }
        }
    }
}

fn often() -> StoreError {
    StoreError::Busy("many change what is held of one unit".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::SignedDuration;
    use parking_lot::Mutex;

    use super::*;
    use crate::checks::rules::Thresholds;
    use crate::checks::{Secret, Setup};
    use crate::clock::Clock;
    use crate::registry::import::{Author, Desk, Document, Format, ImportOrder};
    use crate::registry::{ClientHash, Digest, Id};
    use crate::store::ledger::{Check, VISIT_KEPT_S, Visit};
    use crate::store::{EmbeddedStore, Ledger, Store};
    use crate::telemetry::Telemetry;

    const RECORDS: &str = r#"{"type":"product","gtin":"09520000010010","name":{"vi":"Mắm"},"keeps_serials":true}
{"type":"batch","gtin":"09520000010010","lot":"L1"}
{"type":"items","gtin":"09520000010010","lot":"L1","serials":["S1"]}"#;

    #[derive(Debug)]
    struct Set(Mutex<Timestamp>);

    impl Clock for Set {
        fn now(&self) -> Timestamp {
            *self.0.lock()
        }
    }

    fn at(seconds: i64) -> Timestamp {
        "2026-11-29T03:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    #[tokio::test]
    async fn what_comes_while_a_unit_is_held_is_taken_in_and_let_go_of_when_the_hold_ends() {
        let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
        let clock = Arc::new(Set(Mutex::new(at(0))));
        let desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&clock) as Arc<dyn Clock>);
        let author = Author::of(Id::try_from("coop").unwrap());
        desk.import(Document::bytes(RECORDS, Format::Ndjson), ImportOrder::of(author)).await.unwrap();
        let setup = Setup {
            store: Arc::clone(&store) as Arc<dyn Store>,
            ledger: Arc::clone(&store) as Arc<dyn Ledger>,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            random: || [7; 32],
            secret: Secret::of(&[7; 32]),
            thresholds: Thresholds::default(),
            telemetry: Telemetry::default(),
            journal: None,
        };
        let checks = Checks::over(setup).await.unwrap();
        let unit = |serial: &str| Unit { gtin: "09520000010010".parse().unwrap(), serial: serial.parse().unwrap() };
        let visits = async |client: u64, seconds| {
            let visit = Visit { at: at(seconds), client: ClientHash(client), province: None };
            let key = Digest([u8::try_from(client).unwrap(); 16]);
            let check = Check { unit: unit("S1"), key, visit, yesterday: ClientHash(client + 1_000) };
            store.record(&check).await.unwrap();
        };
        let case =
            || Hold {
                at: at(0), by: Id::try_from("hoa").unwrap(), why: "Vụ việc".to_owned(), until: at(100 * 86_400)
            };
        assert!(matches!(checks.hold(unit("S9"), Some(case())).await, Err(Undone::NotOnRecord)));
        visits(1, 0).await;
        let held = checks.hold(unit("S1"), Some(case())).await.unwrap().unwrap();
        assert_eq!((held.version, held.visits.len()), (1, 1));
        visits(2, 10).await;
        let alert = Alert { at: at(20), kind: "clone".to_owned(), unit: Some(unit("S1")), text: String::new() };
        store.alert(&alert).await.unwrap();
        store.alert(&Alert { unit: Some(unit("S2")), ..alert.clone() }).await.unwrap();
        checks.look_after_holds(at(30)).await.unwrap();
        let held = checks.held(&unit("S1")).await.unwrap().unwrap();
        assert_eq!((held.version, held.visits.len(), held.alerts.len()), (2, 2, 1));
        // Nothing new writes nothing, and what has gone elsewhere is still there.
        store.expire(at(2 * VISIT_KEPT_S)).await.unwrap();
        checks.look_after_holds(at(2 * VISIT_KEPT_S)).await.unwrap();
        assert_eq!(checks.held(&unit("S1")).await.unwrap(), Some(held));
        checks.look_after_holds(at(100 * 86_400)).await.unwrap();
        assert_eq!((checks.held(&unit("S1")).await.unwrap(), checks.units_held().await.unwrap()), (None, vec![]));
    }
}
