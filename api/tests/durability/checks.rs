//! Checks: acknowledged means counted, and sent again means counted once, however often the process is killed.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _, stdout};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use nguon::registry::{ClientHash, Digest};
use nguon::store::ledger::{Check, Counted, Unit, Visit};
use nguon::store::{EmbeddedStore, Ledger};
use tempfile::TempDir;

use super::{Process, moments};

/// Where the child finds its store.
const FILE: &str = "NGUON_TEST_CHECKS_FILE";
/// What it is to send again before it goes on.
const AGAIN: &str = "NGUON_TEST_CHECKS_AGAIN";
/// What it goes on with.
const FROM: &str = "NGUON_TEST_CHECKS_FROM";

/// Checks under way at a time.
const AT_A_TIME: u64 = 24;
const UNITS: u64 = 3;

/// Each by a client of its own, a second after the other.
fn check(n: u64) -> Check {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    let serial = format!("S{}", n % UNITS).parse().unwrap();
    let at =
        "2100-03-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(i64::try_from(n).unwrap());
    Check {
        unit: Unit { gtin: "09520000010010".parse().unwrap(), serial },
        key: Digest(key),
        visit: Visit { at, client: ClientHash(n), province: None },
        yesterday: ClientHash(u64::MAX - n),
    }
}

/// Sends checks until it is killed. Runs in a process of its own, and only when it is told where.
#[test]
#[ignore = "the child of another test"]
fn child() {
    let Ok(file) = std::env::var(FILE) else { return };
    let again = std::env::var(AGAIN).unwrap();
    let again = again.split(',').filter(|n| !n.is_empty()).map(|n| n.parse::<u64>().unwrap());
    let from: u64 = std::env::var(FROM).unwrap().parse().unwrap();
    let mut numbers = again.chain(from..);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Arc::new(EmbeddedStore::open_or_create(file).unwrap());
        let mut sent = tokio::task::JoinSet::new();
        loop {
            while sent.len() < usize::try_from(AT_A_TIME).unwrap() {
                let n = numbers.next().unwrap();
                say("sent", n);
                let store = Arc::clone(&store);
                sent.spawn(async move {
                    let recorded = store.record(&check(n)).await.unwrap();
                    assert_eq!(recorded.counted, Counted::New);
                    say("acknowledged", n);
                });
            }
            sent.join_next().await.unwrap().unwrap();
        }
    });
}

fn say(what: &str, n: u64) {
    let mut out = stdout().lock();
    writeln!(out, "{what} {n}").unwrap();
    out.flush().unwrap();
}

fn start(file: &Path, again: &BTreeSet<u64>, from: u64) -> Process {
    let again: Vec<String> = again.iter().map(ToString::to_string).collect();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "checks::child", "--ignored", "--nocapture", "--test-threads", "1"]);
    command.env(FILE, file).env(AGAIN, again.join(",")).env(FROM, from.to_string());
    Process(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
}

/// Prints; run it alone, in release.
#[tokio::test]
#[ignore = "measures"]
async fn pace_of_checks_by_callers_at_a_time() {
    let dir = TempDir::new().unwrap();
    for callers in [1, 16, 64, 256] {
        let store = EmbeddedStore::open_or_create(dir.path().join(format!("{callers}.redb"))).unwrap();
        let checks = 20_000;
        let begun = tokio::time::Instant::now();
        let sent = (0..callers).map(|caller| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in (caller..checks).step_by(usize::try_from(callers).unwrap()) {
                    store.record(&check(n)).await.unwrap();
                }
            })
        });
        for caller in sent.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
        let took = begun.elapsed().as_secs_f64();
        let bytes = std::fs::metadata(dir.path().join(format!("{callers}.redb"))).unwrap().len();
        println!("{callers} at a time: {:.0} checks/s, a file of {} KiB", 20_000.0 / took, bytes / 1_024);
    }
}

#[tokio::test]
async fn a_kill_9_loses_no_acknowledged_check_and_counts_none_twice() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("registry.redb");
    let (mut sent, mut acknowledged) = (BTreeSet::new(), BTreeSet::new());
    let mut moments = moments(3);
    for _ in 0..12 {
        let again: BTreeSet<u64> = &sent - &acknowledged;
        let from = sent.last().map_or(0, |last| last + 1);
        let mut process = start(&file, &again, from);
        let mut said = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let mut take = |line: std::io::Result<String>| {
            let line = line.unwrap();
            // The test harness says a word before the first line.
            let words: Vec<&str> = line.split(' ').rev().take(2).collect();
            match words[..] {
                [n, what] if what.ends_with("sent") => sent.extend(n.parse::<u64>()),
                [n, what] if what.ends_with("acknowledged") => acknowledged.extend(n.parse::<u64>()),
                _ => {}
            }
        };
        let wanted = usize::try_from(moments.next().unwrap() % 400).unwrap() + 100;
        said.by_ref().take(wanted).for_each(&mut take);
        sleep(Duration::from_micros(moments.next().unwrap() % 20_000));
        process.kill();
        said.for_each(&mut take);
    }
    assert!(acknowledged.len() > 500, "{} are too few to prove anything", acknowledged.len());

    let store = EmbeddedStore::open(&file).unwrap();
    for n in sent.iter().copied() {
        let recorded = store.record(&check(n)).await.unwrap();
        assert_eq!(recorded.counted, Counted::New);
        assert!(recorded.again || !acknowledged.contains(&n), "check {n} was acknowledged and is lost");
    }
    let last = sent.last().unwrap() + 1;
    for n in last..last + UNITS {
        let all_of_unit = sent.iter().filter(|sent| **sent % UNITS == n % UNITS).count() as u64;
        let recorded = store.record(&check(n)).await.unwrap();
        assert_eq!(recorded.count, all_of_unit + 1, "of the unit of check {n}");
    }
    let day = "2100-03-01".parse().unwrap();
    let tallied: u64 = store.tallies(day, day).await.unwrap().iter().map(|tally| tally.checks).sum();
    assert_eq!(tallied, sent.len() as u64 + UNITS);
}
