//! What every engine promises of submissions. Each part takes an empty store.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::{FileOf, NewSubmission, Part, Submission, SubmissionFilter, SubmissionState, SubmissionStep, Submissions};
use crate::registry::Id;

/// Everything, each part over a store of its own.
pub(crate) async fn all<S: Submissions>(mut empty: impl AsyncFnMut() -> S) {
    an_empty_store_has_none(&empty().await).await;
    a_submission_is_kept_with_its_files(&empty().await).await;
    lists_are_the_latest_first_and_go_on_before_a_number(&empty().await).await;
    only_the_one_who_saw_the_last_version_changes_it(&empty().await).await;
    the_files_of_one_that_is_discarded_are_gone(&empty().await).await;
    what_nobody_has_touched_is_destroyed_with_its_files(&empty().await).await;
}

fn now() -> Timestamp {
    "2026-11-29T03:00:00Z".parse().unwrap()
}

fn id(raw: &str) -> Id {
    Id::try_from(raw).unwrap()
}

fn new(publisher: &str) -> NewSubmission {
    let file = |name: &str, bytes| FileOf { name: name.to_owned(), bytes, sha256: "0".repeat(64) };
    let submission = Submission {
        number: 0,
        version: 1,
        publisher: id(publisher),
        entered_by: Some(id("minh")),
        at: now(),
        document: file("HTX Mẫu.xlsx", 3),
        photos: Some(file("ảnh.zip", 4)),
        state: SubmissionState::Draft,
        steps: Vec::new(),
        basis: None,
        revision: None,
    };
    NewSubmission {
        submission,
        document: Bytes::from_static(b"\0\r\n"),
        photos: Some(Bytes::from_static(b"PK\x03\x04")),
    }
}

fn moved(was: &Submission, state: SubmissionState) -> Submission {
    let mut is = Submission { state, version: was.version + 1, ..was.clone() };
    is.steps.push(SubmissionStep { at: now(), by: Some(id("lan")), state, why: Some("xem lại ô C7".to_owned()) });
    is
}

async fn kept(store: &dyn Submissions, publisher: &str) -> Submission {
    let number = store.keep_submission(&new(publisher)).await.unwrap();
    store.submission(number).await.unwrap().unwrap()
}

async fn numbers(store: &dyn Submissions, filter: &SubmissionFilter, before: u64, limit: usize) -> Vec<u64> {
    store.submissions(filter, before, limit).await.unwrap().iter().map(|it| it.number).collect()
}

async fn an_empty_store_has_none(store: &dyn Submissions) {
    assert_eq!(store.submission(1).await.unwrap(), None);
    assert_eq!(store.submission_part(1, Part::Document).await.unwrap(), None);
    assert_eq!(numbers(store, &SubmissionFilter::default(), u64::MAX, 9).await, [0; 0]);
}

async fn a_submission_is_kept_with_its_files(store: &dyn Submissions) {
    let one = kept(store, "coop").await;
    assert_eq!(one, Submission { number: one.number, ..new("coop").submission });
    let two = store.keep_submission(&NewSubmission { photos: None, ..new("coop") }).await.unwrap();
    assert!(two > one.number);
    let part = async |number, part| store.submission_part(number, part).await.unwrap();
    assert_eq!(part(one.number, Part::Document).await, Some(new("coop").document));
    assert_eq!(part(one.number, Part::Photos).await, new("coop").photos);
    assert_eq!((part(one.number, Part::Undo).await, part(two, Part::Photos).await), (None, None));
}

