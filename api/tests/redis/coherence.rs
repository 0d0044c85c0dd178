//! Changes that are told, and links that do not tell them.

use nguon_test_servers::{Fault, Proxy, Redis, until};
use std::time::Duration;

use nguon::registry::{Id, RecallId};
use nguon::store::Store as _;
use redis::cmd;
use tokio::time::Instant;

use crate::records::{Diary, Told, batch, created, key};

#[tokio::test]
async fn a_change_by_another_process_is_told_within_100_ms() {
    let server = Redis::start();
    let (here, there) = (created(&server.address()).await, created(&server.address()).await);
    let diary = Diary::of(&here);
    assert_eq!(diary.all(), [Told::InTime(true)]);
    let mut took = Vec::new();
    for n in 0..50 {
        let name = here.read(&[key(n)]).await.unwrap().dependencies[0];
        diary.clear();
        there.commit(batch([key(n)])).await.unwrap();
        let acknowledged = Instant::now();
        until("the change is told", async || {
            diary.all().iter().any(|told| matches!(told, Told::Changed(changes) if changes.names.contains(&name)))
        })
        .await;
        took.push(acknowledged.elapsed());
    }
    took.sort_unstable();
    assert!(took[took.len() / 2] < Duration::from_millis(100), "{took:?}");
}

#[tokio::test]
async fn a_recall_is_told_by_its_name() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let diary = Diary::of(&store);
    let _: String = server.ask(cmd("SET").arg("n:r:{r}:VN-2026-1").arg("x"));
    let id = RecallId(Id::try_from("VN-2026-1").unwrap());
    until("the recall is told", async || {
        diary.all().iter().any(|told| matches!(told, Told::Changed(changes) if changes.recalls.contains(&id)))
    })
    .await;
}

#[tokio::test]
async fn an_emptied_store_changes_everything() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let diary = Diary::of(&store);
    let _: String = server.ask(&cmd("FLUSHALL"));
    until("everything is told", async || diary.has(&Told::Everything)).await;
}

/// Told to be out of time while the link fails in this way, and of everything when it has healed.
async fn is_noticed(mode: Fault, within: Duration) {
    let server = Redis::start();
    drop(created(&server.address()).await);
    let proxy = Proxy::before(server.port);
    let store = created(&proxy.address()).await;
    let diary = Diary::of(&store);
    until("changes are told in time", async || diary.has(&Told::InTime(true))).await;
    diary.clear();
    let cut = Instant::now();
    proxy.set(mode);
    until("the failure is told", async || diary.has(&Told::InTime(false))).await;
    assert!(cut.elapsed() < within, "{:?}", cut.elapsed());
    // Never in time while it lasts, although some of it goes on working.
    let over = Instant::now() + Duration::from_secs(6);
    until("it lasts", async || {
        assert!(!diary.has(&Told::InTime(true)));
        Instant::now() > over
    })
    .await;
    if mode == Fault::SwallowPushes {
        assert!(store.read(&[key(1)]).await.is_ok());
    }
    diary.clear();
    proxy.set(Fault::None);
    until("it has healed", async || diary.has(&Told::InTime(true))).await;
    let told = diary.all();
    let everything = told.iter().position(|told| *told == Told::Everything);
    let in_time = told.iter().position(|told| *told == Told::InTime(true));
    assert!(everything.is_some() && everything < in_time, "{told:?}");
    assert!(store.read(&[key(1)]).await.is_ok());
}

#[tokio::test]
async fn a_cut_link_is_noticed_at_once() {
    is_noticed(Fault::Cut, Duration::from_secs(1)).await;
}

#[tokio::test]
async fn a_half_open_link_is_noticed_by_its_heartbeat() {
    is_noticed(Fault::Swallow, Duration::from_secs(4)).await;
}

#[tokio::test]
async fn lost_pushes_are_noticed_although_everything_else_works() {
    is_noticed(Fault::SwallowPushes, Duration::from_secs(4)).await;
}
