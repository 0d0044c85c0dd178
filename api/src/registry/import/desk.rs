//! The desk itself: one writer at a time over a store.
//!
//! An import has the turn for one portion after the other and lets in between whoever waits: a recall does not stand
//! behind a document of an hour. Imports themselves come one after the other. Between processes it is the store that
//! lets a recall go first ([`Store::ask_to_go_first`]).

use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;
use tokio::sync::{Mutex, MutexGuard};

use super::feed::Portion;
use super::portion::Work;
use super::reach::Recalls;
use super::report::{Done, Report, Warning};
use super::run::{self, ImportOrder};
use super::{Author, DeskError, Document};
use crate::clock::Clock;
use crate::people::Scope;
use crate::registry::Record;
use crate::registry::read::Read;
use crate::store::{People, Store, StoreError};

/// How often something is decided, the first time included, because another commit came first. From the second time on
/// imports of other processes wait: what can still come first are as many recalls and revocations.
pub(super) const DECISIONS: u32 = 8;

/// Where declarations enter the registry. A clone is the same desk: there is to be one for a store in a process.
///
/// Everything here runs on a blocking thread of the runtime, takes turns with whatever else writes, and goes on to
/// its end when the caller goes away.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) store: Arc<dyn Store>,
    /// Who the publishers are; `None`: whoever declares may declare anything.
    people: Option<Arc<dyn People>>,
    pub(super) clock: Arc<dyn Clock>,
    /// Held by who decides and writes.
    writing: Mutex<()>,
    /// How many wait for that whom an import lets in.
    waiting: AtomicUsize,
    /// Held by the import under way.
    importing: Mutex<()>,
}

/// The right to write, while this is held.
pub(super) struct Turn<'d>(#[expect(dead_code, reason = "ends the turn when dropped")] MutexGuard<'d, ()>);

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("clock", &self.inner.clock).finish_non_exhaustive()
    }
}

impl Desk {
    /// The desk of a store in which no publishers are registered.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self::of(store, None, clock)
    }

    /// The desk of a store, where each registered publisher declares what is its own.
    #[must_use]
    pub fn scoped(store: Arc<dyn Store>, people: Arc<dyn People>, clock: Arc<dyn Clock>) -> Self {
        Self::of(store, Some(people), clock)
    }

    fn of(store: Arc<dyn Store>, people: Option<Arc<dyn People>>, clock: Arc<dyn Clock>) -> Self {
        let inner = Inner {
            store,
            people,
            clock,
            writing: Mutex::default(),
            waiting: AtomicUsize::default(),
            importing: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The store that it writes to.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.inner.store
    }

    /// Import a document. When this returns, everything that the report calls changed is on disk.
    ///
    /// # Errors
    /// When the document cannot be read or the store fails. What was committed until then stays, and the same
    /// document continues after it.
    pub async fn import(&self, document: Document, order: ImportOrder) -> Result<Report, DeskError> {
        self.on_a_blocking_thread(move |desk| {
            Box::pin(async move {
                let _one_at_a_time = desk.importing.lock().await;
                run::import(desk, document, &order).await
            })
        })
        .await
    }

    /// Declare one record: issue or amend a recall, correct a product.
    ///
    /// # Errors
    /// `Refused` with what is wrong with it; otherwise when the store fails.
    pub async fn declare(&self, record: Record, author: Author) -> Result<Done, DeskError> {
        self.decide(move |desk| {
            let (record, author) = (record.clone(), author.clone());
            Box::pin(async move { desk.declare(record, &author).await })
        })
        .await
    }

    /// Decide on what is on record and write it, alone; again, with what is on record by then, when another commit came
    /// first.
    pub(super) async fn decide<T, F>(&self, work: F) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: for<'d> Fn(&'d Inner) -> LocalBoxFuture<'d, Result<T, DeskError>> + Send + 'static,
    {
        self.on_a_blocking_thread(move |desk| {
            Box::pin(async move {
                let _turn = desk.turn().await;
                for _ in 1..DECISIONS {
                    match work(desk).await {
                        Err(error) if error.is_conflict() => desk.store.ask_to_go_first().await?,
                        decided => return decided,
                    }
                }
                work(desk).await
            })
        })
        .await
    }

    /// Whether somebody waits for the turn.
    #[cfg(test)]
    pub(super) fn is_waited_for(&self) -> bool {
        self.inner.is_waited_for()
    }

    /// The turn.
    #[cfg(test)]
    pub(super) async fn turn(&self) -> Turn<'_> {
        self.inner.turn().await
    }

    pub(super) async fn on_a_blocking_thread<T, F>(&self, work: F) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: for<'d> FnOnce(&'d Inner) -> LocalBoxFuture<'d, Result<T, DeskError>> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || runtime.block_on(work(&inner)))
            .await
            .map_err(|error| StoreError::Unreachable(format!("the desk was interrupted: {error}")))?
    }
}

impl Inner {
    /// Wait for the turn; an import that has it gives it up after its portion.
    async fn turn(&self) -> Turn<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let turn = self.turn_of_import().await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        turn
    }

    /// Wait for the turn as an import does: no other import is under way. Turns are given in the order in which they
    /// were asked for.
    pub(super) async fn turn_of_import(&self) -> Turn<'_> {
        Turn(self.writing.lock().await)
    }

    /// Whether somebody waits whom an import is to let in.
    pub(super) fn is_waited_for(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }

    /// What an author may declare at this moment.
    pub(super) async fn scope_of(&self, author: &Author) -> Result<Scope, StoreError> {
        match &self.people {
            Some(people) => Ok(people.register().await?.scope_of(&author.publisher)),
            None => Ok(Scope::Open),
        }
    }

    /// One record, in a commit of its own.
    pub(super) async fn declare(&self, record: Record, author: &Author) -> Result<Done, DeskError> {
        let mut work = self.fold_one(record, author).await?;
        let warnings = core::mem::take(&mut work.report.warnings.list);
        let changed = work.report.changed > 0;
        let (_, revision) = work.commit(None).await?;
        let warnings =
            warnings.into_iter().map(|it| Warning { field: it.field, code: it.code, message: it.message }).collect();
        Ok(Done { changed, revision, warnings })
    }

    /// One record, folded and not written.
    pub(super) async fn fold_one(&self, record: Record, author: &Author) -> Result<Work<'_>, DeskError> {
        let mut recalls = Recalls::load(&*self.store).await?;
        let mut work = Work::begin(self, author, None).await?;
        let portion = Portion { reads: vec![Read::at(0, Ok(record))], done: 0 };
        work.portion(&portion, &mut recalls, author).await?;
        let refused = core::mem::take(&mut work.report.rejected.list);
        if refused.is_empty() {
            return Ok(work);
        }
        let faults = refused.into_iter().map(|it| crate::registry::Fault::new(it.field, it.code, it.message));
        Err(DeskError::Refused(faults.collect()))
    }
}
