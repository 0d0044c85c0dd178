//! Tests of the embedded ledger beside those that every engine passes.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use redb::{Database, ReadableDatabase as _, ReadableTableMetadata as _, TableHandle as _};
use tempfile::TempDir;

use super::books::{ALERTS, CLIENT_KEYS, CLIENTS, FINGERPRINTS, KEYS, PINS, TALLIES, TRIES, UNITS, VISIT_DAYS};
use super::*;
use crate::store::codec::ledger as packed;
use crate::store::conformance::ledger::{at, check, unit};
use crate::store::embedded::table::{self, Bytes};
use crate::store::ledger::{ALERTS_KEPT, VISIT_KEPT_S, Visit};
use crate::store::{Batch, Entry, Kind, Put, Store};

/// No unit's PIN.
const WRONG: Digest = Digest([0xEE; 16]);
const LIMITS: TryLimits = TryLimits { per_client: 5, per_unit: 50 };

/// Change the file behind the store's back.
fn tamper(path: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let db = Database::open(path).unwrap();
    let txn = db.begin_write().unwrap();
    change(&txn);
    txn.commit().unwrap();
}

fn rows(store: &EmbeddedStore, table: Bytes) -> u64 {
    store.inner.db.begin_read().unwrap().open_table(table).unwrap().len().unwrap()
}

#[tokio::test]
async fn checks_survive_being_closed() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    store.record(&check(1, 1, 0)).await.unwrap();
    assert!(store.stand(&unit("S1"), 0, &Standing::default()).await.unwrap());
    drop(store);
    let store = EmbeddedStore::open(&path).unwrap();
    let again = store.record(&check(1, 1, 0)).await.unwrap();
    assert_eq!((again.again, again.count, again.standing.version), (true, 1, 1));
}

#[tokio::test]
async fn a_file_from_before_there_was_a_ledger_gets_one() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let store = EmbeddedStore::open_or_create(&path).unwrap();
    let marker = store.read(&[]).await.unwrap().marker;
    drop(store);
    tamper(&path, |txn| {
        for table in TABLES {
            assert!(txn.delete_table(table).unwrap());
        }
    });
    let store = EmbeddedStore::open(&path).unwrap();
    assert_eq!(store.read(&[]).await.unwrap().marker, marker);
    assert_eq!(store.record(&check(1, 1, 0)).await.unwrap().count, 1);
}

