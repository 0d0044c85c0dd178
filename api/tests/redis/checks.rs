//! Checks while servers and links fail: acknowledged means counted, and sent again means counted once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use nguon::registry::{ClientHash, Digest, Standing};
use nguon::store::ledger::{Check, Counted, Unit, Visit};
use nguon::store::redis::RedisStore;
use nguon::store::{Key, Ledger, Store as _, StoreError};
use nguon_test_servers::{Cluster, Fault, Proxy, Redis, until};
use redis::cmd;

use crate::records::{Diary, Told, created};

const UNITS: u64 = 3;
const WORKERS: u64 = 8;

fn unit(n: u64) -> Unit {
    Unit { gtin: "09520000010010".parse().unwrap(), serial: format!("S{}", n % UNITS).parse().unwrap() }
}

/// Each by a client of its own, a second after the other.
fn check(n: u64) -> Check {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    let at =
        "2100-03-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(i64::try_from(n).unwrap());
    Check {
        unit: unit(n),
        key: Digest(key),
        visit: Visit { at, client: ClientHash(n), province: None },
        yesterday: ClientHash(u64::MAX - n),
    }
}

/// Checks that are sent until somebody says stop, each again and again until it is acknowledged.
struct Storm {
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicU64>,
    workers: Vec<tokio::task::JoinHandle<u64>>,
}

impl Storm {
    fn over(store: &RedisStore) -> Self {
        let (stop, acknowledged) = (Arc::<AtomicBool>::default(), Arc::<AtomicU64>::default());
        let workers = (0..WORKERS).map(|worker| {
            let (store, stop, acknowledged) = (store.clone(), Arc::clone(&stop), Arc::clone(&acknowledged));
            tokio::spawn(async move {
                let mut done = 0;
                while !stop.load(Ordering::Acquire) {
                    let check = check(worker + WORKERS * done);
                    loop {
                        match store.record(&check).await {
                            Ok(recorded) => break assert_eq!(recorded.counted, Counted::New),
                            Err(StoreError::Unreachable(_)) => tokio::time::sleep(Duration::from_millis(5)).await,
                            Err(other) => panic!("{other}"),
                        }
                    }
                    done += 1;
                    acknowledged.fetch_add(1, Ordering::AcqRel);
                }
                done
            })
        });
        let workers = workers.collect();
        Self { stop, acknowledged, workers }
    }

    /// Wait for so many more to be acknowledged.
    async fn goes_on(&self, more: u64) {
        let before = self.acknowledged.load(Ordering::Acquire);
        until("checks are acknowledged", async || self.acknowledged.load(Ordering::Acquire) >= before + more).await;
    }

    /// Stop, and see that every check is counted once.
    async fn all_are_counted_once(self, store: &RedisStore) {
        self.stop.store(true, Ordering::Release);
        let mut sent = Vec::new();
        for (worker, done) in (0..).zip(self.workers) {
            sent.extend((0..done.await.unwrap()).map(|n| worker + WORKERS * n));
        }
        for n in &sent {
            let recorded = store.record(&check(*n)).await.unwrap();
            assert!(recorded.again, "check {n} was acknowledged and is lost");
        }
        let last = sent.iter().max().unwrap() + 1;
        for n in last..last + UNITS {
            let all_of_unit = sent.iter().filter(|sent| **sent % UNITS == n % UNITS).count() as u64;
            let recorded = store.record(&check(n)).await.unwrap();
            assert_eq!(recorded.count, all_of_unit + 1, "of the unit of check {n}");
        }
        let day = "2100-03-01".parse().unwrap();
        let tallied: u64 = store.tallies(day, day).await.unwrap().iter().map(|tally| tally.checks).sum();
        // A tally of a check whose first reply was lost has been lost with it.
        assert!(tallied <= sent.len() as u64 + UNITS, "{tallied} of {}", sent.len());
    }
}

#[tokio::test]
async fn a_killed_redis_loses_no_acknowledged_check_and_counts_none_twice() {
    let mut server = Redis::start();
    let store = created(&server.address()).await;
    let checking = Storm::over(&store);
    for _ in 0..5 {
        checking.goes_on(200).await;
        server.restart();
    }
    checking.goes_on(200).await;
    checking.all_are_counted_once(&store).await;
}

#[tokio::test]
async fn a_link_that_breaks_again_and_again_loses_no_check_and_counts_none_twice() {
    let server = Redis::start();
    drop(created(&server.address()).await);
    let proxy = Proxy::before(server.port);
    let store = created(&proxy.address()).await;
    let checking = Storm::over(&store);
    for _ in 0..10 {
        checking.goes_on(50).await;
        proxy.set(Fault::Cut);
        tokio::task::yield_now().await;
        proxy.set(Fault::None);
    }
    checking.goes_on(50).await;
    checking.all_are_counted_once(&store).await;
}

#[tokio::test]
async fn a_killed_primary_is_followed_by_its_replica_without_losing_a_check() {
    let mut cluster = Cluster::with_replicas();
    let store = created(&cluster.address()).await;
    let checking = Storm::over(&store);
    checking.goes_on(300).await;
    let counts = |server: &Redis| !server.ask::<Vec<String>>(cmd("KEYS").arg("c:*")).is_empty();
    let primary = cluster.servers[..3].iter().position(counts).unwrap();
    cluster.servers[primary].kill();
    checking.goes_on(300).await;
    checking.all_are_counted_once(&store).await;
}

#[tokio::test]
async fn scripts_that_a_server_has_forgotten_are_given_to_it_again() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.record(&check(0)).await.unwrap();
    let _: String = server.ask(cmd("SCRIPT").arg("FLUSH"));
    assert_eq!(store.record(&check(UNITS)).await.unwrap().count, 2);
}

#[tokio::test]
async fn every_node_hears_of_a_standing_and_none_of_a_check() {
    let server = Redis::start();
    let (here, there) = (created(&server.address()).await, created(&server.address()).await);
    let of = unit(0);
    let key = Key::Standing(of.gtin, of.serial);
    let name = there.read(&[key]).await.unwrap().dependencies[0];
    let diary = Diary::of(&there);
    diary.clear();
    here.record(&check(0)).await.unwrap();
    assert!(here.stand(&of, 0, &Standing::default()).await.unwrap());
    until("the standing is told", async || {
        diary.all().iter().any(|told| matches!(told, Told::Changed(changes) if changes.names.contains(&name)))
    })
    .await;
    let told = diary.all();
    let names = told.iter().flat_map(|told| match told {
        Told::Changed(changes) => changes.names.clone(),
        _ => Vec::new(),
    });
    assert!(names.clone().all(|told| told == name), "{:?}", names.collect::<Vec<_>>());
}
