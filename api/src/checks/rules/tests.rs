//! Each rule at its edges, what holds of all of them, and what they do to many simulated units.

mod edges;
mod properties;
mod simulation;
mod thresholds;

use jiff::Timestamp;

use super::{Seen, Thresholds, suspicion};
use crate::registry::{ClientHash, Digest, Gravity, Redeemed, Sign, Standing, Suspicion};
use crate::store::ledger::{Province, Visit};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// Five provinces.
const PLACES: [u8; 5] = [1, 31, 48, 79, 92];
/// Where [`at`] counts from, in seconds since 1970.
const START: i64 = 1_790_000_000;

/// So many seconds after the start.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(START + seconds).unwrap()
}

/// A visit: when, by whom, where (0: not known).
fn visit(seconds: i64, client: u64, province: u8) -> Visit {
    Visit { at: at(seconds), client: ClientHash(client), province: (province != 0).then_some(Province(province)) }
}

/// A PIN used at this time by this client.
fn used(seconds: i64, client: u64) -> Standing {
    let redeemed = Redeemed { at: at(seconds), receipt: Digest([1; 16]), client: ClientHash(client) };
    Standing { version: 1, redeemed: Some(redeemed), ..Standing::default() }
}

/// What is suspected after the last of these visits, of a unit that stands so.
fn after(visits: &[Visit], standing: &Standing) -> Option<Suspicion> {
    suspicion(&seen(visits, standing), &Thresholds::default())
}

fn seen<'a>(visits: &'a [Visit], standing: &'a Standing) -> Seen<'a> {
    let this = *visits.iter().max_by_key(|visit| visit.at).unwrap();
    Seen {
        visits,
        count: visits.len() as u64,
        first_at: visits.iter().map(|visit| visit.at).min().unwrap(),
        standing,
        on_sale: true,
        this,
        yesterday: ClientHash(0),
        holds_receipt: false,
    }
}

fn gravity(suspicion: Option<Suspicion>) -> Option<Gravity> {
    suspicion.map(|suspicion| suspicion.gravity)
}

fn signs(suspicion: Option<Suspicion>) -> Vec<Sign> {
    suspicion.map(|suspicion| suspicion.signs).unwrap_or_default()
}
