//! `nguon export`: the registry as records.

mod circular;
mod epcis;
mod epcis_event;
mod table;
mod units;
mod walk;

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use nguon_openapi::Lang;

use super::store::{Missing, open};
use crate::clock::Clock;
use crate::config::{BaseUrl, StoreAddress};
use crate::registry::Record;
use crate::store::{Entry, Key, Kind, Store, StoreError};
use walk::walk;

/// Write what a registry holds.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// Store to read, which no server may have open: `embedded:PATH`.
    #[arg(long, value_name = "STORE")]
    store: StoreAddress,

    /// In what form.
    #[arg(long, value_enum, default_value_t = Form::Ndjson, value_name = "FORM")]
    to: Form,

    /// File to write, which must not be there yet; standard output where it is not given. For `csv` a directory, which
    /// must be given.
    #[arg(long, value_name = "PATH", required_if_eq("to", "csv"))]
    output: Option<PathBuf>,

    /// The public origin of the service, of which `epcis` and `circular02` make identifiers.
    #[arg(long, env = "NGUON_BASE_URL", value_name = "URL",
        required_if_eq_any([("to", "epcis"), ("to", "circular02")]))]
    base_url: Option<BaseUrl>,

    /// Language of headings and names in `csv` and `circular02`.
    #[arg(long, value_enum, default_value_t = Language::Vi, value_name = "LANG")]
    lang: Language,
}

/// Forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Every record as a line of JSON, in an order in which they can be imported.
    Ndjson,
    /// A directory with the template's sheets as CSV, everything else as lines, and the pictures: imported again in the order
    /// of their names.
    Csv,
    /// Lots, their stages and units as events: one EPCIS 2.0 document (JSON-LD).
    Epcis,
    /// The ten items of Circular 02/2024/TT-BKHCN as CSV, a line for each lot; beside a file a second one says which
    /// field of which record each item comes from.
    Circular02,
}

/// A language of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    const fn lang(self) -> Lang {
        match self {
            Self::Vi => Lang::Vi,
            Self::En => Lang::En,
        }
    }
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
pub async fn run(args: ExportArgs, clock: Arc<dyn Clock>, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let store = open(&args.store, Missing::Refuse).await?;
    match (&args.output, args.to) {
        (Some(directory), Form::Csv) => table::export(&*store, args.lang.lang(), directory).await?,
        (None, Form::Csv) => return Err("give a directory: --output".into()),
        (Some(path), _) => {
            let mut file = BufWriter::new(File::create_new(path)?);
            written(&args, &*store, clock, &mut file).await?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            if args.to == Form::Circular02 {
                circular::fields(&mut File::create_new(path.with_extension("fields.csv"))?)?;
            }
        }
        (None, _) => written(&args, &*store, clock, &mut BufWriter::new(out)).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn written(
    args: &ExportArgs,
    store: &dyn Store,
    clock: Arc<dyn Clock>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let base_url = args.base_url.as_ref().map(BaseUrl::as_str).unwrap_or_default();
    match args.to {
        Form::Ndjson | Form::Csv => export(store, out).await?,
        Form::Epcis => {
            let left_out = epcis::export(store, base_url, clock.now(), out).await?;
            if left_out > 0 {
                eprintln!("nguon: {left_out} lots and groups of units have no date and so no event: give them one");
            }
        }
        Form::Circular02 => {
            let counted = circular::export(store, base_url, args.lang.lang(), out).await?;
            eprintln!("nguon: {} lines, {} of them lack something", counted.lines, counted.incomplete);
        }
    }
    Ok(())
}

/// Write every record as NDJSON.
///
/// # Errors
/// As `records`.
pub async fn export(store: &dyn Store, out: &mut impl Write) -> Result<(), ExportError> {
    records(store, |record| {
        serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    })
    .await?;
    Ok(out.flush()?)
}

/// Hand on every record of a store: what others refer to first, so that importing them in order gives the same
/// registry. Who declared what is not in them but in the evidence log, and whoever imports them becomes their publisher.
/// Records that were taken back are left out, except products and lots, whose end is itself on record.
///
/// Streams: holds some thousand entries at a time.
///
/// # Errors
/// When the store cannot be read or `each` fails.
async fn records(
    store: &dyn Store,
    mut each: impl FnMut(&Record) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    walk(store, Kind::Producer, async |_, entry| match entry {
        Entry::Producer(it) => each(&Record::Producer(it.producer.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Media, async |key, entry| match (key, entry) {
        (Key::Media(hash), Entry::Media(it)) => each(&Record::Media(it.to_record(hash.clone()))),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Product, async |_, entry| match entry {
        Entry::Product(it) => each(&Record::Product(it.product.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Lot, async |_, entry| match entry {
        Entry::Lot(it) => {
            each(&Record::Batch(it.batch.clone()))?;
            it.events.iter().try_for_each(|event| each(&Record::Event(event.clone())))
        }
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Product, async |_, entry| match entry {
        Entry::Product(it) => it.links.iter().try_for_each(|link| each(&Record::Link(link.clone()))),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Certificate, async |_, entry| match entry {
        Entry::Certificate(it) if !it.certificate.withdrawn => each(&Record::Certificate(it.certificate.clone())),
        _ => Ok(()),
    })
    .await?;
    units::each(store, &mut each).await?;
    walk(store, Kind::Recall, async |_, entry| match entry {
        Entry::Recall(it) => each(&Record::Recall(it.recall.clone())),
        _ => Ok(()),
    })
    .await?;
    walk(store, Kind::Opaque, async |_, entry| match entry {
        Entry::Opaque(it) => each(&Record::Opaque(it.record.clone())),
        _ => Ok(()),
    })
    .await?;
    Ok(())
}
