//! Reports in the registry's file: tables of their own, made when the first report is kept.
//!
//! Shelves are one table without values: name of the shelf, a zero byte, number of the report. A write is one
//! transaction on a blocking thread; marker and revision are untouched.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use redb::{
    ReadOnlyTable, ReadTransaction, ReadableDatabase as _, ReadableTable as _, TableDefinition, TableError,
    WriteTransaction,
};

use super::table::{Bytes, failed, lost, unreachable};
use super::{EmbeddedStore, Inner, cut_short};
use crate::registry::Digest;
use crate::store::StoreError;
use crate::store::codec::report as codec;
use crate::store::reports::{
    EVERY, FORGETTING, Filter, KEY_KEPT_S, Kept, MOST_LISTED, NewReport, Photo, Report, ReporterContact, Reports,
};

type Numbered = TableDefinition<'static, u64, &'static [u8]>;

/// Reports by number.
const REPORTS: Numbered = TableDefinition::new("report");
/// Numbers by receipt.
const RECEIPTS: TableDefinition<'static, &'static [u8], u64> = TableDefinition::new("report_receipt");
/// What stands on which shelf.
const SHELVES: TableDefinition<'static, &'static [u8], ()> = TableDefinition::new("report_shelf");
/// Contacts by number.
const CONTACTS: Numbered = TableDefinition::new("report_contact");
/// Photos by number.
const PHOTOS: Numbered = TableDefinition::new("report_photo");
/// Keys: receipt, and when (seconds since 1970).
const KEYS: Bytes = TableDefinition::new("report_key");
/// The last number, under [`LAST`].
const COUNT: TableDefinition<'static, &'static str, u64> = TableDefinition::new("report_count");
const LAST: &str = "last";

/// Reports looked at together.
const PAGE: usize = 256;
/// Reports that one transaction of `expire` destroys at most.
const DESTROYED: usize = 256;

#[async_trait]
impl Reports for EmbeddedStore {
    async fn keep(&self, new: &NewReport) -> Result<Kept, StoreError> {
        let new = new.clone();
        self.inner.write_beside(move |txn| keep(txn, &new)).await
    }

    async fn of_receipt(&self, receipt: &Digest) -> Result<Option<Report>, StoreError> {
        let txn = self.inner.read_beside()?;
        let Some(receipts) = opened(txn.open_table(RECEIPTS))? else { return Ok(None) };
        let Some(number) = receipts.get(&receipt.0[..]).map_err(failed)? else { return Ok(None) };
        of_number(&txn, number.value())
    }

    async fn of_number(&self, number: u64) -> Result<Option<Report>, StoreError> {
        of_number(&self.inner.read_beside()?, number)
    }

    async fn list(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
        let (inner, filter) = (Arc::clone(&self.inner), filter.clone());
        let listing = tokio::task::spawn_blocking(move || list(&inner.read_beside()?, &filter, after, limit));
        listing.await.map_err(|error| cut_short(&error))?
    }

    async fn replace(&self, was: &Report, is: &Report) -> Result<bool, StoreError> {
        let (was, is) = (was.clone(), is.clone());
        self.inner.write_beside(move |txn| replace(txn, &was, &is)).await
    }

    async fn contact(&self, report: &Report) -> Result<Option<ReporterContact>, StoreError> {
        beside(&self.inner.read_beside()?, CONTACTS, report)?.map(|bytes| codec::decode_contact(&bytes)).transpose()
    }

    async fn photo(&self, report: &Report) -> Result<Option<Photo>, StoreError> {
        beside(&self.inner.read_beside()?, PHOTOS, report)?.map(|bytes| codec::decode_photo(&bytes)).transpose()
    }

    async fn expire(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut gone = 0;
        loop {
            let now = now.as_second();
            let some = self.inner.write_beside(move |txn| expire(txn, now)).await?;
            gone += some;
            if some < DESTROYED {
                return Ok(gone);
            }
        }
    }
}

impl Inner {
    /// Begin to read what is kept beside the records.
    pub(super) fn read_beside(&self) -> Result<ReadTransaction, StoreError> {
        self.db.begin_read().map_err(unreachable)
    }

    /// Write beside the records, in a transaction and a task of its own: a caller who goes away must not cut it short.
    pub(super) async fn write_beside<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&WriteTransaction) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(self);
        let writing = tokio::task::spawn_blocking(move || {
            let mut txn = inner.db.begin_write().map_err(unreachable)?;
            txn.set_quick_repair(true);
            let done = work(&txn)?;
            txn.commit().map_err(unreachable)?;
            // Readers of records are to hold no state that keeps old pages in the file.
            inner.look_again()?;
            Ok(done)
        });
        writing.await.map_err(|error| cut_short(&error))?
    }
}

