//! Entries as bytes, the same in every engine, so that a snapshot of one is readable by another.
//!
//! A value: version (1 byte, 1), kind (1), length of the payload (4, little endian), CRC-32 of the payload (4, little
//! endian, ISO-HDLC), payload. The payload of a record is JSON; of a picture, its type and its bytes; of a lot's name,
//! the name. An item is no such envelope but eight bytes: see `item`. A value that is short, long, of another kind,
//! version or checksum is `Corrupt`: a miss and an alarm, never a verdict, and never a panic.

mod envelope;
mod item;
pub(crate) mod ledger;
mod media;
pub(crate) mod people;
pub(crate) mod report;
pub(crate) mod submission;

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use envelope::{open, seal};

use super::{Entry, Evidence, Kind, Marker, StoreError};

/// Kinds of value that are no entry. Entries have the number of their [`Kind`].
pub(crate) const MARKER: u8 = 0x40;
pub(crate) const EVIDENCE: u8 = 0x41;

/// An entry as bytes.
///
/// # Errors
/// `Corrupt` when the entry has no JSON form, which a valid entry always has.
pub fn encode(entry: &Entry) -> Result<Vec<u8>, StoreError> {
    let tag = entry.kind().tag();
    match entry {
        Entry::Item(item) => Ok(item::pack(item)?.to_vec()),
        Entry::LotName(lot) => seal(tag, lot.as_str().as_bytes()),
        Entry::LotCount(count) => seal(tag, &count.to_be_bytes()),
        Entry::Media(media) => seal(tag, &media::pack(media)),
        Entry::Product(entry) => json(tag, &**entry),
        Entry::Lot(entry) => json(tag, &**entry),
        Entry::Outputs(entry) => json(tag, &**entry),
        Entry::Producer(entry) => json(tag, &**entry),
        Entry::Certificate(entry) => json(tag, &**entry),
        Entry::Exception(entry) => json(tag, &**entry),
        Entry::Standing(entry) => json(tag, &**entry),
        Entry::Opaque(entry) => json(tag, &**entry),
        Entry::Recall(entry) => json(tag, &**entry),
    }
}

/// An entry from its bytes.
///
/// # Errors
/// `Corrupt` when they are not an entry of this kind.
pub fn decode(kind: Kind, bytes: &[u8]) -> Result<Entry, StoreError> {
    if kind == Kind::Item {
        return item::unpack(bytes).map(Entry::Item);
    }
    let payload = open(kind.tag(), bytes)?;
    Ok(match kind {
        Kind::Item => return Err(corrupt(kind, "unreachable form")),
        Kind::LotName => {
            let name = core::str::from_utf8(payload).map_err(|error| corrupt(kind, error))?;
            Entry::LotName(gs1::Lot::try_from(name).map_err(|error| corrupt(kind, error))?)
        }
        Kind::LotCount => {
            Entry::LotCount(u32::from_be_bytes(payload.try_into().map_err(|_| corrupt(kind, "is not four bytes"))?))
        }
        Kind::Media => Entry::Media(Arc::new(media::unpack(payload)?)),
        Kind::Product => Entry::Product(parsed(kind, payload)?),
        Kind::Lot => Entry::Lot(parsed(kind, payload)?),
        Kind::Outputs => Entry::Outputs(parsed(kind, payload)?),
        Kind::Producer => Entry::Producer(parsed(kind, payload)?),
        Kind::Certificate => Entry::Certificate(parsed(kind, payload)?),
        Kind::Exception => Entry::Exception(parsed(kind, payload)?),
        Kind::Standing => Entry::Standing(parsed(kind, payload)?),
        Kind::Opaque => Entry::Opaque(parsed(kind, payload)?),
        Kind::Recall => Entry::Recall(parsed(kind, payload)?),
    })
}

/// The marker as bytes.
///
/// # Errors
/// As [`encode`].
pub fn encode_marker(marker: &Marker) -> Result<Vec<u8>, StoreError> {
    json(MARKER, marker)
}

/// The marker from its bytes.
///
/// # Errors
/// As [`decode`].
pub fn decode_marker(bytes: &[u8]) -> Result<Marker, StoreError> {
    from_json(MARKER, bytes)
}

/// A line of the evidence log as bytes.
///
/// # Errors
/// As [`encode`].
pub fn encode_evidence(evidence: &Evidence) -> Result<Vec<u8>, StoreError> {
    json(EVIDENCE, evidence)
}

/// A line of the evidence log from its bytes.
///
/// # Errors
/// As [`decode`].
pub fn decode_evidence(bytes: &[u8]) -> Result<Evidence, StoreError> {
    from_json(EVIDENCE, bytes)
}

fn json<T: Serialize>(tag: u8, value: &T) -> Result<Vec<u8>, StoreError> {
    let payload = serde_json::to_vec(value).map_err(|error| StoreError::Corrupt(format!("value {tag}: {error}")))?;
    seal(tag, &payload)
}

fn from_json<T: DeserializeOwned>(tag: u8, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(open(tag, bytes)?).map_err(|error| StoreError::Corrupt(format!("value {tag}: {error}")))
}

fn parsed<T: DeserializeOwned>(kind: Kind, payload: &[u8]) -> Result<Arc<T>, StoreError> {
    serde_json::from_slice(payload).map(Arc::new).map_err(|error| corrupt(kind, error))
}

fn corrupt(kind: Kind, why: impl core::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("{kind:?}: {why}"))
}

#[cfg(test)]
mod tests;
