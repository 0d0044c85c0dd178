//! What every engine promises. Each takes an empty store; an engine's tests call [`all`] with a way to make one.

pub(crate) mod ledger;

use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;

use super::{Batch, Changes, Dependency, Entry, Evidence, Key, Kind, Progress, Put, Store, StoreError, Watcher};
use crate::registry::{ItemEntry, ItemState, LotRef, OutputsEntry};

/// Everything, each part over a store of its own.
pub(crate) async fn all<S: Store>(mut empty: impl AsyncFnMut() -> S) {
    a_new_store_is_empty_and_whole(&empty().await).await;
    what_is_committed_is_read(&empty().await).await;
    a_batch_is_answered_in_its_order(&empty().await).await;
    a_commit_from_an_old_state_is_refused(&empty().await).await;
    the_marker_counts_records_once(&empty().await).await;
    watchers_are_told_before_the_commit_returns(&empty().await).await;
    a_scan_goes_through_a_kind_in_order(&empty().await).await;
    evidence_is_appended_in_order(&empty().await).await;
    progress_is_kept_and_forgotten(&empty().await).await;
    an_entry_under_anothers_key_is_refused_and_leaves_nothing(&empty().await).await;
}

fn serial(n: usize) -> Key {
    Key::Item("09520000010010".parse().unwrap(), format!("S{n:05}").parse().unwrap())
}

fn unit(day: u16) -> Entry {
    let since_day = Some(day);
    Entry::Item(ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day })
}

fn units(range: core::ops::Range<usize>, day: u16) -> Batch {
    let puts = range.map(|n| Put { key: serial(n), entry: unit(day) }).collect();
    Batch { puts, ..Batch::default() }
}

fn evidence(act: &str) -> Evidence {
    Evidence {
        at: "2026-07-01T00:00:00Z".parse().unwrap(),
        revision: 0,
        publisher: "coop".to_owned(),
        by: Some("lan".to_owned()),
        act: act.to_owned(),
        why: None,
        approved_by: None,
        file: None,
        line: None,
        sheet: None,
        body: serde_json::json!({ "type": act }),
    }
}

async fn a_new_store_is_empty_and_whole(store: &dyn Store) {
    let snapshot = store.read(&[serial(0)]).await.unwrap();
    assert_eq!((snapshot.marker.revision, snapshot.marker.records), (0, 0));
    assert_eq!(snapshot.entries, [None]);
    assert!(!snapshot.marker.id.is_empty());
}

async fn what_is_committed_is_read(store: &dyn Store) {
    assert_eq!(store.commit(units(0..3, 0)).await.unwrap().revision, 1);
    assert_eq!(store.commit(units(1..2, 9)).await.unwrap().revision, 2);
    let snapshot = store.read(&[serial(0), serial(1)]).await.unwrap();
    assert_eq!(snapshot.entries, [Some(unit(0)), Some(unit(9))]);
    assert_eq!(snapshot.marker.revision, 2);
    assert_eq!(store.holds(&[serial(2), serial(3)]).await.unwrap(), [true, false]);
}

async fn a_batch_is_answered_in_its_order(store: &dyn Store) {
    store.commit(units(0..100, 0)).await.unwrap();
    let keys: Vec<Key> = (0..200).rev().map(serial).collect();
    let entries = store.read(&keys).await.unwrap().entries;
    assert_eq!(entries.len(), 200);
    assert!(entries[..100].iter().all(Option::is_none) && entries[100..].iter().all(Option::is_some));
}

async fn a_commit_from_an_old_state_is_refused(store: &dyn Store) {
    store.commit(units(0..1, 0)).await.unwrap();
    let late = Batch { base: Some(0), ..units(0..1, 1) };
    assert!(matches!(store.commit(late).await, Err(StoreError::Conflict { now: 1 })));
    assert_eq!(store.read(&[serial(0)]).await.unwrap().entries, [Some(unit(0))]);
    let right = Batch { base: Some(1), ..units(0..1, 1) };
    assert_eq!(store.commit(right).await.unwrap().revision, 2);
}

