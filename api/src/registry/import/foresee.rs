//! What a declaration would do: folded as if it were written, and not written. For whoever is to look before it counts.

use std::collections::HashMap;

use gs1::Gtin14;

use super::desk::{Desk, Inner};
use super::fold::Fold;
use super::portion::{Ready, Work};
use super::reach::Recalls;
use super::report::Report;
use super::revoke::{Revocation, Revoked};
use super::run::{self, ImportOrder};
use super::{Author, Basis, DeskError, Document};
use crate::registry::Record;
use crate::store::{Entry, Key, Put};

/// What would be on record.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// What was found, as a dry run reports it.
    pub report: Report,
    /// Entries as they would be written; one for a key.
    pub puts: Vec<Put>,
    /// What is on record of them now.
    pub before: HashMap<Key, Entry>,
    /// What all of it is worked out from.
    pub basis: Basis,
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
                let order = ImportOrder { dry_run: true, ..ImportOrder::of(author) };
                run::foresee(desk, document, &order).await
            })
        })
        .await
    }

    /// Whether an author may act for a product: before anything is told of its units.
    ///
    /// # Errors
    /// `Refused` when the product is not on record or another publisher's; otherwise when the store fails.
    pub async fn must_own(&self, gtin: Gtin14, author: Author) -> Result<(), DeskError> {
        self.decide(move |desk| {
            let author = author.clone();
            Box::pin(async move {
                let mut work = Work::begin(desk, &author, None).await?;
                Fold::new(&mut work.draft, &mut Recalls::default(), &author).own_product(gtin, "gtin").await.map(drop)
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
        work.foreseen()
    }
}

impl Work<'_> {
    /// What it would write.
    pub(super) fn foreseen(self) -> Result<Foreseen, DeskError> {
        let (basis, before) = (self.draft.basis()?, self.draft.before());
        let Ready { batch, report, .. } = self.ready(None)?;
        Ok(Foreseen { report, puts: batch.map(|batch| batch.puts).unwrap_or_default(), before, basis })
    }
}
