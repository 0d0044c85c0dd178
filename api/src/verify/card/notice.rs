//! A recall, as a reader sees it.

use nguon_openapi::{Lang, RecallNotice, RecalledSerials};

use super::address;
use crate::registry::{self, LotRef};
use crate::verify::rules::recalls::Matched;

pub(super) fn of(matched: &Matched, lang: Lang) -> RecallNotice {
    let recall = &matched.entry.recall;
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
        lots: recall.scope.lots.iter().map(ToString::to_string).collect(),
        serials: recall
            .scope
            .serials
            .iter()
            .map(|range| RecalledSerials { from: range.from.to_string(), to: range.to.to_string() })
            .collect(),
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
