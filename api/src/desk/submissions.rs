//! A submission from its upload to its approval, and back.
//!
//! Whoever enters records uploads a file, sees what it would do, and sends it; a second person approves it, and then it is
//! imported as a whole or not at all; or sends it back with words. Every step is a comparison with the version that was
//! looked at, and so is what it does to the registry: an approval, and a taking back, names what its page was worked out
//! from ([`Basis`]), and is carried out over that alone. What an approval takes back again ([`super::Undo`]) is kept before
//! anything is written, and an approval that was cut short is approved again: what was imported once is not imported twice.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use nguon_openapi::Lang;

use super::upload::{self, Uploaded, must_be_readable};
use super::wording::in_vietnamese;
use super::{Opened, Undo, Wrong};
use crate::people::{Person, Role};
use crate::registry::import::{Author, Basis, Desk, DeskError, Document, Foreseen, Format, ImportOrder, Report};
use crate::registry::{Record, Text};
use crate::sheets::{Book, Reading, SheetFormat};
use crate::store::submissions::{
    NewSubmission, Part, Submission, SubmissionFilter, SubmissionState, SubmissionStep, Submissions,
};
use crate::store::{Entry, Key, StoreError};

/// Most submissions of a publisher with which somebody has still to do something.
pub const MOST_OPEN: usize = 20;

/// Why a step was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// There is no such submission, for this person.
    Missing,
    /// The person's role does not reach, or it is the person's own doing.
    NotTheirs,
    /// Somebody else has changed it, or what it would change, meanwhile; or it is past that.
    Moved,
    /// Something is to be put right.
    Wrong(Wrong),
    /// The store could not say.
    Store(StoreError),
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Wrong> for NotTaken {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl From<DeskError> for NotTaken {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Store(error) => Self::Store(error),
            DeskError::Refused(faults) => {
                let fault = faults.first().map(|fault| Wrong::of_fault(fault, |_| ""));
                fault.map_or(Self::Moved, Self::Wrong)
            }
            DeskError::Moved => Self::Moved,
            DeskError::TooLarge(_) => Self::Wrong(Wrong::at(
                "document",
                "Tệp có quá nhiều dòng: hãy chia ra.",
                "The file holds too much: divide it.",
            )),
            DeskError::Unreadable(error) => Self::Wrong(Wrong::at(
                "document",
                "Chưa đọc được tệp này.",
                format!("The file cannot be read: {error}."),
            )),
        }
    }
}

/// What taking a submission back comes to.
#[derive(Clone, Debug, Default)]
pub struct TakenBack {
    /// Records that take it back.
    pub records: Vec<Record>,
    /// Records that somebody has declared anew since then: they stay.
    pub kept: Vec<Record>,
    /// What this is worked out from; `None`: no more is to be taken back.
    pub basis: Option<Basis>,
}

/// Where submissions are worked on, for one person.
#[derive(Clone, Copy)]
pub struct Tray<'a> {
    /// Where they are kept.
    pub kept: &'a dyn Submissions,
    /// Their spreadsheets, as they were read lately.
    pub opened: &'a Opened,
    /// Where they are imported.
    pub desk: &'a Desk,
    /// Who works on them.
    pub person: &'a Person,
    /// The time.
    pub now: Timestamp,
}

