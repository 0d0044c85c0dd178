//! Submissions in the registry's file: tables of their own, made when the first one is kept.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use redb::{ReadTransaction, ReadableTable as _, TableDefinition, WriteTransaction};

use super::reports::opened;
use super::table::{Bytes as ByBytes, failed, lost};
use super::{EmbeddedStore, cut_short};
use crate::store::StoreError;
use crate::store::codec::submission as codec;
use crate::store::submissions::{
    MOST_SUBMISSIONS_LISTED, NewSubmission, Part, Submission, SubmissionFilter, Submissions,
};

/// Submissions by number.
const SUBMISSIONS: TableDefinition<'static, u64, &'static [u8]> = TableDefinition::new("submission");
/// Files: number and letter of the part.
const PARTS: ByBytes = TableDefinition::new("submission_part");
/// What stands on which shelf: name of the shelf, a zero byte, number.
const SHELVES: TableDefinition<'static, &'static [u8], ()> = TableDefinition::new("submission_shelf");
/// The last number, under [`LAST`].
const COUNT: TableDefinition<'static, &'static str, u64> = TableDefinition::new("submission_count");
const LAST: &str = "last";
/// Submissions that are destroyed in one transaction: their files may be large.
const TOGETHER: usize = 16;

#[async_trait]
impl Submissions for EmbeddedStore {
    async fn keep_submission(&self, new: &NewSubmission) -> Result<u64, StoreError> {
        let new = new.clone();
        self.inner.write_beside(move |txn| keep(txn, &new)).await
    }

    async fn submission(&self, number: u64) -> Result<Option<Submission>, StoreError> {
        of_number(&self.inner.read_beside()?, number)
    }

