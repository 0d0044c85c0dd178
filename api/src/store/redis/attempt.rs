//! One try at carrying a commit out, and where each of its writes stands among all others.
//!
//! A connection that was given up may still bring what was sent on it: whenever the network lets it through, after the
//! same was sent on another connection, after what comes next in the commit, after another writer has finished the
//! commit, after later commits. So each write says where it stands (revision, attempt, step), the witness of a slot
//! keeps the last of these that it has seen, and what stands before that is turned away. Within one step writes are for
//! different names and leave the same state when they are repeated.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::registry::Revision;

/// One try.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The commit.
    pub(super) revision: Revision,
    /// Which try at it, from 1: the journal counts them.
    number: u64,
    steps: AtomicU64,
}

impl Attempt {
    /// Nothing is written yet.
    pub(super) const fn new(revision: Revision, number: u64) -> Self {
        Self { revision, number, steps: AtomicU64::new(0) }
    }

    /// The next step begins: everything that belongs to the one before it has been answered.
    pub(super) fn step(&self) -> Step {
        let number = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        Step { revision: self.revision, attempt: self.number, number }
    }
}

/// Where writes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    revision: Revision,
    attempt: u64,
    number: u64,
}

impl Step {
    /// As a witness keeps it.
    pub(super) fn text(self) -> String {
        let Self { revision, attempt, number } = self;
        format!("{revision} {attempt} {number}")
    }
}
