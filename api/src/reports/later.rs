//! Reports that could not be kept where they are read: on this node's disk first, passed on when the store answers.
//!
//! A report is known by its receipt, so it may be passed on as often as it takes and is one. Of what waits memory holds
//! the receipts' hashes, so that a report sent again is the same one, and whoever has a receipt is not told that there is
//! no such report. Other nodes cannot know of it until it is passed on.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use tokio::time::{sleep, timeout};

use super::Reception;
use crate::clock::Clock;
use crate::journal::{Attempt, Entry, Journal, Line};
use crate::registry::Digest;
use crate::store::StoreError;
use crate::store::reports::{Kept, NewReport};

/// How often it is looked whether something waits that can be passed on.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Longest that the store may take to say that it is there.
const ASKED: Duration = Duration::from_secs(2);

/// Receipts of reports that this process has put into its journal, and when each was received.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<HashMap<Digest, Timestamp>>);

/// Whether a report may be kept later although the store did not take it now.
fn may_come_later(error: &StoreError) -> bool {
    match error {
        StoreError::Unreachable(_) | StoreError::RegistryUnavailable(_) | StoreError::Busy(_) => true,
        StoreError::Corrupt(_) | StoreError::Conflict { .. } => false,
    }
}

impl Reception {
    /// Keep reports in this journal while they cannot be kept where they are read.
    #[must_use]
    pub fn with_journal(mut self, journal: Option<Journal>) -> Self {
        self.journal = journal;
        self
    }

    /// Keep a report on this node's disk. When this returns it is there.
    ///
    /// # Errors
    /// The one of the store, when there is no journal, or it did not take the report.
    pub(super) async fn keep_for_later(&self, new: &NewReport, error: StoreError) -> Result<(), StoreError> {
        let Some(journal) = self.journal.as_ref().filter(|_| may_come_later(&error)) else { return Err(error) };
        let line = match serde_json::to_value(new) {
            // A report is known by its receipt, whether it was sent before or not.
            Ok(report) => Line { sent: false, entry: Entry::Report(report) },
            Err(unwritten) => {
                tracing::error!(error = %unwritten, "a report could not be written");
                return Err(error);
            }
        };
        if let Err(failed) = journal.append(&line).await {
            tracing::error!(error = %failed, "a report could not be kept for later");
            return Err(error);
        }
        self.waiting.0.lock().insert(new.report.receipt, new.report.at);
        self.counts.waiting.inc();
        Ok(())
    }

    /// When the report of a receipt was received, if it waits and this process knows of it.
    pub(super) fn waits_since(&self, receipt: &Digest) -> Option<Timestamp> {
        self.waiting.0.lock().get(receipt).copied()
    }

    /// Whether something waits: then nobody can say of a receipt that it has no report.
    pub(super) async fn anything_waits(&self) -> bool {
        match &self.journal {
            Some(journal) => journal.waiting().await.is_ok_and(|waiting| waiting > 0),
            None => false,
        }
    }

    /// Pass on what waits, whenever the store can be asked, for as long as this is polled.
    pub async fn pass_on(&self, clock: &dyn Clock) {
        let Some(journal) = &self.journal else { return };
        loop {
            let waiting = journal.waiting().await.unwrap_or_default();
            self.counts.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
            if waiting > 0 {
                self.replay(journal, clock).await;
            }
            sleep(LOOK_EVERY).await;
        }
    }

    async fn replay(&self, journal: &Journal, clock: &dyn Clock) {
        if !matches!(timeout(ASKED, self.records.read(&[])).await, Ok(Ok(_))) {
            return;
        }
        match journal.replay(clock, |line| self.keep_late(line)).await {
            Ok(done) => {
                self.counts.waiting.set(i64::try_from(done.waiting).unwrap_or(i64::MAX));
                self.counts.set_aside.inc_by(done.refused);
                tracing::warn!(
                    passed_on = done.recorded,
                    refused = done.refused,
                    waiting = done.waiting,
                    "reports of before were passed on"
                );
            }
            Err(error) => tracing::error!(%error, "reports that wait could not be passed on"),
        }
    }

    async fn keep_late(&self, line: Line) -> Attempt {
        let Entry::Report(report) = line.entry else { return Attempt::Refused };
        let mut new: NewReport = match serde_json::from_value(report) {
            Ok(new) => new,
            Err(error) => {
                tracing::error!(%error, "a report that waited cannot be read");
                return Attempt::Refused;
            }
        };
        if let (None, Some(gtin)) = (&new.report.publisher, new.report.gtin) {
            // Here there is time: whoever is to answer it must find it.
            match timeout(ASKED, self.owner(gtin)).await {
                Ok(Ok(owner)) => new.report.publisher = owner,
                Ok(Err(StoreError::Corrupt(error))) => {
                    tracing::error!(%error, "whose product a report is about is not known");
                }
                Ok(Err(_)) | Err(_) => return Attempt::Unanswered,
            }
        }
        let mut kept = self.reports.keep(&new).await;
        if matches!(kept, Ok(Kept::KeyTaken)) {
            // Its receipt was given: it is a report of its own, whatever its key has become.
            kept = self.reports.keep(&NewReport { key: None, ..new.clone() }).await;
        }
        let attempt = match kept {
            Ok(Kept::New | Kept::Before { .. }) => Attempt::Recorded,
            Ok(Kept::KeyTaken) => Attempt::Refused,
            Err(error) if may_come_later(&error) => return Attempt::Unanswered,
            Err(error) => {
                tracing::error!(%error, "a report that waited is not taken");
                Attempt::Refused
            }
        };
        self.waiting.0.lock().remove(&new.report.receipt);
        attempt
    }
}
