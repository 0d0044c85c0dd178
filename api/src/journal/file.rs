//! A journal's file: how far it has come, and how it grows without ever lying about it.

use std::collections::VecDeque;
use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::found::{Found, OWNER_ALONE, Spot, append_to, beside, options, rewrite, sync_folder};
use super::line::{Line, Mark, Written, decode, encode, encode_mark};
use super::{JournalError, Opened};

/// Most bytes of lines that are given at once; a single line may be longer.
const PORTION_BYTES: usize = 4 << 20;

/// Most bytes that are written anew whenever a replay was cut short: a store that comes and goes keeps no disk busy.
const WRITTEN_ANEW_BYTES: u64 = 8 << 20;

/// A disk, as far as a journal needs one.
pub(super) trait Disk: Send + 'static {
    /// Write at the end; on an error any part of it may have been.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Return when everything is on disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Leave only so many bytes.
    fn cut(&mut self, bytes: u64) -> io::Result<()>;
    /// So many bytes from there.
    fn read_at(&mut self, from: u64, bytes: usize) -> io::Result<Vec<u8>>;
}

impl Disk for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.set_len(bytes)
    }

    fn read_at(&mut self, from: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let mut read = vec![0; bytes];
        self.seek(SeekFrom::Start(from))?;
        self.read_exact(&mut read)?;
        Ok(read)
    }
}

/// A journal on a disk.
#[derive(Debug)]
pub(super) struct Journaled<D> {
    disk: D,
    path: PathBuf,
    limit_bytes: u64,
    /// Held as long as the journal is.
    _lock: Option<File>,
    end: u64,
    mark: Mark,
    /// How far lines may have been sent before some were taken to be.
    sent_before: u64,
    waiting: VecDeque<Spot>,
    broken: bool,
}

impl Journaled<File> {
    /// Take a journal, alone; see what is in it; set aside what is damaged.
    pub(super) fn open(path: &Path, limit_bytes: u64) -> Result<(Self, Opened), JournalError> {
        let lock = File::create(beside(path, "lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => JournalError::InUse,
            TryLockError::Error(error) => JournalError::Disk(error),
        })?;
        let mut file = options().open(path)?;
        file.set_permissions(Permissions::from_mode(OWNER_ALONE))?;
        // Of a process that ended while it wrote the file anew.
        match fs::remove_file(beside(path, "new")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut found = Found::read(&mut file)?;
        let (torn, damaged) = (!found.torn.is_empty(), found.damaged.len() as u64);
        if torn || damaged > 0 {
            let bytes = [found.damaged.concat(), found.torn.clone(), vec![b'\n'; usize::from(torn)]].concat();
            append_to(&beside(path, "damaged"), &bytes)?;
        }
        if damaged > 0 {
            found = rewrite(path, found)?;
        }
        sync_folder(path)?;
        let mut journal = Self {
            disk: options().open(path)?,
            _lock: Some(lock),
            path: path.to_owned(),
            limit_bytes,
            end: found.end,
            mark: found.mark,
            sent_before: found.mark.sent,
            waiting: found.lines.into(),
            broken: false,
        };
        journal.disk.cut(journal.end)?;
        if found.unended {
            journal.write(b"\n")?;
        }
        let waiting = journal.waiting();
        Ok((journal, Opened { waiting, damaged, torn }))
    }

    /// Leave nothing in the file but lines that wait: what is recorded is not to be read here any more. Where more than
    /// [`WRITTEN_ANEW_BYTES`] wait that is done when they are the smaller part of the file.
    pub(super) fn forget_done(&mut self) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken);
        }
        let left = self.end - self.mark.done;
        let too_much = left > WRITTEN_ANEW_BYTES && left > self.mark.done;
        if self.waiting.is_empty() || self.mark.done == 0 || too_much {
            return Ok(());
        }
        let lines = self.waiting.iter().copied().collect();
        let rewritten = rewrite(&self.path, Found { lines, mark: self.mark, ..Found::default() });
        // A file that is not in its place any more takes nothing.
        self.broken |= !self.is_in_place();
        let found = rewritten?;
        sync_folder(&self.path)?;
        self.disk = options().open(&self.path)?;
        (self.end, self.mark, self.sent_before) = (found.end, found.mark, found.mark.sent);
        self.waiting = found.lines.into();
        self.broken = false;
        Ok(())
    }

    fn is_in_place(&self) -> bool {
        let number = |file: io::Result<fs::Metadata>| file.map(|file| (file.dev(), file.ino())).ok();
        let here = number(self.disk.metadata());
        here.is_some() && here == number(fs::metadata(&self.path))
    }
}

