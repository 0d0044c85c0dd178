//! An import from beginning to end.
//!
//! Between two portions a recall or a revocation that waits comes first. A document that is folded as a whole lets it
//! in as well, and is then folded anew from its beginning.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinHandle;

use super::desk::{Inner, Turn};
use super::draft::Ahead;
use super::feed::{Feed, Portion};
use super::foresee::Foreseen;
use super::portion::{Ready, Work};
use super::reach::Recalls;
use super::report::Report;
use super::{Author, Basis, DeskError, Document};
use crate::store::{Batch, Committed, Progress, StoreError};

/// Most entries that a strict import or a dry run may hold: they fold the whole document before anything is written.
/// About 200 bytes of memory each.
pub const MAX_STRICT_ENTRIES: usize = 4_000_000;

/// How often a portion, or a document that is folded as a whole, is worked out because another commit came first.
const ATTEMPTS: u32 = 20;

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
    /// With `strict`: write only over what was looked at ([`super::Foreseen::basis`]), else it is [`DeskError::Moved`].
    /// Compared in the same step as the commit.
    pub over: Option<Basis>,
    /// With `strict`: under what the store keeps, in the same commit, that this was carried out. A repeat writes nothing,
    /// whatever has been declared since, and its report names the commit.
    pub once: Option<String>,
}

impl ImportOrder {
    /// A usual import: what is right loads, what is wrong is reported.
    #[must_use]
    pub const fn of(author: Author) -> Self {
        Self { author, strict: false, dry_run: false, over: None, once: None }
    }
}

/// Import a document. Blocks on its reading; runs on a blocking thread.
pub(super) async fn import(desk: &Inner, document: Document, order: &ImportOrder) -> Result<Report, DeskError> {
    Ok(run(desk, document, order, false).await?.report)
}

/// A dry run, and the entries that it would write.
pub(super) async fn foresee(desk: &Inner, document: Document, order: &ImportOrder) -> Result<Foreseen, DeskError> {
    let run = run(desk, document, order, true).await?;
    let (report, folded) = (run.report, run.folded);
    let folded = folded.ok_or_else(|| StoreError::Corrupt("a dry run was none".to_owned()))?;
    Ok(Foreseen { report, ..folded })
}

async fn run<'a>(
    desk: &'a Inner,
    mut document: Document,
    order: &'a ImportOrder,
    foresees: bool,
) -> Result<Run<'a>, DeskError> {
    let parts = document.parts().to_owned();
    let (sha256, source) = document.open()?;
    let whole = order.strict || order.dry_run;
    let place = place(&sha256, &parts, order);
    let turn = desk.turn_of_import().await;
    let resumed_after = if whole { None } else { desk.store.progress(&place).await? };
    let mut run = Run {
        desk,
        order,
        parts,
        turn: Some(turn),
        recalls: Recalls::load(&*desk.store).await?,
        report: Report {
            file: sha256,
            publisher: order.author.publisher.to_string(),
            dry_run: order.dry_run,
            strict: order.strict,
            resumed_after,
            ..Report::default()
        },
        foresees,
        folded: None,
    };
    if whole {
        drop(source);
        run.at_once(&mut document).await?;
    } else {
        run.by_portions(Feed::open(source, resumed_after.unwrap_or_default())?).await?;
    }
    Ok(run)
}

/// Under what the progress of a document is kept: another publisher's import of the same one is another import, and so
/// is one with other pictures beside it.
fn place(sha256: &str, parts: &str, order: &ImportOrder) -> String {
    let publisher = &order.author.publisher;
    if parts.is_empty() { format!("{sha256}:{publisher}") } else { format!("{sha256}:{publisher}:{parts}") }
}

struct Run<'a> {
    desk: &'a Inner,
    order: &'a ImportOrder,
    /// What is imported beside the document itself.
    parts: String,
    /// Held but for the moments between portions.
    turn: Option<Turn<'a>>,
    recalls: Recalls,
    report: Report,
    /// Whether what a dry run would write is asked for.
    foresees: bool,
    /// That.
    folded: Option<Foreseen>,
}

/// A portion whose commit is on its way.
struct Sent {
    portion: Portion,
    last: bool,
    report: Report,
    /// What it will leave; taken by the portion that is folded over it.
    ahead: Option<Ahead>,
    commit: JoinHandle<Result<Committed, StoreError>>,
}

