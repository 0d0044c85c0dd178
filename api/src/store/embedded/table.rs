//! The tables of the file, and how redb's errors read here.

use redb::{StorageError, TableDefinition, TableError};

use crate::store::{Kind, StoreError};

/// Keys and values as bytes.
pub(super) type Bytes = TableDefinition<'static, &'static [u8], &'static [u8]>;

/// The marker, under [`MARKER_KEY`].
pub(super) const REGISTRY: Bytes = TableDefinition::new("registry");
/// The one key of [`REGISTRY`].
pub(super) const MARKER_KEY: &[u8] = b"marker";
/// The evidence log by sequence number, from 1.
pub(super) const EVIDENCE: TableDefinition<'static, u64, &'static [u8]> = TableDefinition::new("evidence");
/// Lines done of interrupted imports, by hash of the file.
pub(super) const PROGRESS: TableDefinition<'static, &'static str, u64> = TableDefinition::new("progress");

/// The table of a kind.
pub(super) const fn of(kind: Kind) -> Bytes {
    TableDefinition::new(match kind {
        Kind::Product => "product",
        Kind::Lot => "lot",
        Kind::LotName => "lot_name",
        Kind::Producer => "producer",
        Kind::Item => "item",
        Kind::Exception => "exception",
        Kind::Standing => "standing",
        Kind::Opaque => "opaque",
        Kind::Recall => "recall",
        Kind::Media => "media",
        Kind::LotCount => "lot_count",
        Kind::Outputs => "outputs",
        Kind::Certificate => "certificate",
    })
}

/// The engine failed.
pub(super) fn failed(error: StorageError) -> StoreError {
    match error {
        StorageError::Corrupted(why) => StoreError::Corrupt(why),
        other => StoreError::Unreachable(other.to_string()),
    }
}

/// A table is not there: the file is no registry, or has lost a part of it.
pub(super) fn lost(error: TableError) -> StoreError {
    match error {
        TableError::Storage(error) => failed(error),
        other => StoreError::RegistryUnavailable(other.to_string()),
    }
}

/// A transaction could not begin or end.
pub(super) fn unreachable(error: impl core::fmt::Display) -> StoreError {
    StoreError::Unreachable(error.to_string())
}