    async fn submissions(
        &self,
        filter: &SubmissionFilter,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Submission>, StoreError> {
        let (inner, place) = (Arc::clone(&self.inner), filter.shelf());
        let listing = tokio::task::spawn_blocking(move || list(&inner.read_beside()?, &place, before, limit));
        listing.await.map_err(|error| cut_short(&error))?
    }

    async fn replace_submission(
        &self,
        was: &Submission,
        is: &Submission,
        undo: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let (was, is, undo) = (was.clone(), is.clone(), undo.map(<[u8]>::to_vec));
        self.inner.write_beside(move |txn| replace(txn, &was, &is, undo.as_deref())).await
    }

    async fn expire_submissions(&self, untouched_since: Timestamp) -> Result<usize, StoreError> {
        let mut gone = 0;
        loop {
            let inner = Arc::clone(&self.inner);
            let looking = tokio::task::spawn_blocking(move || untouched(&inner.read_beside()?, untouched_since));
            let numbers = looking.await.map_err(|error| cut_short(&error))??;
            let destroying = move |txn: &WriteTransaction| destroy(txn, &numbers, untouched_since);
            let some = self.inner.write_beside(destroying).await?;
            gone += some;
            if some < TOGETHER {
                return Ok(gone);
            }
        }
    }

    async fn submission_part(&self, number: u64, part: Part) -> Result<Option<Bytes>, StoreError> {
        let inner = Arc::clone(&self.inner);
        let reading = tokio::task::spawn_blocking(move || {
            let Some(parts) = opened(inner.read_beside()?.open_table(PARTS))? else { return Ok(None) };
            let stored = parts.get(beside(number, part).as_slice()).map_err(failed)?;
            stored.map(|bytes| codec::decode_part(bytes.value())).transpose()
        });
        reading.await.map_err(|error| cut_short(&error))?
    }
}

fn beside(number: u64, part: Part) -> Vec<u8> {
    let mut key = number.to_be_bytes().to_vec();
    key.extend(part.letter().to_string().bytes());
    key
}

fn place(shelf: &str, number: u64) -> Vec<u8> {
    [shelf.as_bytes(), &[0], &number.to_be_bytes()].concat()
}

fn of_number(txn: &ReadTransaction, number: u64) -> Result<Option<Submission>, StoreError> {
    let Some(table) = opened(txn.open_table(SUBMISSIONS))? else { return Ok(None) };
    let stored = table.get(number).map_err(failed)?;
    stored.map(|bytes| codec::decode_submission(number, bytes.value())).transpose()
}

fn list(txn: &ReadTransaction, shelf: &str, before: u64, limit: usize) -> Result<Vec<Submission>, StoreError> {
    let Some(shelves) = opened(txn.open_table(SHELVES))? else { return Ok(Vec::new()) };
    let (first, last) = (place(shelf, 0), place(shelf, before));
    let rows = shelves.range(first.as_slice()..last.as_slice()).map_err(failed)?;
    let mut found = Vec::new();
    for row in rows.rev().take(limit.min(MOST_SUBMISSIONS_LISTED)) {
        let (key, _) = row.map_err(failed)?;
        let number = key.value().last_chunk().copied().map(u64::from_be_bytes);
        let number = number.ok_or_else(|| StoreError::Corrupt("a shelf of submissions".to_owned()))?;
        found.extend(of_number(txn, number)?);
    }
    Ok(found)
}

fn keep(txn: &WriteTransaction, new: &NewSubmission) -> Result<u64, StoreError> {
    let mut count = txn.open_table(COUNT).map_err(lost)?;
    let number = count.get(LAST).map_err(failed)?.map_or(0, |last| last.value()) + 1;
    count.insert(LAST, number).map_err(failed)?;
    let mut table = txn.open_table(SUBMISSIONS).map_err(lost)?;
    table.insert(number, codec::encode_submission(&new.submission)?.as_slice()).map_err(failed)?;
    let mut parts = txn.open_table(PARTS).map_err(lost)?;
    for (part, bytes) in [(Part::Document, Some(&new.document)), (Part::Photos, new.photos.as_ref())] {
        if let Some(bytes) = bytes {
            let sealed = codec::encode_part(bytes)?;
            parts.insert(beside(number, part).as_slice(), sealed.as_slice()).map_err(failed)?;
        }
    }
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    for shelf in new.submission.shelves() {
        shelves.insert(place(&shelf, number).as_slice(), ()).map_err(failed)?;
    }
    Ok(number)
}

fn replace(txn: &WriteTransaction, was: &Submission, is: &Submission, undo: Option<&[u8]>) -> Result<bool, StoreError> {
    let number = was.number;
    let mut table = txn.open_table(SUBMISSIONS).map_err(lost)?;
    let now = table.get(number).map_err(failed)?.map(|bytes| codec::decode_submission(number, bytes.value()));
    let Some(now) = now.transpose()?.filter(|now| now.version == was.version) else { return Ok(false) };
    table.insert(number, codec::encode_submission(is)?.as_slice()).map_err(failed)?;
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    for shelf in now.shelves() {
        shelves.remove(place(&shelf, number).as_slice()).map_err(failed)?;
    }
    for shelf in is.shelves() {
        shelves.insert(place(&shelf, number).as_slice(), ()).map_err(failed)?;
    }
    let mut parts = txn.open_table(PARTS).map_err(lost)?;
    if let Some(undo) = undo {
        let sealed = codec::encode_part(undo)?;
        parts.insert(beside(number, Part::Undo).as_slice(), sealed.as_slice()).map_err(failed)?;
    }
    if !is.has_files() {
        for part in Part::ALL {
            parts.remove(beside(number, part).as_slice()).map_err(failed)?;
        }
    }
    Ok(true)
}

/// Submissions that nobody has touched since an instant. None is touched before it is kept: the first that was kept later
/// ends the search.
fn untouched(txn: &ReadTransaction, since: Timestamp) -> Result<Vec<u64>, StoreError> {
    let Some(table) = opened(txn.open_table(SUBMISSIONS))? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in table.iter().map_err(failed)? {
        let (number, bytes) = row.map_err(failed)?;
        // A damaged one is left to whoever reads it.
        let Ok(submission) = codec::decode_submission(number.value(), bytes.value()) else { continue };
        if submission.at >= since || found.len() >= TOGETHER {
            break;
        }
        if submission.touched_at() < since {
            found.push(submission.number);
        }
    }
    Ok(found)
}

/// Destroy those of them that are still untouched: how many.
fn destroy(txn: &WriteTransaction, numbers: &[u64], since: Timestamp) -> Result<usize, StoreError> {
    if numbers.is_empty() {
        return Ok(0);
    }
    let mut table = txn.open_table(SUBMISSIONS).map_err(lost)?;
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    let mut parts = txn.open_table(PARTS).map_err(lost)?;
    let mut gone = 0;
    for number in numbers {
        let now = table.get(number).map_err(failed)?.map(|bytes| codec::decode_submission(*number, bytes.value()));
        let Some(now) = now.transpose()?.filter(|now| now.touched_at() < since) else { continue };
        table.remove(number).map_err(failed)?;
        for shelf in now.shelves() {
            shelves.remove(place(&shelf, *number).as_slice()).map_err(failed)?;
        }
        for part in Part::ALL {
            parts.remove(beside(*number, part).as_slice()).map_err(failed)?;
        }
        gone += 1;
    }
    Ok(gone)
}
