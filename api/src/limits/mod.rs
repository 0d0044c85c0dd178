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

pub use client::{Client, Clients, Network};
pub use gcra::{Decision, Meter, Quota};

/// Quotas for each kind of request.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Codes asked for, of any kind.
    pub codes: Quota,
    /// Different codes asked for that are not on record.
    pub unknown: Quota,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            // A batch of a hundred counts as a hundred: 6,000 a minute, 30,000 in one go.
            codes: Quota { burst: 30_000, period: Duration::from_mins(1), per_period: 6_000 },
            // A busy shop meets unregistered goods all day; two hundred in one go are not shopping.
            unknown: Quota { burst: 200, period: Duration::from_mins(1), per_period: 60 },
        }
    }
}

/// The meters of this node.
pub struct Limits {
    /// Who asks.
    pub clients: Clients,
    /// Codes asked for.
    pub codes: Meter,
    /// Different codes that are not on record.
    pub unknown: Meter,
}

impl Limits {
    /// Meters with these quotas, for clients behind these proxies.
    #[must_use]
    pub fn new(quotas: Quotas, trusted_proxies: Vec<Network>) -> Self {
        Self {
            clients: Clients::behind(trusted_proxies),
            codes: Meter::new(quotas.codes),
            unknown: Meter::new(quotas.unknown),
        }
    }
}
