//! `nguon issue`: codes for units of a lot, on this machine or through a running server.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{ArgGroup, Args, ValueEnum};
use gs1::{Gtin14, Lot};

use super::admin::{AdminUrl, AuthorArgs, Server, sent};
use super::checking::{random, secret};
use super::store::{Missing, open_whole};
use crate::clock::Clock;
use crate::config::{BaseUrl, Checking, StoreAddress};
use crate::issue::{Codes, Issuer, MAX_UNITS, Order, OrderName, Space, sheet};
use crate::labels::{Layout, labels};
use crate::registry::ItemState;
use crate::registry::import::Desk;

/// Put units of a lot on record under serials nobody can guess, and write their codes for a printer. Files are written
/// only when the units are on record; the same order again writes the same files and puts nothing more on record.
#[derive(Clone, Debug, Args)]
#[command(group = ArgGroup::new("into").required(true).args(["store", "via"]))]
pub struct IssueArgs {
    /// The product: on record, and one that keeps serials.
    #[arg(long, value_name = "GTIN", value_parser = gtin)]
    gtin: Gtin14,

    /// The lot, which is on record.
    #[arg(long, value_name = "LOT", value_parser = lot)]
    lot: Lot,

    /// How many units.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_UNITS)))]
    count: u32,

    /// Give each a PIN, to be printed under a coating. It is written into the files and kept nowhere else.
    #[arg(long)]
    pin: bool,

    /// Where the units stand.
    #[arg(long, value_enum, default_value_t = Stands::Issued, value_name = "STATE")]
    state: Stands,

    /// Also register codes of a scheme of your own that begin so, and print those: for packs that carry no GTIN.
    #[arg(long, value_name = "PREFIX")]
    space: Option<Space>,

    /// Name of the order, by which it can be repeated: 1 to 255 visible characters. One is drawn if it is not given.
    #[arg(long, value_name = "NAME")]
    order: Option<OrderName>,

    /// File for the codes, as CSV; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Begin the CSV with a byte order mark, by which Excel knows UTF-8.
    #[arg(long)]
    bom: bool,

    /// File for labels on sheets of A4, as PDF; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,

    /// File for the records that put the units on sale, as NDJSON: to be imported when the goods go out.
    #[arg(long, value_name = "FILE")]
    on_sale: Option<PathBuf>,

    /// Labels across and down a sheet: 3x7 (70 × 42.3 mm), 3x8 (70 × 37), 2x4 (105 × 74.2), 2x7 (99.1 × 38.1, with
    /// margins), 4x10 (52.5 × 29.7).
    #[arg(long, default_value = "3x7", value_name = "SHEET", requires = "labels")]
    sheet: Layout,

    /// Put them into this store, which no server may have open: `embedded:PATH`.
    #[arg(long, value_name = "STORE", requires = "base_url")]
    store: Option<StoreAddress>,

    /// A file with the secret of the service that serves this store; a registry in a file has one beside it.
    #[arg(long, env = "NGUON_SECRET_FILE", value_name = "PATH")]
    secret_file: Option<PathBuf>,

    /// The public origin of the service, for the links, where no server is asked.
    #[arg(long, env = "NGUON_BASE_URL", value_name = "URL")]
    base_url: Option<BaseUrl>,

    /// Ask a running server: the address of its admin listener, such as `http://127.0.0.1:8081`.
    #[arg(long, value_name = "URL")]
    via: Option<AdminUrl>,

    /// Token that the admin listener asks for.
    #[arg(long, env = "NGUON_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true, requires = "via")]
    token: Option<String>,

    #[command(flatten)]
    author: AuthorArgs,
}

/// Where units may stand when they are issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stands {
    /// Not yet on sale.
    Issued,
    /// On sale.
    Active,
    /// For training or display.
    Specimen,
}

impl From<Stands> for ItemState {
    fn from(stands: Stands) -> Self {
        match stands {
            Stands::Issued => Self::Issued,
            Stands::Active => Self::Active,
            Stands::Specimen => Self::Specimen,
        }
    }
}

fn gtin(raw: &str) -> Result<Gtin14, String> {
    raw.parse().map_err(|error: gs1::ParseError| error.to_string())
}

fn lot(raw: &str) -> Result<Lot, String> {
    raw.parse().map_err(|error: gs1::ParseError| error.to_string())
}

