//! Where entries live: one batch-first trait, whatever the engine.
//!
//! The store knows keys, entries and bytes. It knows no HTTP, no verdict and no rule of the domain. What a key
//! looks like in an engine is in `key`, what an entry looks like as bytes is in `codec`; both are shared by
//! every engine, so that a snapshot of one is readable by another.

mod change;
pub mod codec;
#[cfg(test)]
pub(crate) mod conformance;
pub mod embedded;
pub mod hold;
pub mod key;
pub mod ledger;
pub mod people;
pub mod redis;
pub mod reports;
pub mod submissions;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use change::{Changes, Dependency, Watcher};
pub use embedded::EmbeddedStore;
pub use key::{Key, Kind};
pub use ledger::Ledger;
pub use people::People;
pub use reports::Reports;
pub use submissions::Submissions;

use crate::registry::{
    CertificateEntry, Exception, ItemEntry, LotEntry, MediaEntry, OpaqueEntry, OutputsEntry, ProducerEntry,
    ProductEntry, RecallEntry, Revision, Stamp, Standing,
};

/// A stored value. Shared, because the memory tiers keep it.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `Key::Product`
    Product(Arc<ProductEntry>),
    /// `Key::Lot`
    Lot(Arc<LotEntry>),
    /// `Key::LotName`: the name behind an ordinal.
    LotName(gs1::Lot),
    /// `Key::Producer`
    Producer(Arc<ProducerEntry>),
    /// `Key::Item`
    Item(ItemEntry),
    /// `Key::Exception`
    Exception(Arc<Exception>),
    /// `Key::Standing`
    Standing(Arc<Standing>),
    /// `Key::Opaque`
    Opaque(Arc<OpaqueEntry>),
    /// `Key::Recall`
    Recall(Arc<RecallEntry>),
    /// `Key::Media`
    Media(Arc<MediaEntry>),
    /// `Key::LotCount`
    LotCount(u32),
    /// `Key::Outputs`
    Outputs(Arc<OutputsEntry>),
    /// `Key::Certificate`
    Certificate(Arc<CertificateEntry>),
}

impl Entry {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Product(_) => Kind::Product,
            Self::Lot(_) => Kind::Lot,
            Self::LotName(_) => Kind::LotName,
            Self::Producer(_) => Kind::Producer,
            Self::Item(_) => Kind::Item,
            Self::Exception(_) => Kind::Exception,
            Self::Standing(_) => Kind::Standing,
            Self::Opaque(_) => Kind::Opaque,
            Self::Recall(_) => Kind::Recall,
            Self::Media(_) => Kind::Media,
            Self::LotCount(_) => Kind::LotCount,
            Self::Outputs(_) => Kind::Outputs,
            Self::Certificate(_) => Kind::Certificate,
        }
    }

    /// The entry, as written by another commit.
    #[must_use]
    pub(crate) fn stamped(mut self, stamp: Stamp) -> Self {
        match &mut self {
            Self::Product(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::Lot(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::Producer(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::Opaque(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::Recall(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::Certificate(entry) => Arc::make_mut(entry).stamp = stamp,
            Self::LotName(_)
            | Self::LotCount(_)
            | Self::Outputs(_)
            | Self::Item(_)
            | Self::Exception(_)
            | Self::Standing(_)
            | Self::Media(_) => {}
        }
        self
    }

    /// Whether two entries say the same, whenever they were written.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Product(a), Self::Product(b)) => **a == ProductEntry { stamp: a.stamp, ..(**b).clone() },
            (Self::Lot(a), Self::Lot(b)) => **a == LotEntry { stamp: a.stamp, ..(**b).clone() },
            (Self::Producer(a), Self::Producer(b)) => **a == ProducerEntry { stamp: a.stamp, ..(**b).clone() },
            (Self::Opaque(a), Self::Opaque(b)) => **a == OpaqueEntry { stamp: a.stamp, ..(**b).clone() },
            (Self::Recall(a), Self::Recall(b)) => **a == RecallEntry { stamp: a.stamp, ..(**b).clone() },
            (Self::Certificate(a), Self::Certificate(b)) => **a == CertificateEntry { stamp: a.stamp, ..(**b).clone() },
            _ => self == other,
        }
    }
}

/// Proof that the registry is whole. Read with every batch: a store that was emptied, or that lost records,
/// must never be mistaken for one that does not know a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Names the registry; made once.
    pub id: String,
    /// Grows when a registry is restored from a backup.
    pub epoch: u64,
    /// The last commit.
    pub revision: Revision,
    /// How many records it holds: products, lots, producers, certificates, units one by one, codes of other schemes,
    /// recalls, pictures. Counted by the store as it writes. Never shrinks within an epoch.
    pub records: u64,
}

/// The answer to one `read`.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The registry's marker at the time of the read.
    pub marker: Marker,
    /// One place per key asked for, in its order.
    pub entries: Vec<Option<Entry>>,
    /// What each of them depends on, whether it is there or not.
    pub dependencies: Vec<Dependency>,
}

/// One write.
#[derive(Clone, Debug)]
pub struct Put {
    /// Where.
    pub key: Key,
    /// What.
    pub entry: Entry,
}

