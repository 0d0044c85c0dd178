//! What a declaration would do: folded as if it were written, and not written. For whoever is to look before it counts.

use super::desk::{Desk, Inner};
use super::portion::Work;
use super::report::Report;
use super::revoke::{Revocation, Revoked};
use super::run::{self, ImportOrder};
use super::{Author, DeskError, Document};
use crate::registry::Record;
use crate::store::Put;

/// What would be on record.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// What was found, as a dry run reports it.
    pub report: Report,
    /// Entries as they would be written; one for a key.
    pub puts: Vec<Put>,
}

impl Desk {
    /// What declaring one record would write, derived lots of a recall included.
    ///
    /// # Errors
    /// As [`Desk::declare`].
    pub async fn foresee(&self, record: Record, author: Author) -> Result<Foreseen, DeskError> {
        self.decide(move |desk| {
            let (record, author) = (record.clone(), author.clone());
            Box::pin(async move { desk.foresee(record, &author).await })
        })
        .await
    }

    /// What importing a document would write; what is refused is in the report. Bounded as a strict import is.
    ///
    /// # Errors
    /// As [`Desk::import`].
    pub async fn foresee_document(&self, document: Document, author: Author) -> Result<Foreseen, DeskError> {
        self.on_a_blocking_thread(move |desk| {
            Box::pin(async move {
                let order = ImportOrder { author, strict: false, dry_run: true };
                run::foresee(desk, document, &order).await
            })
        })
        .await
    }

    /// How many units a revocation would cancel.
    ///
    /// # Errors
    /// As [`Desk::revoke`].
    pub async fn foresee_revocation(&self, revocation: Revocation, author: Author) -> Result<Revoked, DeskError> {
        self.decide(move |desk| {
            let (revocation, author) = (revocation.clone(), author.clone());
            Box::pin(async move { Ok(desk.cancel(&revocation, &author).await?.1) })
        })
        .await
    }
}

impl Inner {
    async fn foresee(&self, record: Record, author: &Author) -> Result<Foreseen, DeskError> {
        let work: Work<'_> = self.fold_one(record, author).await?;
        let ready = work.ready(None)?;
        Ok(Foreseen { report: ready.report, puts: ready.batch.map(|batch| batch.puts).unwrap_or_default() })
    }
}
