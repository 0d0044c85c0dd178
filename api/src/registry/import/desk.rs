//! The desk itself: one writer at a time over a store.

use core::fmt;
use std::sync::Arc;

use super::feed::Portion;
use super::portion::Work;
use super::reach::Recalls;
use super::report::{Done, Report, Warning};
use super::run::{self, ImportOrder};
use super::{Author, DeskError, Document};
use crate::clock::Clock;
use crate::registry::Record;
use crate::registry::read::Read;
use crate::store::{Store, StoreError};

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
    pub(super) clock: Arc<dyn Clock>,
    writing: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("clock", &self.inner.clock).finish_non_exhaustive()
    }
}

impl Desk {
    /// The desk of a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { inner: Arc::new(Inner { store, clock, writing: tokio::sync::Mutex::new(()) }) }
    }

    /// Import a document. When this returns, everything that the report calls changed is on disk.
    ///
    /// # Errors
    /// When the document cannot be read or the store fails. What was committed until then stays, and the same
    /// document continues after it.
    pub async fn import(&self, document: Document, order: ImportOrder) -> Result<Report, DeskError> {
        self.write(move |desk| Box::pin(async move { run::import(desk, document, &order).await })).await
    }

    /// Declare one record: issue or amend a recall, correct a product.
    ///
    /// # Errors
    /// `Refused` with what is wrong with it; otherwise when the store fails.
    pub async fn declare(&self, record: Record, author: Author) -> Result<Done, DeskError> {
        self.write(move |desk| Box::pin(async move { desk.declare(record, &author).await })).await
    }

    /// Run on a blocking thread, alone.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: for<'d> FnOnce(&'d Inner) -> futures_util::future::LocalBoxFuture<'d, Result<T, DeskError>> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            runtime.block_on(async {
                let _alone = inner.writing.lock().await;
                work(&inner).await
            })
        })
        .await
        .map_err(|error| StoreError::Unreachable(format!("the desk was interrupted: {error}")))?
    }
}

impl Inner {
    /// One record, in a commit of its own.
    pub(super) async fn declare(&self, record: Record, author: &Author) -> Result<Done, DeskError> {
        let mut recalls = Recalls::load(&*self.store).await?;
        let mut work = Work::begin(self, author, None).await?;
        let portion = Portion { reads: vec![Read { line: 0, record: Ok(record) }], done: 0 };
        work.portion(&portion, &mut recalls, author).await?;
        let refused = core::mem::take(&mut work.report.rejected.list);
        if !refused.is_empty() {
            let faults = refused.into_iter().map(|it| crate::registry::Fault::new(it.field, it.code, it.message));
            return Err(DeskError::Refused(faults.collect()));
        }
        let warnings = core::mem::take(&mut work.report.warnings.list);
        let changed = work.report.changed > 0;
        let (_, revision) = work.commit(None).await?;
        let warnings =
            warnings.into_iter().map(|it| Warning { field: it.field, code: it.code, message: it.message }).collect();
        Ok(Done { changed, revision, warnings })
    }
}