async fn the_marker_counts_records_once(store: &dyn Store) {
    let lot = LotRef { gtin: "09520000010010".parse().unwrap(), lot: "L1".parse().unwrap() };
    let mut batch = units(0..10, 0);
    batch.puts.push(Put { key: Key::Outputs(lot), entry: Entry::Outputs(Arc::new(OutputsEntry::default())) });
    store.commit(batch).await.unwrap();
    store.commit(units(5..12, 1)).await.unwrap();
    assert_eq!(store.read(&[]).await.unwrap().marker.records, 12);
}

#[derive(Default)]
struct Told(Mutex<Vec<Dependency>>);

#[async_trait]
impl Watcher for Told {
    async fn changed(&self, changes: &Changes) {
        self.0.lock().extend_from_slice(&changes.names);
    }

    async fn everything(&self) {}

    fn in_time(&self, _: bool) {}
}

/// Whoever keeps an entry is told by the name that reading it gave, also when there was nothing to read.
async fn watchers_are_told_before_the_commit_returns(store: &dyn Store) {
    let told = Arc::new(Told::default());
    store.changes(Arc::clone(&told) as Arc<dyn Watcher>);
    let lot = Key::lot("09520000010010".parse().unwrap(), "L1".parse().unwrap());
    let absent = store.read(&[serial(0), lot]).await.unwrap().dependencies;
    store.commit(units(0..2, 0)).await.unwrap();
    let told = told.0.lock().clone();
    assert!(told.contains(&absent[0]));
    assert!(!told.contains(&absent[1]));
    let present = store.read(&[serial(1)]).await.unwrap().dependencies;
    assert!(told.contains(&present[0]));
}

async fn a_scan_goes_through_a_kind_in_order(store: &dyn Store) {
    store.commit(units(0..25, 0)).await.unwrap();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.scan(Kind::Item, after.clone(), 10).await.unwrap();
        found.extend(page.iter().map(|(key, _)| key.clone()));
        match page.last() {
            Some((last, _)) => after = Some(last.clone()),
            None => break,
        }
    }
    assert_eq!(found, (0..25).map(serial).collect::<Vec<_>>());
    assert_eq!(store.scan(Kind::Product, None, 10).await.unwrap(), []);
}

async fn evidence_is_appended_in_order(store: &dyn Store) {
    for acts in [&["a", "b"][..], &["c"]] {
        let evidence = acts.iter().map(|act| evidence(act)).collect();
        store.commit(Batch { evidence, ..Batch::default() }).await.unwrap();
    }
    let log = store.evidence(0, 10).await.unwrap();
    let lines: Vec<(&str, u64)> = log.iter().map(|(_, it)| (it.act.as_str(), it.revision)).collect();
    assert_eq!(lines, [("a", 1), ("b", 1), ("c", 2)]);
    assert!(log.is_sorted_by_key(|(sequence, _)| *sequence));
    let rest = store.evidence(log[0].0, 1).await.unwrap();
    assert_eq!(rest[0].1.act, "b");
}

async fn progress_is_kept_and_forgotten(store: &dyn Store) {
    for lines in [Some(7), Some(9), None] {
        let progress = Some(Progress { file: "f".to_owned(), lines });
        store.commit(Batch { progress, ..Batch::default() }).await.unwrap();
        assert_eq!(store.progress("f").await.unwrap(), lines);
    }
    assert_eq!(store.progress("g").await.unwrap(), None);
}

async fn an_entry_under_anothers_key_is_refused_and_leaves_nothing(store: &dyn Store) {
    let mut batch = units(0..1, 0);
    batch.puts.push(Put { key: serial(1), entry: Entry::LotCount(1) });
    assert!(store.commit(batch).await.is_err());
    let snapshot = store.read(&[serial(0)]).await.unwrap();
    assert_eq!((snapshot.marker.revision, snapshot.entries), (0, vec![None]));
}
