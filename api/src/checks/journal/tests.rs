//! Crashes at every byte, damage at every byte, and what a replay makes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gs1::{Gtin14, Serial};
use jiff::Timestamp;
use parking_lot::Mutex;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::registry::{ClientHash, Digest};
use crate::store::ledger::{AGAIN_S, Check, Province, Unit, Visit};

const START: i64 = 1_790_000_000;

/// A clock that stands still.
#[derive(Debug)]
struct Still(i64);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0).unwrap()
    }
}

const NOW: Still = Still(START + 60);

/// The check number n.
fn line(n: u64) -> Line {
    let serial: Serial = format!("S{n}").parse().unwrap();
    let gtin: Gtin14 = "08935000000014".parse().unwrap();
    let visit =
        Visit { at: Timestamp::from_second(START).unwrap(), client: ClientHash(n), province: Some(Province(31)) };
    let check = Check { unit: Unit { gtin, serial }, key: Digest([7; 16]), visit, yesterday: ClientHash(n + 1) };
    Line { sent: false, entry: Entry::Check(check) }
}

fn number(line: &Line) -> u64 {
    match &line.entry {
        Entry::Check(check) => check.visit.client.0,
        Entry::Report(report) => report.as_u64().unwrap(),
    }
}

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk whose journal has these bytes.
    fn with(bytes: &[u8]) -> Self {
        let desk = Self::new();
        fs::write(desk.path(), bytes).unwrap();
        desk
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("checks.journal")
    }

    fn open(&self) -> (Journal, Opened) {
        Journal::open(&self.path(), LIMIT_BYTES).unwrap()
    }

    fn beside(&self, what: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(format!("checks.journal.{what}"))).unwrap_or_default()
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }
}

/// A journal of these lines, as bytes.
async fn holding(lines: impl Iterator<Item = Line>) -> Vec<u8> {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    for line in lines {
        journal.append(&line).await.unwrap();
    }
    desk.bytes()
}

/// A journal of the checks 1 to n.
async fn written(n: u64) -> Vec<u8> {
    holding((1..=n).map(line)).await
}

/// A journal of the reports 1 to n: short lines.
async fn short(n: u64) -> Vec<u8> {
    holding((1..=n).map(|n| Line { sent: false, entry: Entry::Report(json!(n)) })).await
}

/// Record everything, and say what was.
async fn all_of(journal: &Journal) -> Vec<Line> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    journal
        .replay(&NOW, move |line| {
            kept.lock().push(line);
            core::future::ready(Attempt::Recorded)
        })
        .await
        .unwrap();
    Arc::try_unwrap(lines).map(Mutex::into_inner).unwrap_or_default()
}

fn numbers(lines: &[Line]) -> Vec<u64> {
    lines.iter().map(number).collect()
}

/// Where each line of a file begins, and where the last ends.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    core::iter::once(0).chain(ends).collect()
}

#[tokio::test]
async fn a_line_holds_a_check_and_no_address() {
    let bytes = written(1).await;
    let json = r#"{"sent":false,"entry":{"check":{"unit":{"gtin":"08935000000014","serial":"S1"},"key":"07070707070707070707070707070707","visit":{"at":"2026-09-21T14:13:20Z","client":1,"province":31},"yesterday":2}}}"#;
    assert_eq!(String::from_utf8(bytes).unwrap(), format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes())));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_crash_at_any_byte_and_the_journal_goes_on() {
    let bytes = short(4).await;
    let starts = starts(&bytes);
    for cut in 0..=bytes.len() {
        let desk = Desk::with(&bytes[..cut]);
        // A line is whole with or without its line feed.
        let whole = (1..=4_u64).zip(&starts[1..]).take_while(|(_, end)| cut + 1 >= **end).map(|(n, _)| n);
        let mut expected: Vec<u64> = whole.collect();
        let (journal, opened) = desk.open();
        let torn = starts.iter().all(|start| cut != *start && cut + 1 != *start);
        let waiting = expected.len() as u64;
        assert_eq!(opened, Opened { waiting, damaged: 0, torn }, "cut at {cut}");
        journal.append(&line(9)).await.unwrap();
        drop(journal);
        expected.push(9);
        assert_eq!(numbers(&all_of(&desk.open().0).await), expected, "cut at {cut}");
    }
}

