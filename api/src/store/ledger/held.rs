//! What is held of a unit's checks against their retention: a copy apart from what checks are weighed by, so that neither
//! time nor a crowd takes anything from it, and rules see no older visits than they would without it. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Alert, Visit};
use crate::store::hold::Hold;

/// Most units of which something is held.
pub const MOST_HELD: usize = 1_000;
/// Most visits that are held of a unit: the first ones.
pub const VISITS_HELD: usize = 5_000;
/// Most alerts that are held of a unit: the first ones.
pub const ALERTS_HELD: usize = 1_000;

/// What is held of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Grows by one with each change: what a change is compared against.
    pub version: u64,
    /// By whom, why, until when.
    pub hold: Hold,
    /// Visits that were there when it was put on, and since, oldest first. Of one client all that were met, and not the
    /// latest alone.
    pub visits: Vec<Visit>,
    /// Alerts about the unit, by their numbers.
    pub alerts: BTreeMap<u64, Alert>,
    /// There were more than can be held.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub is_cut: bool,
}

impl Held {
    /// Nothing yet, of version 1.
    #[must_use]
    pub const fn under(hold: Hold) -> Self {
        Self { version: 1, hold, visits: Vec::new(), alerts: BTreeMap::new(), is_cut: false }
    }

    /// Take in what is there now. Returns whether that says anything new.
    pub fn take_in(&mut self, visits: &[Visit], alerts: impl IntoIterator<Item = (u64, Alert)>) -> bool {
        let before = (self.visits.len(), self.alerts.len(), self.is_cut);
        for visit in visits {
            let is_known = self.visits.iter().any(|held| (held.at, held.client) == (visit.at, visit.client));
            match (is_known, self.visits.len() < VISITS_HELD) {
                (true, _) => {}
                (false, true) => self.visits.push(*visit),
                (false, false) => self.is_cut = true,
            }
        }
        self.visits.sort_by_key(|visit| visit.at);
        for (number, alert) in alerts {
            if self.alerts.len() < ALERTS_HELD || self.alerts.contains_key(&number) {
                self.alerts.entry(number).or_insert(alert);
            } else {
                self.is_cut = true;
            }
        }
        before != (self.visits.len(), self.alerts.len(), self.is_cut)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::registry::{ClientHash, Id};

    fn visit(client: u64, second: i64) -> Visit {
        Visit { at: Timestamp::from_second(second).unwrap(), client: ClientHash(client), province: None }
    }

    #[test]
    fn what_is_held_only_grows_and_holds_the_first_where_there_is_too_much() {
        let at = Timestamp::UNIX_EPOCH;
        let case = Hold { at, by: Id::try_from("hoa").unwrap(), why: "Vụ việc".to_owned(), until: at };
        let mut held = Held::under(case);
        assert!(held.take_in(&[visit(1, 20), visit(2, 10)], []));
        // The same client came again: the earlier visit is no longer in the ledger, and stays here.
        assert!(held.take_in(&[visit(1, 30)], []) && !held.take_in(&[visit(1, 30)], []));
        assert_eq!(held.visits, [visit(2, 10), visit(1, 20), visit(1, 30)]);
        let alert = Alert { at, kind: "clone".to_owned(), unit: None, text: String::new() };
        assert!(held.take_in(&[], [(7, alert.clone())]) && !held.take_in(&[], [(7, alert)]));
        let crowd: Vec<Visit> = (0..6_000).map(|client| visit(client, 100)).collect();
        assert!(held.take_in(&crowd, []) && !held.take_in(&crowd, []));
        assert_eq!((held.visits.len(), held.visits[0], held.is_cut), (VISITS_HELD, visit(2, 10), true));
    }
}
