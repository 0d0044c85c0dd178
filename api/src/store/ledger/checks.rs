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
    /// The latest of each client, oldest first; at most [`VISITS_KEPT`], see [`crowd_out`].
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
            crowd_out(&mut self.visits);
        }
    }

    /// Forget the visits that are over. Returns whether there were any.
    pub(crate) fn expire(&mut self, now: Timestamp) -> bool {
        let before = self.visits.len();
        self.visits.retain(|visit| !is_over(visit, now));
        self.visits.len() < before
    }
}

/// Leave out one of visits that are oldest first: the oldest of the place that most are of, and of those places that as
/// many are of the one that was seen first.
pub(crate) fn crowd_out(visits: &mut Vec<Visit>) {
    let crowd = |visit: &Visit| visits.iter().filter(|other| other.province == visit.province).count();
    let most = visits.iter().map(crowd).max();
    if let Some(oldest) = visits.iter().position(|visit| Some(crowd(visit)) == most) {
        visits.remove(oldest);
    }
}

fn is_over(visit: &Visit, now: Timestamp) -> bool {
    time::is_over(visit.at, VISIT_KEPT_S, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::ClientHash;
    use crate::store::ledger::Province;

    fn left(of: &str) -> String {
        let mut visits: Vec<Visit> = (0..)
            .zip(of.chars())
            .map(|(n, place)| Visit {
                at: Timestamp::from_second(n).unwrap(),
                client: ClientHash(n.unsigned_abs()),
                province: place.is_ascii_digit().then(|| Province(place as u8 - b'0')),
            })
            .collect();
        crowd_out(&mut visits);
        visits.iter().filter_map(|visit| of.chars().nth(usize::try_from(visit.client.0).ok()?)).collect()
    }

    #[test]
    fn the_oldest_of_the_largest_crowd_goes_and_no_place_is_lost_while_there_is_one() {
        for (of, expected) in [
            ("1211", "211"),
            ("2111", "211"),
            ("21?1", "2?1"),
            ("2??1", "2?1"),
            // As many of each: the one that was seen first.
            ("2121", "121"),
            ("1234", "234"),
            ("????", "???"),
        ] {
            assert_eq!(left(of), expected, "{of}");
        }
    }
}