/// A table, unless nothing was ever kept in it.
pub(super) fn opened<T>(table: Result<T, TableError>) -> Result<Option<T>, StoreError> {
    match table {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(lost(error)),
    }
}

fn of_number(txn: &ReadTransaction, number: u64) -> Result<Option<Report>, StoreError> {
    let Some(reports) = opened(txn.open_table(REPORTS))? else { return Ok(None) };
    let report = reports.get(number).map_err(failed)?;
    report.map(|bytes| codec::decode_report(number, bytes.value())).transpose()
}

fn beside(txn: &ReadTransaction, table: Numbered, report: &Report) -> Result<Option<Vec<u8>>, StoreError> {
    let table: Option<ReadOnlyTable<u64, &[u8]>> = opened(txn.open_table(table))?;
    let Some(table) = table else { return Ok(None) };
    Ok(table.get(report.number).map_err(failed)?.map(|bytes| bytes.value().to_vec()))
}

fn place(shelf: &str, number: u64) -> Vec<u8> {
    [shelf.as_bytes(), &[0], &number.to_be_bytes()].concat()
}

/// Numbers on a shelf after a number, in order; at most `count`.
fn standing(
    shelves: &impl redb::ReadableTable<&'static [u8], ()>,
    shelf: &str,
    after: u64,
    count: usize,
) -> Result<Vec<u64>, StoreError> {
    let (first, last) = (place(shelf, after.saturating_add(1)), place(shelf, u64::MAX));
    let rows = shelves.range(first.as_slice()..=last.as_slice()).map_err(failed)?;
    rows.take(count)
        .map(|row| {
            let (place, ()) = row.map(|(place, value)| (place, value.value())).map_err(failed)?;
            let number = place.value().last_chunk().copied().map(u64::from_be_bytes);
            number.ok_or_else(|| StoreError::Corrupt("a shelf of reports".to_owned()))
        })
        .collect()
}

fn list(txn: &ReadTransaction, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
    let limit = limit.min(MOST_LISTED);
    let (Some(shelves), Some(reports)) = (opened(txn.open_table(SHELVES))?, opened(txn.open_table(REPORTS))?) else {
        return Ok(Vec::new());
    };
    let (shelf, mut after, mut found) = (filter.shelf(), after, Vec::new());
    loop {
        let numbers = standing(&shelves, &shelf, after, PAGE)?;
        for &number in &numbers {
            let bytes = reports.get(number).map_err(failed)?;
            let Some(bytes) = bytes else { continue };
            let report = codec::decode_report(number, bytes.value())?;
            if filter.takes(&report) {
                found.push(report);
                if found.len() >= limit {
                    return Ok(found);
                }
            }
        }
        match numbers.last() {
            Some(&last) if numbers.len() == PAGE => after = last,
            _ => return Ok(found),
        }
    }
}

fn keep(txn: &WriteTransaction, new: &NewReport) -> Result<Kept, StoreError> {
    let report = &new.report;
    let mut receipts = txn.open_table(RECEIPTS).map_err(lost)?;
    let mut reports = txn.open_table(REPORTS).map_err(lost)?;
    let before = receipts.get(&report.receipt.0[..]).map_err(failed)?.map(|number| number.value());
    if let Some(number) = before {
        let bytes = reports.get(number).map_err(failed)?;
        let bytes = bytes.ok_or_else(|| StoreError::Corrupt("a receipt without its report".to_owned()))?;
        return Ok(Kept::Before { at: codec::decode_report(number, bytes.value())?.at });
    }
    if let Some(key) = &new.key {
        let mut keys = txn.open_table(KEYS).map_err(lost)?;
        let at = report.at.as_second();
        let taken = keys.get(&key.0[..]).map_err(failed)?.and_then(|row| row.value().last_chunk().copied());
        if taken.is_some_and(|since| i64::from_be_bytes(since).saturating_add(KEY_KEPT_S) > at) {
            return Ok(Kept::KeyTaken);
        }
        let row = [&report.receipt.0[..], &at.to_be_bytes()].concat();
        keys.insert(&key.0[..], row.as_slice()).map_err(failed)?;
    }
    let mut count = txn.open_table(COUNT).map_err(lost)?;
    let number = count.get(LAST).map_err(failed)?.map_or(0, |last| last.value()) + 1;
    count.insert(LAST, number).map_err(failed)?;
    reports.insert(number, codec::encode_report(report)?.as_slice()).map_err(failed)?;
    receipts.insert(&report.receipt.0[..], number).map_err(failed)?;
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    for shelf in report.shelves() {
        shelves.insert(place(&shelf, number).as_slice(), ()).map_err(failed)?;
    }
    // Both tables are made now, so that whoever reads one finds the other.
    let mut contacts = txn.open_table(CONTACTS).map_err(lost)?;
    if let Some(contact) = &new.contact {
        contacts.insert(number, codec::encode_contact(contact)?.as_slice()).map_err(failed)?;
    }
    let mut photos = txn.open_table(PHOTOS).map_err(lost)?;
    if let Some(photo) = &new.photo {
        photos.insert(number, codec::encode_photo(photo)?.as_slice()).map_err(failed)?;
    }
    Ok(Kept::New)
}

