//! The binary `nguon`: one command a line, each in `commands`.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use nguon::clock::SystemClock;
use nguon::commands::{demo, explain, export, generate, import, issue, lookup, parse, people, serve, stats, template};
use nguon::routes::docs;
use nguon::{config, registry};
use tracing_subscriber::EnvFilter;

/// Every answer allocates a little, and a batch a lot: it shows (tests/load).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Nguồn: what is this code, where does the product come from, is anything wrong with it?
#[derive(Debug, Parser)]
#[command(name = "nguon", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve invented records from a temporary store: everything there is to see, in one command.
    Demo(demo::Demo),
    /// Serve a registry.
    Serve(Box<config::Serve>),
    /// Load records into a store or through a running server.
    Import(Box<import::ImportArgs>),
    /// Write the spreadsheet that publishers fill in.
    Template(template::TemplateArgs),
    /// Write every record of a store, so that importing it gives the same records (not disputes, nor when a record was withdrawn).
    Export(export::ExportArgs),
    /// Give units serials nobody can guess, keep them on record, and write codes and labels for a printer.
    Issue(Box<issue::IssueArgs>),
    /// Make a synthetic registry, for load tests.
    Generate(generate::GenerateArgs),
    /// Look a code up in a running service and print its card.
    Lookup(lookup::LookupArgs),
    /// Say what a card said at an instant of the past, why, and who had declared what it rests on.
    Explain(Box<explain::ExplainArgs>),
    /// Say what codes mean, without a registry.
    Parse(parse::ParseArgs),
    /// Publishers, users and their tokens, through a running server.
    People(people::PeopleArgs),
    /// Print how many checks a running server has counted: by product, day or province.
    Stats(stats::StatsArgs),
    /// Print the `OpenAPI` document.
    Openapi,
    /// Print the JSON Schema of the records that `import` takes.
    Schema,
}

#[actix_web::main]
async fn main() -> ExitCode {
    // Messages go to standard error; what a command is asked for goes to standard output.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_writer(io::stderr)
        .init();
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("nguon: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Demo(settings) => demo::run(settings).await,
        Command::Serve(settings) => serve::run(*settings).await,
        Command::Import(args) => import::run(*args, Arc::new(SystemClock), &mut io::stdout()).await,
        Command::Template(args) => template::run(&args, &mut io::stdout()),
        Command::Export(args) => export::run(args, Arc::new(SystemClock), &mut io::stdout()).await,
        Command::Issue(args) => issue::run(*args, Arc::new(SystemClock), &mut io::stdout()).await,
        Command::Generate(args) => generate::run(args, Arc::new(SystemClock), &mut io::stdout()).await,
        Command::Lookup(args) => lookup::run(&args, &mut io::stdout()),
        Command::Explain(args) => explain::run(*args, &mut io::stdout()).await,
        Command::Parse(args) => Ok(parse::run(&args, io::stdin().lock(), io::stdout().lock())?),
        Command::People(args) => people::run(&args, &mut io::stdout()),
        Command::Stats(args) => stats::run(&args, &mut io::stdout()),
        Command::Openapi => print(&docs::contract().to_pretty_json()?),
        Command::Schema => print(&serde_json::to_string_pretty(&registry::schema::json_schema())?),
    }
}

fn print(document: &str) -> Result<ExitCode, Box<dyn Error>> {
    writeln!(io::stdout(), "{document}")?;
    Ok(ExitCode::SUCCESS)
}
