//! A registry in memory, and links to it that fail on demand. It promises what every engine promises; its failures are
//! those of Redis: pushes that do not come, reads that do not come back, a server that was emptied.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use parking_lot::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use crate::store::{
    Batch, Changes, Committed, Dependency, Entry, Evidence, Key, Kind, Marker, Snapshot, Store, StoreError, Watcher,
};

/// The registry, as whoever is beside it sees it.
#[derive(Default)]
pub(super) struct Registry {
    content: Mutex<Content>,
    links: Mutex<Vec<Arc<Link>>>,
}

#[derive(Default)]
struct Content {
    entries: BTreeMap<(Kind, Vec<u8>), Entry>,
    evidence: Vec<Evidence>,
    progress: HashMap<String, u64>,
    revision: u64,
    records: u64,
    emptied: bool,
}

impl Content {
    fn marker(&self) -> Result<Marker, StoreError> {
        if self.emptied {
            return Err(StoreError::RegistryUnavailable("it was emptied".to_owned()));
        }
        Ok(Marker { id: "simulated".to_owned(), epoch: 1, revision: self.revision, records: self.records })
    }

    fn write(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        let now = self.marker()?.revision;
        if batch.base.is_some_and(|base| base != now) {
            return Err(StoreError::Conflict { now });
        }
        batch.must_be_sound()?;
        self.revision += 1;
        for put in batch.puts {
            let kind = put.key.kind();
            let new = self.entries.insert((kind, put.key.to_bytes()), put.entry).is_none();
            self.records += u64::from(new && kind.is_record());
        }
        let revision = self.revision;
        self.evidence.extend(batch.evidence.into_iter().map(|line| Evidence { revision, ..line }));
        if let Some(progress) = batch.progress {
            match progress.lines {
                Some(lines) => self.progress.insert(progress.file, lines),
                None => self.progress.remove(&progress.file),
            };
        }
        Ok(Committed { revision })
    }
}

impl Registry {
    /// Lose everything, or have it back from a copy. Whoever hears is told that anything may have changed.
    pub(super) fn empty(&self, emptied: bool) {
        self.content.lock().emptied = emptied;
        self.push(&Push::Everything);
    }

    fn push(&self, push: &Push) {
        for link in self.links.lock().iter().filter(|link| link.state() == State::Up) {
            link.push(push.clone());
        }
    }
}

/// How a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Everything works.
    Up,
    /// Pushes do not come; everything else works.
    Deaf,
    /// Nothing works, and whoever asks is told so.
    Cut,
    /// Nothing comes back.
    Stalled,
}

#[derive(Clone, Debug)]
enum Push {
    Changed(Changes),
    Everything,
    InTime(bool),
}

/// A node's link to the registry. Pushes are told in their order by a task of its own.
pub(super) struct Link {
    registry: Arc<Registry>,
    state: watch::Sender<State>,
    /// Reads of lookups are held back after they have read.
    held: watch::Sender<bool>,
    held_back: AtomicUsize,
    /// What watchers were told last.
    in_time: AtomicBool,
    watchers: Mutex<Vec<Arc<dyn Watcher>>>,
    pushes: UnboundedSender<Push>,
    on_their_way: AtomicUsize,
}

impl Link {
    /// To a registry. In a runtime.
    pub(super) fn to(registry: &Arc<Registry>) -> Arc<Self> {
        let (pushes, heard) = unbounded_channel();
        let link = Arc::new(Self {
            registry: Arc::clone(registry),
            state: watch::Sender::new(State::Up),
            held: watch::Sender::new(false),
            held_back: AtomicUsize::new(0),
            in_time: AtomicBool::new(true),
            watchers: Mutex::default(),
            pushes,
            on_their_way: AtomicUsize::new(0),
        });
        registry.links.lock().push(Arc::clone(&link));
        tokio::spawn(listen(Arc::clone(&link), heard));
        link
    }

    pub(super) fn state(&self) -> State {
        *self.state.borrow()
    }

    /// Become like this. Nobody is told.
    pub(super) fn set(&self, state: State) {
        self.state.send_replace(state);
    }

    /// Notice that changes are not told in time, if that is news.
    pub(super) fn notice(&self) {
        if self.in_time.swap(false, Ordering::SeqCst) {
            for watcher in self.all() {
                watcher.in_time(false);
            }
        }
    }

    /// Work again, and tell so: what was missed meanwhile is unknown.
    pub(super) async fn heal(&self) {
        self.notice();
        self.set(State::Up);
        self.push(Push::Everything);
        self.in_time.store(true, Ordering::SeqCst);
        self.push(Push::InTime(true));
        self.heard().await;
    }

