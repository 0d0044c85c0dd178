//! A store that was emptied, killed or frozen.

use nguon_test_servers::{Cluster, Redis, until};
use std::time::Duration;

use nguon::store::{Store as _, StoreError};
use redis::cmd;
use tokio::time::Instant;

use crate::records::{batch, created, key, spread};

#[tokio::test]
async fn a_flushed_store_is_unavailable_and_not_one_that_knows_no_code() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    let _: String = server.ask(&cmd("FLUSHALL"));
    for keys in [&[][..], &[key(1)], &[key(2)]] {
        assert!(matches!(store.read(keys).await, Err(StoreError::RegistryUnavailable(_))));
        assert!(matches!(store.holds(keys).await, Err(StoreError::RegistryUnavailable(_))));
    }
    assert!(matches!(store.commit(batch([key(3)])).await, Err(StoreError::RegistryUnavailable(_))));
    assert!(matches!(store.scan(nguon::store::Kind::Recall, None, 10).await, Err(StoreError::RegistryUnavailable(_))));
    assert!(matches!(store.evidence(0, 10).await, Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn another_registry_in_its_place_is_unavailable() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    let _: String = server.ask(&cmd("FLUSHALL"));
    let _new = created(&server.address()).await;
    assert!(matches!(store.read(&[key(1)]).await, Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn an_empty_restart_is_unavailable() {
    let mut server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    server.restart_empty();
    until("the store is reached again", async || {
        !matches!(store.read(&[key(1)]).await, Err(StoreError::Unreachable(_)))
    })
    .await;
    assert!(matches!(store.read(&[key(1)]).await, Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn a_cluster_with_one_emptied_primary_is_unavailable_there() {
    let cluster = Cluster::start();
    let store = created(&cluster.address()).await;
    let keys: Vec<_> = (0..60).map(spread).collect();
    store.commit(batch(keys.clone())).await.unwrap();
    // Not the primary of the marker, whose loss is noticed by every read.
    let slot: u16 = cluster.servers[0].ask(cmd("CLUSTER").arg("KEYSLOT").arg("w:{r}:marker"));
    let other = &cluster.servers[usize::from(slot < 5461)];
    let _: String = other.ask(&cmd("FLUSHALL"));
    let (mut there, mut gone) = (0, 0);
    for key in keys {
        match store.read(&[key]).await {
            Ok(snapshot) if snapshot.entries[0].is_some() => there += 1,
            Err(StoreError::RegistryUnavailable(_)) => gone += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(there > 0 && gone > 0);
    assert!(matches!(store.commit(batch((0..60).map(spread))).await, Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn a_killed_redis_loses_no_acknowledged_commit() {
    let mut server = Redis::start();
    let store = created(&server.address()).await;
    for round in 0..5 {
        let writing = {
            let store = store.clone();
            tokio::spawn(async move {
                let mut acknowledged = 0;
                for n in 0.. {
                    match store.commit(batch([key(round * 10_000 + n)])).await {
                        Ok(_) => acknowledged += 1,
                        Err(_) => break,
                    }
                }
                acknowledged
            })
        };
        let last = [key(round * 10_000 + 20)];
        until("some commits", async || store.holds(&last).await.is_ok_and(|there| there[0])).await;
        server.kill();
        // The commit that was cut off waits for the server; what it then comes to is not acknowledged.
        writing.abort();
        server.restart();
        until("the store is reached again", async || store.read(&[]).await.is_ok()).await;
        // The one that was seen may have been under way; those before it were acknowledged.
        let keys: Vec<_> = (0..20).map(|n| key(round * 10_000 + n)).collect();
        assert!(store.holds(&keys).await.unwrap().iter().all(|there| *there));
        let revision = store.read(&[]).await.unwrap().marker.revision;
        assert!(revision >= 20);
    }
}

#[tokio::test]
async fn a_frozen_redis_costs_a_read_its_deadline_and_no_more() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    assert!(store.read(&[key(1)]).await.is_ok());
    server.freeze();
    let mut took = Vec::new();
    for _ in 0..7 {
        let begun = Instant::now();
        assert!(matches!(store.read(&[key(1)]).await, Err(StoreError::Unreachable(_))));
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    assert!(took[3] <= Duration::from_millis(250), "{took:?}");
    server.thaw();
    until("it is read again", async || store.read(&[key(1)]).await.is_ok()).await;
}
