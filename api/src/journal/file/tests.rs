//! A journal on a disk that fails on demand.

use super::*;
use crate::journal::Entry;

/// Bytes in memory; so many more fit, so many more waits for the disk succeed.
#[derive(Debug, Default)]
struct Failing {
    bytes: Vec<u8>,
    room: usize,
    syncs: usize,
    cuts: usize,
}

impl Disk for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fits = self.room.min(bytes.len());
        self.bytes.extend_from_slice(&bytes[..fits]);
        self.room -= fits;
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.syncs = self.syncs.checked_sub(1).ok_or(io::ErrorKind::Other)?;
        Ok(())
    }

    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.cuts = self.cuts.checked_sub(1).ok_or(io::ErrorKind::Other)?;
        let bytes = usize::try_from(bytes).unwrap();
        self.room += self.bytes.len() - bytes;
        self.bytes.truncate(bytes);
        Ok(())
    }

    fn read_at(&mut self, from: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let from = usize::try_from(from).unwrap();
        Ok(self.bytes[from..from + bytes].to_vec())
    }
}

fn on(disk: Failing) -> Journaled<Failing> {
    Journaled {
        disk,
        path: PathBuf::new(),
        limit_bytes: 1_000,
        _lock: None,
        end: 0,
        mark: Mark::default(),
        sent_before: 0,
        waiting: VecDeque::new(),
        broken: false,
    }
}

fn line(n: u32) -> Line {
    Line { sent: false, entry: Entry::Report(n.into()) }
}

fn bytes(n: u32) -> Vec<u8> {
    encode(&line(n)).unwrap()
}

fn append(journal: &mut Journaled<Failing>, n: u32) -> Result<(), JournalError> {
    journal.append(&[bytes(n)]).remove(0)
}

#[test]
fn a_full_disk_takes_no_line_and_keeps_none_of_its_bytes() {
    for room in 0..bytes(2).len() {
        let mut journal = on(Failing { room: bytes(1).len() + room, syncs: 9, cuts: 9, ..Failing::default() });
        append(&mut journal, 1).unwrap();
        assert!(
            matches!(append(&mut journal, 2), Err(JournalError::Disk(e)) if e.kind() == io::ErrorKind::StorageFull)
        );
        assert_eq!(journal.disk.bytes, bytes(1));
        // Room again: the next line is whole.
        journal.disk.room = 1_000;
        append(&mut journal, 3).unwrap();
        assert_eq!(journal.take(9).unwrap(), [line(1), line(3)]);
    }
}

#[test]
fn a_line_that_did_not_reach_the_disk_is_not_taken() {
    let mut journal = on(Failing { room: 1_000, syncs: 0, cuts: 1, ..Failing::default() });
    assert!(matches!(append(&mut journal, 1), Err(JournalError::Disk(_))));
    assert_eq!((journal.waiting(), journal.disk.bytes.len()), (0, 0));
}

#[test]
fn nothing_is_written_behind_what_could_not_be_undone() {
    let mut journal = on(Failing { room: 5, syncs: 9, cuts: 0, ..Failing::default() });
    assert!(matches!(append(&mut journal, 1), Err(JournalError::Disk(_))));
    journal.disk.room = 1_000;
    assert!(matches!(append(&mut journal, 2), Err(JournalError::Broken)));
    assert_eq!(journal.disk.bytes.len(), 5);
}

#[test]
fn a_full_journal_takes_the_lines_that_fit_and_says_which() {
    let mut journal = on(Failing { room: 1_000, syncs: 9, cuts: 9, ..Failing::default() });
    journal.limit_bytes = 2 * bytes(1).len() as u64;
    let taken = journal.append(&[bytes(1), bytes(1_000_000), bytes(2), bytes(3)]);
    assert!(matches!(taken[..], [Ok(()), Err(JournalError::Full), Ok(()), Err(JournalError::Full)]));
    assert_eq!(journal.take(9).unwrap(), [line(1), line(2)]);
}

#[test]
fn lines_are_given_only_when_it_is_on_disk_that_they_may_have_been_sent() {
    let mut journal = on(Failing { room: 1_000, syncs: 1, cuts: 9, ..Failing::default() });
    append(&mut journal, 1).unwrap();
    assert!(journal.take(1).is_err());
    journal.disk.syncs = 1;
    assert_eq!(journal.take(1).unwrap(), [line(1)]);
}

#[test]
fn what_was_not_sent_after_all_is_known_not_to_be_and_what_was_before_stays_so() {
    let mut journal = on(Failing { room: 10_000, syncs: 99, cuts: 99, ..Failing::default() });
    journal.append(&[bytes(1), bytes(2), bytes(3)]);
    let sent = |journal: &mut Journaled<_>| -> Vec<bool> {
        let lines: Vec<bool> = journal.take(3).unwrap().iter().map(|line| line.sent).collect();
        journal.finish(0, 0).unwrap();
        lines
    };
    assert_eq!(sent(&mut journal), [false, false, false]);
    journal.take(3).unwrap();
    journal.finish(0, 1).unwrap();
    assert_eq!(sent(&mut journal), [true, false, false]);
    assert_eq!(sent(&mut journal), [true, false, false]);
    journal.take(3).unwrap();
    journal.finish(1, 1).unwrap();
    assert_eq!(sent(&mut journal), [true, false]);
    journal.take(3).unwrap();
    journal.finish(2, 0).unwrap();
    assert_eq!((journal.waiting(), journal.disk.bytes.len()), (0, 0));
}
