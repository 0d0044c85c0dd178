//! Declaring lines of the log anew, in a temporary store, with the clock at the time of each.

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use parking_lot::Mutex;

use super::account::NotReplayed;
use super::said::Said;
use crate::clock::Clock;
use crate::registry::import::{Author, Desk, DeskError};
use crate::registry::media::MediaType;
use crate::registry::{Id, MediaEntry, MediaHash, Revision, Text};
use crate::store::{Batch, EmbeddedStore, Entry, Evidence, Key, Put, Store, StoreError};

/// A clock that stands where it was set.
#[derive(Debug)]
pub(super) struct At(Mutex<Timestamp>);

impl At {
    pub(super) const fn of(time: Timestamp) -> Self {
        Self(Mutex::new(time))
    }

    pub(super) fn set(&self, time: Timestamp) {
        *self.0.lock() = time;
    }
}

impl Clock for At {
    fn now(&self) -> Timestamp {
        *self.0.lock()
    }
}

/// A registry that is made again.
pub(super) struct Replay {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<At>,
    desk: Desk,
    /// Commits here, each with the one of which it is a part.
    revisions: Vec<(Revision, Revision)>,
    pub(super) not_replayed: Vec<NotReplayed>,
}

impl Replay {
    pub(super) fn begin() -> Result<Self, StoreError> {
        let store: Arc<dyn Store> = Arc::new(EmbeddedStore::open_temporary()?);
        let clock = Arc::new(At::of(Timestamp::UNIX_EPOCH));
        // Without publishers: what was declared then was in its publisher's scope then.
        let desk = Desk::new(Arc::clone(&store), Arc::<At>::clone(&clock));
        Ok(Self { store, clock, desk, revisions: Vec::new(), not_replayed: Vec::new() })
    }

    /// Do again what a line tells of.
    pub(super) async fn line(&mut self, n: u64, line: &Evidence, said: &Said) -> Result<(), StoreError> {
        self.clock.set(line.at);
        match self.again(line, said).await {
            Ok(revision) => self.revisions.extend(revision.map(|here| (here, line.revision))),
            Err(DeskError::Store(error)) => return Err(error),
            Err(refused) => self.not_replayed.push(NotReplayed { n, why: refused.to_string() }),
        }
        Ok(())
    }

    async fn again(&self, line: &Evidence, said: &Said) -> Result<Option<Revision>, DeskError> {
        let author = author(line)?;
        match said {
            Said::Record(record) => Ok(self.desk.declare((**record).clone(), author).await?.revision),
            Said::Revocation(it) => Ok(self.desk.revoke(it.clone(), author).await?.revision),
            Said::Settlement(it) => Ok(self.desk.settle(it.clone(), author).await?.revision),
            Said::Picture(it) => {
                // Its name is all that a card shows of it.
                let entry = MediaEntry { media_type: it.media_type, bytes: Bytes::new(), sizes: Vec::new() };
                let put = Put { key: Key::Media(it.hash.clone()), entry: Entry::Media(Arc::new(entry)) };
                let batch = Batch { puts: vec![put], ..Batch::default() };
                Ok(Some(self.store.commit(batch).await?.revision))
            }
            Said::Unit(_) | Said::Other => Ok(None),
            Said::Unreadable(why) => Err(DeskError::TooLarge(format!("cannot be read any more: {why}"))),
        }
    }

    /// Have something on record that no code asks for: an empty registry would answer nothing, and the one of then was not
    /// empty.
    pub(super) async fn hold_something(&self) -> Result<(), StoreError> {
        let entry = MediaEntry { media_type: MediaType::Png, bytes: Bytes::new(), sizes: Vec::new() };
        let put = Put { key: Key::Media(MediaHash::of(&[])), entry: Entry::Media(Arc::new(entry)) };
        self.store.commit(Batch { puts: vec![put], ..Batch::default() }).await.map(|_| ())
    }

    /// The commit then of which a commit here is a part.
    pub(super) fn revision_then(&self, here: Revision) -> Revision {
        self.revisions.iter().find(|(of, _)| *of == here).map_or(0, |(_, then)| *then)
    }
}

fn author(line: &Evidence) -> Result<Author, DeskError> {
    let damaged = |what: &str| DeskError::Store(StoreError::Corrupt(format!("{what} of a line of the log")));
    let text = |text: &Option<String>| text.as_deref().and_then(|text| Text::try_from(text).ok());
    let publisher = Id::try_from(line.publisher.as_str()).map_err(|_| damaged("the publisher"))?;
    let by = line.by.as_deref().and_then(|by| Id::try_from(by).ok());
    Ok(Author { publisher, by, approved_by: text(&line.approved_by), why: text(&line.why) })
}