#[tokio::test]
async fn a_byte_that_changes_damages_its_line_alone_and_nothing_is_lost() {
    let bytes = short(3).await;
    let starts = starts(&bytes);
    for (place, flip) in (0..bytes.len()).zip([0x01, 0x80, b'\n'].iter().cycle()) {
        let mut damaged = bytes.clone();
        // Another bit, no letter at all, or where one line becomes two.
        damaged[place] = if *flip == b'\n' && bytes[place] != b'\n' { b'\n' } else { bytes[place] ^ flip };
        let desk = Desk::with(&damaged);
        let (journal, opened) = desk.open();
        // A line feed that changes joins two lines.
        let hit = |n: &usize| (starts[*n]..starts[n + 1]).contains(&place) || (*n > 0 && place + 1 == starts[*n]);
        assert!(opened.damaged > 0 || opened.torn, "{place}");
        let expected: Vec<u64> = (0..3).filter(|n| !hit(n)).map(|n| n as u64 + 1).collect();
        assert_eq!(numbers(&all_of(&journal).await), expected, "{place}");
        for n in (0..3).filter(hit) {
            let aside = desk.beside("damaged");
            let piece = &damaged[starts[n]..starts[n + 1]];
            assert!(aside.windows(piece.len()).any(|window| window == piece), "{place}");
        }
        drop(journal);
        // It is said once.
        assert_eq!(desk.open().1, Opened::default());
    }
}

#[tokio::test]
async fn lines_are_recorded_in_order_and_an_empty_journal_takes_no_room() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    let many = 600;
    for n in 1..=many {
        journal.append(&line(n)).await.unwrap();
    }
    journal.append(&Line { sent: true, entry: Entry::Report(json!(601)) }).await.unwrap();
    assert_eq!(journal.waiting().await.unwrap(), 601);
    assert_eq!(numbers(&all_of(&journal).await), (1..=601).collect::<Vec<_>>());
    assert_eq!((journal.waiting().await.unwrap(), desk.bytes().len()), (0, 0));
    journal.append(&line(7)).await.unwrap();
    assert_eq!(numbers(&all_of(&journal).await), [7]);
}

/// A replay in which the line number n meets what `attempt` says; which lines were tried, and what came of it.
async fn replay(journal: &Journal, clock: &Still, attempt: impl Fn(u64) -> Attempt) -> (Vec<(u64, bool)>, Replayed) {
    let tried = Mutex::new(Vec::new());
    let replayed = journal
        .replay(clock, |line| {
            tried.lock().push((number(&line), line.sent));
            core::future::ready(attempt(number(&line)))
        })
        .await
        .unwrap();
    (tried.into_inner(), replayed)
}

#[tokio::test]
async fn a_replay_stops_where_the_store_is_away_again_and_goes_on_from_there() {
    let desk = Desk::with(&written(4).await);
    let (journal, _) = desk.open();
    let at = |number, what| move |n| if n == number { what } else { Attempt::Recorded };
    let (tried, replayed) = replay(&journal, &NOW, at(3, Attempt::NotSent)).await;
    assert_eq!(tried, [(1, false), (2, false), (3, false)]);
    assert_eq!(replayed, Replayed { recorded: 2, waiting: 2, ..Replayed::default() });
    let (tried, _) = replay(&journal, &NOW, at(3, Attempt::Unanswered)).await;
    assert_eq!(tried, [(3, false)]);
    drop(journal);
    let (tried, replayed) = replay(&desk.open().0, &NOW, |_| Attempt::Recorded).await;
    assert_eq!(tried, [(3, true), (4, false)]);
    assert_eq!(replayed, Replayed { recorded: 2, ..Replayed::default() });
}

#[tokio::test]
async fn a_line_that_the_store_refuses_is_set_aside_and_the_next_are_recorded() {
    let desk = Desk::with(&written(3).await);
    let refuse = |n| if n == 2 { Attempt::Refused } else { Attempt::Recorded };
    let (tried, replayed) = replay(&desk.open().0, &NOW, refuse).await;
    assert_eq!(tried.len(), 3);
    assert_eq!(replayed, Replayed { recorded: 2, refused: 1, ..Replayed::default() });
    assert_eq!(desk.beside("unrecorded"), line::encode(&line(2)).unwrap());
}

