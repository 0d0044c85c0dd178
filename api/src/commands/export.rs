//! `nguon export`: the registry as records.

mod units;
mod walk;

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::store::{Missing, open};
use crate::config::StoreAddress;
use crate::registry::Record;
use crate::store::{Entry, Key, Kind, Store, StoreError};
use walk::walk;

/// Write every record as NDJSON, in an order in which it can be imported.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// Store to read, which no server may have open: `embedded:PATH`.
    #[arg(long, value_name = "STORE")]
    store: StoreAddress,

    /// File to write; standard output where it is not given.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The registry could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Export a store.
///
/// # Errors
/// When the store cannot be read or the output cannot be written.
pub async fn run(args: ExportArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let store = open(&args.store, Missing::Refuse).await?;
    match &args.output {
        Some(file) => {
            let mut file = BufWriter::new(File::create_new(file)?);
            export(&*store, &mut file).await?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        None => export(&*store, &mut BufWriter::new(out)).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Write every record of a store: what others refer to first, so that importing the lines in order gives the same
/// registry. Who declared what is not in them but in the evidence log, and whoever imports them becomes their publisher.
/// Records that were taken back are left out, except products and lots, whose end is itself on record.
///
/// Streams: holds some thousand entries at a time.
///
/// # Errors
/// When the store cannot be read or the output cannot be written.
pub async fn export(store: &dyn Store, out: &mut impl Write) -> Result<(), ExportError> {
    walk(store, Kind::Producer, async |_, entry| match entry {
        Entry::Producer(it) => line(out, &Record::Producer(it.producer.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Media, async |key, entry| match (key, entry) {
        (Key::Media(hash), Entry::Media(it)) => line(out, &Record::Media(it.to_record(hash.clone()))),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Product, async |_, entry| match entry {
        Entry::Product(it) => line(out, &Record::Product(it.product.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Lot, async |_, entry| match entry {
        Entry::Lot(it) => {
            line(out, &Record::Batch(it.batch.clone()))?;
            it.events.iter().try_for_each(|event| line(out, &Record::Event(event.clone())))
        }
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Product, async |_, entry| match entry {
        Entry::Product(it) => it.links.iter().try_for_each(|link| line(out, &Record::Link(link.clone()))),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Certificate, async |_, entry| match entry {
        Entry::Certificate(it) if !it.certificate.withdrawn => line(out, &Record::Certificate(it.certificate.clone())),
        _ => Ok(()),
    })
    .await?;
    units::export(store, out).await?;
    walk(store, Kind::Recall, async |_, entry| match entry {
        Entry::Recall(it) => line(out, &Record::Recall(it.recall.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Opaque, async |_, entry| match entry {
        Entry::Opaque(it) => line(out, &Record::Opaque(it.record.clone())),
        _ => Ok(()),
    })
    .await?;
    Ok(out.flush()?)
}

fn line(out: &mut impl Write, record: &Record) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}
