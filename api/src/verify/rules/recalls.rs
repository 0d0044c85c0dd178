//! Rules on recalls.
//!
//! A recall, active or closed, matches the product, the lot in the code or in the record, or the serial.
//! Closed is not safe; only a withdrawn recall lifts it, and that stays visible for 30 days. A code that is
//! shared (GTIN or lot) warns while another lot is recalled. A lot whose input was recalled warns, with the way.

use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{MatchedBy, ReasonCode, RecallStatus, SafetyStatus, Verdict};

use super::super::day::{days_after, end_of, today};
use super::super::facts::{Facts, ItemFacts};
use super::{Finding, Found};
use crate::registry::entry::Ancestor;
use crate::registry::{LotEntry, LotRef, Recall, RecallEntry};

/// How long a withdrawn recall stays visible.
const WITHDRAWN_VISIBLE_DAYS: i32 = 30;

/// A recall that has to do with this code.
#[derive(Clone, Debug)]
pub(crate) struct Matched {
    pub(crate) entry: Arc<RecallEntry>,
    pub(crate) by: MatchedBy,
    /// For an input: from this lot to the recalled one.
    pub(crate) path: Vec<LotRef>,
}

impl Matched {
    /// It says something of this very code, not of its neighbours or inputs.
    pub(crate) fn is_direct(&self) -> bool {
        matches!(self.by, MatchedBy::Serial | MatchedBy::Lot | MatchedBy::Product)
    }

    fn is_in_force(&self) -> bool {
        self.entry.recall.status != RecallStatus::Withdrawn
    }
}

/// Every recall that has to do with this code, those that match it first.
pub(crate) fn matched(facts: &Facts, now: Timestamp, found: &mut Found) -> (Vec<Matched>, SafetyStatus) {
    let mut all: Vec<Matched> = facts.recalls.iter().filter_map(|entry| matching(facts, entry)).collect();
    all.retain(|m| m.is_in_force() || still_visible(&m.entry.recall, now, found));
    all.sort_by(|a, b| {
        let rank = |m: &Matched| (!m.is_in_force(), !m.is_direct(), m.entry.recall.status, m.by);
        rank(a).cmp(&rank(b)).then_with(|| a.entry.recall.id.cmp(&b.entry.recall.id))
    });

    let mut status = SafetyStatus::NoneKnown;
    for m in &all {
        let recall = &m.entry.recall;
        let finding = match (recall.status, m.by) {
            (RecallStatus::Withdrawn, _) => Finding::said(ReasonCode::RecallWithdrawn).on(recall.ended),
            (_, MatchedBy::Input) => {
                status = status.max(SafetyStatus::Possible);
                let input = m.path.last().map(|input| input.lot.into());
                Finding { on_record: input, ..Finding::cautions(ReasonCode::InputRecalled) }
            }
            (RecallStatus::Active, MatchedBy::OtherLots) => {
                status = status.max(SafetyStatus::Possible);
                Finding::cautions(ReasonCode::RecallOtherLots)
            }
            // Closed for other lots: said, so that the lot can be compared; the tone stays, for it stays for ever.
            (RecallStatus::Closed, MatchedBy::OtherLots) => {
                status = status.max(SafetyStatus::Possible);
                Finding::said(ReasonCode::RecallOtherLots)
            }
            (RecallStatus::Active, _) => {
                status = SafetyStatus::Affected;
                Finding::asks(ReasonCode::RecallActive, Verdict::Recalled).on(Some(recall.from))
            }
            (RecallStatus::Closed, _) => {
                status = SafetyStatus::Affected;
                Finding::asks(ReasonCode::RecallClosed, Verdict::Recalled).on(recall.ended)
            }
        };
        found.add(finding);
    }
    (all, status)
}

fn still_visible(recall: &Recall, now: Timestamp, found: &mut Found) -> bool {
    let Some(ended) = recall.ended else { return false };
    let last = days_after(ended, WITHDRAWN_VISIBLE_DAYS);
    found.changes_at(end_of(last), now);
    today(now) <= last
}

fn matching(facts: &Facts, entry: &Arc<RecallEntry>) -> Option<Matched> {
    let item = facts.trade_item()?;
    let scope = &entry.recall.scope;
    let found = |by, path| Some(Matched { entry: Arc::clone(entry), by, path });

    if scope.gtin == item.gtin {
        if item.serial.is_some_and(|serial| scope.serials.iter().any(|range| range.contains(&serial))) {
            return found(MatchedBy::Serial, Vec::new());
        }
        if facts.lots().any(|lot| scope.lots.contains(&lot)) {
            return found(MatchedBy::Lot, Vec::new());
        }
        if scope.whole_product {
            return found(MatchedBy::Product, Vec::new());
        }
    }
    if let Some(path) = facts.lot_entries().find_map(|lot| path_to_input(lot, entry)) {
        return found(MatchedBy::Input, path);
    }
    // Too far down the chain for the way to be on record: what the writer found counts all the same.
    let lot = facts.lots().map(|lot| LotRef { gtin: item.gtin, lot }).find(|lot| entry.derived.contains(lot));
    if let Some(lot) = lot {
        let input = scope.lots.first().map(|input| LotRef { gtin: scope.gtin, lot: *input });
        return found(MatchedBy::Input, core::iter::once(lot).chain(input).collect());
    }
    // A case code of the recalled product: what is in the case is recalled, or may be.
    let in_the_case = facts.product.is_none() && item.maybe_trade_unit_of() == Some(scope.gtin);
    (in_the_case || (scope.gtin == item.gtin && may_be_meant(facts, entry))).then(|| Matched {
        entry: Arc::clone(entry),
        by: MatchedBy::OtherLots,
        path: Vec::new(),
    })
}

/// Whether what carries this code may be among the recalled lots or serials after all. One unit whose lot is on
/// record is not; a code that whole lots or products share always may.
fn may_be_meant(facts: &Facts, entry: &RecallEntry) -> bool {
    let serials = !entry.recall.scope.serials.is_empty();
    match (&facts.item, entry.recall.status) {
        (ItemFacts::Known { lot: Some(_), .. }, _) => false,
        // A lot says nothing of which serials are in it.
        (ItemFacts::Known { .. }, RecallStatus::Closed) if serials => false,
        (_, RecallStatus::Closed) if serials => true,
        // A closed recall of other lots says nothing to somebody who has given the lot.
        (_, RecallStatus::Closed | RecallStatus::Withdrawn) => facts.lots().next().is_none(),
        (_, RecallStatus::Active) => true,
    }
}

/// The way from a lot up to the recalled input, both included. Serial ranges do not reach through: an input
/// names lots.
fn path_to_input(lot: &LotEntry, entry: &RecallEntry) -> Option<Vec<LotRef>> {
    let scope = &entry.recall.scope;
    let hit = |ancestor: &Ancestor| {
        ancestor.lot.gtin == scope.gtin && (scope.whole_product || scope.lots.contains(&ancestor.lot.lot))
    };
    let mut at = lot.ancestors.iter().position(hit);
    at?;
    let mut path = Vec::new();
    // `into` points at a nearer ancestor; the bound makes a damaged chain end.
    while let Some(ancestor) = at.and_then(|index| lot.ancestors.get(index)) {
        path.push(ancestor.lot);
        if path.len() > lot.ancestors.len() {
            break;
        }
        at = ancestor.into.map(usize::from);
    }
    path.push(LotRef { gtin: lot.batch.gtin, lot: lot.batch.lot });
    path.reverse();
    Some(path)
}