/// What a commit writes: all of it or nothing (embedded); in order, each record whole, safe to repeat
/// (engines without transactions across keys).
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The revision that the entries were worked out from: the commit is refused with `Conflict` when another one
    /// came first. `None`: whatever is there. The new revision is the next number.
    pub base: Option<Revision>,
    /// Entries; one for a key. A store writes them in the order of [`Kind::ALL`], so that what is referred to is
    /// there before what refers to it.
    pub puts: Vec<Put>,
    /// Lines of the evidence log, in order.
    pub evidence: Vec<Evidence>,
    /// Where a resumable import stands: stored with the data, so that neither is ahead of the other.
    pub progress: Option<Progress>,
    /// It waits for whoever has asked to go first ([`Store::ask_to_go_first`]): a portion of an import.
    pub gives_way: bool,
}

impl Batch {
    /// Whether every entry is of the kind of its key, and of one that a commit writes.
    ///
    /// # Errors
    /// `Corrupt` when one is not: nothing of the batch may be written.
    pub(crate) fn must_be_sound(&self) -> Result<(), StoreError> {
        for Put { key, entry } in &self.puts {
            if key.kind() != entry.kind() {
                return Err(StoreError::Corrupt(format!("{:?} under the key of a {:?}", entry.kind(), key.kind())));
            }
            if !Kind::ALL.contains(&key.kind()) {
                return Err(StoreError::Corrupt(format!("{:?}: no commit writes it", key.kind())));
            }
        }
        Ok(())
    }
}

/// Who declared what, when, from which file, who approved it and why. Appended, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// When it was accepted.
    pub at: Timestamp,
    /// The commit that it came in with; 0 until then.
    #[serde(default)]
    pub revision: Revision,
    /// Publisher on whose behalf.
    pub publisher: String,
    /// The person who did it, by identifier, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What was done: `declare`, `recall`, `revoke`, `import`…
    pub act: String,
    /// Why, in the words of whoever did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// SHA-256 of the file or body that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line in that file, from 1; in a spreadsheet the row of the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The sheet, in a spreadsheet that names its sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What was declared, as records.
    pub body: serde_json::Value,
}

/// Where an import stands, or that an order for units was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// SHA-256 of the file, or the place of the order.
    pub file: String,
    /// Lines done, or what the order came to; `None` forgets the file.
    pub lines: Option<u64>,
}

/// A commit that is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub revision: Revision,
}

/// Why a store could not answer. None of these says anything about a code.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The marker is missing or has shrunk: the registry was emptied or is being restored.
    #[error("the registry is not available: {0}")]
    RegistryUnavailable(String),
    /// The engine did not answer.
    #[error("the store did not answer: {0}")]
    Unreachable(String),
    /// A stored value is damaged.
    #[error("a stored value is damaged: {0}")]
    Corrupt(String),
    /// Somebody else holds the store.
    #[error("the store is in use by another process: {0}")]
    Busy(String),
    /// Another commit came first: read again, work it out again.
    #[error("the registry has moved on to revision {now}")]
    Conflict {
        /// Where it stands.
        now: Revision,
    },
}

/// Why [`Kind::Standing`] is not walked through.
pub(crate) fn not_walked() -> StoreError {
    StoreError::Unreachable("where units stand cannot be walked through".to_owned())
}

/// A store.
#[async_trait]
pub trait Store: Send + Sync {
    /// Read many keys at one moment.
    ///
    /// # Errors
    /// `RegistryUnavailable` when the marker is missing or shrank, `Unreachable` when the engine does not
    /// answer. A value that cannot be decoded is `Corrupt`: never a verdict.
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError>;

    /// Which of these keys hold an entry. Cheaper than `read` where entries are large, as pictures are.
    ///
    /// # Errors
    /// As `read`.
    async fn holds(&self, keys: &[Key]) -> Result<Vec<bool>, StoreError> {
        Ok(self.read(keys).await?.entries.iter().map(Option::is_some).collect())
    }

    /// What an entry depends on, for every kind but units, which share names.
    fn dependency(&self, key: &Key) -> Dependency;

    /// Write a batch. When this returns, it is on disk and every watcher has been told.
    ///
    /// # Errors
    /// `Conflict` when `base` is not where the registry stands. Otherwise when it is not certain that the batch is on
    /// disk; it may be sent again.
    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError>;

    /// Ask that for some seconds no commit that gives way comes before the next one that does not: what is to be
    /// decided would be void again and again while another process imports. Nothing to do where one process holds the
    /// store.
    ///
    /// # Errors
    /// As `read`.
    async fn ask_to_go_first(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// How many commits of this process were acknowledged while no replica had them, where there are replicas as a rule:
    /// a failover would have lost them.
    fn unreplicated(&self) -> u64 {
        0
    }

    /// Be told of changes from now on.
    fn changes(&self, watcher: Arc<dyn Watcher>);

    /// Entries of one kind in the order of their keys, after a key; at most `limit`. For start-up, export and
    /// counts, never for a lookup. Where units stand cannot be walked through: nobody keeps their keys in order.
    ///
    /// # Errors
    /// As `read`. `Unreachable` for [`Kind::Standing`].
    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError>;

    /// Evidence in order, after a sequence number; at most `limit`.
    ///
    /// # Errors
    /// As `read`.
    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError>;

    /// Lines done of a file whose import was interrupted.
    ///
    /// # Errors
    /// As `read`.
    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError>;
}
