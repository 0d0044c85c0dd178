//! `nguon import`: records from files into a registry, on this machine or through a running server.

mod form;
mod progress;
mod report;
mod sheet;
mod via;

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use nguon_openapi::Lang;

use super::admin::{AdminUrl, AuthorArgs, Server};
use super::store::{Missing, Opened, open_whole};
use crate::clock::Clock;
use crate::config::StoreAddress;
use crate::registry::import::{Desk, Document, Format, ImportOrder, Report, Spool};
use crate::sheets::SheetFormat;
use crate::store::{EmbeddedStore, StoreError};
use progress::Progress;
use via::Sent;

/// Load records. What is right loads and what is wrong is named by line and field, or by cell; loading a file again changes
/// nothing; an import that was cut short continues where it stood.
#[derive(Clone, Debug, Args)]
#[command(group = clap::ArgGroup::new("into").required(true).args(["store", "via"]))]
pub struct ImportArgs {
    /// Files to load, in this order: NDJSON; a JSON document when the name ends in .json; a spreadsheet when it ends in
    /// .xlsx or .csv (see `nguon template`). `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Load into this store, which no server may have open: `embedded:PATH`. The file is made if it is not there.
    #[arg(long, value_name = "STORE")]
    store: Option<StoreAddress>,

    /// Load through a running server: the address of its admin listener, such as `http://127.0.0.1:8081`.
    #[arg(long, value_name = "URL")]
    via: Option<AdminUrl>,

    /// Token that the admin listener asks for.
    #[arg(long, env = "NGUON_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true, requires = "via")]
    token: Option<String>,

    #[command(flatten)]
    author: AuthorArgs,

    /// Write nothing of a file in which anything is refused.
    #[arg(long)]
    strict: bool,

    /// Write nothing; say what would happen.
    #[arg(long)]
    dry_run: bool,

    /// Pictures that spreadsheets name: a folder, or a ZIP archive.
    #[arg(long, value_name = "DIR|ZIP")]
    images: Option<PathBuf>,

    /// Language of what is printed: vi or en. Vietnamese for spreadsheets where it is not given, English otherwise.
    #[arg(long, value_name = "LANG", value_parser = lang)]
    lang: Option<Lang>,

    /// Print each report as one line of JSON.
    #[arg(long)]
    json: bool,
}

/// A language, by its name.
pub(super) fn lang(raw: &str) -> Result<Lang, String> {
    raw.parse().map_err(|_| "must be one of: vi, en".to_owned())
}

/// Load each file and print what became of it. A line is printed when what it speaks of is on disk. Fails if
/// anything was refused.
///
/// # Errors
/// When a file cannot be read, or the registry cannot be written. Files before it are loaded.
pub async fn run(
    args: ImportArgs,
    clock: Arc<dyn Clock>,
    out: &mut impl io::Write,
) -> Result<ExitCode, Box<dyn Error>> {
    let order = ImportOrder { strict: args.strict, dry_run: args.dry_run, ..ImportOrder::of(args.author.author()) };
    let way = Way::of(&args, clock).await?;
    let mut refused = false;
    for file in &args.files {
        let format = SheetFormat::of_name(file);
        let lang = args.lang.unwrap_or(if format.is_some() { Lang::Vi } else { Lang::En });
        let report = match format {
            Some(format) => way.import_sheet(file, (format, args.images.as_deref(), lang), &order).await,
            None => way.import(file, &order).await,
        };
        let report = report.map_err(|error| format!("{}: {error}", file.display()))?;
        refused |= report.rejected.total > 0;
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&report)?)?;
        } else {
            report::print(out, &file.display().to_string(), &report, lang)?;
        }
        out.flush()?;
    }
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How records reach the registry.
enum Way {
    Store(Desk),
    Server(Server),
}

impl Way {
    async fn of(args: &ImportArgs, clock: Arc<dyn Clock>) -> Result<Self, Box<dyn Error>> {
        match (&args.store, &args.via) {
            (Some(address), _) => {
                let Opened { records, people, .. } = store(address, args).await?;
                Ok(Self::Store(Desk::scoped(records, people, clock)))
            }
            (None, Some(url)) => Ok(Self::Server(Server::of(url.clone(), args.token.clone()))),
            (None, None) => Err("give --store or --via".into()),
        }
    }

    async fn import(&self, file: &Path, order: &ImportOrder) -> Result<Report, Box<dyn Error>> {
        match self {
            Self::Store(desk) => {
                let progress = progress(file);
                let document = document(file)?;
                let document = match &progress {
                    Some(progress) => document.watched(progress.watch()),
                    None => document,
                };
                Ok(desk.import(document, order.clone()).await?)
            }
            Self::Server(server) => send(server, file, Sent::records(file), order).await,
        }
    }

    async fn import_sheet(
        &self,
        file: &Path,
        (format, images, lang): (SheetFormat, Option<&Path>, Lang),
        order: &ImportOrder,
    ) -> Result<Report, Box<dyn Error>> {
        match self {
            Self::Store(desk) => sheet::import(desk, file, (format, images, lang), order).await,
            Self::Server(server) => {
                let images = match images {
                    Some(images) => sheet::pictures(file, format, &order.author.publisher, images)
                        .map_err(|error| format!("{}: {error}", images.display()))?,
                    None => Vec::new(),
                };
                send(server, file, Sent::sheet(format, images, lang), order).await
            }
        }
    }
}

async fn send(server: &Server, file: &Path, sent: Sent, order: &ImportOrder) -> Result<Report, Box<dyn Error>> {
    let (server, file, order) = (server.clone(), file.to_owned(), order.clone());
    let progress = Progress::without_end(file.display().to_string());
    let report = tokio::task::spawn_blocking(move || via::send(&server, &file, &sent, &order)).await?;
    drop(progress);
    report.map_err(Into::into)
}

/// A dry run makes no registry.
async fn store(address: &StoreAddress, args: &ImportArgs) -> Result<Opened, StoreError> {
    match address {
        StoreAddress::Embedded(path) if args.dry_run && !path.exists() => {
            Ok(Opened::of(EmbeddedStore::open_temporary()?))
        }
        _ if args.dry_run => open_whole(address, Missing::Refuse).await,
        _ => open_whole(address, Missing::Create).await,
    }
}

/// How far a file is read. What comes on standard input has no end that is known.
fn progress(file: &Path) -> Option<Progress> {
    let bytes = std::fs::metadata(file).ok()?.len();
    (file != Path::new("-")).then(|| Progress::of(bytes, file.display().to_string()))
}

fn document(file: &Path) -> io::Result<Document> {
    if file == Path::new("-") {
        Spool::read_all(Format::Ndjson, io::stdin().lock())
    } else {
        Ok(Document::file(file, Format::of_name(file)))
    }
}
