//! The table: what was measured, in what proportion, and whether that is what DESIGN §8 promises.

use core::fmt::Write as _;

use crate::codes::Shape;
use crate::generator::Times;

pub(crate) const HOT: &str = "Nguon hot";
pub(crate) const NGINX: &str = "nginx, files";
pub(crate) const CONSTANT: &str = "actix constant";
pub(crate) const HOTTEST: &str = "Nguon, hottest code";
pub(crate) const NGINX_HOTTEST: &str = "nginx, hottest code";
pub(crate) const COLD: &str = "Nguon, cold serials";
pub(crate) const ALL_COLD: &str = "Nguon, all cold";
pub(crate) const WEBDIS: &str = "Webdis";
pub(crate) const VARNISH: &str = "Varnish before cold Nguon";
pub(crate) const BATCH: &str = "Nguon hot, batches of 100";

/// One system, round by round.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) per_s: Vec<f64>,
    /// Per request, of the whole server side.
    pub(crate) cpu_us: Vec<f64>,
    pub(crate) times: Vec<Times>,
    pub(crate) rate: Option<u64>,
    pub(crate) memory_mib: u64,
    /// Codes in a request.
    pub(crate) codes: usize,
}

impl Measured {
    pub(crate) const fn of(name: &'static str) -> Self {
        Self { name, per_s: Vec::new(), cpu_us: Vec::new(), times: Vec::new(), rate: None, memory_mib: 0, codes: 1 }
    }

    pub(crate) fn is_there(&self) -> bool {
        !self.per_s.is_empty()
    }

    /// Requests per second at full speed.
    pub(crate) fn speed(&self) -> f64 {
        median(&self.per_s)
    }

    fn cost(&self) -> f64 {
        median(&self.cpu_us)
    }

    fn time(&self, of: impl Fn(&Times) -> f64) -> f64 {
        median(&self.times.iter().map(of).collect::<Vec<_>>())
    }
}

/// The middle one; not a number when there is none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

/// A goal and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) measured: f64,
    pub(crate) at_most: f64,
}

impl Goal {
    /// What was not measured was not met.
    pub(crate) fn is_met(&self) -> bool {
        self.measured <= self.at_most
    }
}

/// The goals of DESIGN §8 that compare systems.
pub(crate) fn goals(measured: &[Measured]) -> Vec<Goal> {
    let find = |name: &str| measured.iter().find(|system| system.name == name);
    let ratio = |what, of: &str, to: &str, figure: &dyn Fn(&Measured) -> f64, at_most| {
        let measured = figure(find(of)?) / figure(find(to)?);
        Some(Goal { what, unit: "×", measured, at_most })
    };
    let cost = |system: &Measured| system.cost();
    let p999 = |system: &Measured| system.time(|times| times.p999);
    [
        ratio("CPU of a hot lookup : nginx", HOT, NGINX, &cost, 0.7),
        ratio("CPU of the hottest code : nginx", HOTTEST, NGINX_HOTTEST, &cost, 0.9),
        ratio("CPU of a hot lookup : actix constant", HOT, CONSTANT, &cost, 1.2),
        ratio("CPU of a cold serial, with Redis : Webdis", COLD, WEBDIS, &cost, 0.6),
        ratio("p99.9 at the fixed rate : nginx", HOT, NGINX, &p999, 1.2),
        ratio("CPU of a batch of 100 : one lookup", BATCH, HOT, &cost, 8.0),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Both tables as Markdown.
pub(crate) fn markdown(measured: &[Measured], goals: &[Goal], shape: &Shape) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(
        out,
        "{} codes ({} products).\n\n\
         | system | requests/s | CPU µs/request | p50 µs | p99 µs | p99.9 µs | at requests/s | memory MiB |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|",
        shape.products * shape.units,
        shape.products,
    );
    for system in measured {
        let time = |of: fn(&Times) -> f64| {
            if system.times.is_empty() { String::new() } else { format!("{:.0}", system.time(of)) }
        };
        let _ = writeln!(
            out,
            "| {} | {:.0} | {:.1} | {} | {} | {} | {} | {} |",
            system.name,
            system.speed(),
            system.cost(),
            time(|times| times.p50),
            time(|times| times.p99),
            time(|times| times.p999),
            system.rate.map_or_else(String::new, |rate| rate.to_string()),
            system.memory_mib,
        );
    }
    let _ = writeln!(out, "\n| goal (DESIGN §8) | measured | at most | |\n|---|---:|---:|---|");
    for goal in goals {
        let _ = writeln!(
            out,
            "| {} | {:.2} {unit} | {} {unit} | {} |",
            goal.what,
            goal.measured,
            goal.at_most,
            if goal.is_met() { "met" } else { "**missed**" },
            unit = goal.unit,
        );
    }
    out
}
