//! The one thread that touches the file. Lines that arrive while it waits for the disk share the next wait.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

use super::file::Journaled;
use super::{JournalError, Line};

/// Most lines that are written at once.
const GROUP: usize = 1_024;

/// Where an answer goes.
pub(super) type Answer<T> = oneshot::Sender<Result<T, JournalError>>;

/// What the thread is asked to do.
#[derive(Debug)]
pub(super) enum Order {
    /// Keep a line.
    Append(Vec<u8>, Answer<()>),
    /// Give the next lines, at most so many.
    Take(usize, Answer<Vec<Line>>),
    /// See [`Journaled::finish`].
    Finish { done: usize, sent: usize, answer: Answer<()> },
    /// See [`Journaled::set_aside`].
    SetAside(Box<Line>, Answer<()>),
    /// See [`Journaled::forget_done`].
    ForgetDone(Answer<()>),
    /// Say how many lines wait.
    Waiting(Answer<u64>),
}

/// The thread. It ends, and lets the file go, when this is dropped.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Start it.
    pub(super) fn start(journal: Journaled<File>) -> io::Result<Self> {
        let (orders, receiver) = channel();
        let thread = Builder::new().name("journal".to_owned()).spawn(move || run(journal, &receiver))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Ask for something and wait for the answer.
    pub(super) async fn ask<T>(&self, order: impl FnOnce(Answer<T>) -> Order) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        let orders = self.orders.as_ref().ok_or(JournalError::Broken)?;
        orders.send(order(answer)).map_err(|_| JournalError::Broken)?;
        answered.await.map_err(|_| JournalError::Broken)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            // A panic there was reported where it happened.
            let _ = thread.join();
        }
    }
}

/// Nobody waits for an answer any more: nothing to be done about it.
fn tell<T>(answer: Answer<T>, said: Result<T, JournalError>) {
    let _ = answer.send(said);
}

fn run(mut journal: Journaled<File>, orders: &Receiver<Order>) {
    let mut next = None;
    while let Some(order) = next.take().or_else(|| orders.recv().ok()) {
        match order {
            Order::Append(line, answer) => next = append(&mut journal, orders, line, answer),
            Order::Take(most, answer) => tell(answer, journal.take(most)),
            Order::Finish { done, sent, answer } => tell(answer, journal.finish(done, sent)),
            Order::SetAside(line, answer) => tell(answer, journal.set_aside(&line)),
            Order::ForgetDone(answer) => tell(answer, journal.forget_done()),
            Order::Waiting(answer) => tell(answer, Ok(journal.waiting())),
        }
    }
}

/// Write a line and those that have arrived behind it. What arrived and is no line comes next.
fn append(journal: &mut Journaled<File>, orders: &Receiver<Order>, line: Vec<u8>, answer: Answer<()>) -> Option<Order> {
    let (mut lines, mut answers, mut next) = (vec![line], vec![answer], None);
    while lines.len() < GROUP && next.is_none() {
        match orders.try_recv() {
            Ok(Order::Append(line, answer)) => {
                lines.push(line);
                answers.push(answer);
            }
            Ok(other) => next = Some(other),
            Err(_) => break,
        }
    }
    for (answer, taken) in answers.into_iter().zip(journal.append(&lines)) {
        tell(answer, taken);
    }
    next
}
