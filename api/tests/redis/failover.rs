//! Records that move to another server.

use std::fs;
use std::process::{Child, Command, Stdio};

use nguon::store::redis::{RedisAddress, RedisOptions, RedisStore};
use nguon::store::{Store as _, StoreError};
use redis::cmd;

use crate::cluster::Cluster;
use crate::records::{Diary, Told, batch, created, key, spread};
use crate::server::{Server, until};

#[tokio::test]
async fn a_slot_that_moves_is_followed() {
    let cluster = Cluster::start(false).await;
    let store = created(&cluster.address()).await;
    let keys: Vec<_> = (0..40).map(spread).collect();
    store.commit(batch(keys.clone())).await.unwrap();
    let [from, to] = [0, 1].map(|n| &cluster.servers[n]);
    let [from_id, to_id] = [cluster.id(0).await, cluster.id(1).await];
    // A slot of the first server that holds a unit.
    let slot = async {
        for slot in 0..5461 {
            let names: Vec<String> = from.ask(cmd("CLUSTER").arg("GETKEYSINSLOT").arg(slot).arg(100)).await;
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
    let _: String = to.ask(&set("IMPORTING", &from_id)).await;
    let _: String = from.ask(&set("MIGRATING", &to_id)).await;
    // On their way: every record is at one of the two, and the first server is still the one to ask.
    for name in &names {
        let mut migrate = cmd("MIGRATE");
        migrate.arg("127.0.0.1").arg(to.port).arg(name).arg(0).arg(5_000);
        let _: String = from.ask(&migrate).await;
        let entries = store.read(&keys).await.unwrap().entries;
        assert!(entries.iter().all(Option::is_some));
    }
    for server in [to, from, &cluster.servers[2]] {
        let _: String = server.ask(&set("NODE", &to_id)).await;
    }
    let entries = store.read(&keys).await.unwrap().entries;
    assert!(entries.iter().all(Option::is_some));
    store.commit(batch(keys)).await.unwrap();
}

#[tokio::test]
async fn a_killed_primary_is_followed_by_its_replica_without_losing_a_commit() {
    let mut cluster = Cluster::start(true).await;
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
    let cluster = Cluster::start(true).await;
    let store = created(&cluster.address()).await;
    let diary = Diary::of(&store);
    until("changes are told in time", async || diary.has(&Told::InTime(true))).await;
    diary.clear();
    // Without the majority the first primary answers PING and reads of its own, and takes no writes.
    for server in &cluster.servers[1..] {
        server.freeze(true);
    }
    until("it is told", async || diary.has(&Told::InTime(false))).await;
    for server in &cluster.servers[1..] {
        server.freeze(false);
    }
    until("it has healed", async || diary.is_in_time()).await;
}

/// A sentinel in a directory of its own.
struct Sentinel {
    child: Child,
    port: u16,
    _dir: tempfile::TempDir,
}

impl Sentinel {
    fn of(primary: u16) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let file = dir.path().join("sentinel.conf");
        let lines = [
            format!("port {port}"),
            "bind 127.0.0.1".to_owned(),
            format!("dir {}", dir.path().display()),
            format!("sentinel monitor main 127.0.0.1 {primary} 1"),
            "sentinel down-after-milliseconds main 1000".to_owned(),
            "sentinel failover-timeout main 10000".to_owned(),
        ];
        fs::write(&file, lines.join("\n")).unwrap();
        let child = Command::new("redis-server")
            .arg(&file)
            .arg("--sentinel")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server is not installed: start the tests with tests/run, which installs what they need");
        Self { child, port, _dir: dir }
    }
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test]
async fn the_master_that_the_sentinels_name_is_followed() {
    let mut primary = Server::start().await;
    let replica = Server::start().await;
    let _: String = replica.ask(cmd("REPLICAOF").arg("127.0.0.1").arg(primary.port)).await;
    until("the replica is in step", async || {
        let info: String = replica.ask(cmd("INFO").arg("replication")).await;
        info.contains("master_link_status:up")
    })
    .await;
    let sentinel = Sentinel::of(primary.port);
    let address = format!("redis+sentinel://127.0.0.1:{}/main", sentinel.port);
    let address: RedisAddress = address.parse().unwrap();
    let mut store = None;
    until("the sentinel names the master", async || {
        store = RedisStore::open_or_create(address.clone(), RedisOptions::default()).await.ok();
        store.is_some()
    })
    .await;
    let store = store.unwrap();
    store.commit(batch([key(1)])).await.unwrap();
    // The sentinel has to know the replica before it can promote it.
    let diary = Diary::of(&store);
    let knows = Server::ask_at::<Vec<redis::Value>>;
    until("the sentinel knows the replica", async || {
        knows(sentinel.port, cmd("SENTINEL").arg("REPLICAS").arg("main")).await.is_ok_and(|known| known.len() == 1)
    })
    .await;
    primary.kill();
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
