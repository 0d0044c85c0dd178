//! Records that move to another server.

use nguon::store::{Store as _, StoreError};
use nguon_test_servers::{Cluster, Sentinel, until};
use redis::cmd;

use crate::records::{Diary, Told, batch, created, key, spread};

#[tokio::test]
async fn a_slot_that_moves_is_followed() {
    let cluster = Cluster::start();
    let store = created(&cluster.address()).await;
    let keys: Vec<_> = (0..40).map(spread).collect();
    store.commit(batch(keys.clone())).await.unwrap();
    let [from, to] = [0, 1].map(|n| &cluster.servers[n]);
    let [from_id, to_id] = [cluster.id(0), cluster.id(1)];
    // A slot of the first server that holds a unit.
    let slot = async {
        for slot in 0..5461 {
            let names: Vec<String> = from.ask(cmd("CLUSTER").arg("GETKEYSINSLOT").arg(slot).arg(100));
            if names.iter().any(|name| name.starts_with("n:i:")) {
                return (slot, names);
            }
        }
        panic!("no unit on this server");
    };
    let (slot, names) = slot.await;
    let set = |what: &str, id: &str| {
        let mut command = cmd("CLUSTER");
        command.arg("SETSLOT").arg(slot).arg(what).arg(id);
        command
    };
    let _: String = to.ask(&set("IMPORTING", &from_id));
    let _: String = from.ask(&set("MIGRATING", &to_id));
    // On their way: every record is at one of the two, and the first server is still the one to ask.
    for name in &names {
        let mut migrate = cmd("MIGRATE");
        migrate.arg("127.0.0.1").arg(to.port).arg(name).arg(0).arg(5_000);
        let _: String = from.ask(&migrate);
        let entries = store.read(&keys).await.unwrap().entries;
        assert!(entries.iter().all(Option::is_some));
    }
    for server in [to, from, &cluster.servers[2]] {
        let _: String = server.ask(&set("NODE", &to_id));
    }
    let entries = store.read(&keys).await.unwrap().entries;
    assert!(entries.iter().all(Option::is_some));
    store.commit(batch(keys)).await.unwrap();
}

#[tokio::test]
async fn a_killed_primary_is_followed_by_its_replica_without_losing_a_commit() {
    let mut cluster = Cluster::with_replicas();
    let store = created(&cluster.address()).await;
    let diary = Diary::of(&store);
    until("changes are told in time", async || diary.has(&Told::InTime(true))).await;
    let mut acknowledged = Vec::new();
    for n in 0..20 {
        store.commit(batch([spread(n)])).await.unwrap();
        acknowledged.push(spread(n));
    }
    diary.clear();
    cluster.servers[0].kill();
    until("the loss is told", async || diary.has(&Told::InTime(false))).await;
    // Waits for the replica to take over.
    let keys: Vec<_> = (20..40).map(spread).collect();
    store.commit(batch(keys.clone())).await.unwrap();
    acknowledged.extend(keys);
    until("every record is served", async || store.read(&acknowledged).await.is_ok()).await;
    let entries = store.read(&acknowledged).await.unwrap().entries;
    assert!(entries.iter().all(Option::is_some));
    until("changes are told in time", async || diary.is_in_time()).await;
    assert!(diary.has(&Told::Everything));
}

#[tokio::test]
async fn a_primary_on_the_minority_side_is_noticed_although_it_answers() {
    let cluster = Cluster::with_replicas();
    let store = created(&cluster.address()).await;
    let diary = Diary::of(&store);
    until("changes are told in time", async || diary.has(&Told::InTime(true))).await;
    diary.clear();
    // Without the majority the first primary answers PING and reads of its own, and takes no writes.
    for server in &cluster.servers[1..] {
        server.freeze();
    }
    until("it is told", async || diary.has(&Told::InTime(false))).await;
    for server in &cluster.servers[1..] {
        server.thaw();
    }
    until("it has healed", async || diary.is_in_time()).await;
}

#[tokio::test]
async fn the_master_that_the_sentinels_name_is_followed() {
    let mut sentinel = Sentinel::start();
    let store = created(&sentinel.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    let diary = Diary::of(&store);
    sentinel.primary.kill();
    until("the replica is read", async || match store.read(&[key(1)]).await {
        Ok(snapshot) => snapshot.entries[0].is_some(),
        Err(StoreError::Unreachable(_)) => false,
        Err(other) => panic!("{other}"),
    })
    .await;
    store.commit(batch([key(2)])).await.unwrap();
    until("changes are told in time", async || diary.is_in_time()).await;
    assert!(diary.has(&Told::Everything));
}

#[tokio::test]
async fn a_commit_that_no_replica_has_is_counted_or_refused_as_the_address_says() {
    let mut sentinel = Sentinel::start();
    let lenient = created(&sentinel.address()).await;
    let strict = created(&format!("{}?replicas=1", sentinel.address())).await;
    lenient.commit(batch([key(1)])).await.unwrap();
    strict.commit(batch([key(2)])).await.unwrap();
    assert_eq!(lenient.unreplicated(), 0);
    sentinel.replica.kill();
    let alone = async || sentinel.primary.ask::<String>(cmd("INFO").arg("replication")).contains("connected_slaves:0");
    until("the primary is alone", alone).await;
    assert!(matches!(strict.commit(batch([key(3)])).await, Err(StoreError::Unreachable(_))));
    let snapshot = lenient.read(&[key(3)]).await.unwrap();
    assert_eq!((snapshot.entries, snapshot.marker.revision), (vec![None], 2));
    lenient.commit(batch([key(4)])).await.unwrap();
    assert_eq!(lenient.unreplicated(), 1);
    sentinel.replica.restart();
    sentinel.replica.ask::<()>(cmd("REPLICAOF").arg("127.0.0.1").arg(sentinel.primary.port));
    until("the replica is back", async || strict.commit(batch([key(5)])).await.is_ok()).await;
    lenient.commit(batch([key(6)])).await.unwrap();
    assert_eq!(lenient.unreplicated(), 1);
}

#[tokio::test]
async fn a_commit_is_confirmed_by_what_its_replica_has_and_not_by_a_new_connection() {
    let sentinel = Sentinel::start();
    let store = created(&sentinel.address()).await;
    store.commit(batch([key(1)])).await.unwrap();
    // It keeps its connection and takes nothing any more.
    sentinel.replica.freeze();
    // No connection for commits has been used by this one.
    let other = created(&sentinel.address()).await;
    assert!(matches!(other.commit(batch([key(2)])).await, Err(StoreError::Unreachable(_))));
    sentinel.replica.thaw();
    until("a replica confirms it", async || other.commit(batch([key(3)])).await.is_ok()).await;
}
