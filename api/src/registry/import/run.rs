//! An import from beginning to end.

use serde_json::json;

use super::desk::Inner;
use super::feed::{Feed, Portion};
use super::portion::Work;
use super::reach::Recalls;
use super::report::Report;
use super::{Author, DeskError, Document};
use crate::store::{Progress, StoreError};

/// Most entries that a strict import or a dry run may hold: they fold the whole document before anything is written.
/// About 200 bytes of memory each.
pub const MAX_STRICT_ENTRIES: usize = 4_000_000;

/// How often a portion is worked out again because another commit came first.
const ATTEMPTS: u32 = 5;

/// How to import a document.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// On whose behalf.
    pub author: Author,
    /// Write nothing if anything is refused. The document is folded as a whole and written in one commit; it may
    /// touch [`MAX_STRICT_ENTRIES`] entries.
    pub strict: bool,
    /// Write nothing; say what would happen. Bounded as `strict`.
    pub dry_run: bool,
}

impl ImportOrder {
    /// A usual import: what is right loads, what is wrong is reported.
    #[must_use]
    pub const fn of(author: Author) -> Self {
        Self { author, strict: false, dry_run: false }
    }
}

/// Import a document. Blocks on its reading; runs on a blocking thread.
pub(super) async fn import(desk: &Inner, document: Document, order: &ImportOrder) -> Result<Report, DeskError> {
    let format = document.format();
    let (sha256, source) = document.open()?;
    let whole = order.strict || order.dry_run;
    let place = place(&sha256, order);
    let resumed_after = if whole { None } else { desk.store.progress(&place).await? };
    let mut run = Run {
        desk,
        order,
        recalls: Recalls::load(&*desk.store).await?,
        report: Report {
            file: sha256,
            publisher: order.author.publisher.to_string(),
            dry_run: order.dry_run,
            strict: order.strict,
            resumed_after,
            ..Report::default()
        },
    };
    let feed = Feed::open(format, source, resumed_after.unwrap_or_default())?;
    if whole {
        run.at_once(feed).await?;
    } else {
        run.by_portions(feed).await?;
    }
    Ok(run.report)
}

/// Under what the progress of a document is kept: another publisher's import of the same one is another import.
fn place(sha256: &str, order: &ImportOrder) -> String {
    format!("{sha256}:{}", order.author.publisher)
}

struct Run<'a> {
    desk: &'a Inner,
    order: &'a ImportOrder,
    recalls: Recalls,
    report: Report,
}

impl Run<'_> {
    /// Each portion in a commit of its own, which also says how far the document is done.
    async fn by_portions(&mut self, mut feed: Feed) -> Result<(), DeskError> {
        let mut next = feed.next()?;
        while let Some(portion) = next {
            next = feed.next()?;
            self.portion(&portion, next.is_none()).await?;
        }
        // A resumed document whose last commit had been its end.
        if self.report.read == 0 && self.report.resumed_after.is_some() {
            let mut work = Work::begin(self.desk, &self.order.author, Some(&self.report.file)).await?;
            work.log.note("import", self.summary(&Report::default()));
            (_, self.report.revision) = work.commit(Some(self.progress(None))).await?;
        }
        Ok(())
    }

    /// One portion, worked out again when another commit came first.
    async fn portion(&mut self, portion: &Portion, last: bool) -> Result<(), DeskError> {
        for _ in 0..ATTEMPTS {
            match self.attempt(portion, last).await {
                Err(DeskError::Store(StoreError::Conflict { .. })) => {
                    self.recalls = Recalls::load(&*self.desk.store).await?;
                }
                Ok(report) => {
                    self.report.absorb(report);
                    return Ok(());
                }
                Err(other) => return Err(other),
            }
        }
        Err(DeskError::Store(StoreError::Unreachable(format!("{ATTEMPTS} times another commit came first"))))
    }

    async fn attempt(&mut self, portion: &Portion, last: bool) -> Result<Report, DeskError> {
        let mut work = Work::begin(self.desk, &self.order.author, Some(&self.report.file)).await?;
        work.portion(portion, &mut self.recalls, &self.order.author).await?;
        let changed = work.report.changed > 0;
        let refused = self.report.rejected.total + work.report.rejected.total > 0;
        let wrote_before = self.report.changed > 0 || self.report.resumed_after.is_some();
        let progress = match last {
            true if changed || wrote_before => {
                let body = self.summary(&work.report);
                work.log.note("import", body);
                Some(self.progress(None))
            }
            // A document with refused records continues before the first of them: what refused one may have been
            // put right by then, and what is on record already is passed over.
            false if changed && !refused => Some(self.progress(Some(portion.done))),
            _ => None,
        };
        let (mut report, revision) = work.commit(progress).await?;
        report.revision = revision;
        Ok(report)
    }

    /// Everything in one commit, if there is to be one.
    async fn at_once(&mut self, mut feed: Feed) -> Result<(), DeskError> {
        let mut work = Work::begin(self.desk, &self.order.author, Some(&self.report.file)).await?;
        while let Some(portion) = feed.next()? {
            work.portion(&portion, &mut self.recalls, &self.order.author).await?;
            if work.draft.len() > MAX_STRICT_ENTRIES {
                return Err(DeskError::TooLarge(format!(
                    "a strict import or a dry run may touch {MAX_STRICT_ENTRIES} entries: divide the document"
                )));
            }
        }
        let refused = work.report.rejected.total > 0;
        if self.order.dry_run || refused || work.report.changed == 0 {
            self.report.absorb(work.report);
            return Ok(());
        }
        let body = self.summary(&work.report);
        work.log.note("import", body);
        let (mut report, revision) = work.commit(Some(self.progress(None))).await?;
        report.revision = revision;
        self.report.absorb(report);
        Ok(())
    }

    fn progress(&self, lines: Option<u64>) -> Progress {
        Progress { file: place(&self.report.file, self.order), lines }
    }

    /// What the log keeps of the run: this part of it and what came before.
    fn summary(&self, last: &Report) -> serde_json::Value {
        let run = &self.report;
        json!({
            "read": run.read + last.read,
            "changed": run.changed + last.changed,
            "unchanged": run.unchanged + last.unchanged,
            "rejected": run.rejected.records + last.rejected.records,
            "warned": run.warnings.records + last.warnings.records,
            "resumed_after": run.resumed_after,
        })
    }
}
