//! Folding many records into one draft, and committing it.

use std::collections::BTreeMap;

use super::ancestry::MAX_ANCESTORS;
use super::desk::Inner;
use super::draft::{Ahead, Draft};
use super::evidence::Log;
use super::feed::Portion;
use super::fold::{self, Fold};
use super::reach::Recalls;
use super::report::{Place, Report, Warning, WarningCode};
use super::survey::Spoken;
use super::{Author, DeskError};
use crate::registry::read::Read;
use crate::registry::{LotRef, Record, Revision};
use crate::store::{Batch, Progress, StoreError};

/// A draft with what has been found while records were folded into it.
pub(super) struct Work<'s> {
    pub(super) draft: Draft<'s>,
    pub(super) log: Log,
    pub(super) report: Report,
    /// What the accepted records speak of.
    pub(super) spoken: Spoken,
    /// Lots whose inputs have changed, each with the place that said so.
    rewoven: BTreeMap<LotRef, Place>,
}

impl<'s> Work<'s> {
    /// Nothing yet.
    pub(super) async fn begin(desk: &'s Inner, author: &Author, file: Option<&str>) -> Result<Self, StoreError> {
        Self::after(None, desk, author, file).await
    }

    /// Nothing yet, over what a commit that is on its way will leave.
    pub(super) async fn after(
        ahead: Option<Ahead>,
        desk: &'s Inner,
        author: &Author,
        file: Option<&str>,
    ) -> Result<Self, StoreError> {
        let now = desk.clock.now();
        let mut draft = match ahead {
            Some(ahead) => Draft::after(ahead, &*desk.store, now),
            None => Draft::begin(&*desk.store, now).await?,
        };
        draft.scope = desk.scope_of(author).await?;
        let log = Log::new(now, author, file);
        Ok(Self { draft, log, report: Report::default(), spoken: Spoken::default(), rewoven: BTreeMap::new() })
    }

    /// Fold a portion. A record that is refused is reported; a store that fails ends it.
    pub(super) async fn portion(
        &mut self,
        portion: &Portion,
        recalls: &mut Recalls,
        author: &Author,
    ) -> Result<(), DeskError> {
        let mut keys = Vec::new();
        for record in portion.reads.iter().filter_map(|read| read.record.as_ref().ok()) {
            fold::keys(record, &mut keys);
        }
        self.draft.load(keys).await?;
        for read in &portion.reads {
            self.report.read += 1;
            match &read.record {
                Ok(record) => self.record(read, record, recalls, author).await?,
                Err(faults) => self.report.reject(&Place::of(read), faults.clone()),
            }
        }
        self.hand_on(recalls, author).await
    }

    /// Work out what the portion's lots were made from.
    async fn hand_on(&mut self, recalls: &mut Recalls, author: &Author) -> Result<(), DeskError> {
        let rewoven = core::mem::take(&mut self.rewoven);
        let lots: Vec<LotRef> = rewoven.keys().copied().collect();
        let too_long = Fold::new(&mut self.draft, recalls, author).hand_on(&lots).await?;
        self.draft.accept();
        for lot in too_long {
            let warning = Warning {
                field: "inputs".to_owned(),
                code: WarningCode::AncestorsCut,
                message: format!("go back further than {MAX_ANCESTORS} lots; the nearest are kept"),
            };
            self.report.warn(&rewoven.get(&lot).cloned().unwrap_or_default(), vec![warning]);
        }
        Ok(())
    }

    async fn record(
        &mut self,
        read: &Read,
        record: &Record,
        recalls: &mut Recalls,
        author: &Author,
    ) -> Result<(), DeskError> {
        self.report.units += record.units() as u64;
        let place = Place::of(read);
        let (completed, kept) = if read.completes { self.completed(record).await? } else { (None, Vec::new()) };
        let record = completed.as_ref().unwrap_or(record);
        let mut fold = Fold::new(&mut self.draft, recalls, author);
        let told = fold.record(record).await;
        let (warnings, rewoven) = (fold.warnings, fold.rewoven);
        match told {
            Ok(told) => {
                self.spoken.note(record);
                if self.draft.accept() {
                    self.report.changed += 1;
                    self.log.tell(&place, record, told)?;
                } else {
                    self.report.unchanged += 1;
                }
                self.report.warn(&place, read.notes.iter().cloned().chain(kept).chain(warnings).collect());
                self.rewoven.extend(rewoven.map(|lot| (lot, place)));
                Ok(())
            }
            Err(DeskError::Refused(faults)) => {
                self.draft.refuse();
                self.report.reject(&place, faults);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// Put the draft on disk, if it holds anything new. Returns what was found, and the commit.
    pub(super) async fn commit(self, progress: Option<Progress>) -> Result<(Report, Option<Revision>), DeskError> {
        let store = self.draft.store();
        let Ready { batch, report, .. } = self.ready(progress)?;
        let revision = match batch {
            Some(batch) => Some(store.commit(batch).await?.revision),
            None => None,
        };
        Ok((report, revision))
    }

    /// The draft as a batch.
    pub(super) fn ready(self, progress: Option<Progress>) -> Result<Ready, DeskError> {
        let base = Some(self.draft.base());
        let (puts, ahead) = self.draft.settle();
        let evidence = self.log.into_lines()?;
        let nothing = puts.is_empty() && evidence.is_empty() && progress.is_none();
        let batch = (!nothing).then_some(Batch { base, puts, evidence, progress, gives_way: false });
        Ok(Ready { batch, ahead, report: self.report })
    }
}

/// What is ready to be committed.
pub(super) struct Ready {
    /// `None`: nothing new.
    pub(super) batch: Option<Batch>,
    /// What will be there once it is.
    pub(super) ahead: Ahead,
    pub(super) report: Report,
}
