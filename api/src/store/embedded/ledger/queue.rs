//! Group commit: whoever writes at one time shares one transaction.
//!
//! The first to come starts a writer on a blocking thread of the runtime. It takes what waits, at most [`GROUP`] acts, in
//! one transaction; what comes meanwhile is the next group; when nothing waits it ends. There is no timer. Between two
//! groups a commit of the registry that waits gets its turn.
//!
//! An act reads and judges before it writes. If it fails by then, it fails alone; if the engine fails, the whole group
//! does.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::books::Books;
use crate::store::StoreError;
use crate::store::embedded::{Inner, commit, table};

/// Most acts of one transaction.
const GROUP: usize = 64;

/// What waits to be written.
#[derive(Default)]
pub(in crate::store::embedded) struct Queue(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: VecDeque<Box<dyn Act>>,
    writing: bool,
}

/// Something to be written, and somebody who waits for it.
trait Act: Send {
    /// Do it in this transaction. An error fails the transaction.
    fn apply(&mut self, books: &mut Books<'_>) -> Result<(), StoreError>;

    /// It is on disk, or not.
    fn end(self: Box<Self>, written: Result<(), StoreError>);
}

struct Waiting<T, F> {
    act: F,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnMut(&mut Books<'_>) -> Result<T, StoreError> + Send> Act for Waiting<T, F> {
    fn apply(&mut self, books: &mut Books<'_>) -> Result<(), StoreError> {
        let outcome = (self.act)(books);
        let lost = match &outcome {
            Ok(_) | Err(StoreError::Corrupt(_)) => Ok(()),
            Err(error) => Err(error.clone()),
        };
        self.outcome = Some(outcome);
        lost
    }

    fn end(self: Box<Self>, written: Result<(), StoreError>) {
        let Self { outcome, reply, .. } = *self;
        let none = || Err(StoreError::Unreachable("the writer ended before it came to this".to_owned()));
        let outcome = written.and_then(|()| outcome.unwrap_or_else(none));
        // Whoever asked may have gone away.
        drop(reply.send(outcome));
    }
}

/// The one writer at a time. When it ends before its work does, those who wait are told so.
struct Writer {
    inner: Arc<Inner>,
    done: bool,
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.done {
            let mut state = self.inner.queue.0.lock();
            state.writing = false;
            let lost = core::mem::take(&mut state.waiting);
            drop(state);
            drop(lost);
        }
    }
}

/// Write, together with whoever else does. In a runtime.
///
/// # Errors
/// Of the act; `Unreachable` when it is not certain that it is on disk.
pub(super) async fn write<T: Send + 'static>(
    inner: &Arc<Inner>,
    act: impl FnMut(&mut Books<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let (reply, answer) = oneshot::channel();
    let waiting = Box::new(Waiting { act, outcome: None, reply });
    let starts = {
        let mut state = inner.queue.0.lock();
        state.waiting.push_back(waiting);
        !core::mem::replace(&mut state.writing, true)
    };
    if starts {
        let writer = Writer { inner: Arc::clone(inner), done: false };
        tokio::task::spawn_blocking(move || writer.run());
    }
    answer.await.map_err(|_| StoreError::Unreachable("the ledger's writer was cut short".to_owned()))?
}

impl Writer {
    fn run(mut self) {
        loop {
            let written = {
                let _turn = self.inner.turn.blocking_lock();
                self.group(self.next())
            };
            let tell = || written.into_iter().for_each(|(act, written)| act.end(written));
            if self.goes_on() {
                tell();
            } else {
                // Before anybody is told: whoever then closes the store finds it closed.
                drop(self);
                return tell();
            }
        }
    }

    /// The next group.
    fn next(&self) -> Vec<Box<dyn Act>> {
        let mut state = self.inner.queue.0.lock();
        let most = state.waiting.len().min(GROUP);
        state.waiting.drain(..most).collect()
    }

    /// Whether something waits. If not, this writer has ended, and the next to come starts another.
    fn goes_on(&mut self) -> bool {
        let mut state = self.inner.queue.0.lock();
        state.writing = !state.waiting.is_empty();
        self.done = !state.writing;
        state.writing
    }

    fn group(&self, mut group: Vec<Box<dyn Act>>) -> Vec<(Box<dyn Act>, Result<(), StoreError>)> {
        let written = self.transaction(&mut group);
        // Readers see it before anybody is told. Who cannot look now does when the next one reads.
        drop(self.inner.look_again());
        group.into_iter().map(|act| (act, written.clone())).collect()
    }

    fn transaction(&self, group: &mut [Box<dyn Act>]) -> Result<(), StoreError> {
        self.inner.view()?;
        let txn = commit::begin(&self.inner.db)?;
        let mut books = Books::open(&txn)?;
        group.iter_mut().try_for_each(|act| act.apply(&mut books))?;
        drop(books);
        txn.commit().map_err(table::unreachable)
    }
}
