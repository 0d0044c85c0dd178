//! Checks that could not be recorded when they were made: kept on this node's disk, recorded when the store answers.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::Checks;
use super::count::{RECORD, used_by};
use super::counts::Outcome;
use super::receipt::Receipt;
use crate::journal::{Attempt, Entry, Journal, LateCheck, Line};
use crate::lookup::Lookup;
use crate::store::ledger::Check;
use crate::store::{Entry as Stored, Key, StoreError};

/// How often it is looked whether something waits that can be recorded.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Checks {
    /// Keep a check for later, with what is kept of the receipt that came with it: whether that was done. When this returns `true` it is on disk; otherwise there is no
    /// journal, or it did not take the check, which is lost.
    pub(super) async fn keep_for_later(&self, check: &Check, shown: Option<Receipt>, sent: bool) -> bool {
        let kept = match &self.journal {
            Some(journal) => {
                let shown = shown.map(|receipt| self.secret.proof(&check.unit, &receipt));
                let entry = Entry::Check(LateCheck { check: check.clone(), shown });
                let kept = journal.append(&Line { sent, entry }).await;
                kept.inspect_err(|error| tracing::error!(%error, "a check could not be kept for later")).is_ok()
            }
            None => false,
        };
        self.counts.check(if kept { Outcome::Journaled } else { Outcome::NotTaken });
        kept
    }

    /// Record what waits, whenever the store can be asked, for as long as this is polled.
    pub(super) async fn catch_up(&self, lookup: &Lookup) {
        let Some(journal) = &self.journal else { return };
        loop {
            sleep(LOOK_EVERY).await;
            if lookup.store_is_asked() && journal.waiting().await.is_ok_and(|waiting| waiting > 0) {
                self.replay(journal).await;
            }
        }
    }

    async fn replay(&self, journal: &Journal) {
        // Something else is asked first: an attempt without an answer leaves a line in doubt.
        if !matches!(timeout(RECORD, self.store.read(&[])).await, Ok(Ok(_))) {
            return;
        }
        let replayed = journal.replay(&*self.clock, |line| self.record_late(line)).await;
        match replayed {
            Ok(done) => {
                tracing::warn!(
                    recorded = done.recorded,
                    in_doubt = done.in_doubt,
                    refused = done.refused,
                    waiting = done.waiting,
                    "checks of before were recorded"
                );
            }
            Err(error) => tracing::error!(%error, "checks that wait could not be recorded"),
        }
    }

    async fn record_late(&self, line: Line) -> Attempt {
        let Entry::Check(LateCheck { check, shown }) = line.entry else { return Attempt::Refused };
        let recorded = match timeout(RECORD, self.ledger.record(&check)).await {
            Ok(Ok(recorded)) => recorded,
            Ok(Err(StoreError::Corrupt(_))) => return Attempt::Refused,
            Ok(Err(StoreError::RegistryUnavailable(_))) => return Attempt::NotSent,
            Ok(Err(_)) | Err(_) => return Attempt::Unanswered,
        };
        if let Ok(on_sale) = self.is_on_sale(&check).await {
            let standing = recorded.standing.clone();
            let own = self.secret.proof(&check.unit, &self.secret.receipt(&check.unit, check.key));
            let same_receipt = used_by(&standing, own) || shown.is_some_and(|shown| used_by(&standing, shown));
            self.weigh(&check, &recorded, standing, on_sale, same_receipt).await;
        }
        Attempt::Recorded
    }

    async fn is_on_sale(&self, check: &Check) -> Result<bool, StoreError> {
        let read = self.store.read(&[Key::Item(check.unit.gtin, check.unit.serial)]).await?;
        Ok(read.entries.iter().flatten().any(|entry| matches!(entry, Stored::Item(it) if it.state.was_put_on_sale())))
    }
}
