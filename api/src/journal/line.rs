//! One line: CRC-32 of what follows as eight hexadecimal digits, a space, JSON, a line feed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::JournalError;
use crate::registry::Digest;
use crate::store::ledger::Check;

/// What waits to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// It had been sent to the store and no answer came back: it may be on record already.
    pub sent: bool,
    /// What it is.
    pub entry: Entry,
}

/// A check that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateCheck {
    /// The check.
    #[serde(flatten)]
    pub check: Check,
    /// What is kept of the receipt that came with it, as the ledger keeps it of the PIN's use: a keyed hash for this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Digest>,
}

/// What a line holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A check.
    Check(LateCheck),
    /// A report, as whoever records it reads it.
    Report(Value),
}

/// How far a journal has come, in bytes from its start. The last mark in a journal is the one that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// Lines that begin before are recorded or set aside.
    pub(super) done: u64,
    /// Lines that begin before may have been sent.
    pub(super) sent: u64,
}

/// A line as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Written {
    Line(Line),
    Mark { mark: Mark },
}

/// A line's bytes.
pub(super) fn encode(line: &Line) -> Result<Vec<u8>, JournalError> {
    sealed(line)
}

/// A mark's bytes.
pub(super) fn encode_mark(mark: Mark) -> Result<Vec<u8>, JournalError> {
    sealed(&Written::Mark { mark })
}

fn sealed(value: &impl Serialize) -> Result<Vec<u8>, JournalError> {
    let json = serde_json::to_string(value).map_err(std::io::Error::from)?;
    Ok(format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes())).into_bytes())
}

/// What these bytes, without their line feed, say; `None` if they are damaged.
pub(super) fn decode(bytes: &[u8]) -> Option<Written> {
    let (seal, json) = bytes.split_at_checked(8)?;
    let json = json.strip_prefix(b" ")?;
    let plain = seal.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let seal = u32::from_str_radix(core::str::from_utf8(seal).ok()?, 16).ok()?;
    if !plain || seal != crc32fast::hash(json) {
        return None;
    }
    serde_json::from_slice(json).ok()
}
