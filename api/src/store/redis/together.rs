//! Lookups that come at one time are one question.
//!
//! A lookup asks for few keys, and most of what a question costs is not its keys: the pipeline, its place in the queue
//! of the connection, waking two threads, the marker. So a lookup puts its wish on the list of its thread, and whoever
//! finds the list empty sees to it that everything on it leaves in one pipeline once all who are about to wish have
//! done so. There is no timer: a wish that is alone leaves at once.
//!
//! Each wish is answered as soon as its own keys are, by a pipeline that left after it was made and that has the marker
//! behind the last of its entries. What fails for many may be the fault of one (an entry that is damaged): then each
//! asks for itself.
//!
//! Of a Cluster every lookup asks for itself: one that has no key on a frozen primary must not wait for those that do.

use core::mem;
use core::ops::Range;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use futures_util::future::join_all;
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::Instant;

use super::ask::Manner;
use super::read::{Found, ROUNDS, What};
use super::slot::Spread;
use super::{Inner, in_time};
use crate::store::{Key, Kind, Marker, StoreError};

/// Wishes of one pipeline.
const MOST: usize = 64;
/// Keys of a wish: those of a lookup.
const KEYS: usize = 8;
/// Lists. Threads that share one are answered all the same.
const LISTS: usize = 16;

type Answer = (Marker, Vec<Found>);

/// Keys that somebody waits for.
struct Wish {
    keys: Vec<Key>,
    tell: oneshot::Sender<Answer>,
}

/// What is to be asked next, by thread: none waits until another has time.
#[derive(Default)]
pub(super) struct Wishes([Mutex<Vec<Wish>>; LISTS]);

impl Wishes {
    /// The list of this thread.
    fn here() -> usize {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local!(static LIST: usize = THREADS.fetch_add(1, Ordering::Relaxed) % LISTS);
        LIST.with(|list| *list)
    }
}

/// Whether keys are those of a lookup that is to be asked together with others. Pictures are large: nobody is to wait
/// for one without having asked for it.
pub(super) fn is_lookup(inner: &Inner, keys: &[Key]) -> bool {
    inner.fleet.spread == Spread::One
        && (1..=KEYS).contains(&keys.len())
        && keys.iter().all(|key| key.kind() != Kind::Media)
}

/// Read the keys of a lookup, together with others.
///
/// # Errors
/// As of a read, also when there is no answer within [`super::RedisOptions::read_deadline`].
pub(super) async fn look(inner: &Arc<Inner>, keys: &[Key]) -> Result<Answer, StoreError> {
    let by = Instant::now() + inner.options.read_deadline;
    let (tell, told) = oneshot::channel();
    wish(inner, Wish { keys: keys.to_vec(), tell });
    // What is sent has the same deadline: a timer for each who waits would be one too many.
    match told.await {
        Ok(answer) => Ok(answer),
        Err(_) => {
            in_time(by.saturating_duration_since(Instant::now()), inner.look(keys, What::Value, Manner::Prompt)).await
        }
    }
}

fn wish(inner: &Arc<Inner>, wish: Wish) {
    let list = Wishes::here();
    let mut wishes = inner.wishes.0[list].lock();
    wishes.push(wish);
    if wishes.len() == 1 {
        // On the heap: a task is moved some times, and this future is large.
        tokio::spawn(Box::pin(Sending { inner: Some(Arc::clone(inner)), list }.send()));
    }
}

/// Whoever sends a list. One that ends before it did (its thread ends) leaves nobody waiting.
struct Sending {
    inner: Option<Arc<Inner>>,
    list: usize,
}

impl Drop for Sending {
    fn drop(&mut self) {
        drop(self.taken());
    }
}

impl Sending {
    /// The wishes, once.
    fn taken(&mut self) -> Option<(Arc<Inner>, Vec<Wish>)> {
        let inner = self.inner.take()?;
        let wishes = mem::take(&mut *inner.wishes.0[self.list].lock());
        Some((inner, wishes))
    }

    async fn send(mut self) {
        // Whoever is ready to run on this thread does so first, and wishes.
        yield_now().await;
        let Some((inner, mut wishes)) = self.taken() else { return };
        let mut pipelines = Vec::with_capacity(wishes.len().div_ceil(MOST));
        while !wishes.is_empty() {
            let portion = wishes.split_off(wishes.len().saturating_sub(MOST));
            pipelines.push(in_time(inner.options.read_deadline, answer(&inner, portion)));
        }
        // Whom an error leaves without an answer asks for itself.
        drop(join_all(pipelines).await);
    }
}

/// Answer wishes, each as soon as that can be done.
async fn answer(inner: &Inner, wishes: Vec<Wish>) -> Result<(), StoreError> {
    let mut reading = inner.begin(wishes.iter().flat_map(|wish| &wish.keys));
    let mut end = 0;
    let place = |wish: Wish| -> (Range<usize>, oneshot::Sender<Answer>) {
        let begin = end;
        end += wish.keys.len();
        (begin..end, wish.tell)
    };
    let mut waiting: Vec<_> = wishes.into_iter().map(place).collect();
    for _ in 0..ROUNDS {
        let marker = inner.round(&mut reading, What::Value, Manner::Prompt).await?;
        for (questions, tell) in mem::take(&mut waiting) {
            if reading.waits_for(&questions) {
                waiting.push((questions, tell));
            } else {
                // Whoever does not wait any more needs no answer.
                drop(tell.send((marker.clone(), reading.take(questions))));
            }
        }
        if waiting.is_empty() {
            break;
        }
    }
    Ok(())
}
