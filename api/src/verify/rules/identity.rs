//! Rules on who is who: does the record know the product, lot and serial in the code, and do they fit together?

use nguon_openapi::{ReasonCode, Verdict};

use super::super::facts::{CodeFacts, Facts, ItemFacts, LotFacts};
use super::{Finding, Found};

/// What the code names, against the record.
pub(crate) fn named(facts: &Facts, found: &mut Found) {
    let CodeFacts::TradeItem { item, trimmed, host, trade_unit, .. } = &facts.code else { return };
    if *trimmed {
        found.add(Finding::said(ReasonCode::InputTrimmed));
    }
    let Some(product) = &facts.product else {
        if let Some(gtin) = trade_unit {
            found.add(Finding::said(ReasonCode::MaybeTradeUnitOf).names(*gtin));
        }
        return;
    };

    found.add(Finding::asks(ReasonCode::GtinOnRecord, Verdict::RegisteredGtin));
    match &facts.lot {
        LotFacts::NotGiven | LotFacts::NotRead => {}
        LotFacts::Known(lot) if !lot.batch.withdrawn => {
            found.add(Finding::asks(ReasonCode::LotOnRecord, Verdict::RegisteredBatch));
        }
        LotFacts::Unknown | LotFacts::Known(_) => {
            found.add(Finding { in_code: item.lot.map(Into::into), ..Finding::said(ReasonCode::UnknownLot) });
        }
    }
    serial(facts, found);

    let hosts = &product.product.hosts;
    if let Some(host) = host
        && !hosts.is_empty()
        && !hosts.iter().any(|declared| declared.as_str() == host)
    {
        found.add(Finding::cautions(ReasonCode::HostNotDeclared).read(host.clone()));
    }
    if !product.disputed_by.is_empty() {
        found.add(Finding::said(ReasonCode::OwnershipDisputed));
    }
    if product.claims_anywhere() {
        found.add(Finding::said(ReasonCode::ClaimInName));
    }
}

fn serial(facts: &Facts, found: &mut Found) {
    let Some(item) = facts.trade_item() else { return };
    match &facts.item {
        ItemFacts::NotGiven | ItemFacts::NotRead => {}
        ItemFacts::Unknown { .. } if !facts.keeps_serials() => found.add(Finding::said(ReasonCode::SerialsNotKept)),
        ItemFacts::Unknown { case_variant } => {
            found.add(Finding {
                in_code: item.serial.map(Into::into),
                ..Finding::asks(ReasonCode::UnknownSerial, Verdict::UnknownSerial)
            });
            if let Some(variant) = case_variant {
                found.add(Finding::said(ReasonCode::CaseVariantExists).names(*variant));
            }
        }
        ItemFacts::Known { lot, .. } => {
            found.add(Finding::asks(ReasonCode::SerialOnRecord, Verdict::RegisteredItem));
            if let (Some(code), Some(record)) = (item.lot, lot)
                && code != record.batch.lot
            {
                found.add(
                    Finding::asks(ReasonCode::LotMismatch, Verdict::DataMismatch).compares(code, record.batch.lot),
                );
            }
        }
    }
}