    /// Wait until everything pushed so far has been told.
    pub(super) async fn heard(&self) {
        while self.on_their_way.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// Hold the reads of lookups back, or let them go.
    pub(super) fn hold(&self, held: bool) {
        self.held_back.store(0, Ordering::SeqCst);
        self.held.send_replace(held);
    }

    /// Whether one has been held back.
    pub(super) fn holds_one(&self) -> bool {
        self.held_back.load(Ordering::SeqCst) > 0
    }

    /// For lookups.
    pub(super) fn lookups(self: &Arc<Self>) -> Door {
        Door { link: Arc::clone(self), writer: false }
    }

    /// For whoever writes on this node.
    pub(super) fn writer(self: &Arc<Self>) -> Door {
        Door { link: Arc::clone(self), writer: true }
    }

    fn all(&self) -> Vec<Arc<dyn Watcher>> {
        self.watchers.lock().clone()
    }

    fn push(&self, push: Push) {
        self.on_their_way.fetch_add(1, Ordering::SeqCst);
        // The listener lives as long as its runtime.
        drop(self.pushes.send(push));
    }

    /// Come through.
    async fn through(&self) -> Result<(), StoreError> {
        let mut state = self.state.subscribe();
        let there = state.wait_for(|state| *state != State::Stalled).await.map(|state| *state);
        match there {
            Ok(State::Up | State::Deaf) => Ok(()),
            _ => Err(StoreError::Unreachable("the link is cut".to_owned())),
        }
    }
}

async fn listen(link: Arc<Link>, mut heard: UnboundedReceiver<Push>) {
    while let Some(push) = heard.recv().await {
        for watcher in link.all() {
            match &push {
                Push::Changed(changes) => watcher.changed(changes).await,
                Push::Everything => watcher.everything().await,
                Push::InTime(in_time) => watcher.in_time(*in_time),
            }
        }
        link.on_their_way.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A way through a link.
pub(super) struct Door {
    link: Arc<Link>,
    writer: bool,
}

impl Door {
    async fn content<T>(&self, look: impl FnOnce(&mut Content) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A writer gives up at once: in real life it would after some time, and nothing here is about that.
        if self.writer && self.link.state() == State::Stalled {
            return Err(StoreError::Unreachable("nothing comes back".to_owned()));
        }
        self.link.through().await?;
        look(&mut self.link.registry.content.lock())
    }
}

fn name(key: &Key) -> Dependency {
    Dependency::on(format!("{key:?}").as_bytes())
}

#[async_trait]
impl Store for Door {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        let snapshot = self
            .content(|content| {
                let entry = |key: &Key| content.entries.get(&(key.kind(), key.to_bytes())).cloned();
                let dependencies = keys.iter().map(name).collect();
                Ok(Snapshot { marker: content.marker()?, entries: keys.iter().map(entry).collect(), dependencies })
            })
            .await;
        // What tells of changes reads recalls, and is not held back.
        if !self.writer && keys.iter().any(|key| key.recall().is_none()) {
            self.link.held_back.fetch_add(1, Ordering::SeqCst);
            drop(self.link.held.subscribe().wait_for(|held| !held).await);
        }
        snapshot
    }

    fn dependency(&self, key: &Key) -> Dependency {
        name(key)
    }

    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        let keys: Vec<Key> = batch.puts.iter().map(|put| put.key.clone()).collect();
        let committed = self.content(|content| content.write(batch)).await?;
        let recalls = keys.iter().filter_map(Key::recall).cloned().collect();
        let changes = Changes { names: keys.iter().map(name).collect(), recalls };
        self.link.registry.push(&Push::Changed(changes.clone()));
        for watcher in self.link.all() {
            watcher.changed(&changes).await;
        }
        Ok(committed)
    }

    fn changes(&self, watcher: Arc<dyn Watcher>) {
        watcher.in_time(self.link.state() == State::Up);
        self.link.watchers.lock().push(watcher);
    }

    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        self.content(|content| {
            content.marker()?;
            let after =
                after.map_or(Bound::Included((kind, Vec::new())), |key| Bound::Excluded((kind, key.to_bytes())));
            let of_kind = content.entries.range((after, Bound::Unbounded)).take_while(|((other, _), _)| *other == kind);
            of_kind.take(limit).map(|((_, key), entry)| Ok((Key::from_bytes(kind, key)?, entry.clone()))).collect()
        })
        .await
    }

    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        self.content(|content| {
            content.marker()?;
            let lines = (1..).zip(content.evidence.iter().cloned());
            Ok(lines.skip_while(|(sequence, _)| *sequence <= after).take(limit).collect())
        })
        .await
    }

    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        self.content(|content| Ok(content.progress.get(file).copied())).await
    }
}

#[tokio::test]
async fn it_keeps_the_promises_of_every_engine() {
    crate::store::conformance::all(async || {
        let registry = Arc::new(Registry::default());
        Link::to(&registry).writer()
    })
    .await;
}
