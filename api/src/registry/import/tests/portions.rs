//! Imports of several portions: each is folded while the commit of the one before it is on its way.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;

use super::*;
use nguon_test_servers::until;

use crate::registry::{ItemEntry, ItemState, Record, read};
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
    /// It is under way until somebody waits for the desk.
    Waits,
}

/// A store whose commits, counted from 0, meet with trouble.
struct Troubled {
    store: Arc<EmbeddedStore>,
    commits: AtomicUsize,
    trouble: fn(usize) -> Trouble,
    desk: OnceLock<Desk>,
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
            Trouble::Waits => {
                while !self.desk.get().unwrap().is_waited_for() {
                    tokio::time::sleep(core::time::Duration::from_millis(1)).await;
                }
            }
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
        Self::troubled_store(trouble).0
    }

    fn troubled_store(trouble: fn(usize) -> Trouble) -> (Self, Arc<Troubled>) {
        let mut registry = Self::new();
        let (commits, desk) = Default::default();
        let store = Arc::new(Troubled { store: Arc::clone(&registry.store), commits, trouble, desk });
        registry.desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&registry.clock) as Arc<dyn Clock>);
        store.desk.set(registry.desk.clone()).unwrap();
        (registry, store)
    }

    async fn publish(&self, recall: &str) -> Result<Done, DeskError> {
        let Ok(Record::Recall(recall)) = read::record(recall) else { panic!("{recall}") };
        self.desk.publish_recall(recall, author("coop")).await
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

#[tokio::test]
async fn a_recall_that_waits_comes_between_two_portions_and_the_next_knows_of_it() {
    let (registry, store) = Registry::troubled_store(|commit| if commit == 0 { Trouble::Waits } else { Trouble::None });
    let mut lines = document();
    lines.push(made_from(G1, "B", &[(G1, "A")]));
    let importing = Document::bytes(lines.join("\n"), Format::Ndjson);
    let desk = registry.desk.clone();
    let importing = tokio::spawn(async move { desk.import(importing, ImportOrder::of(author("coop"))).await });
    until("the first portion is under way", async || store.commits.load(Ordering::Relaxed) > 0).await;
    let recalled = registry.publish(&recall("R1", &of_lots(G1, &["A"]), "active", "")).await.unwrap();
    let report = importing.await.unwrap().unwrap();
    assert!(recalled.revision < report.revision, "{recalled:?} {:?}", report.revision);
    assert_eq!(report.changed, 3 + UNITS as u64);
    let derived: Vec<String> =
        registry.recall("R1").await.unwrap().derived.iter().map(|it| it.lot.to_string()).collect();
    assert_eq!(derived, ["B"]);
}

#[tokio::test]
async fn a_recall_that_waits_comes_before_a_strict_import_which_is_folded_anew() {
    let (registry, store) = Registry::troubled_store(|_| Trouble::None);
    registry.load(&document()).await;
    let commits = store.commits.load(Ordering::Relaxed);
    let lines: Vec<String> =
        (0..UNITS).map(|n| line(n, "consumed")).chain([made_from(G1, "B", &[(G1, "A")])]).collect();
    let importing = Document::bytes(lines.join("\n"), Format::Ndjson);
    let order = ImportOrder { strict: true, ..ImportOrder::of(author("coop")) };
    // Held until it is asked for: both wait from the beginning.
    let turn = registry.desk.turn().await;
    let desk = registry.desk.clone();
    let importing = tokio::spawn(async move { desk.import(importing, order).await });
    let recalling = recall("R1", &of_lots(G1, &["A"]), "active", "");
    let recalling = registry.publish(&recalling);
    let begin = async {
        until("somebody waits", async || registry.desk.is_waited_for()).await;
        drop(turn);
    };
    let (recalled, ()) = tokio::join!(recalling, begin);
    let report = importing.await.unwrap().unwrap();
    assert!(recalled.unwrap().revision < report.revision);
    assert_eq!((report.read, report.changed), (1 + UNITS as u64, 1 + UNITS as u64));
    assert_eq!(store.commits.load(Ordering::Relaxed), commits + 2);
    assert_eq!(registry.recall("R1").await.unwrap().derived.len(), 1);
}

#[tokio::test]
async fn a_strict_import_is_folded_anew_when_another_commit_came_first() {
    let registry = Registry::troubled(|commit| if commit == 0 { Trouble::Cancels(39_999) } else { Trouble::None });
    let order = ImportOrder { strict: true, ..ImportOrder::of(author("coop")) };
    let report = registry.desk.import(Document::bytes(document().join("\n"), Format::Ndjson), order).await.unwrap();
    assert_eq!(refused(&report), [("serial", FaultCode::State)]);
    assert_eq!(registry.states().await.iter().flatten().count(), 1);
}

#[tokio::test]
async fn a_recall_is_decided_anew_when_another_commit_came_first_and_not_for_ever() {
    let registry = Registry::troubled(|commit| if commit < 5 { Trouble::Cancels(commit) } else { Trouble::None });
    registry.publish(&recall("R1", &of_lots(G1, &["A"]), "active", "")).await.unwrap();
    assert_eq!(registry.acts().await, ["recall"]);
    let (registry, store) = Registry::troubled_store(Trouble::Cancels);
    let failed = registry.publish(&recall("R1", &of_lots(G1, &["A"]), "active", "")).await;
    assert!(matches!(failed, Err(DeskError::Store(StoreError::Conflict { .. }))), "{failed:?}");
    assert_eq!(store.commits.load(Ordering::Relaxed), 8);
}

#[tokio::test]
async fn a_revocation_is_decided_anew_when_another_commit_came_first() {
    let registry = Registry::troubled(|commit| if commit == 3 { Trouble::Cancels(1) } else { Trouble::None });
    registry.load(&document()).await;
    let revocation = Revocation {
        gtin: G1.parse().unwrap(),
        serials: ["U1", "U2"].map(|serial| serial.parse().unwrap()).into(),
        ranges: Vec::new(),
        reason: "Mất cuộn nhãn".to_owned().try_into().unwrap(),
    };
    let done = registry.desk.revoke(revocation, author("coop")).await.unwrap();
    assert_eq!((done.revoked, done.already), (1, 1));
}
