//! What readers see: the tables as one commit left them.

use redb::{Database, ReadOnlyTable, ReadableDatabase as _, ReadableTableMetadata as _};

use super::table::{self, EVIDENCE, MARKER_KEY, PROGRESS, REGISTRY, failed, lost, unreachable};
use crate::store::{Entry, Key, Kind, Marker, StoreError, codec};

pub(super) type Table = ReadOnlyTable<&'static [u8], &'static [u8]>;

/// One moment of the registry. It costs no copy, and holds back no writer; pages that it alone still needs are freed
/// when it goes.
pub(super) struct View {
    marker: Marker,
    /// Of [`Kind::ALL`], and where units stand.
    tables: Vec<(Kind, Table)>,
    pub(super) evidence: ReadOnlyTable<u64, &'static [u8]>,
    progress: ReadOnlyTable<&'static str, u64>,
}

/// Whether nothing was ever written to the file.
pub(super) fn is_blank(db: &Database) -> Result<bool, StoreError> {
    let read = db.begin_read().map_err(unreachable)?;
    Ok(read.list_tables().map_err(failed)?.next().is_none())
}

impl View {
    /// The state after the last commit.
    pub(super) fn of(db: &Database) -> Result<Self, StoreError> {
        let read = db.begin_read().map_err(unreachable)?;
        let registry = read.open_table(REGISTRY).map_err(lost)?;
        let stored = registry.get(MARKER_KEY).map_err(failed)?;
        let stored = stored.ok_or_else(|| StoreError::RegistryUnavailable("its marker is missing".to_owned()))?;
        let marker = codec::decode_marker(stored.value())?;
        let tables = Kind::ALL
            .into_iter()
            .chain([Kind::Standing])
            .map(|kind| Ok((kind, read.open_table(table::of(kind)).map_err(lost)?)))
            .collect::<Result<_, StoreError>>()?;
        let evidence = read.open_table(EVIDENCE).map_err(lost)?;
        let progress = read.open_table(PROGRESS).map_err(lost)?;
        Ok(Self { marker, tables, evidence, progress })
    }

    pub(super) const fn marker(&self) -> &Marker {
        &self.marker
    }

    pub(super) fn table(&self, kind: Kind) -> Result<&Table, StoreError> {
        self.tables
            .iter()
            .find_map(|(of, table)| (*of == kind).then_some(table))
            .ok_or_else(|| StoreError::RegistryUnavailable(format!("it has no table for {kind:?}")))
    }

    pub(super) fn get(&self, key: &Key) -> Result<Option<Entry>, StoreError> {
        let kind = key.kind();
        let value = self.table(kind)?.get(key.to_bytes().as_slice()).map_err(failed)?;
        value.map(|value| codec::decode(kind, value.value())).transpose()
    }

    pub(super) fn holds(&self, key: &Key) -> Result<bool, StoreError> {
        Ok(self.table(key.kind())?.get(key.to_bytes().as_slice()).map_err(failed)?.is_some())
    }

    pub(super) fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        Ok(self.progress.get(file).map_err(failed)?.map(|lines| lines.value()))
    }

    /// The tables hold as many records as the marker says.
    pub(super) fn must_be_whole(&self) -> Result<(), StoreError> {
        let mut held = 0;
        for (kind, table) in &self.tables {
            if kind.is_record() {
                held += table.len().map_err(failed)?;
            }
        }
        if held < self.marker.records {
            let said = self.marker.records;
            return Err(StoreError::RegistryUnavailable(format!("it holds {held} records of {said}")));
        }
        Ok(())
    }

    /// This state comes after another one: the same registry, not shrunken.
    pub(super) fn must_follow(&self, newest: &Marker) -> Result<(), StoreError> {
        let now = &self.marker;
        let shrunken = now.epoch == newest.epoch && (now.records < newest.records || now.revision < newest.revision);
        if now.id != newest.id || now.epoch < newest.epoch || shrunken {
            return Err(StoreError::RegistryUnavailable(format!(
                "it was registry {} with {} records and is registry {} with {}",
                newest.id, newest.records, now.id, now.records
            )));
        }
        Ok(())
    }
}
