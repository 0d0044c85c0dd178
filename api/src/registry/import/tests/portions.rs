//! Imports of several portions: each is folded while the commit of the one before it is on its way.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;

use super::*;
use crate::registry::{ItemEntry, ItemState};
use crate::store::{Batch, Committed, Dependency, Kind, Put, Snapshot, StoreError, Watcher};

/// More than two portions.
const UNITS: usize = 45_000;

/// What befalls a commit.
enum Trouble {
    None,
    /// Another writer comes first, and cancels this unit.
    Cancels(usize),
    /// The store is away.
    Away,
}

/// A store whose commits, counted from 0, meet with trouble.
struct Troubled {
    store: Arc<EmbeddedStore>,
    commits: AtomicUsize,
    trouble: fn(usize) -> Trouble,
}

#[async_trait]
impl Store for Troubled {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        self.store.read(keys).await
    }

    fn dependency(&self, key: &Key) -> Dependency {
        self.store.dependency(key)
    }

    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        match (self.trouble)(self.commits.fetch_add(1, Ordering::Relaxed)) {
            Trouble::None => {}
            Trouble::Cancels(n) => {
                let entry = Entry::Item(unit(ItemState::Revoked));
                let puts = vec![Put { key: key(n), entry }];
                self.store.commit(Batch { puts, ..Batch::default() }).await?;
            }
            Trouble::Away => return Err(StoreError::Unreachable("away".to_owned())),
        }
        self.store.commit(batch).await
    }

    fn changes(&self, watcher: Arc<dyn Watcher>) {
        self.store.changes(watcher);
    }

    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        self.store.scan(kind, after, limit).await
    }

    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        self.store.evidence(after, limit).await
    }

    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        self.store.progress(file).await
    }
}

impl Registry {
    fn troubled(trouble: fn(usize) -> Trouble) -> Self {
        let mut registry = Self::new();
        let store = Troubled { store: Arc::clone(&registry.store), commits: AtomicUsize::new(0), trouble };
        registry.desk = Desk::new(Arc::new(store), Arc::clone(&registry.clock) as Arc<dyn Clock>);
        registry
    }

    async fn states(&self) -> Vec<Option<ItemState>> {
        let keys: Vec<Key> = (0..UNITS).map(key).collect();
        let entries = self.store.read(&keys).await.unwrap().entries;
        let state = |entry| match entry {
            Some(Entry::Item(item)) => Some(item.state),
            _ => None,
        };
        entries.into_iter().map(state).collect()
    }

    /// How many units the evidence says were declared.
    async fn declared(&self) -> usize {
        let serials = |line: Evidence| line.body["serials"].as_array().map_or(0, Vec::len);
        self.evidence().await.into_iter().map(serials).sum()
    }
}

fn unit(state: ItemState) -> ItemEntry {
    ItemEntry { lot: None, state, has_exception: false, since_day: None }
}

fn key(n: usize) -> Key {
    Key::Item(G1.parse().unwrap(), format!("U{n}").parse().unwrap())
}

fn line(n: usize, state: &str) -> String {
    format!(r#"{{"type":"item","gtin":"{G1}","lot":"A","serial":"U{n}","state":"{state}"}}"#)
}

fn document() -> Vec<String> {
    let units = (0..UNITS).map(|n| line(n, "active"));
    [product(G1), lot(G1, "A")].into_iter().chain(units).collect()
}

#[tokio::test]
async fn a_portion_builds_on_the_one_that_is_on_its_way() {
    let registry = Registry::new();
    let mut lines: Vec<String> = [product(G1), lot(G1, "A")].into();
    lines.extend((0..UNITS / 2).map(|n| line(n, "issued")));
    lines.extend((0..UNITS / 2).map(|n| line(n, "active")));
    lines.extend((0..UNITS / 2).map(|n| line(n, "active")));
    let report = registry.load(&lines).await;
    assert_eq!((report.changed, report.unchanged), (2 + UNITS as u64, UNITS as u64 / 2));
    let states = registry.states().await;
    assert!(states[..UNITS / 2].iter().all(|state| *state == Some(ItemState::Active)));
    assert_eq!(registry.declared().await, UNITS);
    assert_eq!(registry.store.progress(&format!("{}:coop", report.file)).await.unwrap(), None);
}

#[tokio::test]
async fn what_was_folded_over_a_commit_that_came_too_late_is_folded_anew() {
    // The second unit of the third portion, cancelled before the first commit; one of the first portion before the
    // second commit, which has no say in that.
    let registry = Registry::troubled(|commit| match commit {
        0 => Trouble::Cancels(39_999),
        2 => Trouble::Cancels(7),
        _ => Trouble::None,
    });
    let report = registry.import(&document()).await;
    assert_eq!(refused(&report), [("serial", FaultCode::State)]);
    assert_eq!((report.read, report.changed), (2 + UNITS as u64, 1 + UNITS as u64));
    let states = registry.states().await;
    for (n, state) in states.into_iter().enumerate() {
        let expected = if n == 7 || n == 39_999 { ItemState::Revoked } else { ItemState::Active };
        assert_eq!(state, Some(expected), "unit {n}");
    }
    assert_eq!(registry.declared().await, UNITS - 1);
    assert_eq!(report.revision, Some(registry.revision().await));
}

#[tokio::test]
async fn an_import_whose_second_commit_failed_continues_after_the_first() {
    let registry = Registry::troubled(|commit| if commit == 1 { Trouble::Away } else { Trouble::None });
    let order = || ImportOrder::of(author("coop"));
    let document = || Document::bytes(document().join("\n"), Format::Ndjson);
    let failed = registry.desk.import(document(), order()).await;
    assert!(matches!(failed, Err(DeskError::Store(StoreError::Unreachable(_)))), "{failed:?}");
    let committed = registry.states().await.iter().flatten().count();
    assert!(0 < committed && committed < UNITS);
    assert_eq!(registry.declared().await, committed);

    let report = registry.desk.import(document(), order()).await.unwrap();
    assert_eq!(report.resumed_after, Some(committed as u64 + 2));
    assert_eq!(report.changed, (UNITS - committed) as u64);
    assert_eq!(registry.declared().await, UNITS);
}