/// Carry the order out, write the files and say so.
///
/// # Errors
/// When a file is there already or cannot be written, when the order is refused, or the registry cannot be reached. The
/// message says how to repeat what may have been carried out.
pub async fn run(args: IssueArgs, clock: Arc<dyn Clock>, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let name = args.order.clone().unwrap_or_else(|| OrderName::of_chance(&random()));
    // Before anything is on record: a file that cannot be written is said in time.
    let files = Files::make(&args)?;
    let carried_out = match order(&args, &name, clock).await {
        Ok(codes) => files.write(&codes, &args).map(|()| codes),
        Err(error) => Err(error),
    };
    match carried_out {
        Ok(codes) => {
            report(&args, &codes, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            files.remove();
            Err(format!("{error}\nto try the same order again, give --order {name}").into())
        }
    }
}

async fn order(args: &IssueArgs, name: &OrderName, clock: Arc<dyn Clock>) -> Result<Codes, Box<dyn Error>> {
    let order = Order {
        gtin: args.gtin,
        lot: args.lot,
        count: args.count,
        state: args.state.into(),
        pins: args.pin,
        space: args.space.clone(),
    };
    let author = args.author.author();
    if let Some(url) = &args.via {
        let server = Server::of(url.clone(), args.token.clone());
        let request = server.post_for("/v1/issue", &author).header("Idempotency-Key", name.as_str());
        return tokio::task::spawn_blocking(move || sent(request, &order)).await?.map_err(Into::into);
    }
    let (Some(address), Some(base_url)) = (&args.store, &args.base_url) else {
        return Err("give --via, or --store and --base-url".into());
    };
    let checking = Checking { secret_file: args.secret_file.clone(), ..Checking::default() };
    let opened = open_whole(address, Missing::Refuse).await?;
    let secret = secret(&checking, address)?.ok_or("give --secret-file, the one that the service has")?;
    secret.must_be_of(&*opened.ledger).await?;
    let desk = Desk::new(opened.records, clock);
    let issuer = Issuer { desk: &desk, secret: &secret, ledger: &*opened.ledger, base_url: base_url.as_str() };
    Ok(issuer.issue(&order, name, author).await?)
}

/// The files in their order.
fn paths(args: &IssueArgs) -> impl Iterator<Item = &PathBuf> {
    core::iter::once(&args.out).chain(&args.labels).chain(&args.on_sale)
}

/// The files, made before the order goes out.
struct Files {
    made: Vec<(PathBuf, File)>,
}

impl Files {
    fn make(args: &IssueArgs) -> io::Result<Self> {
        let mut files = Self { made: Vec::new() };
        for path in paths(args) {
            // A PIN in it is nobody else's to read.
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
                Ok(file) => files.made.push((path.clone(), file)),
                Err(error) => {
                    files.remove();
                    return Err(io::Error::new(error.kind(), format!("{}: {error}", path.display())));
                }
            }
        }
        Ok(files)
    }

    fn write(&self, codes: &Codes, args: &IssueArgs) -> Result<(), Box<dyn Error>> {
        let mut contents = vec![sheet(codes, args.bom)];
        if args.labels.is_some() {
            let drawn = labels(codes, args.sheet);
            contents.push(drawn.map_err(|error| format!("the units are on record; --labels: {error}"))?);
        }
        if args.on_sale.is_some() {
            contents.push(codes.on_sale()?);
        }
        for ((path, file), content) in self.made.iter().zip(contents) {
            let mut file: &File = file;
            let written = file.write_all(&content).and_then(|()| file.sync_all());
            written.map_err(|error| format!("the units are on record; {}: {error}", path.display()))?;
        }
        Ok(())
    }

    /// What was not written to its end is no file.
    fn remove(&self) {
        for (path, _) in &self.made {
            // What cannot be removed is empty, or said to be incomplete by the error that led here.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn report(args: &IssueArgs, codes: &Codes, out: &mut impl Write) -> io::Result<()> {
    let Codes { gtin, lot, units, order, .. } = codes;
    let count = units.len();
    let state = serde_json::to_value(codes.state).unwrap_or_default();
    let state = state.as_str().unwrap_or_default();
    if codes.repeated {
        writeln!(
            out,
            "{count} units of {gtin}, lot {lot}, were on record already: order {order} was carried out before"
        )?;
    } else {
        writeln!(out, "{count} units of {gtin}, lot {lot}, are on record as {state} (order {order})")?;
    }
    let written: Vec<String> = paths(args).map(|path| Path::display(path).to_string()).collect();
    writeln!(out, "written: {}", written.join(", "))?;
    if codes.state == ItemState::Issued && !codes.repeated {
        writeln!(out, "until they are put on sale (state `active`), lookups say that they are not")?;
    }
    out.flush()
}
