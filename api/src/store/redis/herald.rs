//! Telling of recalls that were pushed: watchers read them anew, and that takes as long as the store takes.
//!
//! Heartbeats and names are not to wait for that, so it has a task of its own. A heartbeat proves that changes are told
//! in time only while no recall has been waiting for longer than a heartbeat may take ([`Herald::is_prompt`]).

use std::collections::{BTreeSet, VecDeque};

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::audience::Audience;
use super::pulse::BOUND;
use crate::registry::RecallId;
use crate::store::Changes;

/// Recalls that are read at a time.
const RECALLS: usize = 32;

/// Recalls that are yet to be told of.
#[derive(Default)]
pub(super) struct Herald {
    waiting: Mutex<Waiting>,
    come: Notify,
}

#[derive(Default)]
struct Waiting {
    recalls: VecDeque<(Instant, RecallId)>,
    /// Since when those wait that are being told of.
    telling: Option<Instant>,
}

impl Herald {
    /// These have changed.
    pub(super) fn hand(&self, recalls: Vec<RecallId>, now: Instant) {
        if recalls.is_empty() {
            return;
        }
        self.waiting.lock().recalls.extend(recalls.into_iter().map(|recall| (now, recall)));
        self.come.notify_one();
    }

    /// Whether nothing has been waiting for too long.
    pub(super) fn is_prompt(&self, now: Instant) -> bool {
        let waiting = self.waiting.lock();
        let since = waiting.telling.or_else(|| waiting.recalls.front().map(|(since, _)| *since));
        since.is_none_or(|since| now <= since + BOUND)
    }

    /// Tell of them as they come, until the task is aborted.
    pub(super) async fn tell(&self, audience: &Audience) {
        loop {
            while let Some(recalls) = self.next() {
                audience.changed(&Changes { names: Vec::new(), recalls }).await;
            }
            self.come.notified().await;
        }
    }

    /// The next recalls; `None` when all have been told of.
    fn next(&self) -> Option<Vec<RecallId>> {
        let mut waiting = self.waiting.lock();
        waiting.telling = waiting.recalls.front().map(|(since, _)| *since);
        let next = waiting.recalls.len().min(RECALLS);
        // A recall that was written several times is read once.
        let recalls: BTreeSet<RecallId> = waiting.recalls.drain(..next).map(|(_, recall)| recall).collect();
        (!recalls.is_empty()).then(|| recalls.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::registry::Id;

    fn recall(n: usize) -> RecallId {
        RecallId(Id::try_from(format!("R-{n}")).unwrap())
    }

    #[test]
    fn recalls_are_told_in_their_order_and_in_time_until_one_has_waited_too_long() {
        let (herald, start) = (Herald::default(), Instant::now());
        let late = |since| since + BOUND + Duration::from_millis(1);
        assert!(herald.is_prompt(late(start)) && herald.next().is_none());
        herald.hand((0..RECALLS).map(recall).collect(), start);
        let then = start + Duration::from_millis(500);
        herald.hand(vec![recall(7), recall(7)], then);
        assert!(herald.is_prompt(start + BOUND) && !herald.is_prompt(late(start)));
        assert_eq!(herald.next().unwrap().len(), RECALLS);
        // Being told of is not told.
        assert!(!herald.is_prompt(late(start)));
        assert_eq!(herald.next().unwrap(), [recall(7)]);
        assert!(herald.is_prompt(late(start)) && !herald.is_prompt(late(then)));
        assert_eq!(herald.next(), None);
        assert!(herald.is_prompt(late(then)));
    }
}
