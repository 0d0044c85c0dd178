//! The embedded engine: one redb file, one process.
//!
//! **Blocking.** Reads touch the page cache or the file on the calling thread, some microseconds each, and take no
//! lock that a writer holds: they use the view that the last commit left. A commit sorts, writes and syncs on a
//! blocking thread of the runtime and returns when the bytes are on disk; there is one at a time.
//!
//! **Checks** are written together: `ledger`. Registry and ledger take turns.
//!
//! **A crash.** A commit is one transaction: all of it or nothing. Every commit saves what a repair would have to work
//! out (redb's quick-repair), so that a file opens in the same time after a kill as after a shutdown.
//!
//! **A loss.** The marker is written with every commit. A file without one, or with fewer records than it says, is
//! `RegistryUnavailable`: it must not answer "unknown".

mod commit;
mod ledger;
mod people;
mod reports;
mod scan;
mod submissions;
mod table;
mod view;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::{Mutex, RwLock};
use redb::{Builder, Database, DatabaseError};

use super::{
    Batch, Changes, Committed, Dependency, Entry, Evidence, Key, Kind, Marker, Snapshot, Store, StoreError, Watcher,
    not_walked,
};
use view::View;

/// Memory for redb's page cache: 256 MiB. The memory tiers above hold what is asked for often.
const CACHE_BYTES: usize = 256 * 1024 * 1024;

/// A registry in one file. A clone is the same store.
#[derive(Clone)]
pub struct EmbeddedStore {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    /// What readers see: the state after the last commit. `None` after a failure to look at it; the next reader
    /// looks again.
    view: RwLock<Option<Arc<View>>>,
    /// The newest marker that was seen: no reader may see an older one.
    newest: Mutex<Marker>,
    /// Whose turn it is to write: registry and ledger, in the order in which they come.
    turn: tokio::sync::Mutex<()>,
    queue: ledger::Queue,
    watchers: RwLock<Vec<Arc<dyn Watcher>>>,
}

impl EmbeddedStore {
    /// Open the registry in a file.
    ///
    /// # Errors
    /// `Unreachable` when there is no such file: a registry is never made by a wrong path. `Busy` when another process
    /// has it open. `RegistryUnavailable` when the file holds no registry, or has lost records.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(StoreError::Unreachable(format!("there is no file {}", path.display())));
        }
        Self::opened(path, || builder().open(path))
    }

    /// Open the registry in a file; where there is none, make an empty one.
    ///
    /// # Errors
    /// As [`EmbeddedStore::open`].
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        Self::opened(path, || builder().create(path))
    }

    /// An empty registry in memory, gone with the process.
    ///
    /// # Errors
    /// `Unreachable` when there is no memory for it.
    pub fn open_temporary() -> Result<Self, StoreError> {
        let backend = redb::backends::InMemoryBackend::new();
        Self::over(builder().create_with_backend(backend).map_err(|error| StoreError::Unreachable(error.to_string()))?)
    }

    /// The engine trusts its own pages, and panics over a file that something else has changed or cut.
    fn opened(path: &Path, open: impl FnOnce() -> Result<Database, DatabaseError>) -> Result<Self, StoreError> {
        let all = || Self::over(open().map_err(|error| opening(path, error))?);
        catch_unwind(AssertUnwindSafe(all)).unwrap_or_else(|_| {
            let path = path.display();
            Err(StoreError::Corrupt(format!("{path} was changed by something else: restore it from a backup")))
        })
    }

    fn over(db: Database) -> Result<Self, StoreError> {
        if view::is_blank(&db)? {
            commit::found(&db)?;
        }
        commit::add_ledger(&db)?;
        let view = View::of(&db)?;
        view.must_be_whole()?;
        let newest = Mutex::new(view.marker().clone());
        let inner = Inner {
            db,
            view: RwLock::new(Some(Arc::new(view))),
            newest,
            turn: tokio::sync::Mutex::default(),
            queue: ledger::Queue::default(),
            watchers: RwLock::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

impl core::fmt::Debug for EmbeddedStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("EmbeddedStore").field("marker", &*self.inner.newest.lock()).finish_non_exhaustive()
    }
}

