//! Crashes at every byte, damage at every byte.

mod replay;

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
use crate::store::ledger::{Check, Province, Unit, Visit};

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
    Line { sent: false, entry: Entry::Check(LateCheck { check, shown: None }) }
}

fn number(line: &Line) -> u64 {
    match &line.entry {
        Entry::Check(late) => late.check.visit.client.0,
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
        Journal::open(&self.path(), Bounds::CHECKS).unwrap()
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
async fn a_check_that_came_with_a_receipt_is_read_back_with_what_is_kept_of_it() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    let mut with_receipt = line(1);
    let Entry::Check(late) = &mut with_receipt.entry else { panic!() };
    late.shown = Some(Digest([9; 16]));
    journal.append(&with_receipt).await.unwrap();
    assert_eq!(all_of(&journal).await, [with_receipt]);
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

#[tokio::test]
async fn two_never_use_one_journal() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    assert!(matches!(Journal::open(&desk.path(), Bounds::CHECKS), Err(JournalError::InUse)));
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
    let long = Line { sent: false, entry: Entry::Report(json!("x".repeat(Bounds::CHECKS.line_bytes))) };
    assert!(matches!(journal.append(&long).await, Err(JournalError::TooLong)));
    // What a report holds stays on one line.
    let lines = Line { sent: false, entry: Entry::Report(json!({"text": "a\nb"})) };
    journal.append(&lines).await.unwrap();
    assert_eq!(all_of(&journal).await, [lines]);
}

#[test]
fn a_journal_that_cannot_be_made_is_said_at_the_start() {
    assert!(matches!(Journal::open(Path::new("/nowhere/journal"), Bounds::CHECKS), Err(JournalError::Disk(_))));
}
