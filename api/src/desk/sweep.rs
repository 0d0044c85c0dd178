//! Submissions whose time is up.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::store::{StoreError, Submissions};

/// Days for which a submission is kept that nobody touches, unless told otherwise.
pub const SUBMISSION_DAYS: u16 = 90;
/// How often what has outlived its time is destroyed.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// Destroy submissions that nobody has touched for so many days, now and once an hour, as long as this runs. What came on
/// record by them stays there, with its evidence, and can no longer be taken back here.
pub async fn sweep(kept: &dyn Submissions, days: u16, clock: &dyn Clock) {
    loop {
        match expire(kept, days, clock.now()).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "submissions that nobody had touched were destroyed with their files"),
            Err(error) => tracing::warn!(%error, "submissions could not be destroyed: tried again"),
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

async fn expire(kept: &dyn Submissions, days: u16, now: Timestamp) -> Result<usize, StoreError> {
    let since = now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days)));
    // A span of hours is in the range of any sum of times.
    kept.expire_submissions(since.unwrap_or(Timestamp::MIN)).await
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::registry::Id;
    use crate::store::EmbeddedStore;
    use crate::store::submissions::{FileOf, NewSubmission, Submission, SubmissionState};

    #[tokio::test]
    async fn a_submission_is_kept_for_as_many_days_as_are_asked_for() {
        let store = EmbeddedStore::open_temporary().unwrap();
        let at: Timestamp = "2026-11-29T03:00:00Z".parse().unwrap();
        let submission = Submission {
            number: 0,
            version: 1,
            publisher: Id::try_from("coop").unwrap(),
            entered_by: None,
            at,
            document: FileOf { name: "a.csv".to_owned(), bytes: 1, sha256: "0".repeat(64) },
            photos: None,
            state: SubmissionState::Draft,
            steps: Vec::new(),
            basis: None,
            revision: None,
        };
        let new = NewSubmission { submission, document: Bytes::from_static(b"x"), photos: None };
        let number = store.keep_submission(&new).await.unwrap();
        let in_hours = |hours| at + SignedDuration::from_hours(hours);
        assert_eq!(expire(&store, 2, in_hours(48)).await.unwrap(), 0);
        assert!(store.submission(number).await.unwrap().is_some());
        assert_eq!(expire(&store, 2, in_hours(49)).await.unwrap(), 1);
        assert_eq!(store.submission(number).await.unwrap(), None);
    }
}