impl Tray<'_> {
    /// Keep what was uploaded; its number. The same file, still open, is not kept twice.
    ///
    /// # Errors
    /// Why it is not.
    pub async fn upload(&self, document: Uploaded, photos: Option<Uploaded>) -> Result<u64, NotTaken> {
        if !self.person.may(Role::Enter) {
            return Err(NotTaken::NotTheirs);
        }
        must_be_readable(&document.name)?;
        let publisher = self.person.publisher.clone();
        let filter = SubmissionFilter { publisher: Some(publisher.clone()), open: true };
        let open = self.kept.submissions(&filter, u64::MAX, MOST_OPEN).await?;
        let (described, pictures) = (document.describe(), photos.as_ref().map(Uploaded::describe));
        let hash = |file: Option<&crate::store::submissions::FileOf>| file.map(|it| it.sha256.clone());
        let is_same = |it: &&Submission| {
            it.document.sha256 == described.sha256 && hash(it.photos.as_ref()) == hash(pictures.as_ref())
        };
        if let Some(same) = open.iter().find(is_same) {
            return Ok(same.number);
        }
        if open.len() >= MOST_OPEN {
            return Err(Wrong::at(
                "document",
                format!("Đang có {MOST_OPEN} hồ sơ chưa xong: hãy gửi duyệt hoặc bỏ bớt trước."),
                format!("{MOST_OPEN} submissions are open: send or discard some first."),
            )
            .into());
        }
        let submission = Submission {
            number: 0,
            version: 1,
            publisher,
            entered_by: self.person.user.clone(),
            at: self.now,
            document: described,
            photos: pictures,
            state: SubmissionState::Draft,
            steps: Vec::new(),
            basis: None,
            revision: None,
        };
        let new = NewSubmission { submission, document: document.bytes, photos: photos.map(|it| it.bytes) };
        Ok(self.kept.keep_submission(&new).await?)
    }

    /// A submission that the person may see.
    ///
    /// # Errors
    /// `Missing`, or when the store cannot say.
    pub async fn submission(&self, number: u64) -> Result<Submission, NotTaken> {
        let found = self.kept.submission(number).await?;
        found.filter(|it| self.person.sees(Some(&it.publisher))).ok_or(NotTaken::Missing)
    }

    /// What a submission would write, and what is to be said about it in a language.
    ///
    /// # Errors
    /// When its files cannot be read at all.
    pub async fn tried(&self, submission: &Submission, lang: Lang) -> Result<Foreseen, NotTaken> {
        let (document, book) = self.opened(submission, lang).await?;
        let mut foreseen = self.desk.foresee_document(document, author(submission, None)).await?;
        match book {
            Some(book) => book.legend().explain(&mut foreseen.report),
            // The registry's own words are English.
            None if lang == Lang::Vi => in_vietnamese(&mut foreseen.report),
            None => {}
        }
        Ok(foreseen)
    }

    /// What a submission says, and its spreadsheet where it is one.
    async fn opened(&self, submission: &Submission, lang: Lang) -> Result<(Document, Option<Arc<Book>>), NotTaken> {
        let name = Path::new(&submission.document.name);
        let Some(format) = SheetFormat::of_name(name) else {
            let bytes = self.part(submission, Part::Document).await?;
            return Ok((Document::bytes(bytes, Format::of_name(name)), None));
        };
        let book = match self.opened.get(submission, lang) {
            Some(book) => book,
            None => self.read(submission, format, lang).await?,
        };
        Ok((book.document(), Some(book)))
    }

    async fn read(&self, submission: &Submission, format: SheetFormat, lang: Lang) -> Result<Arc<Book>, NotTaken> {
        let _turn = self.opened.turn().await.ok_or(NotTaken::Moved)?;
        // Somebody else may have read it meanwhile.
        if let Some(book) = self.opened.get(submission, lang) {
            return Ok(book);
        }
        let bytes = self.part(submission, Part::Document).await?;
        let photos = match &submission.photos {
            Some(file) => Some(Uploaded { name: file.name.clone(), bytes: self.part(submission, Part::Photos).await? }),
            None => None,
        };
        let publisher = submission.publisher.clone();
        let reading = tokio::task::spawn_blocking(move || {
            upload::read(&bytes, photos.as_ref(), Reading { format, publisher: &publisher, lang })
        });
        let interrupted = |error| StoreError::Unreachable(format!("reading a file was interrupted: {error}"));
        let book = Arc::new(reading.await.map_err(interrupted)??);
        self.opened.keep(submission, lang, Arc::clone(&book));
        Ok(book)
    }

    async fn part(&self, submission: &Submission, part: Part) -> Result<Bytes, NotTaken> {
        let missing = || StoreError::Corrupt(format!("the files of submission {} are missing", submission.number));
        Ok(self.kept.submission_part(submission.number, part).await?.ok_or_else(missing)?)
    }

    /// Send it to be approved. With errors in it, it is not.
    ///
    /// # Errors
    /// Why it was not sent.
    pub async fn send(&self, was: &Submission, version: u64) -> Result<(), NotTaken> {
        self.must_enter(was)?;
        must_be(was, version, &[SubmissionState::Draft, SubmissionState::Returned])?;
        let report = self.tried(was, Lang::Vi).await?.report;
        clean(&report)?;
        if report.changed == 0 {
            return Err(Wrong::at(
                "",
                "Tệp không có gì mới so với hồ sơ: không cần gửi duyệt.",
                "The file says nothing new: there is nothing to approve.",
            )
            .into());
        }
        self.step(was, Submission { state: SubmissionState::Sent, ..was.clone() }, None, None).await.map(drop)
    }

    /// Throw it away: its files are destroyed.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn discard(&self, was: &Submission, version: u64) -> Result<(), NotTaken> {
        self.must_enter(was)?;
        must_be(was, version, &[SubmissionState::Draft, SubmissionState::Returned])?;
        self.step(was, Submission { state: SubmissionState::Discarded, ..was.clone() }, None, None).await?;
        self.opened.forget(was);
        Ok(())
    }

    /// Send it back, with words. It needs no second person: nothing comes on record by it.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn give_back(&self, was: &Submission, version: u64, why: Text) -> Result<(), NotTaken> {
        self.must_decide(was)?;
        must_be(was, version, &[SubmissionState::Sent])?;
        self.step(was, Submission { state: SubmissionState::Returned, ..was.clone() }, Some(why), None).await.map(drop)
    }

    /// Approve it: it is imported as a whole, with evidence that names who entered and who approved it. `seen` is what
    /// [`Tray::tried`] was worked out from when the person looked at it.
    ///
    /// # Errors
    /// Why it was not; nothing of it is on record then.
    pub async fn approve(&self, was: &Submission, version: u64, seen: Option<&Basis>) -> Result<(), NotTaken> {
        if !self.person.may_approve(&was.publisher, was.hands()) {
            return Err(NotTaken::NotTheirs);
        }
        must_be(was, version, &[SubmissionState::Sent, SubmissionState::Approving])?;
        let was = match was.state {
            SubmissionState::Approving => was.clone(),
            _ => self.begin_approval(was, seen.ok_or(NotTaken::Moved)?).await?,
        };
        let sent_again = Submission { state: SubmissionState::Sent, basis: None, ..was.clone() };
        let Some(basis) = was.basis.clone() else {
            self.step(&was, sent_again, None, None).await?;
            return Err(NotTaken::Moved);
        };
        let (document, _) = self.opened(&was, Lang::Vi).await?;
        let order = ImportOrder {
            strict: true,
            over: Some(basis),
            once: Some(format!("submission:{}", was.number)),
            ..ImportOrder::of(author(&was, Some(self.person)))
        };
        let report = match self.desk.import(document, order).await {
            Ok(report) => clean(&report).map(|()| report).map_err(NotTaken::from),
            Err(DeskError::Moved) => Err(NotTaken::Moved),
            Err(other) => return Err(other.into()),
        };
        match report {
            Ok(report) => {
                let revision = match report.revision {
                    Some(revision) => revision,
                    // Nothing new: what is there by now is what it says.
                    None => self.desk.store().read(&[]).await?.marker.revision,
                };
                let is = Submission { basis: None, revision: Some(revision), ..was.clone() };
                let is = Submission { state: SubmissionState::Approved, ..is };
                self.step(&was, is, None, None).await.map(drop)
            }
            Err(not) => {
                // Something else came on record meanwhile: it is to be looked at again.
                self.step(&was, sent_again, None, None).await?;
                Err(not)
            }
        }
    }

    /// Keep what takes it back, and over what it is to be imported, before it is.
    async fn begin_approval(&self, was: &Submission, seen: &Basis) -> Result<Submission, NotTaken> {
        let foreseen = self.tried(was, Lang::Vi).await?;
        clean(&foreseen.report)?;
        if foreseen.basis != *seen {
            return Err(NotTaken::Moved);
        }
        let undo = ndjson(&Undo::of(&foreseen.puts, &foreseen.before).records)?;
        let is = Submission { state: SubmissionState::Approving, basis: Some(foreseen.basis), ..was.clone() };
        self.step(was, is, None, Some(&undo)).await
    }

    /// What taking a submission back would come to.
    ///
    /// # Errors
    /// When it is not on record, or the store cannot say.
    pub async fn taken_back(&self, submission: &Submission) -> Result<TakenBack, NotTaken> {
        let (SubmissionState::Approved, Some(revision)) = (submission.state, submission.revision) else {
            return Err(NotTaken::Moved);
        };
        let lines = self.kept.submission_part(submission.number, Part::Undo).await?.unwrap_or_default();
        let records = records(&lines)?;
        let keys = Undo::keys(&records);
        let found = self.desk.store().read(&keys).await?.entries;
        let found: HashMap<Key, Entry> = keys.into_iter().zip(found).filter_map(|(key, it)| Some((key, it?))).collect();
        let (records, kept) = Undo::since(records, &found, revision);
        // What somebody declares from here on is another basis, also where they do so before this line.
        let foreseen = self.desk.foresee_document(document(&records)?, self.undoing(submission, None)).await?;
        Ok(TakenBack { records, kept, basis: Some(foreseen.basis) })
    }

    /// Take it back. `seen` is what [`Tray::taken_back`] was worked out from when the person looked at it.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn undo(&self, was: &Submission, version: u64, seen: Option<&Basis>, why: Text) -> Result<(), NotTaken> {
        self.must_decide(was)?;
        must_be(was, version, &[SubmissionState::Approved])?;
        let TakenBack { records, basis, .. } = self.taken_back(was).await?;
        if basis.is_none() || basis.as_ref() != seen {
            return Err(NotTaken::Moved);
        }
        let author = self.undoing(was, Some(why.clone()));
        let order = ImportOrder { strict: true, over: basis, ..ImportOrder::of(author) };
        let report = self.desk.import(document(&records)?, order).await?;
        clean(&report)?;
        self.step(was, Submission { state: SubmissionState::Undone, ..was.clone() }, Some(why), None).await.map(drop)
    }

    /// Who stands behind taking it back.
    fn undoing(&self, submission: &Submission, why: Option<Text>) -> Author {
        Author { by: self.person.user.clone(), why, ..Author::of(submission.publisher.clone()) }
    }

    fn must_enter(&self, submission: &Submission) -> Result<(), NotTaken> {
        let may = self.person.may(Role::Enter) && self.person.sees(Some(&submission.publisher));
        if may { Ok(()) } else { Err(NotTaken::NotTheirs) }
    }

    /// What keeps something from the record, or takes it off: whoever approves may do so, with what is their own as well.
    fn must_decide(&self, submission: &Submission) -> Result<(), NotTaken> {
        let may = self.person.may(Role::Approve) && self.person.sees(Some(&submission.publisher));
        if may { Ok(()) } else { Err(NotTaken::NotTheirs) }
    }

    /// Take a step, if nobody has taken another. `is`: what it comes to, but for its version and for what is told of it.
    async fn step(
        &self,
        was: &Submission,
        is: Submission,
        why: Option<Text>,
        undo: Option<&[u8]>,
    ) -> Result<Submission, NotTaken> {
        let mut is = Submission { version: was.version + 1, ..is };
        let (state, why) = (is.state, why.map(|why| why.to_string()));
        is.steps.push(SubmissionStep { at: self.now, by: self.person.user.clone(), state, why });
        if self.kept.replace_submission(was, &is, undo).await? { Ok(is) } else { Err(NotTaken::Moved) }
    }
}

