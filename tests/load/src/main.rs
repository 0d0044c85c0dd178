//! Nguon beside nginx, Varnish, Webdis and bare actix, on one machine, in one run (DESIGN §8, "speed").
//!
//! **What is asked.** A registry of units is invented (`nguon generate`); a unit's code is its Digital Link path. One
//! stream asks for codes by Zipf's law (the n-th most popular one 1/n as often as the first); the cold systems, whose
//! cost does not depend on what is popular, are asked for all codes alike.
//!
//! | system | what it does for a request |
//! |---|---|
//! | Nguon hot | every card is in memory |
//! | Nguon, cold serials | over Redis; products and lots in memory, no card is kept: each request reads the unit |
//! | Nguon, all cold | the same with nothing in memory |
//! | nginx | the same bodies as files, one a code, at the same addresses |
//! | Varnish | in memory what it has, for as long as the card says; else asks Nguon with cold serials |
//! | Webdis | the same bodies from a Redis of its own, `GET` of one key |
//! | actix constant | one body, whatever is asked |
//!
//! **What is equal.** Bodies, byte by byte (checked before anything is measured), connections, the generator, threads:
//! each server has as many as there are processors for servers. Half of the processors run servers and the other half
//! the generator, so that a server's time is its own. nginx and the constant handler send the headers of a card too.
//!
//! **What is not.** Nguon reads the code, weighs the client's share and checks that the card still holds; nginx and
//! Webdis do nothing of the kind. Webdis sends fewer headers. nginx keeps files open and its memory is the kernel's
//! page cache, which is not counted. Nguon holds every card; the others hold those alone that their stream asks for,
//! which is in their favour.
//!
//! **What is measured.** At full speed (`wrk`): requests per second, and processor time per request of all processes
//! of the server side, Redis included. At one fixed rate (`oha`, open loop, times from when a request was due): half
//! of what the slower of Nguon hot and nginx can do, or as much as the generator can send on its processors without
//! making requests wait itself; a system that cannot is asked at half of its own. Systems take
//! turns, the first turn warms up and is not counted, figures are medians: other work on the machine then meets all.

mod codes;
mod generator;
mod headers;
mod http;
mod lineup;
mod process;
mod scale;
mod systems;
mod table;

use std::error::Error;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use codes::Shape;
use generator::Generators;
use process::Halves;

/// Compare Nguon with nginx, Varnish, Webdis and bare actix.
#[derive(Clone, Debug, Parser)]
#[command(name = "tests/load/run")]
struct Args {
    /// Fewer codes and shorter windows, and no start over 1 M products.
    #[arg(long)]
    quick: bool,

    /// The growth from 10 k to 10 M codes as well: some minutes more.
    #[arg(long)]
    scale: bool,

    /// Only measure systems whose name contains one of these words, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "WORDS")]
    only: Vec<String>,

    /// Leave the fixed rate out.
    #[arg(long)]
    speed_only: bool,

    /// The binary to measure.
    #[arg(long, value_name = "FILE")]
    nguon: PathBuf,

    /// The generator at a fixed rate.
    #[arg(long, value_name = "FILE")]
    oha: PathBuf,

    /// Where files for the time of the run are made.
    #[arg(long, value_name = "DIR")]
    directory: PathBuf,
}

/// How much and how long.
#[derive(Clone, Copy, Debug)]
struct Plan {
    shape: Shape,
    /// Counted rounds.
    rounds: usize,
    window_s: u64,
    fixed_rounds: usize,
    fixed_window: Duration,
}

impl Plan {
    const FULL: Self = Self {
        shape: Shape { products: 10_000, units: 100 },
        rounds: 5,
        window_s: 4,
        fixed_rounds: 5,
        fixed_window: Duration::from_secs(6),
    };
    const QUICK: Self = Self {
        shape: Shape { products: 500, units: 40 },
        rounds: 2,
        window_s: 1,
        fixed_rounds: 1,
        fixed_window: Duration::from_secs(2),
    };
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("tests/load: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measure everything and print the table; whether every goal was met.
fn run(args: &Args) -> Result<bool, Box<dyn Error>> {
    let mut plan = if args.quick { Plan::QUICK } else { Plan::FULL };
    if args.speed_only {
        plan.fixed_rounds = 0;
    }
    let work = tempfile::Builder::new().prefix("run-").tempdir_in(&args.directory)?;
    let script = work.path().join("wrk.lua");
    std::fs::write(&script, include_str!("../wrk.lua"))?;
    let generators = Generators { halves: Halves::of_this_machine(), script, oha: args.oha.clone() };

    say("registry, bodies, servers");
    let lineup = lineup::Lineup::start(&generators.halves, &args.nguon, work.path(), plan.shape)?;
    let mut measured = lineup.measure(&generators, plan, &args.only)?;
    let mut goals = table::goals(&measured);
    drop(lineup);
    if args.scale {
        goals.push(scale::growth(&generators, &args.nguon, work.path())?);
    }
    if !args.quick && !args.speed_only && args.only.is_empty() {
        goals.extend(scale::start(&generators, &args.nguon, work.path())?);
    }
    measured.retain(table::Measured::is_there);
    print!("{}", table::markdown(&measured, &goals, &plan.shape));
    Ok(goals.iter().all(table::Goal::is_met))
}

/// Progress, for whoever watches.
fn say(what: &str) {
    if io::stderr().is_terminal() || std::env::var_os("CI").is_none() {
        eprintln!("{what}");
    }
}
