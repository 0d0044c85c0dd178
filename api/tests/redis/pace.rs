//! What a check costs beside the same script driven by redis-benchmark. Prints a ratio for each number of checks under way
//! and a verdict; run it alone, in release: `cargo test --release --test redis -- --ignored --nocapture pace`.
//!
//! What is the same on both sides: the script, its digest, the number and length of names and arguments, a unit, a key
//! and a client of their own for each check, the number of checks under way, one thread, an empty server of the same settings
//! that rewrites no file meanwhile. The store sends its checks through one connection as they come together, so the benchmark
//! runs in two shapes: as many connections as checks are under way, and one connection with as many in its pipeline.
//! The ratio is to the better of them. Each check of the store brings a read of the marker along, which is its own cost.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nguon::registry::{ClientHash, Digest};
use nguon::store::Ledger as _;
use nguon::store::ledger::{AGAIN_S, Check, REPEAT_S, Unit, VISIT_KEPT_S, VISITS_KEPT, Visit};
use nguon::store::redis::RedisStore;
use nguon_test_servers::Redis;
use redis::{Value, cmd};
use tokio::time::Instant;

use crate::records::created;

/// Checks of one run.
const CHECKS: u32 = 60_000;
/// Checks under way at a time.
const UNDER_WAY: [u32; 3] = [16, 64, 256];
/// Runs of each kind, in turn; the middle one counts.
const ROUNDS: usize = 3;
/// What the design asks for.
const GOAL: f64 = 0.8;
/// Names that a check writes: counters, visits, its key, its client.
const NAMES_WRITTEN: u64 = 4;

/// Of another unit each.
fn check(n: u64) -> Check {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    Check {
        unit: Unit { gtin: "09520000010010".parse().unwrap(), serial: format!("S{n:012}").parse().unwrap() },
        key: Digest(key),
        visit: Visit { at: "2100-03-01T00:00:00Z".parse().unwrap(), client: ClientHash(n), province: None },
        yesterday: ClientHash(u64::MAX - n),
    }
}

