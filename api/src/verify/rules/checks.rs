//! Rules on what consumers' checks have brought to light: copied codes, a used PIN, and the check that is being
//! answered.

use jiff::Timestamp;
use nguon_openapi::{ReasonCode, Verdict};

use super::super::checked::{Checked, Counting, PinSeen};
use super::super::day::today;
use super::super::facts::{Facts, ItemFacts};
use super::{Finding, Found};
use crate::registry::{Gravity, Standing, Suspicion};

/// Where the unit stands by its checks, and what the check that is being answered adds. `checked` is `None` in a lookup.
pub(crate) fn of_unit(facts: &Facts, checked: Option<&Checked>, now: Timestamp, found: &mut Found) {
    let ItemFacts::Known { standing, .. } = &facts.item else { return };
    if let Some(standing) = standing {
        of_standing(standing, checked, now, found);
    }
    if let Some(checked) = checked {
        of_check(checked, found);
    }
}

fn of_standing(standing: &Standing, checked: Option<&Checked>, now: Timestamp, found: &mut Found) {
    if let Some(suspicion) = standing.suspicion.as_ref().filter(|it| it.holds_at(now)) {
        found.add(suspected(suspicion, checked));
        if let Some(until) = suspicion.until {
            found.changes_at(until, now);
        }
    }
    if standing.shared_publicly {
        found.add(Finding::cautions(ReasonCode::SharedPublicly));
    }
    // Whoever uses the PIN is not told that it is used.
    let by_this_check = checked.is_some_and(|checked| checked.pin == Some(PinSeen::Accepted));
    if let Some(redeemed) = standing.redeemed.as_ref().filter(|_| !by_this_check) {
        found.add(Finding::asks(ReasonCode::PinRedeemed, Verdict::AlreadyConsumed).at(redeemed.at));
        if checked.is_some_and(|checked| checked.same_receipt) {
            found.add(Finding::said(ReasonCode::SameReceipt));
        }
    }
}

/// How often a code was checked is for the one who checks; a lookup only tells since when.
fn suspected(suspicion: &Suspicion, checked: Option<&Checked>) -> Finding {
    let finding = match suspicion.gravity {
        Gravity::Soft => Finding::asks(ReasonCode::CloneSoftRule, Verdict::UnusualActivity),
        Gravity::Hard => Finding::asks(ReasonCode::CloneHardRule, Verdict::SuspectedClone),
    };
    let count = checked.and_then(|checked| match checked.counting {
        Counting::Counted { count, .. } => Some(count),
        Counting::NotCounted { .. } => None,
    });
    Finding { count, ..finding.on(Some(today(suspicion.first_at))) }
}

fn of_check(checked: &Checked, found: &mut Found) {
    match checked.counting {
        Counting::Counted { first: true, .. } => found.add(Finding::said(ReasonCode::FirstCheck)),
        Counting::Counted { count, first_at, .. } => found
            .add(Finding { count: Some(count), ..Finding::said(ReasonCode::CheckedBefore).on(Some(today(first_at))) }),
        Counting::NotCounted { kept } => {
            found.add(Finding::said(ReasonCode::NotCounted));
            if kept {
                found.add(Finding::said(ReasonCode::CountedLater));
            }
        }
    }
    match checked.pin {
        Some(PinSeen::Accepted) => found.add(Finding::said(ReasonCode::PinAccepted)),
        Some(PinSeen::Mismatch) => found.add(Finding::cautions(ReasonCode::PinMismatch)),
        Some(PinSeen::NoneOnRecord) => found.add(Finding::cautions(ReasonCode::PinNotOnRecord)),
        Some(PinSeen::TooOften) => found.add(Finding::cautions(ReasonCode::PinTooOften)),
        Some(PinSeen::NotCompared) => found.add(Finding::said(ReasonCode::PinNotCompared)),
        Some(PinSeen::UsedBefore) | None => {}
    }
}
