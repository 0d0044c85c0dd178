//! A recall, as a reader sees it.

use gs1::Lot;
use nguon_openapi::{Lang, RecallNotice, RecalledSerials};

use super::address;
use crate::registry::{self, LotRef, SerialRange};
use crate::verify::facts::Facts;
use crate::verify::rules::recalls::Matched;

/// Most lots, and most ranges of serials, that a card lists of one recall.
const MAX_LISTED: usize = 200;

pub(super) fn of(facts: &Facts, matched: &Matched, lang: Lang) -> RecallNotice {
    let recall = &matched.entry.recall;
    let scope = &recall.scope;
    let mine: Vec<Lot> = facts.lots().collect();
    let mut lots: Vec<&Lot> = scope.lots.iter().collect();
    lots.sort_by_key(|lot| !mine.contains(lot));
    let serial = facts.trade_item().and_then(|item| item.serial);
    let mut serials: Vec<&SerialRange> = scope.serials.iter().collect();
    serials.sort_by_key(|range| !serial.is_some_and(|serial| range.contains(&serial)));
    let unlisted = |length: usize| length.saturating_sub(MAX_LISTED) as u64;
    let pick = |text: &Option<registry::Localised>| text.as_ref().map(|text| text.pick(lang).to_owned());
    RecallNotice {
        id: recall.id.to_string(),
        status: recall.status,
        matched_by: matched.by,
        class: recall.class,
        reason: recall.reason.pick(lang).to_owned(),
        hazard: pick(&recall.hazard),
        gtin: recall.scope.gtin.to_string(),
        whole_product: recall.scope.whole_product,
        lots: lots.iter().take(MAX_LISTED).map(ToString::to_string).collect(),
        serials: serials
            .iter()
            .take(MAX_LISTED)
            .map(|range| RecalledSerials { from: range.from.to_string(), to: range.to.to_string() })
            .collect(),
        more: unlisted(lots.len()) + unlisted(serials.len()),
        where_to_find_lot: pick(&recall.where_to_find_lot),
        remedy: pick(&recall.remedy),
        return_to: pick(&recall.return_to),
        phone: recall.phone.as_ref().map(ToString::to_string),
        issuer: recall.issuer.to_string(),
        document_no: recall.document_no.as_ref().map(ToString::to_string),
        from: recall.from,
        ended: recall.ended,
        path: matched.path.iter().map(lot_path).collect(),
    }
}

fn lot_path(lot: &LotRef) -> String {
    let item = gs1::TradeItem { lot: Some(lot.lot), ..gs1::TradeItem::of_gtin(lot.gtin) };
    address("", |out| item.write_path(out))
}