async fn lists_are_the_latest_first_and_go_on_before_a_number(store: &dyn Submissions) {
    let (a, b, c) = (kept(store, "coop").await, kept(store, "other").await, kept(store, "coop").await);
    let coop = SubmissionFilter { publisher: Some(id("coop")), open: false };
    let open = SubmissionFilter { publisher: None, open: true };
    assert_eq!(numbers(store, &SubmissionFilter::default(), u64::MAX, 9).await, [c.number, b.number, a.number]);
    assert_eq!(numbers(store, &coop, u64::MAX, 1).await, [c.number]);
    assert_eq!(numbers(store, &coop, c.number, 9).await, [a.number]);
    assert!(store.replace_submission(&b, &moved(&b, SubmissionState::Approved), None).await.unwrap());
    assert_eq!(numbers(store, &open, u64::MAX, 9).await, [c.number, a.number]);
    let mine = SubmissionFilter { publisher: Some(id("other")), open: true };
    assert_eq!(numbers(store, &mine, u64::MAX, 9).await, [0; 0]);
    // A publisher whose name begins as another's has a list of its own.
    assert_eq!(
        numbers(store, &SubmissionFilter { publisher: Some(id("coo")), open: false }, u64::MAX, 9).await,
        [0; 0]
    );
}

async fn only_the_one_who_saw_the_last_version_changes_it(store: &dyn Submissions) {
    let was = kept(store, "coop").await;
    let sent = moved(&was, SubmissionState::Sent);
    assert!(store.replace_submission(&was, &sent, None).await.unwrap());
    assert!(!store.replace_submission(&was, &moved(&was, SubmissionState::Discarded), None).await.unwrap());
    assert_eq!(store.submission(was.number).await.unwrap(), Some(sent.clone()));
    let approving = moved(&sent, SubmissionState::Approving);
    assert!(store.replace_submission(&sent, &approving, Some(b"{}\n")).await.unwrap());
    assert_eq!(store.submission_part(was.number, Part::Undo).await.unwrap(), Some(Bytes::from_static(b"{}\n")));
    // What is said of it later leaves that as it is.
    assert!(store.replace_submission(&approving, &moved(&approving, SubmissionState::Approved), None).await.unwrap());
    assert!(store.submission_part(was.number, Part::Undo).await.unwrap().is_some());
}

async fn the_files_of_one_that_is_discarded_are_gone(store: &dyn Submissions) {
    let (was, other) = (kept(store, "coop").await, kept(store, "coop").await);
    assert!(store.replace_submission(&was, &moved(&was, SubmissionState::Discarded), None).await.unwrap());
    for part in Part::ALL {
        assert_eq!(store.submission_part(was.number, part).await.unwrap(), None);
    }
    assert!(store.submission_part(other.number, Part::Photos).await.unwrap().is_some());
    assert!(store.submission(was.number).await.unwrap().is_some());
}

async fn what_nobody_has_touched_is_destroyed_with_its_files(store: &dyn Submissions) {
    let hours = |hours| now() + SignedDuration::from_hours(hours);
    assert_eq!(store.expire_submissions(hours(9)).await.unwrap(), 0);
    let (old, touched, done) = (kept(store, "coop").await, kept(store, "coop").await, kept(store, "coop").await);
    let mut later = moved(&touched, SubmissionState::Sent);
    later.steps[0].at = hours(2);
    assert!(store.replace_submission(&touched, &later, None).await.unwrap());
    // Whatever its state.
    assert!(store.replace_submission(&done, &moved(&done, SubmissionState::Approved), Some(b"{}\n")).await.unwrap());
    let mut young = new("coop");
    young.submission.at = hours(2);
    let young = store.keep_submission(&young).await.unwrap();
    assert_eq!(store.expire_submissions(now()).await.unwrap(), 0, "it is not older than that");
    assert_eq!(store.expire_submissions(hours(1)).await.unwrap(), 2);
    for gone in [&old, &done] {
        assert_eq!(store.submission(gone.number).await.unwrap(), None);
        for part in Part::ALL {
            assert_eq!(store.submission_part(gone.number, part).await.unwrap(), None);
        }
    }
    for filter in [
        SubmissionFilter::default(),
        SubmissionFilter { publisher: Some(id("coop")), open: false },
        SubmissionFilter { publisher: Some(id("coop")), open: true },
    ] {
        assert_eq!(numbers(store, &filter, u64::MAX, 9).await, [young, touched.number]);
    }
    assert!(store.submission_part(touched.number, Part::Document).await.unwrap().is_some());
    // A number is given out once.
    assert!(store.keep_submission(&new("coop")).await.unwrap() > young);
    assert!(!store.replace_submission(&old, &moved(&old, SubmissionState::Sent), None).await.unwrap());
}