fn replace(txn: &WriteTransaction, was: &Report, is: &Report) -> Result<bool, StoreError> {
    let number = was.number;
    let mut reports = txn.open_table(REPORTS).map_err(lost)?;
    let now = reports.get(number).map_err(failed)?.map(|bytes| codec::decode_report(number, bytes.value()));
    let Some(now) = now.transpose()?.filter(|now| now.version == was.version) else { return Ok(false) };
    reports.insert(number, codec::encode_report(is)?.as_slice()).map_err(failed)?;
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    for shelf in now.shelves() {
        shelves.remove(place(&shelf, number).as_slice()).map_err(failed)?;
    }
    for shelf in is.shelves() {
        shelves.insert(place(&shelf, number).as_slice(), ()).map_err(failed)?;
    }
    if !is.has_contact {
        txn.open_table(CONTACTS).map_err(lost)?.remove(number).map_err(failed)?;
    }
    Ok(true)
}

/// Destroy up to [`DESTROYED`] reports and contacts whose time is up, and all such keys. How many went.
fn expire(txn: &WriteTransaction, now: i64) -> Result<usize, StoreError> {
    let (mut over, mut forgotten) = (Vec::new(), Vec::new());
    {
        let reports = txn.open_table(REPORTS).map_err(lost)?;
        let shelves = txn.open_table(SHELVES).map_err(lost)?;
        let read = |number: u64| {
            let bytes = reports.get(number).map_err(failed)?;
            bytes.map(|bytes| codec::decode_report(number, bytes.value())).transpose()
        };
        // Numbers follow the time of receipt but for those that came late: these go when those before them do.
        let mut after = 0;
        'all: while over.len() < DESTROYED {
            let numbers = standing(&shelves, EVERY, after, PAGE)?;
            let Some(&last) = numbers.last() else { break };
            after = last;
            for report in numbers.into_iter().filter_map(|number| read(number).transpose()) {
                let report = report?;
                if report.own_end() > now || over.len() >= DESTROYED {
                    break 'all;
                }
                if report.ends_at() <= now {
                    over.push(report);
                }
            }
        }
        let mut after = 0;
        while over.len() + forgotten.len() < DESTROYED {
            let numbers = standing(&shelves, FORGETTING, after, PAGE)?;
            let Some(&last) = numbers.last() else { break };
            after = last;
            for report in numbers.into_iter().filter_map(|number| read(number).transpose()) {
                let report = report?;
                if report.contact_ends_at().is_some_and(|end| end <= now) && !over.contains(&report) {
                    forgotten.push(report);
                }
            }
        }
    }
    for was in &forgotten {
        let is = Report { has_contact: false, version: was.version + 1, ..was.clone() };
        replace(txn, was, &is)?;
    }
    for report in &over {
        destroy(txn, report)?;
    }
    let mut keys = txn.open_table(KEYS).map_err(lost)?;
    let fresh =
        |row: &[u8]| row.last_chunk().is_some_and(|since| i64::from_be_bytes(*since).saturating_add(KEY_KEPT_S) > now);
    keys.retain(|_, row| fresh(row)).map_err(failed)?;
    Ok(over.len() + forgotten.len())
}

fn destroy(txn: &WriteTransaction, report: &Report) -> Result<(), StoreError> {
    txn.open_table(REPORTS).map_err(lost)?.remove(report.number).map_err(failed)?;
    txn.open_table(RECEIPTS).map_err(lost)?.remove(&report.receipt.0[..]).map_err(failed)?;
    txn.open_table(CONTACTS).map_err(lost)?.remove(report.number).map_err(failed)?;
    txn.open_table(PHOTOS).map_err(lost)?.remove(report.number).map_err(failed)?;
    let mut shelves = txn.open_table(SHELVES).map_err(lost)?;
    for shelf in report.shelves() {
        shelves.remove(place(&shelf, report.number).as_slice()).map_err(failed)?;
    }
    Ok(())
}
