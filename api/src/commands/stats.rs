//! `nguon stats`: checks counted, by product, day and province. Never by person: that is not known.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::admin::{self, AdminArgs};
use crate::routes::admin::Stats;
use crate::store::ledger::Tally;

/// Settings of `nguon stats`.
#[derive(Clone, Debug, Args)]
pub struct StatsArgs {
    #[command(flatten)]
    server: AdminArgs,

    /// First day, in Viet Nam; thirty days before the last one if it is not given.
    #[arg(long, value_name = "DAY")]
    pub from: Option<Date>,

    /// Last day; today if it is not given.
    #[arg(long, value_name = "DAY")]
    pub to: Option<Date>,

    /// What a line is for.
    #[arg(long, value_enum, default_value_t = By::Product)]
    pub by: By,

    /// Print CSV: day, gtin, province, checks.
    #[arg(long)]
    pub csv: bool,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// A product.
    Product,
    /// A day.
    Day,
    /// A province, by its code; `-` where it is not known.
    Province,
}

/// How long the service may take in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ask and print.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub fn run(args: &StatsArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let mut request = args.server.server(PATIENCE).get("/v1/stats");
    for (name, day) in [("from", args.from), ("to", args.to)] {
        if let Some(day) = day {
            request = request.query(name, day.to_string());
        }
    }
    let stats: Stats = admin::asked(request)?;
    if args.csv {
        writeln!(out, "day,gtin,province,checks")?;
        for Tally { day, gtin, province, checks } in &stats.tallies {
            writeln!(out, "{day},{gtin},{},{checks}", province.map(|it| format!("{:02}", it.0)).unwrap_or_default())?;
        }
    } else {
        print(&stats, args.by, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(stats: &Stats, by: By, out: &mut impl Write) -> std::io::Result<()> {
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for tally in &stats.tallies {
        let name = match by {
            By::Product => tally.gtin.to_string(),
            By::Day => tally.day.to_string(),
            By::Province => tally.province.map_or_else(|| "-".to_owned(), |it| format!("{:02}", it.0)),
        };
        *lines.entry(name).or_default() += tally.checks;
    }
    let all: u64 = lines.values().sum();
    writeln!(out, "checks from {} to {}: {all}", stats.from, stats.to)?;
    for (name, checks) in lines {
        writeln!(out, "{name:>16}  {checks}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tallies_are_added_up_by_what_a_line_is_for() {
        let stats: Stats = serde_json::from_str(
            r#"{"from":"2026-11-01","to":"2026-11-02","tallies":[
                {"day":"2026-11-01","gtin":"09520000010010","province":31,"checks":2},
                {"day":"2026-11-02","gtin":"09520000010010","checks":3},
                {"day":"2026-11-02","gtin":"09520000020019","province":1,"checks":4}]}"#,
        )
        .unwrap();
        let printed = |by| {
            let mut out = Vec::new();
            print(&stats, by, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(printed(By::Product).contains("  09520000010010  5\n"));
        assert!(printed(By::Day).contains("      2026-11-02  7\n"));
        assert!(printed(By::Province).contains("              01  4\n"));
        assert!(printed(By::Province).contains("               -  3\n"));
        assert!(printed(By::Day).starts_with("checks from 2026-11-01 to 2026-11-02: 9\n"));
    }
}
