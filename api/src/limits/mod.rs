//! Limits per client: generous for codes on record, strict for trying codes that are not.
//!
//! A whole village may sit behind one carrier's address, and forty shoppers behind one shop's: nobody is refused for
//! asking about products on record at any human pace. Somebody who tries many different codes that are not on
//! record is probing, and is told to wait.
//!
//! Nothing of a client is kept but a cell of a table of fixed size, found by a keyed hash of its address whose key
//! is made at start and never stored. Two clients on one cell share it; at 2²⁰ cells that is rare.

mod client;
mod gcra;

use std::time::Duration;

use prometheus::{IntCounterVec, Opts};

use crate::telemetry::Telemetry;

pub use client::{Client, Clients, Network, network};
pub use gcra::{Decision, Meter, Quota};

/// Quotas for each kind of request.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Codes asked for, of any kind.
    pub codes: Quota,
    /// Different codes asked for that are not on record.
    pub unknown: Quota,
    /// Checks. Forty shoppers behind one address pass; a script that fills a ledger does not.
    pub checks: Quota,
    /// Reports by one client.
    pub reports: Quota,
}

/// Reports about one code, or through the pages of one other site: a poisoned lot has many reporters, and each of them
/// is heard; a page that makes its visitors' browsers report is not.
const REPORTS_TOGETHER: Quota = Quota { burst: 60, per_period: 120, period: Duration::from_hours(1) };

/// The meters of this node.
pub struct Limits {
    /// Who asks.
    pub clients: Clients,
    /// Codes asked for.
    pub codes: Meter,
    /// Different codes that are not on record.
    pub unknown: Meter,
    /// Checks.
    pub checks: Meter,
    /// Reports by one client.
    pub reports: Meter,
    /// Reports about one code, or through one other site.
    pub reports_together: Meter,
}

impl Limits {
    /// Meters with these quotas, for clients behind these proxies.
    #[must_use]
    pub fn new(quotas: Quotas, trusted_proxies: Vec<Network>, telemetry: &Telemetry) -> Self {
        let refused = telemetry.with(IntCounterVec::new(
            Opts::new("nguon_refused_total", "Requests told to wait, by quota. `unknown` growing is somebody probing."),
            &["quota"],
        ));
        let [of_codes, of_unknown, of_checks] =
            ["codes", "unknown", "checks"].map(|quota| refused.with_label_values(&[quota]));
        Self {
            clients: Clients::behind(trusted_proxies),
            codes: Meter::counting(quotas.codes, of_codes),
            unknown: Meter::counting(quotas.unknown, of_unknown),
            checks: Meter::counting(quotas.checks, of_checks),
            reports: Meter::small(quotas.reports),
            reports_together: Meter::small(REPORTS_TOGETHER),
        }
    }
}
