//! What is on record of the checks of one unit, and what another check makes of it. Pure.
//!
//! The Redis engine does the same in a script; `conformance` holds both to it.

use jiff::Timestamp;

use super::{Check, Counted, VISIT_KEPT_S, VISITS_KEPT, Visit, time};

/// The checks of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Checks {
    /// How many were counted.
    pub(crate) count: u64,
    /// The first of them; without meaning while there is none.
    pub(crate) first_at: Timestamp,
    /// The latest of each client, oldest first; at most [`VISITS_KEPT`].
    pub(crate) visits: Vec<Visit>,
}

impl Checks {
    /// Take a check in. `seen`: its client has been counted within the hour.
    pub(crate) fn add(&mut self, check: &Check, seen: bool) -> Counted {
        let at = check.visit.at;
        self.first_at = if self.count == 0 { at } else { self.first_at.min(at) };
        self.visit(check);
        if seen && self.count > 0 {
            return Counted::Repeat;
        }
        self.count += 1;
        Counted::New
    }

    fn visit(&mut self, check: &Check) {
        let mut latest = check.visit;
        self.visits.retain(|visit| {
            let same = visit.client == check.visit.client || visit.client == check.yesterday;
            if same && visit.at > latest.at {
                latest = *visit;
            }
            !same && !is_over(visit, check.visit.at)
        });
        let place = self.visits.partition_point(|visit| visit.at <= latest.at);
        self.visits.insert(place, latest);
        if self.visits.len() > VISITS_KEPT {
            self.visits.remove(0);
        }
    }

    /// Forget the visits that are over. Returns whether there were any.
    pub(crate) fn expire(&mut self, now: Timestamp) -> bool {
        let before = self.visits.len();
        self.visits.retain(|visit| !is_over(visit, now));
        self.visits.len() < before
    }
}

fn is_over(visit: &Visit, now: Timestamp) -> bool {
    time::is_over(visit.at, VISIT_KEPT_S, now)
}
