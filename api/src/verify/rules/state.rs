//! Rules on the life of one unit: cancelled, used, not yet on sale.

use jiff::civil::{Date, date};
use nguon_openapi::{ReasonCode, Verdict};

use super::super::day::days_after;
use super::super::facts::{Facts, ItemFacts};
use super::{Finding, Found};
use crate::registry::{ItemEntry, ItemState};

/// Day 0 of `ItemEntry::since_day`.
const DAY_ZERO: Date = date(2020, 1, 1);

/// The day since which a unit is in its state.
pub(crate) fn since(entry: &ItemEntry) -> Option<Date> {
    entry.since_day.map(|day| days_after(DAY_ZERO, i32::from(day)))
}

/// Where the unit stands.
pub(crate) fn of_unit(facts: &Facts, found: &mut Found) {
    let ItemFacts::Known { entry, .. } = &facts.item else { return };
    let finding = match entry.state {
        ItemState::Active => return,
        ItemState::Issued => Finding::asks(ReasonCode::NotActivated, Verdict::NotActivated),
        ItemState::Specimen => Finding::asks(ReasonCode::Specimen, Verdict::NotActivated),
        ItemState::Consumed => Finding::asks(ReasonCode::PinRedeemed, Verdict::AlreadyConsumed),
        ItemState::Revoked => Finding::asks(ReasonCode::CodeRevoked, Verdict::Revoked),
    };
    found.add(finding.on(since(entry)));
}