impl<D: Disk> Journaled<D> {
    /// Lines that wait.
    pub(super) fn waiting(&self) -> u64 {
        self.waiting.len() as u64
    }

    /// Write lines and wait for the disk once. Answers for each whether it was taken.
    pub(super) fn append(&mut self, lines: &[Vec<u8>]) -> Vec<Result<(), JournalError>> {
        let (mut bytes, mut spots) = (Vec::new(), Vec::new());
        let taken: Vec<bool> = lines
            .iter()
            .map(|line| {
                let at = self.end + bytes.len() as u64;
                let fits = at + line.len() as u64 <= self.limit_bytes;
                if fits {
                    bytes.extend_from_slice(line);
                    spots.push(Spot { at, bytes: line.len() });
                }
                fits
            })
            .collect();
        let written = if spots.is_empty() { Ok(()) } else { self.write(&bytes) };
        if written.is_ok() {
            self.waiting.extend(spots);
        }
        taken.into_iter().map(|taken| if taken { again(&written) } else { Err(JournalError::Full) }).collect()
    }

    /// The next lines that wait, at most so many and some [`PORTION_BYTES`], each with whether it may have been sent before. On disk they are
    /// marked as sent when this returns.
    pub(super) fn take(&mut self, most: usize) -> Result<Vec<Line>, JournalError> {
        let mut room = PORTION_BYTES;
        let fits = |spot: &&Spot| {
            let fits = room > 0;
            room = room.saturating_sub(spot.bytes);
            fits
        };
        let spots: Vec<Spot> = self.waiting.iter().take(most).take_while(fits).copied().collect();
        let mut lines = Vec::with_capacity(spots.len());
        for spot in &spots {
            let bytes = self.disk.read_at(spot.at, spot.bytes)?;
            let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            let Some(Written::Line(line)) = decode(bytes) else {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a line of the journal has changed").into());
            };
            lines.push(Line { sent: line.sent || spot.at < self.mark.sent, ..line });
        }
        self.sent_before = self.mark.sent;
        if let Some(last) = spots.last().filter(|last| last.at >= self.mark.sent) {
            self.write_mark(Mark { sent: last.at + 1, ..self.mark })?;
        }
        Ok(lines)
    }

    /// Of the lines that were taken, the first so many are recorded or set aside, and of those after them so many may
    /// have been sent; the rest was not. A journal in which nothing waits is cut to nothing.
    pub(super) fn finish(&mut self, done: usize, sent: usize) -> Result<(), JournalError> {
        let start = |line: usize| self.waiting.get(line).map_or(self.end, |spot| spot.at);
        let mark = Mark { done: start(done), sent: start(done + sent).max(self.sent_before) };
        if mark != self.mark {
            self.write_mark(mark)?;
        }
        self.waiting.drain(..done.min(self.waiting.len()));
        if self.waiting.is_empty() && self.end > 0 {
            self.disk.cut(0)?;
            (self.end, self.mark, self.sent_before) = (0, Mark::default(), 0);
            self.disk.sync()?;
        }
        Ok(())
    }

    /// Put a line where a person will look at it.
    pub(super) fn set_aside(&self, line: &Line) -> Result<(), JournalError> {
        append_to(&beside(&self.path, "unrecorded"), &encode(line)?)?;
        Ok(())
    }

    fn write_mark(&mut self, mark: Mark) -> Result<(), JournalError> {
        self.write(&encode_mark(mark)?)?;
        self.mark = mark;
        Ok(())
    }

    /// Write at the end, all of it and on disk, or nothing.
    fn write(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken);
        }
        let written = self.disk.write(bytes).and_then(|()| self.disk.sync());
        match written {
            Ok(()) => {
                self.end += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // What cannot be undone would stand before the next line as a part of it.
                self.broken = self.disk.cut(self.end).is_err();
                Err(error.into())
            }
        }
    }
}

/// The same failure for each line of a group.
fn again(written: &Result<(), JournalError>) -> Result<(), JournalError> {
    match written {
        Ok(()) => Ok(()),
        Err(JournalError::Disk(error)) => Err(io::Error::new(error.kind(), error.to_string()).into()),
        Err(_) => Err(JournalError::Broken),
    }
}

#[cfg(test)]
mod tests;
