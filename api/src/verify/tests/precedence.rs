//! Each verdict alone, and each pair of neighbours: the upper one is the verdict, the lower one stays a reason.

use std::sync::Arc;

use nguon_openapi::{Level, Tone, Verdict};
use rstest::rstest;
use serde_json::json;

use super::scene::{GTIN, batch, code, gtin, item, judged, lot, on_record, product, reasons, recall, unit};
use crate::registry::ItemState;
use crate::verify::{Facts, ItemFacts, LotFacts};

fn recalled(facts: Facts) -> Facts {
    Facts { recalls: vec![recall("R1", "active", json!({"gtin": GTIN, "whole_product": true}))], ..facts }
}

fn expired(mut facts: Facts) -> Facts {
    let old = Arc::new(lot("L1", "2026-11-22"));
    if let ItemFacts::Known { lot, .. } = &mut facts.item {
        *lot = Some(Arc::clone(&old));
    }
    facts.lot = LotFacts::Known(old);
    facts
}

fn mismatched(state: ItemState) -> Facts {
    let right = item(state);
    Facts { lot: LotFacts::Unknown, item: right.item, ..on_record(&format!("/01/{GTIN}/10/L9/21/S1")) }
}

fn unknown_serial() -> Facts {
    Facts {
        lot: LotFacts::Known(Arc::new(lot("L1", "2027-06-30"))),
        item: ItemFacts::Unknown { case_variant: None },
        ..on_record(&format!("/01/{GTIN}/10/L1/21/S9"))
    }
}

fn lapsed(facts: Facts) -> Facts {
    let mut product = product();
    product.product.registered_until = Some("2026-10-24".parse().unwrap());
    Facts { product: Some(Arc::new(product)), ..facts }
}

#[rstest]
#[case::malformed(code("/01/09520000010011"), Verdict::Malformed, Level::None, Tone::Neutral, "check_digit")]
#[case::recalled(recalled(item(ItemState::Active)), Verdict::Recalled, Level::Item, Tone::Danger, "recall_active")]
#[case::revoked(item(ItemState::Revoked), Verdict::Revoked, Level::Item, Tone::Danger, "code_revoked")]
#[case::expired(expired(item(ItemState::Active)), Verdict::Expired, Level::Item, Tone::Danger, "expired")]
#[case::consumed(item(ItemState::Consumed), Verdict::AlreadyConsumed, Level::Item, Tone::Caution, "pin_redeemed")]
#[case::mismatch(mismatched(ItemState::Active), Verdict::DataMismatch, Level::Item, Tone::Caution, "lot_mismatch")]
#[case::unknown_serial(unknown_serial(), Verdict::UnknownSerial, Level::Batch, Tone::Caution, "unknown_serial")]
#[case::not_activated(item(ItemState::Issued), Verdict::NotActivated, Level::Item, Tone::Caution, "not_activated")]
#[case::specimen(item(ItemState::Specimen), Verdict::NotActivated, Level::Item, Tone::Caution, "specimen")]
#[case::lapsed(lapsed(item(ItemState::Active)), Verdict::Lapsed, Level::Item, Tone::Caution, "registration_ended")]
#[case::item(item(ItemState::Active), Verdict::RegisteredItem, Level::Item, Tone::Info, "serial_on_record")]
#[case::batch(batch(), Verdict::RegisteredBatch, Level::Batch, Tone::Info, "lot_on_record")]
#[case::gtin(gtin(), Verdict::RegisteredGtin, Level::Gtin, Tone::Info, "gtin_on_record")]
fn each_verdict_alone(
    #[case] facts: Facts,
    #[case] verdict: Verdict,
    #[case] level: Level,
    #[case] tone: Tone,
    #[case] reason: &str,
) {
    let judgement = judged(&facts);
    assert_eq!((judgement.verdict, judgement.level, judgement.tone), (verdict, level, tone));
    assert_eq!(reasons(&facts).first(), Some(&reason));
}

#[test]
fn what_is_not_on_record_is_unknown_and_neutral() {
    let facts = code(&format!("/01/{GTIN}/10/L1/21/S1"));
    let judgement = judged(&facts);
    assert_eq!((judgement.verdict, judgement.level, judgement.tone), (Verdict::Unknown, Level::None, Tone::Neutral));
    assert_eq!(reasons(&facts), Vec::<&str>::new());
}

