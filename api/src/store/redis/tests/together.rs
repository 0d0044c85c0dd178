//! Lookups that are asked together.

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use nguon_test_servers::Redis;
use redis::cmd;

use super::created;
use crate::registry::{ItemEntry, ItemState};
use crate::store::redis::ask::Manner;
use crate::store::{Batch, Entry, Key, Put, Store, StoreError};

const GTIN: &str = "09520000010010";

fn serial(n: usize) -> Key {
    Key::Item(GTIN.parse().unwrap(), format!("S{n}").parse().unwrap())
}

fn unit(n: usize) -> Entry {
    let since_day = u16::try_from(n).unwrap();
    Entry::Item(ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day: Some(since_day) })
}

fn commands(server: &Redis) -> u64 {
    let info: String = server.ask(cmd("INFO").arg("stats"));
    let line = info.lines().find_map(|line| line.strip_prefix("total_commands_processed:")).unwrap();
    line.trim().parse().unwrap()
}

#[tokio::test]
async fn each_gets_its_own_entries_and_all_of_them_one_marker() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let puts = (0..300).map(|n| Put { key: serial(n), entry: unit(n) }).collect();
    store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
    store.read(&[serial(0)]).await.unwrap();
    let before = commands(&server);
    // More than one pipeline takes; some are not there.
    let wishes: Vec<[Key; 2]> = (0..150).map(|n| [serial(2 * n), serial(2 * n + 150)]).collect();
    let answers = join_all(wishes.iter().map(|keys| store.read(keys))).await;
    let asked = commands(&server) - before;
    for (n, answer) in answers.into_iter().enumerate() {
        let snapshot = answer.unwrap();
        let there = |n: usize| (n < 300).then(|| unit(n));
        assert_eq!(snapshot.entries, [there(2 * n), there(2 * n + 150)]);
        assert_eq!(snapshot.marker.records, 300);
        assert_eq!(snapshot.dependencies.len(), 2);
    }
    assert!(asked < 150, "{asked} commands for 150 lookups");
}

#[tokio::test]
async fn what_is_damaged_concerns_those_alone_who_ask_for_it() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(Batch { puts: vec![Put { key: serial(1), entry: unit(1) }], ..Batch::default() }).await.unwrap();
    let other = Key::Exception(GTIN.parse().unwrap(), "S1".parse().unwrap());
    let _: u64 = server.ask(cmd("RPUSH").arg(format!("n:x:{{{GTIN}}}:S1")).arg("not a string"));
    let (good, bad) = ([serial(1)], [other]);
    let (good, bad) = tokio::join!(store.read(&good), store.read(&bad));
    assert_eq!(good.unwrap().entries, [Some(unit(1))]);
    assert!(matches!(bad, Err(StoreError::Corrupt(_))), "{bad:?}");
}

#[tokio::test]
async fn whoever_asks_while_the_sender_ends_is_answered_all_the_same() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(Batch { puts: vec![Put { key: serial(1), entry: unit(1) }], ..Batch::default() }).await.unwrap();
    let lost = store.clone();
    // A runtime that ends while a list of it waits to be sent.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let keys = [serial(1)];
            assert!(lost.read(&keys).now_or_never().is_none());
        });
    })
    .join()
    .unwrap();
    for _ in 0..20 {
        assert_eq!(store.read(&[serial(1)]).await.unwrap().entries, [Some(unit(1))]);
    }
    let marker = store.inner.fleet.one(0, cmd("EXISTS").arg("w:{r}:marker").to_owned(), Manner::Prompt).await;
    assert_eq!(marker.unwrap(), redis::Value::Int(1));
}

#[tokio::test]
async fn no_lookup_of_many_passes_an_emptied_registry() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    store.commit(Batch { puts: vec![Put { key: serial(1), entry: unit(1) }], ..Batch::default() }).await.unwrap();
    let _: String = server.ask(&cmd("FLUSHALL"));
    let keys: Vec<[Key; 1]> = (0..100).map(|n| [serial(n)]).collect();
    for answer in join_all(keys.iter().map(|keys| store.read(keys))).await {
        assert!(matches!(answer, Err(StoreError::RegistryUnavailable(_))), "{answer:?}");
    }
}
