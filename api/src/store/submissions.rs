//! Where submissions are kept: what somebody wants declared, with its files, until a second person has looked at it.
//! Beside the records, and never among them.
//!
//! Nothing here decides anything: what may become of a submission is in `desk`. Its files are kept apart from it, so that
//! whoever lists submissions does not read them.

#[cfg(test)]
pub(crate) mod conformance;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::registry::import::Basis;
use crate::registry::{Id, Revision};

/// Most submissions of one list.
pub const MOST_SUBMISSIONS_LISTED: usize = 200;

/// How far a submission has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Uploaded; whoever did so looks at it.
    Draft,
    /// Sent to be approved.
    Sent,
    /// Sent back with words.
    Returned,
    /// Approved, and being written into the registry; to be approved again if that was cut short.
    Approving,
    /// On record.
    Approved,
    /// Thrown away by whoever uploaded it; its files are gone.
    Discarded,
    /// What it had declared was taken back, as far as that can be.
    Undone,
}

impl SubmissionState {
    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Approving => "approving",
            Self::Approved => "approved",
            Self::Discarded => "discarded",
            Self::Undone => "undone",
        }
    }

    /// Whether somebody has still to do something with it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Sent | Self::Returned | Self::Approving)
    }
}

/// A file of a submission, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOf {
    /// What it was called, as it may be shown.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256, as 64 hexadecimal digits.
    pub sha256: String,
}

/// A submission, without its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// In the order in which submissions were kept, from 1; given by the store. 0 until then.
    #[serde(skip)]
    pub number: u64,
    /// Grows by one with each change: what a change is compared against.
    pub version: u64,
    /// On whose behalf.
    pub publisher: Id,
    /// Who uploaded it; `None`: whoever runs the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<Id>,
    /// When.
    pub at: Timestamp,
    /// What is to be declared.
    pub document: FileOf,
    /// Pictures beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photos: Option<FileOf>,
    /// How far it has come.
    pub state: SubmissionState,
    /// What happened to it, in order.
    #[serde(default)]
    pub steps: Vec<SubmissionStep>,
    /// What whoever approved it looked at, from then until it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The commit with which it came on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
}

/// Something that happened to a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionStep {
    /// When.
    pub at: Timestamp,
    /// Who did it; `None`: whoever runs the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// The state after it.
    pub state: SubmissionState,
    /// In their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What is kept beside a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is to be declared, as it was uploaded.
    Document,
    /// Pictures, as they were uploaded.
    Photos,
    /// Records that take it back.
    Undo,
}

impl Part {
    /// Every part.
    pub(crate) const ALL: [Self; 3] = [Self::Document, Self::Photos, Self::Undo];

    /// Its letter in stored names.
    pub(crate) const fn letter(self) -> char {
        match self {
            Self::Document => 'd',
            Self::Photos => 'p',
            Self::Undo => 'u',
        }
    }
}

/// A submission that is to be kept.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    /// It.
    pub submission: Submission,
    /// What is to be declared.
    pub document: Bytes,
    /// Pictures beside it.
    pub photos: Option<Bytes>,
}

/// Which submissions a list holds. What is not set takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmissionFilter {
    /// On behalf of this publisher.
    pub publisher: Option<Id>,
    /// Those with which somebody has still to do something.
    pub open: bool,
}

impl SubmissionFilter {
    /// The shelf on which exactly these stand.
    pub(crate) fn shelf(&self) -> String {
        let state = if self.open { "open" } else { "all" };
        match &self.publisher {
            Some(publisher) => format!("{state}:{publisher}"),
            None => state.to_owned(),
        }
    }
}

impl Submission {
    /// The shelves that it stands on.
    pub(crate) fn shelves(&self) -> Vec<String> {
        let of = |open, publisher: Option<&Id>| SubmissionFilter { publisher: publisher.cloned(), open }.shelf();
        let mut shelves = vec![of(false, None), of(false, Some(&self.publisher))];
        if self.state.is_open() {
            shelves.extend([of(true, None), of(true, Some(&self.publisher))]);
        }
        shelves
    }

    /// Who had a hand in it as it stands: who uploaded it, and who sent it last. `None` is the bearer of the operator's own
    /// token.
    pub fn hands(&self) -> impl Iterator<Item = Option<&Id>> {
        // An approval that came to nothing leads back to where it was sent, which is no sending.
        let came_from = core::iter::once(SubmissionState::Draft).chain(self.steps.iter().map(|step| step.state));
        let sent = self
            .steps
            .iter()
            .zip(came_from)
            .filter(|(step, from)| step.state == SubmissionState::Sent && *from != SubmissionState::Approving);
        [self.entered_by.as_ref()].into_iter().chain(sent.last().map(|(step, _)| step.by.as_ref()))
    }

    /// When somebody had a hand in it last.
    #[must_use]
    pub fn touched_at(&self) -> Timestamp {
        self.steps.last().map_or(self.at, |step| step.at)
    }

    /// Whether the files of a submission in this state are kept.
    pub(crate) const fn has_files(&self) -> bool {
        !matches!(self.state, SubmissionState::Discarded)
    }
}

/// Where submissions are kept.
#[async_trait]
pub trait Submissions: Send + Sync {
    /// Keep a submission; its number. When this returns, it is on disk with its files, and in every list.
    ///
    /// # Errors
    /// `Unreachable` when it is not certain that it is on disk; otherwise as `Store::read`.
    async fn keep_submission(&self, new: &NewSubmission) -> Result<u64, StoreError>;

    /// The submission of a number.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn submission(&self, number: u64) -> Result<Option<Submission>, StoreError>;

    /// Submissions that a filter takes, the latest first, before a number; at most `limit`, and
    /// [`MOST_SUBMISSIONS_LISTED`].
    ///
    /// # Errors
    /// As `Store::read`.
    async fn submissions(
        &self,
        filter: &SubmissionFilter,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Submission>, StoreError>;

    /// Put a submission in place of itself as it was: whether it was still that (its version). The new one has the next
    /// version. With `undo`, that is kept beside it at once. The files of one that is discarded are destroyed. When this
    /// returns, it is on disk.
    ///
    /// # Errors
    /// As [`Submissions::keep_submission`].
    async fn replace_submission(
        &self,
        was: &Submission,
        is: &Submission,
        undo: Option<&[u8]>,
    ) -> Result<bool, StoreError>;

    /// Destroy submissions that nobody has touched since an instant, whatever their state, with their files: how many went.
    /// One that somebody touches at that moment stays.
    ///
    /// # Errors
    /// As [`Submissions::keep_submission`].
    async fn expire_submissions(&self, untouched_since: Timestamp) -> Result<usize, StoreError>;

    /// What is kept beside a submission.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn submission_part(&self, number: u64, part: Part) -> Result<Option<Bytes>, StoreError>;
}
