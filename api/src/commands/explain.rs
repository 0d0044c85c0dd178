//! `nguon explain`: a card as it was, the rule behind each reason, and who said what it rests on.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use nguon_openapi::{Card, Lang};

use super::admin::{self, AdminArgs, AdminError, printable};
use super::store::{Missing, open};
use crate::config::{BaseUrl, StoreAddress};
use crate::explain::{Account, Asked, Line, explain};
use crate::lookup::Site;

/// Settings of `nguon explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// The code, as it is on the pack.
    #[arg(value_name = "CODE")]
    code: String,

    /// The instant, as 2026-11-29T10:00:00+07:00.
    #[arg(long, value_name = "TIME")]
    at: Timestamp,

    /// Language of the card.
    #[arg(long, default_value = "vi", value_parser = super::import::lang)]
    lang: Lang,

    #[command(flatten)]
    server: AdminArgs,

    /// Read this store instead, which no server may have open: `embedded:PATH`.
    #[arg(long, value_name = "STORE")]
    store: Option<StoreAddress>,

    /// The public origin that stood on the card, for `--store`.
    #[arg(long, env = "NGUON_BASE_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    base_url: BaseUrl,

    /// Print everything as JSON, the card byte by byte as it was answered.
    #[arg(long)]
    json: bool,
}

/// How long the service may take in all.
const PATIENCE: Duration = Duration::from_mins(2);

/// Explain and print.
///
/// # Errors
/// When the server or the store cannot be read, or refuses.
pub async fn run(args: ExplainArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let account = if let Some(address) = &args.store {
        let store = open(address, Missing::Refuse).await?;
        let site = Site { base_url: args.base_url.as_str().to_owned(), demo: false, checks: true };
        let asked = Asked { code: args.code.clone(), at: args.at, lang: args.lang };
        explain(&*store, site, &asked).await?
    } else {
        let args = args.clone();
        tokio::task::spawn_blocking(move || ask(&args)).await??
    };
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&account)?)?;
    } else {
        print(&account, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn ask(args: &ExplainArgs) -> Result<Account, AdminError> {
    let request = args.server.server(PATIENCE).get("/v1/explain");
    let at = args.at.to_string();
    admin::asked(request.query("code", &args.code).query("at", &at).query("lang", args.lang.as_str()))
}

fn print(account: &Account, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let card: Card = serde_json::from_str(account.card.get())?;
    writeln!(out, "{} at {}", printable(&account.code), account.at)?;
    writeln!(out, "  {} · {} · {}", card.verdict.as_str(), card.headline, card.advice)?;
    writeln!(out, "  record version {}, rules {}", card.record_version, card.rules_version)?;
    for reason in &account.reasons {
        writeln!(out, "\n{} (rule: {}): {}", reason.code.as_str(), reason.rule, printable(&reason.text))?;
        for line in account.lines.iter().filter(|line| reason.lines.contains(&line.n)) {
            say(line, out)?;
        }
    }
    writeln!(out, "\nAll lines of the log that concern it:")?;
    for line in &account.lines {
        say(line, out)?;
    }
    for line in &account.not_replayed {
        writeln!(out, "\nLine {} could not be replayed, so the card may have been another one: {}", line.n, line.why)?;
    }
    for unsaid in &account.unsaid {
        writeln!(out, "\n{unsaid}")?;
    }
    Ok(())
}

fn say(line: &Line, out: &mut impl Write) -> std::io::Result<()> {
    let Line { n, at, act, about, publisher, .. } = line;
    write!(out, "  {n}  {at}  {act} {}  by {publisher}", printable(about))?;
    let more = [("person", &line.by), ("approved by", &line.approved_by), ("why", &line.why), ("file", &line.file)];
    for (name, text) in more {
        if let Some(text) = text {
            write!(out, "  {name}: {}", printable(text))?;
        }
    }
    if let Some(line) = line.line {
        write!(out, ", line {line}")?;
    }
    writeln!(out)
}
