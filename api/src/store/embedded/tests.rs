//! Tests of the embedded engine beside those that every engine passes.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::store::{Put, conformance, people, reports, submissions};

fn put(n: u32) -> Batch {
    let gtin = "09520000010010".parse().unwrap();
    Batch {
        puts: vec![Put { key: Key::LotName(gtin, n), entry: Entry::LotName("L1".parse().unwrap()) }],
        ..Batch::default()
    }
}

#[tokio::test]
async fn in_memory_it_keeps_the_promises_of_every_engine() {
    conformance::all(async || EmbeddedStore::open_temporary().unwrap()).await;
}

#[tokio::test]
async fn in_a_file_it_keeps_the_promises_of_every_engine() {
    let dir = TempDir::new().unwrap();
    let mut n = 0;
    conformance::all(async || {
        n += 1;
        EmbeddedStore::open_or_create(dir.path().join(format!("{n}.redb"))).unwrap()
    })
    .await;
}

#[tokio::test]
async fn it_keeps_the_promises_about_reports() {
    reports::conformance::all(async || EmbeddedStore::open_temporary().unwrap()).await;
}

#[tokio::test]
async fn it_keeps_the_promises_about_people() {
    people::conformance::all(async || EmbeddedStore::open_temporary().unwrap()).await;
}

#[tokio::test]
async fn it_keeps_the_promises_about_submissions() {
    submissions::conformance::all(async || EmbeddedStore::open_temporary().unwrap()).await;
}

#[tokio::test]
async fn a_registry_survives_being_closed_and_keeps_its_name() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let first = EmbeddedStore::open_or_create(&path).unwrap();
    first.commit(put(1)).await.unwrap();
    let marker = first.read(&[]).await.unwrap().marker;
    drop(first);
    let second = EmbeddedStore::open(&path).unwrap();
    assert_eq!(second.read(&[]).await.unwrap().marker, marker);
}

#[test]
fn a_wrong_path_makes_no_registry() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("none.redb");
    assert!(matches!(EmbeddedStore::open(&path), Err(StoreError::Unreachable(_))));
    assert!(!path.exists());
}

