//! Which signs a unit's visits show, and when each was last seen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{Seen, Thresholds};
use crate::registry::{ClientHash, Sign};
use crate::store::ledger::{Province, VISIT_KEPT_S, Visit};

/// What was found. A sign that has outlived its time was not.
#[derive(Debug)]
pub(super) struct Evidence {
    /// The signs, in their order, each with when it was last seen. `AfterPin` only where it weighs.
    pub(super) signs: Vec<(Sign, Timestamp)>,
    /// Two of them are independent.
    pub(super) hard: bool,
}

/// Look at all that was seen of a unit.
pub(super) fn evidence(seen: &Seen<'_>, rules: &Thresholds) -> Evidence {
    let visits = Visits::of(seen);
    let after_use = match &seen.standing.redeemed {
        Some(redeemed) => visits.only(|visit| visit.at > redeemed.at),
        None => Visits(Vec::new()),
    };
    let holding = |at: &Timestamp| later(*at, rules.sign_holds_s) > seen.this.at;
    let clients = [
        visits.clients_apart(rules.clients_in_all, VISIT_KEPT_S, rules.elsewhere),
        after_use.clients(rules.clients_in_all, VISIT_KEPT_S),
        (seen.on_sale && seen.count >= rules.checks_unplaced && visits.are_unplaced(rules.clients_in_all))
            .then(|| visits.only(|visit| visit.place().is_none()).clients(rules.clients_in_all, VISIT_KEPT_S))
            .flatten(),
    ];
    let mut signs: Vec<(Sign, Timestamp)> = [
        (Sign::ClientsInProvinces, visits.clients_in_provinces(rules, rules.elsewhere)),
        (Sign::Clients, clients.into_iter().max().flatten()),
        (Sign::Provinces, visits.provinces(rules)),
        (Sign::Burst, visits.clients_apart(rules.burst_clients, rules.burst_within_s, rules.elsewhere)),
    ]
    .into_iter()
    .filter_map(|(sign, at)| Some((sign, at.filter(holding)?)))
    .collect();
    if somebody_else(seen)
        && [after_use.clients_in_provinces(rules, rules.elsewhere_after_pin), after_use.provinces(rules)]
            .iter()
            .flatten()
            .any(holding)
    {
        signs.push((Sign::AfterPin, seen.this.at));
    }
    let hard = signs.iter().any(|(one, _)| signs.iter().any(|(other, _)| super::independent(*one, *other)));
    Evidence { signs, hard }
}

/// Whether this check is by somebody else than the one who used the PIN, after that.
fn somebody_else(seen: &Seen<'_>) -> bool {
    seen.standing.redeemed.as_ref().is_some_and(|redeemed| {
        seen.this.at > redeemed.at
            && !seen.holds_receipt
            && ![seen.this.client, seen.yesterday].contains(&redeemed.client)
    }) && seen.counts(seen.this.at)
}

/// Visits that count, oldest first.
struct Visits<'a>(Vec<&'a Visit>);

impl<'a> Visits<'a> {
    fn of(seen: &Seen<'a>) -> Self {
        let mut visits: Vec<&Visit> = seen.visits.iter().filter(|visit| seen.counts(visit.at)).collect();
        visits.sort_unstable_by_key(|visit| visit.at);
        Self(visits)
    }

    fn only(&self, keep: impl Fn(&Visit) -> bool) -> Self {
        Self(self.0.iter().copied().filter(|visit| keep(visit)).collect())
    }

    /// Whether there is no more than one visit of known place to so many of unknown place.
    fn are_unplaced(&self, unplaced: usize) -> bool {
        let placed = self.0.iter().filter(|visit| visit.place().is_some()).count();
        placed * unplaced <= self.0.len() - placed
    }

    fn clients_in_provinces(&self, rules: &Thresholds, elsewhere: usize) -> Option<Timestamp> {
        self.clients_apart(rules.soft_clients, rules.soft_within_s, elsewhere)
    }

    fn clients(&self, clients: usize, within_s: i64) -> Option<Timestamp> {
        self.last_seen(clients, within_s, |visits| distinct_clients(visits) >= clients)
    }

    fn clients_apart(&self, clients: usize, within_s: i64, elsewhere: usize) -> Option<Timestamp> {
        self.last_seen(clients, within_s, |visits| {
            distinct_clients(visits) >= clients && clients_elsewhere(visits) >= elsewhere
        })
    }

    fn provinces(&self, rules: &Thresholds) -> Option<Timestamp> {
        self.last_seen(rules.provinces, rules.provinces_within_s, |visits| {
            distinct_provinces(visits) >= rules.provinces
        })
    }

    /// The latest visit that, with those in the time before it, is enough. Fewer than `fewest` visits never are.
    fn last_seen(&self, fewest: usize, within_s: i64, enough: impl Fn(&[&Visit]) -> bool) -> Option<Timestamp> {
        (fewest..=self.0.len()).rev().find_map(|end| {
            let upto = self.0.get(..end)?;
            let last = upto.last()?.at;
            let start = upto.partition_point(|visit| later(visit.at, within_s) < last);
            let window = upto.get(start..)?;
            (window.len() >= fewest && enough(window)).then_some(last)
        })
    }
}

fn distinct_clients(visits: &[&Visit]) -> usize {
    visits.iter().map(|visit| visit.client).collect::<BTreeSet<ClientHash>>().len()
}

fn distinct_provinces(visits: &[&Visit]) -> usize {
    visits.iter().filter_map(|visit| visit.place()).collect::<BTreeSet<Province>>().len()
}

/// Clients that are known to be outside the province that most are in.
fn clients_elsewhere(visits: &[&Visit]) -> usize {
    let mut clients: BTreeMap<Province, BTreeSet<ClientHash>> = BTreeMap::new();
    for visit in visits {
        if let Some(province) = visit.place() {
            clients.entry(province).or_default().insert(visit.client);
        }
    }
    let each = || clients.values().map(BTreeSet::len);
    each().sum::<usize>() - each().max().unwrap_or(0)
}

impl Visit {
    /// Where, if that is a province: what a store holds may be anything.
    fn place(&self) -> Option<Province> {
        self.province.and_then(|province| Province::of_code(province.0))
    }
}

/// So many seconds later, or the end of time.
pub(super) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
