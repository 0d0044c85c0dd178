//! What changed: how a store tells those who keep what they have read.

use core::hash::Hasher as _;
use std::collections::hash_map::DefaultHasher;

use async_trait::async_trait;

use crate::registry::RecallId;

/// What an entry that was read depends on: the hash of its name in the engine. Two entries that share a name there
/// (units of one bucket) share it; a collision only means that something is read again too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dependency(pub u64);

impl Dependency {
    /// The dependency on a name. The same in every process of one build: it never leaves the process.
    #[must_use]
    pub fn on(name: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(name);
        Self(hasher.finish())
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Names whose value is another one now.
    pub names: Vec<Dependency>,
    /// Recalls among them, to be read anew.
    pub recalls: Vec<RecallId>,
}

/// Told of every change, after it is on disk and before the commit is acknowledged. The store waits for each
/// watcher, so that one may read what has changed.
#[async_trait]
pub trait Watcher: Send + Sync {
    /// These have changed.
    async fn changed(&self, changes: &Changes);

    /// Anything may have changed: changes may have been missed.
    async fn everything(&self);

    /// Whether changes are told in time just now. While they are not, what is kept must be short-lived.
    fn in_time(&self, in_time: bool);
}
