//! Checks and reports that could not be recorded because the store was away, on this node's disk until they can be.
//!
//! **What is promised.** When [`Journal::append`] returns, the line is on disk. A line leaves the journal when it was
//! recorded, or when it was put into a file beside the journal for a person to look at; never otherwise. Lines are
//! recorded in their order. Two processes never use one journal.
//!
//! **What may have happened before.** A line knows whether it had been *sent*: the store got it and no answer came
//! back, so it may be on record. Within [`AGAIN_S`] the ledger knows such a check by its key and counts it once. After
//! that it would count it again; so a check that was sent and is older is not sent any more and set aside in
//! `.unrecorded`, and so is a line that the store refuses. What is about to be sent is marked so before, on disk, since
//! the answer may find nobody. Reports have no such limit: whoever records them knows them by their receipt.
//!
//! **What a disk does.** Damaged lines are set aside in `.damaged`. So is a last line that was torn by a crash: it was
//! never acknowledged, unless it is damaged. If the disk is full, a line is not taken and nothing of it stays; only
//! where the process ends in that moment may it stay after all.
//!
//! **Who may read it.** The process that writes it (mode 0600), and so what is set aside. Of a check a line holds what
//! [`Check`] holds, and a keyed hash of the receipt that came with it: no address, and no name. Of a report it holds everything, how to reach the reporter too: what is
//! recorded does not stay, also where the lines behind it must wait on.

mod file;
mod found;
mod line;
mod replay;
#[cfg(test)]
mod tests;
mod writer;

use std::io;
use std::path::Path;

pub use line::{Entry, LateCheck, Line};
pub use replay::{Attempt, Replayed};

#[cfg(doc)]
use crate::store::ledger::{AGAIN_S, Check};
use writer::{Order, Writer};

/// How much a journal takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Most bytes that wait.
    pub total_bytes: u64,
    /// Longest line in bytes.
    pub line_bytes: usize,
}

impl Bounds {
    /// For checks: 256 MiB, some 800,000 of them.
    pub const CHECKS: Self = Self { total_bytes: 256 << 20, line_bytes: 64 << 10 };
    /// For reports: 256 MiB, some 600 with the largest photo, or 300,000 without one.
    pub const REPORTS: Self = Self { total_bytes: 256 << 20, line_bytes: 512 << 10 };
}

/// A journal. One thread writes to it; what arrives while it waits for the disk shares the next wait.
#[derive(Debug)]
pub struct Journal {
    writer: Writer,
    line_bytes: usize,
    /// One replay at a time.
    replaying: tokio::sync::Mutex<()>,
}

/// What was found in a journal when it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Lines that wait to be recorded.
    pub waiting: u64,
    /// Damaged lines that were set aside.
    pub damaged: u64,
    /// The last line was torn, most likely by a crash before it was acknowledged. It was set aside too.
    pub torn: bool,
}

/// Why a journal did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another process has it, or this one twice.
    #[error("the journal is in use by another process")]
    InUse,
    /// A line was not taken: it is longer than [`Bounds::line_bytes`].
    #[error("the line is longer than the journal takes")]
    TooLong,
    /// A line was not taken: so much waits already.
    #[error("the journal is full")]
    Full,
    /// The disk refused. A line was not taken.
    #[error("the journal's disk: {0}")]
    Disk(#[from] io::Error),
    /// The disk refused earlier and could not even undo that. The process has to be started anew.
    #[error("the journal cannot be written since its disk failed")]
    Broken,
}

impl Journal {
    /// Open or make a journal within these bounds. Set aside what is damaged.
    ///
    /// # Errors
    /// `InUse`; `Disk` when it cannot be read, or what is damaged cannot be set aside.
    pub fn open(path: &Path, bounds: Bounds) -> Result<(Self, Opened), JournalError> {
        let (file, opened) = file::Journaled::open(path, bounds.total_bytes)?;
        let writer = Writer::start(file)?;
        let (line_bytes, replaying) = (bounds.line_bytes, tokio::sync::Mutex::new(()));
        Ok((Self { writer, line_bytes, replaying }, opened))
    }

    /// Keep a line. When this returns it is on disk. If the caller goes away before, it may be kept all the same.
    ///
    /// # Errors
    /// Any but `InUse`: the line was not taken.
    pub async fn append(&self, line: &Line) -> Result<(), JournalError> {
        let bytes = line::encode(line)?;
        if bytes.len() > self.line_bytes {
            return Err(JournalError::TooLong);
        }
        self.writer.ask(|answer| Order::Append(bytes, answer)).await
    }

    /// Lines that wait to be recorded.
    ///
    /// # Errors
    /// `Broken` when the thread that writes has ended.
    pub async fn waiting(&self) -> Result<u64, JournalError> {
        self.writer.ask(Order::Waiting).await
    }
}