/// Whether it is of the version that was looked at, and in one of these states.
fn must_be(submission: &Submission, version: u64, states: &[SubmissionState]) -> Result<(), NotTaken> {
    let is = submission.version == version && states.contains(&submission.state);
    if is { Ok(()) } else { Err(NotTaken::Moved) }
}

/// Nothing in it is refused.
fn clean(report: &Report) -> Result<(), Wrong> {
    match report.rejected.total {
        0 => Ok(()),
        errors => Err(Wrong::at(
            "",
            format!("Còn {errors} lỗi trong tệp: hãy sửa rồi tải lên lại."),
            format!("There are {errors} errors in the file: correct it and upload it again."),
        )),
    }
}

/// Who stands behind what a submission declares.
fn author(submission: &Submission, approver: Option<&Person>) -> Author {
    let name = |person: &Person| {
        let name = person.user.as_ref().map_or(person.publisher.as_str(), |user| user.as_str());
        Text::try_from(name).ok()
    };
    let why = format!("Hồ sơ số {}: {}", submission.number, submission.document.name);
    Author {
        by: submission.entered_by.clone(),
        approved_by: approver.and_then(name),
        why: Text::try_from(why).ok(),
        ..Author::of(submission.publisher.clone())
    }
}

fn document(records: &[Record]) -> Result<Document, NotTaken> {
    Ok(Document::bytes(Bytes::from(ndjson(records)?), Format::Ndjson))
}

fn ndjson(records: &[Record]) -> Result<Vec<u8>, NotTaken> {
    let mut lines = Vec::new();
    for record in records {
        let line = serde_json::to_vec(record)
            .map_err(|error| StoreError::Corrupt(format!("a record without a JSON form: {error}")))?;
        lines.extend(line);
        lines.push(b'\n');
    }
    Ok(lines)
}

fn records(lines: &[u8]) -> Result<Vec<Record>, NotTaken> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let read = lines.map(serde_json::from_slice);
    let read: Result<Vec<Record>, _> = read.collect();
    Ok(read.map_err(|error| StoreError::Corrupt(format!("the records that take a submission back: {error}")))?)
}
