//! Spreadsheets of submissions as they were read. A submission is looked at, corrected, sent and approved more often than
//! its files change, and to read them means to draw every picture.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use nguon_openapi::Lang;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::sheets::Book;
use crate::store::submissions::{FileOf, Submission};

/// What they may take together in memory, in bytes: 64 MiB.
const BYTES: u64 = 64 * 1024 * 1024;
/// How long one is kept: about as long as one person looks at it.
const KEPT: Duration = Duration::from_mins(10);
/// What a byte of a file becomes in memory, at most as a rule.
const GROWTH: u64 = 4;
/// Submissions whose files are read at once: pictures take memory while they are drawn.
const AT_ONCE: usize = 2;

/// Spreadsheets that were read lately, by submission and by the language of what is said about them.
#[derive(Debug)]
pub struct Opened {
    books: Cache<(u64, Lang), Kept>,
    turns: Semaphore,
}

/// A spreadsheet, and the files that it was read from.
#[derive(Clone, Debug)]
struct Kept {
    files: (FileOf, Option<FileOf>),
    book: Arc<Book>,
}

impl Kept {
    fn weight(&self) -> u32 {
        let words = self.files.0.bytes.saturating_mul(GROWTH);
        u32::try_from(words.saturating_add(self.book.weight() as u64)).unwrap_or(u32::MAX)
    }
}

impl Default for Opened {
    fn default() -> Self {
        let books =
            Cache::builder().max_capacity(BYTES).weigher(|_, kept: &Kept| kept.weight()).time_to_live(KEPT).build();
        Self { books, turns: Semaphore::new(AT_ONCE) }
    }
}

impl Opened {
    /// The spreadsheet of a submission, if it was read lately from the files that the submission has.
    pub(super) fn get(&self, submission: &Submission, lang: Lang) -> Option<Arc<Book>> {
        let kept = self.books.get(&(submission.number, lang))?;
        (kept.files == files(submission)).then_some(kept.book)
    }

    /// Keep it.
    pub(super) fn keep(&self, submission: &Submission, lang: Lang, book: Arc<Book>) {
        self.books.insert((submission.number, lang), Kept { files: files(submission), book });
    }

    /// The files of a submission are destroyed: nothing of them is kept.
    pub(super) fn forget(&self, submission: &Submission) {
        for lang in [Lang::Vi, Lang::En] {
            self.books.invalidate(&(submission.number, lang));
        }
    }

    /// A turn to read files; `None`: there will be none.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }
}

fn files(submission: &Submission) -> (FileOf, Option<FileOf>) {
    (submission.document.clone(), submission.photos.clone())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::registry::Id;
    use crate::sheets::{Album, Reading, SheetFormat};
    use crate::store::submissions::SubmissionState;

    fn file(sha256: &str) -> FileOf {
        FileOf { name: "hàng.csv".to_owned(), bytes: 1, sha256: sha256.to_owned() }
    }

    fn submission(number: u64, document: &str, photos: Option<&str>) -> Submission {
        Submission {
            number,
            version: 1,
            publisher: Id::try_from("htx-mau").unwrap(),
            entered_by: None,
            at: Timestamp::UNIX_EPOCH,
            document: file(document),
            photos: photos.map(file),
            state: SubmissionState::Draft,
            steps: Vec::new(),
            basis: None,
            revision: None,
        }
    }

    fn book() -> Arc<Book> {
        let sheet = "Mã GTIN;Tên sản phẩm\n9520000010010;Nước mắm\n";
        let publisher = Id::try_from("htx-mau").unwrap();
        let reading = Reading { format: SheetFormat::Csv, publisher: &publisher, lang: Lang::Vi };
        Arc::new(Book::read(sheet.as_bytes(), reading, &mut Album::none()).unwrap())
    }

    #[test]
    fn it_is_found_again_by_the_files_it_was_read_from_and_by_nothing_else() {
        let opened = Opened::default();
        let read = submission(7, "a", Some("b"));
        assert!(opened.get(&read, Lang::Vi).is_none());
        opened.keep(&read, Lang::Vi, book());
        let later = Submission { version: 2, state: SubmissionState::Sent, ..read.clone() };
        assert!(opened.get(&later, Lang::Vi).is_some(), "a step changes no file");
        assert!(opened.get(&read, Lang::En).is_none(), "what is said about it has a language");
        for other in [submission(8, "a", Some("b")), submission(7, "c", Some("b")), submission(7, "a", None)] {
            assert!(opened.get(&other, Lang::Vi).is_none(), "{other:?}");
        }
    }

    #[test]
    fn of_a_submission_that_is_thrown_away_nothing_is_left() {
        let opened = Opened::default();
        let (gone, other) = (submission(7, "a", None), submission(8, "a", None));
        for lang in [Lang::Vi, Lang::En] {
            opened.keep(&gone, lang, book());
            opened.keep(&other, lang, book());
        }
        opened.forget(&gone);
        for lang in [Lang::Vi, Lang::En] {
            assert!(opened.get(&gone, lang).is_none());
            assert!(opened.get(&other, lang).is_some());
        }
    }
}
