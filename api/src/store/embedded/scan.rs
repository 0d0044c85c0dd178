//! Walking through tables in the order of their keys.

use core::ops::Bound;

use super::table::failed;
use super::view::View;
use crate::store::{Entry, Evidence, Key, Kind, StoreError, codec};

/// Entries of a kind after a key.
pub(super) fn entries(
    view: &View,
    kind: Kind,
    after: Option<&Key>,
    limit: usize,
) -> Result<Vec<(Key, Entry)>, StoreError> {
    let start = after.map(Key::to_bytes);
    let lower = start.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
    let rows = view.table(kind)?.range::<&[u8]>((lower, Bound::Unbounded)).map_err(failed)?;
    rows.take(limit)
        .map(|row| {
            let (key, value) = row.map_err(failed)?;
            Ok((Key::from_bytes(kind, key.value())?, codec::decode(kind, value.value())?))
        })
        .collect()
}

/// Evidence after a sequence number.
pub(super) fn evidence(view: &View, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
    let rows = view.evidence.range((Bound::Excluded(after), Bound::Unbounded)).map_err(failed)?;
    rows.take(limit)
        .map(|row| {
            let (sequence, value) = row.map_err(failed)?;
            Ok((sequence.value(), codec::decode_evidence(value.value())?))
        })
        .collect()
}
