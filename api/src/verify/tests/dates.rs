//! Dates: the last minute of an expiry day, the earlier of two expiries, ended certificates, `valid_until`.

use std::sync::Arc;

use nguon_openapi::{CertificateState, Context, Lang, SafetyStatus, Tone, Verdict};
use rstest::rstest;
use serde_json::json;

use super::scene::{
    GTIN, at, batch, code, item, judged, lot, on_record, product, reasons, record, shown, with_own_expiry,
};
use crate::registry::ItemState;
use crate::verify::{Facts, LotFacts, judge};

fn expiring(day: &str) -> Facts {
    Facts { lot: LotFacts::Known(Arc::new(lot("L1", day))), ..batch() }
}

#[test]
fn a_lot_is_good_until_the_last_minute_of_its_day_in_viet_nam() {
    let facts = expiring("2026-11-23");
    let last = judge(&facts, at("2026-11-23T23:59:59+07:00"));
    assert_eq!(last.verdict, Verdict::RegisteredBatch);
    assert_eq!(last.valid_until, Some(at("2026-11-24T00:00:00+07:00")));
    assert!(last.findings.iter().any(|finding| finding.reason.as_str() == "expires_today"));
    let past = judge(&facts, at("2026-11-24T00:00:00+07:00"));
    assert_eq!((past.verdict, past.safety), (Verdict::Expired, SafetyStatus::Expired));
}

#[rstest]
#[case::code_is_earlier("2027-06-30", "261101", true, "Hạn dùng ghi trong mã: 01/11/2026")]
#[case::record_is_earlier("2026-11-02", "271231", true, "Hạn dùng theo hồ sơ: 02/11/2026")]
#[case::both_to_come("2027-06-30", "270630", false, "")]
fn the_earlier_of_record_and_code_counts(
    #[case] on_file: &str,
    #[case] in_code: &str,
    #[case] expired: bool,
    #[case] advice: &str,
) {
    let facts = Facts {
        lot: LotFacts::Known(Arc::new(lot("L1", on_file))),
        ..on_record(&format!("/01/{GTIN}/10/L1?17={in_code}"))
    };
    assert_eq!(judged(&facts).verdict == Verdict::Expired, expired);
    assert!(shown(&facts, Lang::Vi, Context::Unit).advice.starts_with(advice));
    assert_eq!(reasons(&facts).contains(&"expiry_mismatch"), expired);
}

#[test]
fn day_zero_in_a_code_is_the_last_of_the_month_and_agrees_with_the_record() {
    let facts = Facts {
        lot: LotFacts::Known(Arc::new(lot("L1", "2028-02-29"))),
        ..on_record(&format!("/01/{GTIN}/10/L1?17=280200"))
    };
    assert_eq!(judged(&facts).verdict, Verdict::RegisteredBatch);
}

#[test]
fn an_expiry_in_the_code_counts_even_for_a_product_that_is_not_on_record() {
    let facts = code(&format!("/01/{GTIN}?17=200101"));
    assert_eq!(judged(&facts).verdict, Verdict::Expired);
}

#[test]
fn when_code_and_record_name_two_lots_the_earlier_date_counts() {
    let unit = item(ItemState::Active);
    let facts = Facts {
        lot: LotFacts::Known(Arc::new(lot("L9", "2026-11-01"))),
        item: unit.item,
        ..on_record(&format!("/01/{GTIN}/10/L9/21/S1"))
    };
    assert_eq!(judged(&facts).verdict, Verdict::Expired);
    assert!(reasons(&facts).contains(&"lot_mismatch"));
}

#[test]
fn a_unit_may_have_a_day_of_its_own() {
    assert_eq!(judged(&with_own_expiry(item(ItemState::Active), "2026-11-22")).verdict, Verdict::Expired);
}

#[test]
fn best_before_only_warns() {
    let mut old = lot("L1", "2027-06-30");
    old.batch.best_before = Some("2026-11-01".parse().unwrap());
    let facts = Facts { lot: LotFacts::Known(Arc::new(old)), ..batch() };
    assert_eq!((judged(&facts).verdict, judged(&facts).tone), (Verdict::RegisteredBatch, Tone::Info));
    assert!(reasons(&facts).contains(&"best_before_passed"));
}

#[test]
fn an_ended_certificate_looks_ended_and_stands_last() {
    let mut certified = product();
    for (id, to) in [("ended", "2026-09-24"), ("valid", "2027-09-24")] {
        certified.certificates.push(record(json!({"id": id, "gtins": [GTIN], "kind": "ocop", "stars": 3, "to": to})));
    }
    let facts = Facts { product: Some(Arc::new(certified)), ..batch() };
    let card = shown(&facts, Lang::Vi, Context::Unit);
    let states: Vec<CertificateState> = card.certificates.iter().map(|c| c.state).collect();
    assert_eq!(states, [CertificateState::Valid, CertificateState::Ended]);
    assert_eq!(card.certificates[0].name, "OCOP 3 sao");
    assert!(reasons(&facts).contains(&"certificate_ended"));
    assert_eq!(card.verdict, Verdict::RegisteredBatch);
}

#[test]
fn a_withdrawn_registration_has_ended() {
    let mut gone = product();
    gone.product.withdrawn = true;
    gone.withdrawn_at = Some(at("2026-10-24T10:00:00+07:00"));
    let facts = Facts { product: Some(Arc::new(gone)), ..batch() };
    let card = shown(&facts, Lang::Vi, Context::Unit);
    assert_eq!(card.verdict, Verdict::Lapsed);
    assert!(card.advice.contains("24/10/2026"), "{}", card.advice);
}