/// An entry depends on its own key: here every entry has a name of its own.
fn dependency(key: &Key) -> Dependency {
    let mut name = vec![key.kind().tag()];
    name.extend(key.to_bytes());
    Dependency::on(&name)
}

fn cut_short(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Unreachable(format!("the commit was cut short: {error}"))
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

fn opening(path: &Path, error: DatabaseError) -> StoreError {
    let path = path.display();
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            StoreError::Busy(format!("{path} is open in a running server: give that server's admin address with --via"))
        }
        DatabaseError::Storage(redb::StorageError::Corrupted(why)) => StoreError::Corrupt(format!("{path}: {why}")),
        other => StoreError::Unreachable(format!("{path}: {other}")),
    }
}

impl Inner {
    /// The state after the last commit.
    fn view(&self) -> Result<Arc<View>, StoreError> {
        if let Some(view) = self.view.read().as_ref() {
            return Ok(Arc::clone(view));
        }
        self.look_again()
    }

    /// Look at the file as it is now, and let readers see that.
    fn look_again(&self) -> Result<Arc<View>, StoreError> {
        let mut place = self.view.write();
        *place = None;
        let view = Arc::new(View::of(&self.db)?);
        let mut newest = self.newest.lock();
        view.must_follow(&newest)?;
        *newest = view.marker().clone();
        *place = Some(Arc::clone(&view));
        Ok(view)
    }

    fn write(&self, batch: &Batch) -> Result<Committed, StoreError> {
        let _turn = self.turn.blocking_lock();
        let committed = commit::write(&self.db, batch)?;
        self.look_again()?;
        Ok(committed)
    }

    async fn tell(&self, keys: &[Key]) {
        if keys.is_empty() {
            return;
        }
        let changes = Changes {
            names: keys.iter().map(dependency).collect(),
            recalls: keys.iter().filter_map(Key::recall).cloned().collect(),
        };
        let watchers = self.watchers.read().clone();
        for watcher in watchers {
            watcher.changed(&changes).await;
        }
    }
}

#[async_trait]
impl Store for EmbeddedStore {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        let view = self.inner.view()?;
        let entries = keys.iter().map(|key| view.get(key)).collect::<Result<_, _>>()?;
        let dependencies = keys.iter().map(dependency).collect();
        Ok(Snapshot { marker: view.marker().clone(), entries, dependencies })
    }

    fn dependency(&self, key: &Key) -> Dependency {
        dependency(key)
    }

    async fn holds(&self, keys: &[Key]) -> Result<Vec<bool>, StoreError> {
        let view = self.inner.view()?;
        keys.iter().map(|key| view.holds(key)).collect()
    }

    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        let inner = Arc::clone(&self.inner);
        // A task of its own: a caller who goes away must not keep what is on disk from the watchers.
        tokio::spawn(async move {
            let keys: Vec<Key> = batch.puts.iter().map(|put| put.key.clone()).collect();
            let writer = Arc::clone(&inner);
            let committed =
                tokio::task::spawn_blocking(move || writer.write(&batch)).await.map_err(|error| cut_short(&error))?;
            // Also when the write failed: it may have reached the disk all the same.
            inner.tell(&keys).await;
            committed
        })
        .await
        .map_err(|error| cut_short(&error))?
    }

    fn changes(&self, watcher: Arc<dyn Watcher>) {
        self.inner.watchers.write().push(watcher);
    }

    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        if kind == Kind::Standing {
            return Err(not_walked());
        }
        scan::entries(&*self.inner.view()?, kind, after.as_ref(), limit)
    }

    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        scan::evidence(&*self.inner.view()?, after, limit)
    }

    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        self.inner.view()?.progress(file)
    }
}

#[cfg(test)]
mod tests;
