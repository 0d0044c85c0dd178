//! What a check costs. Prints; run it alone, in release: `cargo test --release --test redis -- --ignored --nocapture pace`.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nguon::registry::{ClientHash, Digest};
use nguon::store::Ledger as _;
use nguon::store::ledger::{Check, Unit, Visit};
use nguon_test_servers::Redis;
use redis::cmd;
use tokio::time::Instant;

use crate::records::created;

const CHECKS: u32 = 100_000;
const CALLERS: u64 = 64;

/// Of another unit each.
fn check(n: u64) -> Check {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    Check {
        unit: Unit { gtin: "09520000010010".parse().unwrap(), serial: format!("S{n}").parse().unwrap() },
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

#[tokio::test]
#[ignore = "measures"]
async fn pace_of_checks_beside_the_same_script_driven_by_redis_benchmark() {
    for settings in [&["--appendonly", "yes", "--appendfsync", "always"][..], &[]] {
        let server = Redis::with(settings);
        let info: String = server.ask(cmd("INFO").arg("server"));
        let pid = info.lines().find_map(|line| line.strip_prefix("process_id:")).unwrap().trim().to_owned();
        let store = created(&server.address()).await;
        store.record(&check(u64::MAX / 2)).await.unwrap();

        let next = Arc::<AtomicU64>::default();
        let (ours, theirs, begun) = (cpu_s("self"), cpu_s(&pid), Instant::now());
        let callers = (0..CALLERS).map(|_| {
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
        let (ours, theirs) = (each(cpu_s("self") - ours), each(cpu_s(&pid) - theirs));
        println!(
            "{settings:?}: {:.0} checks/s; CPU each: {ours:.1} us here, {theirs:.1} us in Redis",
            f64::from(CHECKS) / took
        );

        let script = include_str!("../../src/store/redis/ledger/record.lua");
        let digest: String = server.ask(cmd("SCRIPT").arg("LOAD").arg(script));
        for pipeline in ["1", "16"] {
            let theirs = cpu_s(&pid);
            let mut benchmark = Command::new("redis-benchmark");
            benchmark.args(["-p", &server.port.to_string(), "-n", &CHECKS.to_string(), "-c", &CALLERS.to_string()]);
            benchmark.args(["-P", pipeline, "-r", "1000000000", "-q", "EVALSHA", &digest, "7", "w:f:{0}"]);
            // One counter: the numbers that it makes up are not unique, and a key without its counter is damage.
            benchmark.arg("c:{09520000010010.256}:S1");
            benchmark
                .args(["e", "k", "u", "u", "n:y"].map(|kind| format!("{kind}:{{09520000010010.256}}:S__rand_int__")));
            benchmark.args(["4107542400000", "client-1", "client-2", "x", "2592000000", "3600000", "86400000", "16"]);
            let said = benchmark.output().unwrap();
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            let last = said.split('\r').next_back().unwrap_or_default().trim().to_owned();
            println!("redis-benchmark -P {pipeline}: {last}; CPU each: {:.1} us in Redis", each(cpu_s(&pid) - theirs));
        }
    }
}
