//! `nguon generate`: an invented registry of any size, the same one for the same arguments.
//!
//! For load tests. GTINs and GLNs have the prefix 952, which GS1 keeps for demonstrations; every product says
//! `demo`. No clock and no chance: dates count from `--today`, serials from `--seed`.

mod chance;
mod invent;

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;

use super::store::{Missing, open};
use crate::clock::Clock;
use crate::config::StoreAddress;
use crate::registry::import::{Author, Desk, Format, ImportOrder, OPERATOR, Spool};
use crate::registry::{Id, Record};
use invent::Registry;

/// Most products: as many as there are GTINs in the part of the prefix that is used.
const MAX_PRODUCTS: u64 = 100_000_000;

/// Write an invented registry as NDJSON, or straight into a store.
#[derive(Clone, Debug, Args)]
pub struct GenerateArgs {
    /// Products.
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_PRODUCTS))]
    products: u64,

    /// Lots of each product.
    #[arg(long, default_value_t = 1, value_name = "L", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    lots: u32,

    /// Units of each lot.
    #[arg(long, default_value_t = 10, value_name = "M", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    items: u32,

    /// What the serials begin from.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,

    /// The day from which dates count.
    #[arg(long, default_value = "2026-07-01", value_name = "DATE")]
    today: Date,

    /// Load it into this store instead of printing it: `embedded:PATH`.
    #[arg(long, value_name = "STORE")]
    store: Option<StoreAddress>,
}

/// Generate.
///
/// # Errors
/// When the output or the store cannot be written.
pub async fn run(args: GenerateArgs, clock: Arc<dyn Clock>, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let Some(address) = &args.store else {
        write(&args, &mut BufWriter::new(&mut *out))?;
        return Ok(ExitCode::SUCCESS);
    };
    let desk = Desk::new(open(address, Missing::Create).await?, clock);
    let mut spool = Spool::new(Format::Ndjson);
    write(&args, &mut BufWriter::new(&mut spool))?;
    let publisher = Id::try_from(OPERATOR).map_err(|error| error.to_string())?;
    let report = desk.import(spool.finish(), ImportOrder::of(Author::of(publisher))).await?;
    writeln!(out, "{} records, {} units, {} refused", report.read, report.units, report.rejected.records)?;
    Ok(if report.rejected.total == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write(args: &GenerateArgs, out: &mut impl Write) -> io::Result<()> {
    let registry = Registry { seed: args.seed, today: args.today, lots: args.lots, items: args.items };
    let mut line = |record: Record| -> io::Result<()> {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")
    };
    for number in 0..args.products {
        registry.product(number, &mut line)?;
    }
    out.flush()
}

#[cfg(test)]
mod tests;
