//! Buckets that split while others read.

use nguon_test_servers::{Cluster, Redis, until};
use redis::cmd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gs1::Gtin14;

use super::created;
use crate::registry::{ItemEntry, ItemState};
use crate::store::redis::ask::Manner;
use crate::store::redis::attempt::Attempt;
use crate::store::redis::write::Write;
use crate::store::redis::{bucket, name, serial, split};
use crate::store::{Batch, Entry, Key, Kind, Put, Store, StoreError};

const EACH: usize = 400;
const COMMITS: usize = 25;

fn gtin() -> Gtin14 {
    "09520000010010".parse().unwrap()
}

fn key(n: usize) -> Key {
    Key::Item(gtin(), format!("VN{n:07}").parse().unwrap())
}

fn put(n: usize) -> Put {
    let item = ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day: None };
    Put { key: key(n), entry: Entry::Item(item) }
}

async fn grows_without_missing_a_unit(address: &str) {
    let store = created(address).await;
    let written = Arc::new(AtomicUsize::new(0));
    let done = Arc::new(AtomicBool::new(false));
    let mut readers = Vec::new();
    for reader in 0..3 {
        let (written, done) = (Arc::clone(&written), Arc::clone(&done));
        // A process of its own, as far as the store can tell: it learns of splits by itself.
        let other = created(address).await;
        readers.push(tokio::spawn(async move {
            let mut reads = 0;
            let mut at = reader;
            while !done.load(Ordering::Acquire) || reads < 100 {
                let there = written.load(Ordering::Acquire);
                if there == 0 {
                    tokio::task::yield_now().await;
                    continue;
                }
                at = (at * 31 + 7) % there;
                let keys = [key(at), key(9_000_000 + at)];
                let entries = other.read(&keys).await.unwrap().entries;
                assert!(entries[0].is_some(), "unit {at} of {there} was missed");
                assert!(entries[1].is_none());
                reads += 1;
            }
        }));
    }
    for commit in 0..COMMITS {
        let puts = (commit * EACH..(commit + 1) * EACH).map(put).collect();
        store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
        written.store((commit + 1) * EACH, Ordering::Release);
    }
    done.store(true, Ordering::Release);
    for reader in readers {
        reader.await.unwrap();
    }

    let inner = &store.inner;
    let bits = split::bits_of(inner, &[gtin()]).await.unwrap()[0];
    assert!(bits.leaving.is_none() && bits.now >= 8, "{bits:?}");
    assert_eq!(store.read(&[]).await.unwrap().marker.records, (COMMITS * EACH) as u64);
    // Nothing of smaller numbers of bits is left.
    for old in 0..bits.now {
        for number in bucket::numbers(old) {
            let there = inner.fleet.one(
                inner.fleet.spread.slot(name::bucket(gtin(), number).as_bytes()),
                redis::cmd("EXISTS").arg(name::bucket(gtin(), number)).to_owned(),
                Manner::Prompt,
            );
            assert_eq!(there.await.unwrap(), redis::Value::Int(0));
        }
    }
    let page = store.scan(Kind::Item, Some(key(4_999)), 6_000).await.unwrap();
    let keys: Vec<Key> = page.into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, (5_000..10_000).map(key).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_product_grows_without_a_reader_missing_a_unit() {
    // Buckets of 32 units.
    let server = Redis::with(&["--hash-max-listpack-entries", "64"]);
    grows_without_missing_a_unit(&server.address()).await;
}

#[tokio::test]
async fn a_product_grows_in_a_cluster_without_a_reader_missing_a_unit() {
    let cluster = Cluster::start();
    for server in &cluster.servers {
        let set: String = server.ask(redis::cmd("CONFIG").arg("SET").arg("hash-max-listpack-entries").arg(64));
        assert_eq!(set, "OK");
    }
    grows_without_missing_a_unit(&cluster.address()).await;
}

#[tokio::test]
async fn whoever_keeps_not_there_hears_of_a_unit_that_comes_with_a_split() {
    use crate::store::{Changes, Dependency, Watcher};
    #[derive(Default)]
    struct Told(parking_lot::Mutex<Vec<Dependency>>);
    #[async_trait::async_trait]
    impl Watcher for Told {
        async fn changed(&self, changes: &Changes) {
            self.0.lock().extend_from_slice(&changes.names);
        }
        async fn everything(&self) {}
        fn in_time(&self, _: bool) {}
    }

    let server = Redis::start();
    let (store, other) = (created(&server.address()).await, created(&server.address()).await);
    let told = Arc::new(Told::default());
    other.changes(Arc::clone(&told) as Arc<dyn Watcher>);
    let absent = other.read(&[key(7)]).await.unwrap();
    assert_eq!(absent.entries, [None]);
    let puts = (0..10_000).map(put).collect();
    store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
    until("the old bucket's name is told", async || told.0.lock().contains(&absent.dependencies[0])).await;
}

#[tokio::test]
async fn what_a_dead_connection_brings_after_a_split_is_turned_away() {
    let server = Redis::with(&[]);
    let store = created(&server.address()).await;
    let units = || (0..10_000).map(put).collect();
    store.commit(Batch { puts: units(), ..Batch::default() }).await.unwrap();
    let bits = split::bits_of(&store.inner, &[gtin()]).await.unwrap()[0].now;
    let serial = "VN0000007".parse().unwrap();
    let bucket = name::bucket(gtin(), bucket::number(&serial, bits));
    let there = || server.ask::<u64>(cmd("HLEN").arg(&bucket));
    let held = there();
    assert!(held > 0);
    // What the commit did before: clearing the bucket, and copying to it what another had held.
    let field = serial::pack(&serial);
    let stored: Vec<u8> = server.ask(cmd("HGET").arg(&bucket).arg(&field));
    let late = [
        Write::unlink(bucket.clone()),
        Write::unlink_and_tell(bucket.clone()),
        Write::fields(bucket.clone(), vec![field.clone(), b"old".to_vec()], false),
    ];
    for write in late {
        let refused = store.inner.fleet.write(&Attempt::new(1, 1), vec![write]).await;
        assert!(matches!(&refused, Err(StoreError::Unreachable(why)) if why.contains("FENCED")), "{refused:?}");
    }
    assert_eq!((there(), server.ask::<Vec<u8>>(cmd("HGET").arg(&bucket).arg(&field))), (held, stored));
    // Whoever takes the commit over comes after all of that, and what the first writer still sends does not.
    let again = Attempt::new(1, 2);
    store
        .inner
        .fleet
        .write(&again, vec![Write::set(bucket.replace("n:i", "n:x"), b"x".to_vec(), false)])
        .await
        .unwrap();
    let first = Attempt::new(1, 1);
    for _ in 0..100 {
        first.step();
    }
    assert!(store.inner.fleet.write(&first, vec![Write::unlink(bucket.clone())]).await.is_err());
    // A later commit comes after that.
    store.commit(Batch { puts: units(), ..Batch::default() }).await.unwrap();
}
