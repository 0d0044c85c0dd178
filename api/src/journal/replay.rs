//! Recording what waits, once the store answers again.

use jiff::Timestamp;

use super::writer::Order;
use super::{Entry, Journal, JournalError, Line};
use crate::clock::Clock;
use crate::store::ledger::AGAIN_S;

/// Lines that are marked as sent together: what a crash leaves in doubt at most.
const PORTION: usize = 256;

/// What came of recording one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It is on record.
    Recorded,
    /// It did not reach the store. Nothing more is tried in this replay.
    NotSent,
    /// It was sent and no answer came: it may be on record. Nothing more is tried in this replay.
    Unanswered,
    /// The store does not take it, and never will. It is set aside.
    Refused,
}

/// What a replay has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Lines that were recorded.
    pub recorded: u64,
    /// Checks that may have been counted, too long ago for the ledger to know them again: set aside.
    pub in_doubt: u64,
    /// Lines that the store refused: set aside.
    pub refused: u64,
    /// Lines that still wait.
    pub waiting: u64,
}

impl Journal {
    /// Record what waits, in order, until nothing does or the store is away again; what was recorded is not in the file
    /// any more when this returns (unless very much waits behind it). Call it when the store has answered
    /// something else: each attempt without an answer leaves a line in doubt. If it is dropped half-way, what it
    /// recorded last is sent once more the next time.
    ///
    /// # Errors
    /// `Disk`, `Broken`: the journal cannot be read or written. What was recorded by then may be sent once more.
    pub async fn replay<F, A>(&self, clock: &dyn Clock, mut record: F) -> Result<Replayed, JournalError>
    where
        F: FnMut(Line) -> A,
        A: Future<Output = Attempt>,
    {
        let _alone = self.replaying.lock().await;
        let mut replayed = Replayed::default();
        let mut going = true;
        while going {
            let lines = self.writer.ask(|answer| Order::Take(PORTION, answer)).await?;
            going = !lines.is_empty();
            let (mut done, mut sent) = (0, 0);
            for line in lines {
                let attempt = if in_doubt(&line, clock.now()) { None } else { Some(record(line.clone()).await) };
                match attempt {
                    Some(Attempt::Recorded) => replayed.recorded += 1,
                    Some(Attempt::NotSent | Attempt::Unanswered) => {
                        sent = usize::from(attempt == Some(Attempt::Unanswered));
                        going = false;
                        break;
                    }
                    Some(Attempt::Refused) => {
                        replayed.refused += 1;
                        self.set_aside(line).await?;
                    }
                    None => {
                        replayed.in_doubt += 1;
                        self.set_aside(line).await?;
                    }
                }
                done += 1;
            }
            self.writer.ask(|answer| Order::Finish { done, sent, answer }).await?;
        }
        self.writer.ask(Order::ForgetDone).await?;
        replayed.waiting = self.waiting().await?;
        Ok(replayed)
    }

    async fn set_aside(&self, line: Line) -> Result<(), JournalError> {
        self.writer.ask(|answer| Order::SetAside(Box::new(line), answer)).await
    }
}

/// Whether sending a line could count a check twice.
fn in_doubt(line: &Line, now: Timestamp) -> bool {
    match &line.entry {
        Entry::Check(late) => line.sent && now.duration_since(late.check.visit.at).as_secs() >= AGAIN_S,
        Entry::Report(_) => false,
    }
}
