//! Commits that are cut short.

use nguon_test_servers::{Cluster, Redis, until};
use std::time::Duration;

use redis::cmd;

use super::{RedisStore, created};
use crate::registry::{ItemEntry, ItemState};
use crate::store::redis::ask::Manner;
use crate::store::redis::{commit, name};
use crate::store::{Batch, Entry, Evidence, Key, Progress, Put, Store, StoreError};

const UNITS: usize = 3_000;

fn batch(n: usize) -> Batch {
    let item = ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day: None };
    let key = |unit: usize| Key::Item("09520000010010".parse().unwrap(), format!("{n}-{unit}").parse().unwrap());
    let evidence = Evidence {
        at: "2026-07-01T00:00:00Z".parse().unwrap(),
        revision: 0,
        publisher: "coop".to_owned(),
        by: None,
        act: n.to_string(),
        why: None,
        approved_by: None,
        file: None,
        line: None,
        sheet: None,
        body: serde_json::Value::Null,
    };
    Batch {
        base: None,
        puts: (0..UNITS).map(|unit| Put { key: key(unit), entry: Entry::Item(item) }).collect(),
        evidence: vec![evidence],
        progress: Some(Progress { file: "f".to_owned(), lines: Some(n as u64) }),
        gives_way: false,
    }
}

/// All of a batch is there with its evidence and progress, or none of it.
async fn nothing_is_left_half_done(store: &RedisStore, give_up_turn: impl AsyncFn()) {
    let mut revision = 0;
    let mut lines: Vec<String> = Vec::new();
    let (mut whole, mut cut_short) = (0, 0);
    for n in 0..40 {
        let batch = batch(n);
        let keys: Vec<Key> = batch.puts.iter().map(|put| put.key.clone()).collect();
        // A writer who dies: no one releases its turn.
        let cut = tokio::time::timeout(Duration::from_micros(500 * n as u64), commit::commit(&store.inner, &batch));
        cut_short += usize::from(cut.await.is_err());
        // What it had sent may still be on its way, and take the turn.
        until("no commit is under way", async || {
            give_up_turn().await;
            commit::recover(&store.inner).await.unwrap();
            let journal = store.inner.fleet.spread.slot(name::JOURNAL.as_bytes());
            let there = cmd("EXISTS").arg(name::JOURNAL).to_owned();
            store.inner.fleet.one(journal, there, Manner::Patient).await.unwrap() == redis::Value::Int(0)
        })
        .await;
        let there = store.holds(&keys).await.unwrap();
        let marker = store.read(&[]).await.unwrap().marker;
        let log: Vec<String> = store.evidence(0, 1_000).await.unwrap().into_iter().map(|(_, line)| line.act).collect();
        if marker.revision > revision {
            assert!(there.iter().all(|there| *there), "batch {n} is there in part");
            lines.push(n.to_string());
            assert_eq!(store.progress("f").await.unwrap(), Some(n as u64));
            whole += 1;
        } else {
            assert!(there.iter().all(|there| !there), "batch {n} is there in part");
        }
        assert_eq!(log, lines);
        assert!(marker.records <= (whole * UNITS) as u64);
        revision = marker.revision;
    }
    // How far one had come when it was cut is a matter of timing; that some were cut is not.
    assert!(whole > 0 && cut_short > 0, "{whole} whole, {cut_short} cut short");
}

#[tokio::test]
async fn a_commit_that_was_cut_short_is_finished_or_was_never_begun() {
    let server = Redis::with(&[]);
    let store = created(&server.address()).await;
    nothing_is_left_half_done(&store, async || {
        let _: i64 = server.ask(cmd("DEL").arg(name::WRITER));
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_was_cut_short_in_a_cluster_is_finished_or_was_never_begun() {
    let cluster = Cluster::start();
    let store = created(&cluster.address()).await;
    nothing_is_left_half_done(&store, async || {
        for server in &cluster.servers {
            drop(server.try_ask::<i64>(cmd("DEL").arg(name::WRITER)));
        }
    })
    .await;
}

/// A commit whose writer died after its journal was written.
async fn leave_a_commit_under_way(server: &Redis, store: &RedisStore) {
    for delay in 1.. {
        let batch = batch(delay);
        let cut = tokio::time::timeout(Duration::from_micros(400 * delay as u64), commit::commit(&store.inner, &batch));
        drop(cut.await);
        if server.ask::<bool>(cmd("EXISTS").arg(name::JOURNAL)) {
            break;
        }
    }
    let _: i64 = server.ask(cmd("DEL").arg(name::WRITER));
}

#[tokio::test]
async fn a_commit_whose_writer_died_is_finished_by_another_without_being_asked() {
    let server = Redis::with(&[]);
    let store = created(&server.address()).await;
    leave_a_commit_under_way(&server, &store).await;
    drop(store);
    let _other = created(&server.address()).await;
    until("the journal is gone", async || !server.ask::<bool>(cmd("EXISTS").arg(name::JOURNAL))).await;
}

#[tokio::test]
async fn two_writers_take_turns_and_only_one_gets_a_base() {
    let server = Redis::with(&[]);
    let (a, b) = (created(&server.address()).await, created(&server.address()).await);
    let mut commits = 0;
    for base in 0..20 {
        let of = |n| Batch { base: Some(base), ..batch(n) };
        let (first, second) = tokio::join!(a.commit(of(1)), b.commit(of(2)));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
        commits += 1;
        assert_eq!(a.read(&[]).await.unwrap().marker.revision, commits);
    }
}

#[tokio::test]
async fn who_has_asked_to_go_first_decides_before_the_next_portion_of_another_writer() {
    let server = Redis::with(&[]);
    let (desk, import) = (created(&server.address()).await, created(&server.address()).await);
    desk.ask_to_go_first().await.unwrap();
    let portion = Batch { base: Some(0), gives_way: true, ..batch(1) };
    let portion = tokio::spawn(async move { import.commit(portion).await });
    // It has seen the revision that it is for, and is kept from beginning.
    let tries = async || {
        let stats: String = server.ask(cmd("INFO").arg("commandstats"));
        let evals =
            stats.lines().find_map(|line| line.strip_prefix("cmdstat_eval:calls=")?.split(',').next()?.parse().ok());
        evals.unwrap_or(0_u64)
    };
    let before = tries().await;
    until("the portion has tried twice", async || tries().await >= before + 2).await;
    assert_eq!(desk.read(&[]).await.unwrap().marker.revision, 0);
    desk.commit(Batch { base: Some(0), ..batch(2) }).await.unwrap();
    assert!(matches!(portion.await.unwrap(), Err(StoreError::Conflict { now: 1 })));
    assert!(!server.ask::<bool>(cmd("EXISTS").arg(name::WAITING)));
}

#[tokio::test]
async fn every_attempt_at_a_commit_comes_after_the_one_before_it() {
    let server = Redis::with(&[]);
    let store = created(&server.address()).await;
    leave_a_commit_under_way(&server, &store).await;
    let revision = store.read(&[]).await.unwrap().marker.revision + 1;
    commit::recover(&store.inner).await.unwrap();
    if store.read(&[]).await.unwrap().marker.revision < revision {
        // It was cut short before it was decided.
        return;
    }
    let witness: String = server.ask(cmd("GET").arg(store.inner.fleet.spread.witness(0)));
    assert!(witness.starts_with(&format!("{revision} 2 ")), "{witness}");
}