#[tokio::test]
async fn a_check_that_may_have_been_counted_is_sent_again_only_while_the_ledger_knows_its_key() {
    let sent = |n| Line { sent: true, ..line(n) };
    for (age_s, recorded, in_doubt) in [(AGAIN_S - 1, 3, 0), (AGAIN_S, 2, 1)] {
        let desk = Desk::new();
        let (journal, _) = desk.open();
        for line in [line(1), sent(2), Line { sent: true, entry: Entry::Report(json!(3)) }] {
            journal.append(&line).await.unwrap();
        }
        let (_, replayed) = replay(&journal, &Still(START + age_s), |_| Attempt::Recorded).await;
        assert_eq!(replayed, Replayed { recorded, in_doubt, ..Replayed::default() });
        let aside = if in_doubt == 0 { Vec::new() } else { line::encode(&sent(2)).unwrap() };
        assert_eq!(desk.beside("unrecorded"), aside);
    }
}

#[tokio::test]
async fn a_crash_while_a_line_is_recorded_leaves_it_in_doubt_and_loses_none() {
    let desk = Desk::with(&written(3).await);
    let (journal, _) = desk.open();
    let crashes = Mutex::new(Vec::new());
    journal
        .replay(&NOW, |line| {
            crashes.lock().push((number(&line), desk.bytes()));
            core::future::ready(if number(&line) == 3 { Attempt::NotSent } else { Attempt::Recorded })
        })
        .await
        .unwrap();
    drop(journal);
    for (recording, bytes) in crashes.into_inner() {
        let (tried, _) = replay(&Desk::with(&bytes).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.contains(&(recording, true)), "{recording}: {tried:?}");
        assert!((recording..=3).all(|n| tried.iter().any(|(tried, _)| *tried == n)), "{recording}: {tried:?}");
    }
    // What was recorded and marked so is not sent again, and what was not sent is known not to be.
    let whole = desk.bytes();
    let (tried, _) = replay(&Desk::with(&whole).open().0, &NOW, |_| Attempt::Recorded).await;
    assert_eq!(tried, [(3, false)]);
    // A mark that was torn or damaged says nothing; then nothing is lost and what is in doubt is known to be.
    for cut in (written(3).await.len()..whole.len()).step_by(5) {
        let (tried, _) = replay(&Desk::with(&whole[..cut]).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.iter().any(|(n, _)| *n == 3), "cut at {cut}: {tried:?}");
        let mut damaged = whole.clone();
        damaged[cut] ^= 0x04;
        let (tried, _) = replay(&Desk::with(&damaged).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.iter().any(|(n, _)| *n == 3), "damaged at {cut}: {tried:?}");
        assert!(tried.iter().all(|(n, sent)| *n == 3 || *sent), "damaged at {cut}: {tried:?}");
    }
}

#[tokio::test]
async fn a_replay_that_is_dropped_half_way_is_taken_up_again() {
    let desk = Desk::with(&written(2).await);
    let (journal, _) = desk.open();
    let replaying = journal.replay(&NOW, |_| core::future::pending());
    assert!(tokio::time::timeout(core::time::Duration::ZERO, replaying).await.is_err());
    journal.append(&line(3)).await.unwrap();
    assert_eq!(numbers(&all_of(&journal).await), [1, 2, 3]);
}

#[tokio::test]
async fn two_never_use_one_journal() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    assert!(matches!(Journal::open(&desk.path(), LIMIT_BYTES), Err(JournalError::InUse)));
    journal.append(&line(1)).await.unwrap();
    drop(journal);
    assert_eq!(desk.open().1.waiting, 1);
}

#[tokio::test]
async fn lines_that_arrive_together_are_all_kept() {
    let desk = Desk::new();
    let journal = Arc::new(desk.open().0);
    let appends: Vec<_> = (1..=50)
        .map(|n| {
            let journal = Arc::clone(&journal);
            tokio::spawn(async move { journal.append(&line(n)).await })
        })
        .collect();
    for append in appends {
        append.await.unwrap().unwrap();
    }
    let mut kept = numbers(&all_of(&journal).await);
    kept.sort_unstable();
    assert_eq!(kept, (1..=50).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_line_longer_than_the_journal_takes_is_not_taken() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    let long = Line { sent: false, entry: Entry::Report(json!("x".repeat(LINE_BYTES))) };
    assert!(matches!(journal.append(&long).await, Err(JournalError::TooLong)));
    // What a report holds stays on one line.
    let lines = Line { sent: false, entry: Entry::Report(json!({"text": "a\nb"})) };
    journal.append(&lines).await.unwrap();
    assert_eq!(all_of(&journal).await, [lines]);
}

#[test]
fn a_journal_that_cannot_be_made_is_said_at_the_start() {
    assert!(matches!(Journal::open(Path::new("/nowhere/journal"), LIMIT_BYTES), Err(JournalError::Disk(_))));
}
