//! A Redis that is frozen (SIGSTOP) under a node costs a miss its deadline, and a hit nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use nguon_tests::{Caller, LOT, Redis, Server, Settings, elapsed, gtin, import, products, within};

const COUNT: usize = 120;
/// Codes that are asked for all the time.
const HOT: usize = 8;
/// Pairs of windows, one with Redis and one without.
const ROUNDS: usize = 5;
const WINDOW: Duration = Duration::from_millis(300);
const THREADS: usize = 2;

const PROMISED: Duration = Duration::from_millis(250);
/// Of the throughput of hits, when the machine has nothing else to do; a busy one is forgiven more.
const PROMISED_SHARE: f64 = 0.95;
const FORGIVEN_SHARE: f64 = 0.75;

fn node(redis: &Redis) -> Server {
    assert_eq!(import(&redis.address(), &products(COUNT))["rejected"]["total"], 0);
    Settings::node(&redis.address()).and("--trusted-proxies").and("127.0.0.0/8").start()
}

fn lot(n: usize) -> String {
    format!("/01/{}/10/{LOT}", gtin(n))
}

/// Each call is a client of its own.
fn client(node: &Server) -> Caller {
    static CLIENTS: AtomicU32 = AtomicU32::new(1);
    Caller::client(node.public, CLIENTS.fetch_add(1, Ordering::Relaxed))
}

/// Hits in one window.
fn hits(node: &Server) -> usize {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let hitting: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut caller = client(node);
                    let mut hits = 0;
                    while !over.load(Ordering::Relaxed) {
                        let reply = caller.ask(&lot(hits % HOT));
                        assert_eq!(reply.status, 200, "{}", reply.text());
                        assert!(reply.must("cache-status").starts_with("Nguon; hit"), "{:?}", reply.headers);
                        hits += 1;
                    }
                    hits
                })
            })
            .collect();
        thread::sleep(WINDOW);
        over.store(true, Ordering::Relaxed);
        hitting.into_iter().map(|hitting| hitting.join().unwrap()).sum()
    })
}

fn median<T: Copy + PartialOrd>(mut of: Vec<T>) -> T {
    of.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap());
    of[of.len() / 2]
}

#[test]
fn a_frozen_redis_takes_nothing_from_hits() {
    let redis = Redis::start();
    let node = node(&redis);
    for n in 0..HOT {
        let _ = client(&node).card(&lot(n));
    }
    let shares = (0..ROUNDS).map(|_| {
        let with = hits(&node);
        redis.freeze();
        let without = hits(&node);
        redis.thaw();
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let share = without as f64 / with as f64;
        share
    });
    let shares: Vec<f64> = shares.collect();
    let share = median(shares.clone());
    println!("hits while Redis is frozen: {share:.2} of those before (promised {PROMISED_SHARE}), of {shares:.2?}");
    assert!(share >= FORGIVEN_SHARE, "{shares:?}");
}

#[test]
fn a_frozen_redis_costs_a_miss_at_most_250_ms() {
    let redis = Redis::start();
    let node = node(&redis);
    let mut caller = client(&node);
    let mut cold = HOT..COUNT;
    let mut miss = |caller: &mut Caller| {
        let code = lot(cold.next().unwrap());
        elapsed(|| caller.ask(&code))
    };
    let before: Vec<Duration> = (0..20).map(|_| miss(&mut caller).1).collect();
    redis.freeze();
    let mut without: Vec<Duration> = Vec::new();
    for _ in 0..20 {
        let (reply, took) = miss(&mut caller);
        assert_eq!(reply.status, 503, "nothing is known of it: {}", reply.text());
        without.push(took);
    }
    let (before, longest) = (median(before), without.iter().max().copied().unwrap());
    println!("a miss: {before:?}; while Redis is frozen: {longest:?} at most, of {without:?}");
    assert!(longest <= before + PROMISED + Duration::from_millis(50), "{without:?} against {before:?}");
    assert!(median(without) < before + Duration::from_millis(50), "it is not asked again and again");
    redis.thaw();
    within(Duration::from_secs(5), "it is asked again", || (miss(&mut caller).0.status == 200).then_some(()));
}