#[rstest]
#[case::recalled_over_revoked(recalled(item(ItemState::Revoked)), Verdict::Recalled, "code_revoked")]
#[case::revoked_over_expired(expired(item(ItemState::Revoked)), Verdict::Revoked, "expired")]
#[case::expired_over_consumed(expired(item(ItemState::Consumed)), Verdict::Expired, "pin_redeemed")]
#[case::consumed_over_mismatch(mismatched(ItemState::Consumed), Verdict::AlreadyConsumed, "lot_mismatch")]
#[case::mismatch_over_not_activated(mismatched(ItemState::Issued), Verdict::DataMismatch, "not_activated")]
#[case::unknown_serial_over_lapsed(lapsed(unknown_serial()), Verdict::UnknownSerial, "registration_ended")]
#[case::not_activated_over_lapsed(lapsed(item(ItemState::Issued)), Verdict::NotActivated, "registration_ended")]
#[case::lapsed_over_item(lapsed(item(ItemState::Active)), Verdict::Lapsed, "serial_on_record")]
#[case::item_over_batch(item(ItemState::Active), Verdict::RegisteredItem, "lot_on_record")]
#[case::batch_over_gtin(batch(), Verdict::RegisteredBatch, "gtin_on_record")]
fn of_two_the_upper_is_the_verdict_and_the_lower_stays_a_reason(
    #[case] facts: Facts,
    #[case] verdict: Verdict,
    #[case] lower: &str,
) {
    assert_eq!(judged(&facts).verdict, verdict);
    assert!(reasons(&facts).contains(&lower), "{lower} is missing from {:?}", reasons(&facts));
}

#[test]
fn a_serial_of_a_product_that_keeps_none_is_no_reproach() {
    let mut plain = product();
    plain.product.keeps_serials = false;
    let facts = Facts { product: Some(Arc::new(plain)), ..unknown_serial() };
    assert_eq!(judged(&facts).verdict, Verdict::RegisteredBatch);
    assert!(reasons(&facts).contains(&"serials_not_kept"));
    assert!(!reasons(&facts).contains(&"unknown_serial"));
}

#[test]
fn an_unknown_lot_of_a_known_product_answers_for_the_product() {
    let facts = Facts { lot: LotFacts::Unknown, ..on_record(&format!("/01/{GTIN}/10/L9")) };
    let judgement = judged(&facts);
    assert_eq!((judgement.verdict, judgement.level), (Verdict::RegisteredGtin, Level::Gtin));
    assert!(reasons(&facts).contains(&"unknown_lot"));
}

#[test]
fn a_serial_in_another_letter_case_is_offered_and_not_corrected() {
    let variant = "S1".try_into().ok();
    let facts = Facts { item: ItemFacts::Unknown { case_variant: variant }, ..on_record(&format!("/01/{GTIN}/21/s1")) };
    assert_eq!(judged(&facts).verdict, Verdict::UnknownSerial);
    assert!(reasons(&facts).contains(&"case_variant_exists"));
}

#[test]
fn a_unit_without_a_lot_on_record_is_still_on_record() {
    let facts = Facts {
        item: ItemFacts::Known { entry: unit(ItemState::Active), exception: None, standing: None, lot: None },
        ..on_record(&format!("/01/{GTIN}/21/S1"))
    };
    assert_eq!(judged(&facts).verdict, Verdict::RegisteredItem);
}

#[test]
fn a_host_that_the_producer_does_not_declare_is_a_caution_and_no_other_verdict() {
    let mut declared = product();
    declared.product.hosts = vec!["ma.example.vn".try_into().unwrap()];
    let mut facts = Facts { product: Some(Arc::new(declared)), ..batch() };
    if let crate::verify::CodeFacts::TradeItem { host, .. } = &mut facts.code {
        *host = Some("evil.example".to_owned());
    }
    let judgement = judged(&facts);
    assert_eq!((judgement.verdict, judgement.tone), (Verdict::RegisteredBatch, Tone::Caution));
    assert!(reasons(&facts).contains(&"host_not_declared"));
}
