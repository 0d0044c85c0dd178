//! Writing: one transaction for a batch, sorted, on disk when it returns.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableHandle as _, WriteTransaction};

use super::ledger::TABLES;
use super::table::{self, EVIDENCE, MARKER_KEY, PROGRESS, REGISTRY, failed, lost, unreachable};
use crate::store::{Batch, Committed, Evidence, Kind, Marker, Progress, StoreError, codec};

/// One kind's entries, encoded and in the order of their keys.
type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// Make the tables of a new registry, and its marker.
pub(super) fn found(db: &Database) -> Result<(), StoreError> {
    let txn = begin(db)?;
    for kind in Kind::ALL {
        txn.open_table(table::of(kind)).map_err(lost)?;
    }
    txn.open_table(EVIDENCE).map_err(lost)?;
    txn.open_table(PROGRESS).map_err(lost)?;
    put_marker(&txn, &Marker { id: new_id(), epoch: 1, revision: 0, records: 0 })?;
    txn.commit().map_err(unreachable)
}

/// 128 bits that no other registry has. Not a secret: it tells registries apart, nothing more.
fn new_id() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Make the ledger's tables in a registry that has none yet.
pub(super) fn add_ledger(db: &Database) -> Result<(), StoreError> {
    let read = db.begin_read().map_err(unreachable)?;
    let there: Vec<String> = read.list_tables().map_err(failed)?.map(|table| table.name().to_owned()).collect();
    let has = |name: &str| there.iter().any(|there| there == name);
    if !has(REGISTRY.name()) || TABLES.iter().all(|table| has(table.name())) {
        return Ok(());
    }
    let txn = begin(db)?;
    for table in TABLES {
        txn.open_table(table).map_err(lost)?;
    }
    txn.commit().map_err(unreachable)
}

/// Write a batch.
pub(super) fn write(db: &Database, batch: &Batch) -> Result<Committed, StoreError> {
    batch.must_be_sound()?;
    let rows =
        Kind::ALL.into_iter().map(|kind| Ok((kind, encoded(batch, kind)?))).collect::<Result<Vec<_>, StoreError>>()?;
    let txn = begin(db)?;
    let mut marker = marker(&txn)?;
    if let Some(base) = batch.base
        && base != marker.revision
    {
        return Err(StoreError::Conflict { now: marker.revision });
    }
    marker.revision += 1;
    for (kind, rows) in &rows {
        let new = insert(&txn, *kind, rows)?;
        if kind.is_record() {
            marker.records += new;
        }
    }
    append(&txn, &batch.evidence, marker.revision)?;
    if let Some(progress) = &batch.progress {
        note(&txn, progress)?;
    }
    put_marker(&txn, &marker)?;
    txn.commit().map_err(unreachable)?;
    Ok(Committed { revision: marker.revision })
}

pub(super) fn begin(db: &Database) -> Result<WriteTransaction, StoreError> {
    let mut txn = db.begin_write().map_err(unreachable)?;
    txn.set_quick_repair(true);
    Ok(txn)
}

fn encoded(batch: &Batch, kind: Kind) -> Result<Rows, StoreError> {
    let mut rows = Vec::new();
    for put in batch.puts.iter().filter(|put| put.key.kind() == kind) {
        rows.push((put.key.to_bytes(), codec::encode(&put.entry)?));
    }
    rows.sort_unstable();
    Ok(rows)
}

/// How many of the rows are new.
fn insert(txn: &WriteTransaction, kind: Kind, rows: &Rows) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let mut new = 0;
    let mut table = txn.open_table(table::of(kind)).map_err(lost)?;
    for (key, value) in rows {
        if table.insert(key.as_slice(), value.as_slice()).map_err(failed)?.is_none() {
            new += 1;
        }
    }
    Ok(new)
}

fn append(txn: &WriteTransaction, evidence: &[Evidence], revision: u64) -> Result<(), StoreError> {
    if evidence.is_empty() {
        return Ok(());
    }
    let mut table = txn.open_table(EVIDENCE).map_err(lost)?;
    let mut sequence = table.last().map_err(failed)?.map_or(0, |(last, _)| last.value());
    for line in evidence {
        sequence += 1;
        let line = Evidence { revision, ..line.clone() };
        table.insert(sequence, codec::encode_evidence(&line)?.as_slice()).map_err(failed)?;
    }
    Ok(())
}

fn note(txn: &WriteTransaction, progress: &Progress) -> Result<(), StoreError> {
    let mut table = txn.open_table(PROGRESS).map_err(lost)?;
    match progress.lines {
        Some(lines) => table.insert(progress.file.as_str(), lines).map_err(failed)?,
        None => table.remove(progress.file.as_str()).map_err(failed)?,
    };
    Ok(())
}

fn marker(txn: &WriteTransaction) -> Result<Marker, StoreError> {
    let table = txn.open_table(REGISTRY).map_err(lost)?;
    let stored = table.get(MARKER_KEY).map_err(failed)?;
    let stored = stored.ok_or_else(|| StoreError::RegistryUnavailable("its marker is missing".to_owned()))?;
    codec::decode_marker(stored.value())
}

fn put_marker(txn: &WriteTransaction, marker: &Marker) -> Result<(), StoreError> {
    let mut table = txn.open_table(REGISTRY).map_err(lost)?;
    table.insert(MARKER_KEY, codec::encode_marker(marker)?.as_slice()).map_err(failed)?;
    Ok(())
}
