//! Where consumers' reports are kept: beside the records, and never among them.
//!
//! Nothing here decides anything: what may be said in a report and what may become of one is in `reports`. A report is
//! found by the hash of its receipt, which nobody but the reporter has, and listed by its number. How to reach the
//! reporter and the photo are kept apart from the report, so that whoever lists reports does not read them.

#[cfg(test)]
pub(crate) mod conformance;
mod contact;
mod filter;
mod photo;

use async_trait::async_trait;
use gs1::Gtin14;
use jiff::Timestamp;
use nguon_openapi::{Lang, ReportReason, ReportState};
use serde::{Deserialize, Serialize};

pub use contact::ReporterContact;
pub use filter::Filter;
pub(crate) use filter::{EVERY, FORGETTING};
pub use photo::Photo;

pub use super::hold::Hold;

use super::StoreError;
use crate::registry::{Digest, Id};

/// How long the key of a report is known again, in seconds: a day.
pub const KEY_KEPT_S: i64 = 86_400;
/// How long a reporter's contact is kept after the report is closed, in seconds: 90 days.
pub const CONTACT_KEPT_S: i64 = 90 * 86_400;
/// How long a report is kept, in seconds from its receipt: 24 months, counted as 730 days.
pub const REPORT_KEPT_S: i64 = 730 * 86_400;
/// Most reports of one list.
pub const MOST_LISTED: usize = 1_000;

/// A report as it is kept. It holds nothing of the client that sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In the order in which reports were kept, from 1; given by the store. 0 until then.
    #[serde(skip)]
    pub number: u64,
    /// Grows by one with each change: what a change is compared against.
    pub version: u64,
    /// Hash of the receipt.
    pub receipt: Digest,
    /// When it was received.
    pub at: Timestamp,
    /// The code, as it was given.
    pub code: String,
    /// The product in the code, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin14>,
    /// Publisher of that product when the report was received, where that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Id>,
    /// What looks wrong.
    pub reason: ReportReason,
    /// In the reporter's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where it was bought or seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Language of the reporter.
    pub lang: Lang,
    /// There is a photo.
    #[serde(default)]
    pub has_photo: bool,
    /// It is known how to reach the reporter.
    #[serde(default)]
    pub has_contact: bool,
    /// How far it has come.
    pub state: ReportState,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What was done with it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// It is held: nothing of it is destroyed before the hold ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Hold>,
}

/// One thing that was done with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Id,
    /// The state after it.
    pub state: ReportState,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Report {
    /// When it first, or last, came into a state.
    pub(crate) fn came_into(&self, state: ReportState, first: bool) -> Option<Timestamp> {
        let mut times = self.steps.iter().filter(|step| step.state == state).map(|step| step.at);
        if first { times.next() } else { times.next_back() }
    }

    /// From when on it is to be destroyed.
    pub(crate) fn ends_at(&self) -> i64 {
        self.not_before(self.own_end())
    }

    /// The same without a hold: in this order reports are destroyed.
    pub(crate) fn own_end(&self) -> i64 {
        self.at.as_second().saturating_add(REPORT_KEPT_S)
    }

    /// A time, or the end of the hold if that is later.
    fn not_before(&self, end: i64) -> i64 {
        self.held.as_ref().map_or(end, |hold| end.max(hold.until.as_second()))
    }

    /// From when on nobody may be able to reach the reporter any more, if that is settled.
    pub(crate) fn contact_ends_at(&self) -> Option<i64> {
        let closed = self.came_into(ReportState::Closed, false).filter(|_| self.state == ReportState::Closed)?;
        self.has_contact.then(|| self.not_before(closed.as_second().saturating_add(CONTACT_KEPT_S)))
    }
}

/// A report that is to be kept, with what is kept apart from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReport {
    /// The report.
    pub report: Report,
    /// How to reach the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ReporterContact>,
    /// The photo: JPEG, without metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// Hash of the caller's `Idempotency-Key` and the code: the same key for the same code is the same report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Digest>,
}

/// What has become of a report that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on disk.
    New,
    /// It was on disk before, received at this time.
    Before {
        /// When.
        at: Timestamp,
    },
    /// Another report was kept under the same key within a day: this one was not.
    KeyTaken,
}

/// Where reports are kept.
#[async_trait]
pub trait Reports: Send + Sync {
    /// Keep a report, exactly once for its receipt. When this returns, it is on disk with its contact and its photo, and
    /// in every list. Sent again, it changes nothing.
    ///
    /// # Errors
    /// `Unreachable` when it is not certain that it is on disk; it may be sent again. Otherwise as `Store::read`.
    async fn keep(&self, new: &NewReport) -> Result<Kept, StoreError>;

    /// The report of a receipt.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn of_receipt(&self, receipt: &Digest) -> Result<Option<Report>, StoreError>;

    /// The report of a number.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn of_number(&self, number: u64) -> Result<Option<Report>, StoreError>;

    /// Reports that a filter takes, by number, after a number; at most `limit`, and [`MOST_LISTED`].
    ///
    /// # Errors
    /// As `Store::read`.
    async fn list(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError>;

    /// Put a report in place of itself as it was: whether it was still that (its version). The new one has the next
    /// version. Where it has no contact any more, that is erased. When this returns, it is on disk.
    ///
    /// # Errors
    /// As [`Reports::keep`].
    async fn replace(&self, was: &Report, is: &Report) -> Result<bool, StoreError>;

    /// How to reach whoever sent a report.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn contact(&self, report: &Report) -> Result<Option<ReporterContact>, StoreError>;

    /// The photo of a report.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn photo(&self, report: &Report) -> Result<Option<Photo>, StoreError>;

    /// Destroy what has outlived its time: reports with all that belongs to them, contacts, keys. An engine that does
    /// some of it by itself has that much less to do. How many reports and contacts went.
    ///
    /// # Errors
    /// As [`Reports::keep`].
    async fn expire(&self, now: Timestamp) -> Result<usize, StoreError>;
}
