//! What an operator does to a recall that is on record.

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::RecallStatus;

use super::desk::{Desk, Inner};
use super::report::Done;
use super::{Author, DeskError};
use crate::registry::{Recall, RecallId, Record, Text};
use crate::store::{Entry, Key};

impl Desk {
    /// Issue a recall, or amend one that is on record.
    ///
    /// # Errors
    /// `Refused` when it contradicts itself or what is on record; otherwise when the store fails.
    pub async fn publish_recall(&self, recall: Recall, author: Author) -> Result<Done, DeskError> {
        self.declare(Record::Recall(recall), author).await
    }

    /// Close a recall: the measure is complete. What it covered stays marked.
    ///
    /// # Errors
    /// `Refused` when there is no such recall or it was withdrawn; otherwise when the store fails.
    pub async fn close_recall(&self, id: RecallId, reason: Text, author: Author) -> Result<Done, DeskError> {
        self.end_recall(id, RecallStatus::Closed, reason, author).await
    }

    /// Withdraw a recall: it should not have been issued. This alone lifts it.
    ///
    /// # Errors
    /// As [`Desk::close_recall`].
    pub async fn withdraw_recall(&self, id: RecallId, reason: Text, author: Author) -> Result<Done, DeskError> {
        self.end_recall(id, RecallStatus::Withdrawn, reason, author).await
    }

    async fn end_recall(
        &self,
        id: RecallId,
        status: RecallStatus,
        reason: Text,
        author: Author,
    ) -> Result<Done, DeskError> {
        self.decide(move |desk| {
            let (id, reason, author) = (id.clone(), reason.clone(), author.clone());
            Box::pin(async move { desk.end_recall(&id, status, reason, &author).await })
        })
        .await
    }
}

impl Inner {
    async fn end_recall(
        &self,
        id: &RecallId,
        status: RecallStatus,
        reason: Text,
        author: &Author,
    ) -> Result<Done, DeskError> {
        let stored = self.store.read(&[Key::Recall(id.clone())]).await?.entries.into_iter().next().flatten();
        let Some(Entry::Recall(stored)) = stored else {
            return Err(DeskError::not_on_record("id", &format!("the recall {id}")));
        };
        if stored.recall.status == status {
            return Ok(Done { changed: false, revision: None, warnings: Vec::new() });
        }
        let recall = Recall { status, ended: Some(self.today()), ended_reason: Some(reason), ..stored.recall.clone() };
        self.declare(Record::Recall(recall), author).await
    }

    /// The day in Viet Nam.
    pub(super) fn today(&self) -> Date {
        today(self.clock.now())
    }
}

/// The day in Viet Nam, which has had one offset and no summer time since 1975.
pub(super) fn today(now: Timestamp) -> Date {
    jiff::tz::offset(7).to_datetime(now).date()
}