#[tokio::test]
async fn a_damaged_row_is_corrupt_and_its_neighbours_are_not() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    let whole = EmbeddedStore::open_or_create(&path).unwrap();
    let day = "2100-03-01".parse().unwrap();
    for serial in ["S1", "S2"] {
        whole.record(&Check { unit: unit(serial), ..check(1, 1, 0) }).await.unwrap();
        whole.put_pins(&[(unit(serial), Digest([1; 16]))]).await.unwrap();
        whole.try_pin(&unit(serial), WRONG, ClientHash(1), LIMITS, at(0)).await.unwrap();
        whole.stand(&unit(serial), 0, &Standing::default()).await.unwrap();
    }
    whole.client_key(day, [1; 32], at(0)).await.unwrap();
    whole.fingerprint([1; 32]).await.unwrap();
    whole.alert(&Alert { at: at(0), kind: "clone".to_owned(), unit: None, text: String::new() }).await.unwrap();
    drop(whole);
    let bytes = std::fs::read(&path).unwrap();
    let units = [table::of(Kind::Standing), UNITS, KEYS, CLIENTS, TALLIES, PINS, TRIES];
    let damaged_tables = units.into_iter().chain([CLIENT_KEYS, FINGERPRINTS, ALERTS]);
    for damaged in damaged_tables {
        for nonsense in [&b""[..], b"nonsense", &[0xFF; 80]] {
            std::fs::write(&path, &bytes).unwrap();
            tamper(&path, |txn| {
                let mut table = txn.open_table(damaged).unwrap();
                // The first row: where there are units, that of S1.
                let key = table.pop_first().unwrap().map(|(key, _)| key.value().to_vec()).unwrap();
                table.insert(key.as_slice(), nonsense).unwrap();
            });
            let store = EmbeddedStore::open(&path).unwrap();
            let of = unit("S1");
            let outcomes = [
                store.record(&check(1, 1, 0)).await.map(|_| ()),
                store.record(&check(2, 1, 1)).await.map(|_| ()),
                store.try_pin(&of, WRONG, ClientHash(1), LIMITS, at(0)).await.map(|_| ()),
                store.client_key(day, [2; 32], at(0)).await.map(|_| ()),
                store.fingerprint([2; 32]).await.map(|_| ()),
                store.alerts(0, 10).await.map(|_| ()),
                store.tallies(day, day).await.map(|_| ()),
            ];
            assert!(outcomes.iter().any(|it| matches!(it, Err(StoreError::Corrupt(_)))), "{damaged} {outcomes:?}");
            assert!(outcomes.iter().all(|it| matches!(it, Ok(()) | Err(StoreError::Corrupt(_)))), "{outcomes:?}");
            if damaged.name() != TALLIES.name() {
                assert_eq!(store.record(&Check { unit: unit("S2"), ..check(2, 2, 0) }).await.unwrap().count, 2);
            }
            assert!(store.try_pin(&unit("S2"), WRONG, ClientHash(1), LIMITS, at(0)).await.is_ok());
            store.expire(at(10)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_is_over_is_gone_from_the_file() {
    let store = EmbeddedStore::open_temporary().unwrap();
    let day = 86_400;
    for n in 0..20u8 {
        store.record(&check(n, n.into(), i64::from(n) * 3_600)).await.unwrap();
    }
    store.put_pins(&[(unit("S1"), Digest([1; 16]))]).await.unwrap();
    store.try_pin(&unit("S1"), WRONG, ClientHash(1), LIMITS, at(0)).await.unwrap();
    store.client_key("2100-03-01".parse().unwrap(), [1; 32], at(0)).await.unwrap();
    let held = || [KEYS, CLIENTS, VISIT_DAYS, TRIES, CLIENT_KEYS].map(|table| rows(&store, table));
    assert_eq!(held(), [20, 20, 1, 1, 1]);
    store.expire(at(day)).await.unwrap();
    assert_eq!(held(), [20, 0, 1, 0, 1]);
    store.expire(at(2 * day)).await.unwrap();
    assert_eq!(held(), [0, 0, 1, 0, 0]);
    store.expire(at(VISIT_KEPT_S + day)).await.unwrap();
    assert_eq!(held(), [0; 5]);
    let txn = store.inner.db.begin_read().unwrap();
    let row = books::unit(&unit("S1"));
    let checks = txn.open_table(UNITS).unwrap().get(row.as_slice()).unwrap().unwrap();
    let checks = packed::decode_checks(checks.value()).unwrap();
    assert_eq!((checks.count, checks.visits), (20, Vec::<Visit>::new()));
}

#[tokio::test]
async fn more_than_one_piece_is_destroyed_too() {
    let store = EmbeddedStore::open_temporary().unwrap();
    let written = (0..5_000).map(|n| {
        let store = store.clone();
        let serial = format!("S{n}");
        tokio::spawn(async move { store.record(&Check { unit: unit(&serial), ..check(1, 1, 0) }).await.unwrap() })
    });
    futures_util::future::join_all(written).await;
    assert_eq!(rows(&store, VISIT_DAYS), 5_000);
    store.expire(at(40 * 86_400)).await.unwrap();
    assert_eq!([KEYS, CLIENTS, VISIT_DAYS].map(|table| rows(&store, table)), [0; 3]);
    assert_eq!(rows(&store, UNITS), 5_000);
}

#[tokio::test]
async fn the_oldest_alerts_are_dropped() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("registry.redb");
    drop(EmbeddedStore::open_or_create(&path).unwrap());
    let alert = |n: i64| Alert { at: at(n), kind: "clone".to_owned(), unit: None, text: String::new() };
    tamper(&path, |txn| {
        let mut alerts = txn.open_table(ALERTS).unwrap();
        let value = packed::encode_alert(&alert(0)).unwrap();
        for n in 1..=ALERTS_KEPT {
            alerts.insert(n.to_be_bytes().as_slice(), value.as_slice()).unwrap();
        }
    });
    let store = EmbeddedStore::open(&path).unwrap();
    store.alert(&alert(1)).await.unwrap();
    assert_eq!(store.alerts(0, 1).await.unwrap(), [(2, alert(0))]);
    assert_eq!(store.alerts(ALERTS_KEPT, 10).await.unwrap(), [(ALERTS_KEPT + 1, alert(1))]);
}

/// Checks without end do not keep a commit waiting, and neither loses what the other writes.
#[tokio::test]
async fn commits_get_their_turn_among_checks() {
    let dir = TempDir::new().unwrap();
    let store = EmbeddedStore::open_or_create(dir.path().join("registry.redb")).unwrap();
    let stop = Arc::<AtomicBool>::default();
    let checking = (0..8u64).map(|client| {
        let (store, stop) = (store.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut counted = 0;
            while !stop.load(Ordering::Acquire) {
                let mut key = [0; 16];
                key[..8].copy_from_slice(&client.to_be_bytes());
                key[8..].copy_from_slice(&u64::to_be_bytes(counted));
                let seconds = i64::try_from(counted).unwrap() * 4_000;
                store.record(&Check { key: Digest(key), ..check(0, client, seconds) }).await.unwrap();
                counted += 1;
            }
            counted
        })
    });
    let checking: Vec<_> = checking.collect();
    for n in 0..20 {
        let key = Key::LotName(unit("S1").gtin, n);
        let puts = vec![Put { key, entry: Entry::LotName("L1".parse().unwrap()) }];
        let committed = store.commit(Batch { puts, base: Some(n.into()), ..Batch::default() }).await.unwrap();
        assert_eq!(committed.revision, u64::from(n) + 1);
    }
    stop.store(true, Ordering::Release);
    let mut counted = 0;
    for one in checking {
        counted += one.await.unwrap();
    }
    let last = store.record(&Check { key: Digest([0xFF; 16]), ..check(0, 99, 0) }).await.unwrap();
    assert_eq!(last.count, counted + 1);
}
