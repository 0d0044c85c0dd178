//! From what was recorded to where the unit stands: the rules decide, the ledger compares and sets. A node that dies in
//! between is healed by the next check of the unit.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use tokio::time::timeout;

use super::Checks;
use super::counts::AlertKind;
use super::rules::{self, Seen};
use crate::registry::{Gravity, Standing};
use crate::store::StoreError;
use crate::store::ledger::{Alert, Check, Recorded, Unit};

/// Longest that writing down a suspicion, or an alert, may keep a consumer waiting.
const PATIENCE: Duration = Duration::from_secs(1);

/// Most units that it is remembered of that operators were told today; more than that are told again.
const REMEMBERED: usize = 10_000;

/// Of what operators were told today.
#[derive(Default)]
pub(super) struct Told(Mutex<(i64, HashSet<(AlertKind, Unit)>)>);

impl Told {
    fn is_new(&self, kind: AlertKind, unit: &Unit, at: Timestamp) -> bool {
        if kind.is_by_operator() {
            return true;
        }
        let day = at.as_second().div_euclid(86_400);
        let mut told = self.0.lock();
        if told.0 != day || told.1.len() >= REMEMBERED {
            *told = (day, HashSet::new());
        }
        told.1.insert((kind, *unit))
    }
}

/// How often a change is tried against others who change the same unit.
const TRIES: usize = 5;

impl Checks {
    /// Weigh the checks of a unit. Where the outcome cannot be written down it holds for this answer all the same.
    pub(super) async fn weigh(
        &self,
        check: &Check,
        recorded: &Recorded,
        standing: Standing,
        on_sale: bool,
        holds_receipt: bool,
    ) -> Standing {
        let weighed = |standing: &Standing| {
            let seen = Seen {
                visits: &recorded.visits,
                count: recorded.count,
                first_at: recorded.first_at,
                standing,
                on_sale,
                this: check.visit,
                yesterday: check.yesterday,
                holds_receipt,
            };
            rules::suspicion(&seen, &self.thresholds)
        };
        let change = |standing: &Standing| {
            let suspicion = weighed(standing);
            // One that is over need not be written: every card knows until when it holds.
            (suspicion.is_some() && suspicion != standing.suspicion).then(|| Standing { suspicion, ..standing.clone() })
        };
        let before = gravity(&standing, check.visit.at);
        match timeout(PATIENCE, self.revise(check, standing.clone(), change)).await {
            Ok(Ok(now)) => {
                self.tell_of(before, &now, check).await;
                now
            }
            failed => {
                tracing::warn!(?failed, "a suspicion could not be written down");
                let suspicion = weighed(&standing);
                // It is to be seen on this card, which is not kept anywhere.
                let version = standing.version.max(u64::from(suspicion.is_some()));
                Standing { version, suspicion, ..standing }
            }
        }
    }

    /// Put in place of a standing what `change` makes of it; `None`: nothing. The one that is in place in the end.
    pub(super) async fn revise(
        &self,
        check: &Check,
        mut standing: Standing,
        change: impl Fn(&Standing) -> Option<Standing>,
    ) -> Result<Standing, StoreError> {
        for _ in 0..TRIES {
            let Some(new) = change(&standing) else { return Ok(standing) };
            let new = Standing { version: standing.version + 1, ..new };
            if self.ledger.stand(&check.unit, standing.version, &new).await? {
                return Ok(new);
            }
            // Recorded already: this only reads.
            standing = self.ledger.record(check).await?.standing;
        }
        Err(StoreError::Busy("many change where one unit stands".to_owned()))
    }

    /// Tell operators of a suspicion that is graver than before.
    async fn tell_of(&self, before: Option<Gravity>, now: &Standing, check: &Check) {
        let Some(suspicion) = now.suspicion.as_ref().filter(|it| before.is_none_or(|before| it.gravity > before))
        else {
            return;
        };
        let kind = match suspicion.gravity {
            Gravity::Soft => AlertKind::UnusualActivity,
            Gravity::Hard => AlertKind::SuspectedClone,
        };
        let text = format!("{} checks; signs: {:?}", suspicion.count, suspicion.signs);
        self.tell(kind, &check.unit, check.visit.at, &text).await;
    }

    /// Tell operators, of a unit and a kind once a day. What cannot be told is logged: it must not keep a consumer
    /// waiting for an answer.
    pub(super) async fn tell(&self, kind: AlertKind, unit: &Unit, at: Timestamp, text: &str) {
        if !self.told.is_new(kind, unit, at) {
            return;
        }
        self.counts.alert(kind);
        let alert = Alert { at, kind: kind.as_str().to_owned(), unit: Some(*unit), text: text.to_owned() };
        match timeout(PATIENCE, self.ledger.alert(&alert)).await {
            Ok(Ok(())) => {}
            failed => tracing::warn!(?failed, kind = alert.kind, "an alert could not be kept"),
        }
    }
}

fn gravity(standing: &Standing, now: Timestamp) -> Option<Gravity> {
    standing.suspicion.as_ref().filter(|it| it.holds_at(now)).map(|it| it.gravity)
}