/// CPU that a process has used, in seconds.
fn cpu_s(pid: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_ascii_whitespace().collect();
    // User and system, in hundredths of a second.
    fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// What came of a run.
#[derive(Clone, Copy, Debug)]
struct Pace {
    checks_per_s: f64,
    /// CPU of Redis for each, in microseconds.
    redis_us: f64,
    /// CPU of this process for each, in microseconds.
    here_us: f64,
}

fn middle(mut paces: Vec<Pace>) -> Pace {
    paces.sort_by(|a, b| a.checks_per_s.total_cmp(&b.checks_per_s));
    paces[paces.len() / 2]
}

/// An empty server with a registry.
async fn fresh(settings: &[&str]) -> (Redis, String, RedisStore) {
    let server = Redis::with(&[settings, &["--auto-aof-rewrite-percentage", "0", "--save", ""]].concat());
    let info: String = server.ask(cmd("INFO").arg("server"));
    let pid = info.lines().find_map(|line| line.strip_prefix("process_id:")).unwrap().trim().to_owned();
    let store = created(&server.address()).await;
    store.record(&check(u64::from(u32::MAX))).await.unwrap();
    (server, pid, store)
}

fn names(server: &Redis) -> u64 {
    server.ask(&cmd("DBSIZE"))
}

/// By the store.
async fn ours(settings: &[&str], under_way: u32) -> Pace {
    let (server, pid, store) = fresh(settings).await;
    let before = names(&server);
    let next = Arc::<AtomicU64>::default();
    let (here, there, begun) = (cpu_s("self"), cpu_s(&pid), Instant::now());
    let callers = (0..under_way).map(|_| {
        let (store, next) = (store.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= u64::from(CHECKS) {
                    break;
                }
                store.record(&check(n)).await.unwrap();
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    let took = begun.elapsed().as_secs_f64();
    let each = |cpu: f64| cpu * 1e6 / f64::from(CHECKS);
    let pace = Pace {
        checks_per_s: f64::from(CHECKS) / took,
        redis_us: each(cpu_s(&pid) - there),
        here_us: each(cpu_s("self") - here),
    };
    wrote(&server, before);
    pace
}

/// Both sides must have done the work: an error would be quick.
fn wrote(server: &Redis, before: u64) {
    let written = names(server) - before;
    let expected = NAMES_WRITTEN * u64::from(CHECKS);
    assert!(written > expected * 99 / 100 && written <= expected + 100, "{written} names of {expected}");
}

/// By redis-benchmark, through so many connections with so many in the pipeline of each.
async fn theirs(settings: &[&str], connections: u32, pipeline: u32) -> Pace {
    let (server, pid, _store) = fresh(settings).await;
    let script = include_str!("../../src/store/redis/ledger/record.lua");
    let digest: String = server.ask(cmd("SCRIPT").arg("LOAD").arg(script));
    // Numbers that the benchmark makes up, twelve digits each. A key has two: one that came twice would be an error, and
    // the benchmark would end.
    let of = |kind: &str, rest: &str| format!("{kind}:{{09520000010010.256}}:S__rand_int__{rest}");
    let (key, client) = (format!(":{}__rand_int__", "A".repeat(10)), format!(":{}", "A".repeat(11)));
    let names = ["w:f:{0}".to_owned(), of("c", ""), of("e", ""), of("k", &key), of("u", &client), of("u", &client)];
    let times = [VISIT_KEPT_S, REPEAT_S, AGAIN_S].map(|seconds| (seconds * 1_000).to_string());
    let mut run = vec!["EVALSHA".to_owned(), digest, "7".to_owned()];
    run.extend(names.into_iter().chain([of("n:y", "")]));
    run.extend(["4107542400000", "client-1", "client-2", "x"].map(str::to_owned));
    run.extend(times.into_iter().chain([VISITS_KEPT.to_string()]));

    let mut once = cmd(&run[0]);
    for part in &run[1..] {
        once.arg(part);
    }
    let said: Value = server.ask(&once);
    assert!(matches!(&said, Value::Array(parts) if parts.len() == 6), "{said:?}");

    let mut benchmark = Command::new("redis-benchmark");
    benchmark.args(["-p", &server.port.to_string(), "-n", &CHECKS.to_string(), "-r", "2000000000", "-q"]);
    benchmark.args(["-c", &connections.to_string(), "-P", &pipeline.to_string()]).args(&run);
    let (before, there) = (self::names(&server), cpu_s(&pid));
    let said = benchmark.output().unwrap();
    let redis_us = (cpu_s(&pid) - there) * 1e6 / f64::from(CHECKS);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let per_s =
        said.rsplit_once(" requests per second").and_then(|(before, _)| before.rsplit(' ').next()?.parse().ok());
    wrote(&server, before);
    Pace { checks_per_s: per_s.unwrap_or_else(|| panic!("{said}")), redis_us, here_us: 0.0 }
}

#[tokio::test]
#[ignore = "measures"]
async fn pace_of_checks_beside_the_same_script_driven_by_redis_benchmark() {
    let mut worst = f64::INFINITY;
    for settings in [&["--appendonly", "yes", "--appendfsync", "always"][..], &["--appendonly", "no"]] {
        println!("\nredis {}", settings.join(" "));
        for under_way in UNDER_WAY {
            let (mut here, mut wide, mut deep) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                here.push(ours(settings, under_way).await);
                wide.push(theirs(settings, under_way, 1).await);
                deep.push(theirs(settings, 1, under_way).await);
            }
            let (here, wide, deep) = (middle(here), middle(wide), middle(deep));
            let better = if wide.checks_per_s > deep.checks_per_s { wide } else { deep };
            let (ratio, cpu) = (here.checks_per_s / better.checks_per_s, here.redis_us / better.redis_us);
            worst = worst.min(ratio);
            println!(
                "{under_way:4} under way: {:7.0} checks/s, {:5.1} us of Redis and {:5.1} us of this process each",
                here.checks_per_s, here.redis_us, here.here_us
            );
            for (shape, pace) in [("connections", wide), ("in a pipeline", deep)] {
                let Pace { checks_per_s, redis_us, .. } = pace;
                println!("     redis-benchmark, {under_way} {shape}: {checks_per_s:7.0} checks/s, {redis_us:5.1} us");
            }
            let verdict = if ratio >= GOAL { "kept" } else { "NOT KEPT" };
            println!("     ratio {ratio:.2} (goal {GOAL}): {verdict}; CPU of Redis x {cpu:.2}");
        }
    }
    println!(
        "\nthe worst ratio is {worst:.2}: the goal of {GOAL} is {}",
        if worst >= GOAL { "kept" } else { "NOT KEPT" }
    );
}