/// What became of a commit.
enum Landed {
    Well,
    /// Another commit came first: it was worked out again, and what was folded over it is void.
    Anew,
}

impl Run<'_> {
    /// Each portion in a commit of its own, which also says how far the document is done. While it is on its way the
    /// next portion is read and folded over what it will leave.
    async fn by_portions(&mut self, feed: Feed<'_>) -> Result<(), DeskError> {
        let mut sent = None;
        let done = self.each_portion(feed, &mut sent).await;
        // Also when something else has failed: what is on its way arrives.
        if let Some(sent) = sent {
            self.land(sent).await?;
        }
        done?;
        // A resumed document whose last commit had been its end.
        if self.report.read == 0 && self.report.resumed_after.is_some() {
            self.anew(&Portion::default(), true).await?;
        }
        Ok(())
    }

    async fn each_portion(&mut self, mut feed: Feed<'_>, sent: &mut Option<Sent>) -> Result<(), DeskError> {
        let mut next = feed.next()?;
        while let Some(portion) = next {
            if self.desk.is_waited_for() {
                if let Some(sent) = sent.take() {
                    // Nothing is folded over it yet, however it lands.
                    self.land(sent).await?;
                }
                self.let_in().await;
                self.recalls = Recalls::load(&*self.desk.store).await?;
            }
            let following = feed.next();
            let last = matches!(following, Ok(None));
            let mut folded = self.fold(&portion, last, sent.as_mut()).await;
            if let Some(sent) = sent.take()
                && let Landed::Anew = self.land(sent).await?
            {
                folded = self.fold(&portion, last, None).await;
            }
            *sent = match folded {
                Ok(ready) => self.send(portion, last, ready),
                Err(error) if error.is_conflict() => {
                    self.anew(&portion, last).await?;
                    None
                }
                Err(other) => return Err(other),
            };
            next = following?;
        }
        Ok(())
    }

    /// Let in who waits.
    async fn let_in(&mut self) {
        self.turn = None;
        self.turn = Some(self.desk.turn_of_import().await);
    }

    /// Fold a portion, over what the one before it will leave if that is on its way.
    async fn fold(&mut self, portion: &Portion, last: bool, sent: Option<&mut Sent>) -> Result<Ready, DeskError> {
        let mut so_far = self.report.clone();
        let mut ahead = None;
        if let Some(sent) = sent {
            so_far.absorb(sent.report.clone());
            ahead = sent.ahead.take();
        }
        let mut work = Work::after(ahead, self.desk, &self.order.author, Some(&self.report.file)).await?;
        work.portion(portion, &mut self.recalls, &self.order.author).await?;
        let changed = work.report.changed > 0;
        let refused = so_far.rejected.total + work.report.rejected.total > 0;
        let wrote_before = so_far.changed > 0 || so_far.resumed_after.is_some();
        let progress = match last {
            true if changed || wrote_before => {
                let body = summary(&so_far, &work.report);
                work.log.note("import", body);
                Some(self.progress(None))
            }
            // A document with refused records continues before the first of them: what refused one may have been
            // put right by then, and what is on record already is passed over.
            false if changed && !refused => Some(self.progress(Some(portion.done))),
            _ => None,
        };
        let mut ready = work.ready(progress)?;
        if let Some(batch) = &mut ready.batch {
            batch.gives_way = true;
        }
        Ok(ready)
    }

    /// Send a portion's commit on its way, if there is anything to commit.
    fn send(&mut self, portion: Portion, last: bool, ready: Ready) -> Option<Sent> {
        let Ready { batch, ahead, report } = ready;
        let Some(batch) = batch else {
            self.report.absorb(report);
            return None;
        };
        let store = Arc::clone(&self.desk.store);
        let commit = tokio::spawn(async move { store.commit(batch).await });
        Some(Sent { portion, last, report, ahead: Some(ahead), commit })
    }

    /// Wait for a commit.
    async fn land(&mut self, sent: Sent) -> Result<Landed, DeskError> {
        let committed = sent.commit.await;
        let committed =
            committed.map_err(|error| StoreError::Unreachable(format!("a commit was cut short: {error}")))?;
        match committed {
            Ok(Committed { revision }) => {
                self.report.absorb(Report { revision: Some(revision), ..sent.report });
                Ok(Landed::Well)
            }
            Err(StoreError::Conflict { .. }) => {
                self.anew(&sent.portion, sent.last).await?;
                Ok(Landed::Anew)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// One portion, worked out again because another commit came first.
    async fn anew(&mut self, portion: &Portion, last: bool) -> Result<(), DeskError> {
        for _ in 1..ATTEMPTS {
            self.recalls = Recalls::load(&*self.desk.store).await?;
            match self.attempt(portion, last).await {
                Err(error) if error.is_conflict() => {}
                Ok(report) => {
                    self.report.absorb(report);
                    return Ok(());
                }
                Err(other) => return Err(other),
            }
        }
        Err(too_often())
    }

    async fn attempt(&mut self, portion: &Portion, last: bool) -> Result<Report, DeskError> {
        let Ready { batch, mut report, .. } = self.fold(portion, last, None).await?;
        if let Some(batch) = batch {
            report.revision = Some(self.desk.store.commit(batch).await?.revision);
        }
        Ok(report)
    }

    /// Everything in one commit, if there is to be one.
    async fn at_once(&mut self, document: &mut Document) -> Result<(), DeskError> {
        for _ in 0..ATTEMPTS {
            let (_, source) = document.open()?;
            match self.whole(Feed::open(source, 0)?).await {
                Err(error) if error.is_conflict() => self.recalls = Recalls::load(&*self.desk.store).await?,
                done => return done,
            }
        }
        Err(too_often())
    }

    async fn whole(&mut self, mut feed: Feed<'_>) -> Result<(), DeskError> {
        let mut work = Work::begin(self.desk, &self.order.author, Some(&self.report.file)).await?;
        // Once it is begun: whoever carries it out from here on is noticed, as another commit.
        if let Some(once) = &self.order.once
            && let Some(revision) = self.desk.store.progress(once).await?
        {
            self.report.revision = Some(revision);
            return Ok(());
        }
        while let Some(portion) = feed.next()? {
            if self.desk.is_waited_for() {
                // What it commits is noticed: this is then void, and begun anew.
                self.let_in().await;
            }
            work.portion(&portion, &mut self.recalls, &self.order.author).await?;
            if work.draft.len() > MAX_STRICT_ENTRIES {
                return Err(DeskError::TooLarge(format!(
                    "a strict import or a dry run may touch {MAX_STRICT_ENTRIES} entries: divide the document"
                )));
            }
        }
        if self.order.dry_run {
            work.report.completeness = work.spoken.completeness(&mut work.draft).await?;
        }
        let refused = work.report.rejected.total > 0;
        if self.foresees {
            let foreseen = work.foreseen()?;
            self.report.absorb(foreseen.report.clone());
            self.folded = Some(foreseen);
            return Ok(());
        }
        if self.order.dry_run || refused {
            self.report.absorb(work.report);
            return Ok(());
        }
        if let Some(over) = &self.order.over
            && work.draft.basis()? != *over
        {
            return Err(DeskError::Moved);
        }
        if work.report.changed == 0 {
            self.report.absorb(work.report);
            return Ok(());
        }
        let body = summary(&self.report, &work.report);
        work.log.note("import", body);
        let progress = match &self.order.once {
            Some(once) => Progress { file: once.clone(), lines: Some(work.draft.stamp().revision) },
            None => self.progress(None),
        };
        let Ready { batch, mut report, .. } = work.ready(Some(progress))?;
        if let Some(batch) = batch {
            let batch = Batch { gives_way: true, ..batch };
            report.revision = Some(self.desk.store.commit(batch).await?.revision);
        }
        self.report.absorb(report);
        Ok(())
    }

    fn progress(&self, lines: Option<u64>) -> Progress {
        Progress { file: place(&self.report.file, &self.parts, self.order), lines }
    }
}

fn too_often() -> DeskError {
    DeskError::Store(StoreError::Unreachable(format!("{ATTEMPTS} times another commit came first")))
}

/// What the log keeps of the run: this part of it and what came before.
fn summary(run: &Report, last: &Report) -> serde_json::Value {
    json!({
        "read": run.read + last.read,
        "changed": run.changed + last.changed,
        "unchanged": run.unchanged + last.unchanged,
        "rejected": run.rejected.records + last.rejected.records,
        "warned": run.warnings.records + last.warnings.records,
        "resumed_after": run.resumed_after,
    })
}