#[test]
fn a_file_in_use_says_how_to_get_at_it() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let _held = EmbeddedStore::open_or_create(&path).unwrap();
    match EmbeddedStore::open(&path) {
        Err(StoreError::Busy(why)) => assert!(why.contains("--via"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_is_no_registry_is_refused() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    fs::write(&path, "something else entirely").unwrap();
    assert!(EmbeddedStore::open(&path).is_err());

    let foreign = dir.path().join("foreign.redb");
    let db = Database::create(&foreign).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(redb::TableDefinition::<u64, u64>::new("other")).unwrap().insert(1, 1).unwrap();
    txn.commit().unwrap();
    drop(db);
    assert!(matches!(EmbeddedStore::open(&foreign), Err(StoreError::RegistryUnavailable(_))));
}

/// Change the file behind the store's back.
fn tamper(path: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let db = Database::open(path).unwrap();
    let txn = db.begin_write().unwrap();
    change(&txn);
    txn.commit().unwrap();
}

#[tokio::test]
async fn a_registry_that_lost_its_marker_or_records_does_not_answer() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    let gtin = "09520000010010".parse().unwrap();
    let unit = crate::registry::ItemEntry {
        lot: None,
        state: crate::registry::ItemState::Active,
        has_exception: false,
        since_day: None,
    };
    let puts = vec![Put { key: Key::Item(gtin, "S1".parse().unwrap()), entry: Entry::Item(unit) }];
    store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
    drop(store);

    let whole = fs::read(&path).unwrap();
    tamper(&path, |txn| {
        txn.open_table(table::of(Kind::Item)).unwrap().pop_first().unwrap();
    });
    assert!(matches!(EmbeddedStore::open(&path), Err(StoreError::RegistryUnavailable(_))));

    fs::write(&path, whole).unwrap();
    tamper(&path, |txn| {
        txn.open_table(table::REGISTRY).unwrap().remove(table::MARKER_KEY).unwrap();
    });
    assert!(matches!(EmbeddedStore::open(&path), Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn a_damaged_value_is_corrupt_and_its_neighbours_are_not() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    store.commit(put(1)).await.unwrap();
    store.commit(put(2)).await.unwrap();
    drop(store);
    let gtin = "09520000010010".parse().unwrap();
    let damaged = Key::LotName(gtin, 1);
    tamper(&path, |txn| {
        let mut table = txn.open_table(table::of(Kind::LotName)).unwrap();
        table.insert(damaged.to_bytes().as_slice(), b"nonsense".as_slice()).unwrap();
    });
    let store = EmbeddedStore::open(&path).unwrap();
    assert!(matches!(store.read(&[damaged]).await, Err(StoreError::Corrupt(_))));
    assert!(store.read(&[Key::LotName(gtin, 2)]).await.is_ok());
}

/// What a power cut leaves: a file that nobody closed, grown for a commit that never came, with anything in it.
#[tokio::test]
async fn a_torn_file_opens_at_its_last_commit() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    store.commit(put(1)).await.unwrap();
    let torn = dir.path().join("torn.redb");
    let mut bytes = fs::read(&path).unwrap();
    let length = bytes.len();
    bytes.resize(length + 4096 * 8, 0xA5);
    fs::write(&torn, bytes).unwrap();
    let store = EmbeddedStore::open(&torn).unwrap();
    let gtin = "09520000010010".parse().unwrap();
    assert!(store.read(&[Key::LotName(gtin, 1)]).await.unwrap().entries[0].is_some());
    store.commit(put(2)).await.unwrap();
}

/// Cut in the middle, it is an error in words, unless nothing was there.
#[tokio::test]
async fn a_file_that_lost_what_it_holds_is_refused() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    store.commit(put(1)).await.unwrap();
    let bytes = fs::read(&path).unwrap();
    let cut = dir.path().join("cut.redb");
    for length in [1, 100, 4_096, bytes.len() / 4, bytes.len() / 2, bytes.len() - 4_096, bytes.len() - 1] {
        fs::write(&cut, &bytes[..length]).unwrap();
        let Ok(store) = EmbeddedStore::open(&cut) else { continue };
        assert!(length >= bytes.len() / 2, "{length} of {} bytes", bytes.len());
        let key = put(1).puts.remove(0).key;
        assert!(store.read(&[key]).await.unwrap().entries[0].is_some(), "{length}");
        store.commit(put(2)).await.unwrap();
    }
}

/// A watcher that reads what has changed sees it.
#[tokio::test]
async fn a_watcher_sees_what_it_is_told_of() {
    struct Looks(EmbeddedStore, Mutex<Option<Entry>>);
    #[async_trait]
    impl Watcher for Looks {
        async fn changed(&self, _: &Changes) {
            let key = put(1).puts.remove(0).key;
            let seen = self.0.read(&[key]).await.unwrap().entries.pop().unwrap();
            *self.1.lock() = seen;
        }

        async fn everything(&self) {}

        fn in_time(&self, _: bool) {}
    }
    let store = EmbeddedStore::open_temporary().unwrap();
    let looks = Arc::new(Looks(store.clone(), Mutex::default()));
    store.changes(Arc::clone(&looks) as Arc<dyn Watcher>);
    store.commit(put(1)).await.unwrap();
    assert!(looks.1.lock().is_some());
}

#[tokio::test]
async fn in_memory_its_ledger_keeps_the_promises_of_every_engine() {
    conformance::ledger::all(async || EmbeddedStore::open_temporary().unwrap()).await;
}

#[tokio::test]
async fn in_a_file_its_ledger_keeps_the_promises_of_every_engine() {
    let dir = TempDir::new().unwrap();
    let mut n = 0;
    conformance::ledger::all(async || {
        n += 1;
        EmbeddedStore::open_or_create(dir.path().join(format!("{n}.redb"))).unwrap()
    })
    .await;
}
