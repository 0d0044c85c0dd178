//! Recalls: which codes they reach, closed and withdrawn ones, other lots, inputs.

use std::sync::Arc;

use nguon_openapi::{Context, Lang, MatchedBy, SafetyStatus, Tone, Verdict};
use rstest::rstest;
use serde_json::{Value, json};

use super::scene::{
    GTIN, OTHER, at, batch, code, gtin, item, judged, lot, made_from, on_record, reasons, recall, shown,
};
use crate::registry::ItemState;
use crate::verify::{Facts, LotFacts, judge};

fn with(facts: Facts, status: &str, scope: Value) -> Facts {
    Facts { recalls: vec![recall("R1", status, scope)], ..facts }
}

#[rstest]
#[case::the_product(json!({"gtin": GTIN, "whole_product": true}), MatchedBy::Product)]
#[case::the_lot(json!({"gtin": GTIN, "lots": ["L1"]}), MatchedBy::Lot)]
#[case::the_serial(json!({"gtin": GTIN, "serials": [{"from": "S0", "to": "S5"}]}), MatchedBy::Serial)]
fn an_active_recall_matches(#[case] scope: Value, #[case] by: MatchedBy) {
    for status in ["active", "closed"] {
        let judgement = judged(&with(item(ItemState::Active), status, scope.clone()));
        assert_eq!((judgement.verdict, judgement.tone), (Verdict::Recalled, Tone::Danger), "{status}");
        assert_eq!(judgement.safety, SafetyStatus::Affected);
        assert_eq!(judgement.recalls[0].by, by);
    }
}

#[test]
fn a_lot_is_recalled_by_the_code_as_well_as_by_the_record() {
    let unit = item(ItemState::Active);
    let by_record = Facts { lot: LotFacts::NotGiven, ..on_record(&format!("/01/{GTIN}/21/S1")) };
    let by_record = Facts { item: unit.item, ..by_record };
    assert_eq!(judged(&with(by_record, "active", json!({"gtin": GTIN, "lots": ["L1"]}))).verdict, Verdict::Recalled);
    let by_code = Facts { lot: LotFacts::Unknown, ..on_record(&format!("/01/{GTIN}/10/L7")) };
    assert_eq!(judged(&with(by_code, "active", json!({"gtin": GTIN, "lots": ["L7"]}))).verdict, Verdict::Recalled);
}

#[test]
fn a_recall_reaches_a_product_that_is_not_on_record() {
    let facts = with(code(&format!("/01/{GTIN}")), "active", json!({"gtin": GTIN, "whole_product": true}));
    assert_eq!((judged(&facts).verdict, judged(&facts).tone), (Verdict::Recalled, Tone::Danger));
    let facts = with(code(&format!("/01/{GTIN}")), "active", json!({"gtin": GTIN, "lots": ["L1"]}));
    assert_eq!((judged(&facts).verdict, judged(&facts).tone), (Verdict::Unknown, Tone::Caution));
}

#[test]
fn another_recalled_lot_warns_without_changing_the_verdict() {
    for (facts, verdict) in [(gtin(), Verdict::RegisteredGtin), (batch(), Verdict::RegisteredBatch)] {
        let facts = with(facts, "active", json!({"gtin": GTIN, "lots": ["L9"]}));
        let judgement = judged(&facts);
        assert_eq!((judgement.verdict, judgement.tone), (verdict, Tone::Caution));
        assert_eq!(judgement.safety, SafetyStatus::Possible);
        assert_eq!(shown(&facts, Lang::Vi, Context::Shop).headline, "Có lô đang thu hồi: hãy xem số lô");
    }
}

#[test]
fn one_unit_of_a_lot_on_record_is_not_warned_of_other_lots() {
    let judgement = judged(&with(item(ItemState::Active), "active", json!({"gtin": GTIN, "lots": ["L9"]})));
    assert_eq!((judgement.verdict, judgement.tone), (Verdict::RegisteredItem, Tone::Info));
    assert_eq!(judgement.safety, SafetyStatus::NoneKnown);
}

#[test]
fn a_closed_recall_of_another_lot_is_said_to_those_who_gave_no_lot() {
    let scope = json!({"gtin": GTIN, "lots": ["L9"]});
    let judgement = judged(&with(gtin(), "closed", scope.clone()));
    assert_eq!((judgement.tone, judgement.safety), (Tone::Info, SafetyStatus::Possible));
    let judgement = judged(&with(batch(), "closed", scope));
    assert_eq!((judgement.tone, judgement.safety), (Tone::Info, SafetyStatus::NoneKnown));
}

#[test]
fn a_withdrawn_recall_is_lifted_and_stays_visible_for_thirty_days() {
    let facts = with(batch(), "withdrawn", json!({"gtin": GTIN, "lots": ["L1"]}));
    let last = judge(&facts, at("2026-12-13T23:59:59+07:00"));
    assert_eq!((last.verdict, last.tone, last.safety), (Verdict::RegisteredBatch, Tone::Info, SafetyStatus::NoneKnown));
    assert_eq!(last.recalls.len(), 1);
    assert_eq!(last.valid_until, Some(at("2026-12-14T00:00:00+07:00")));
    assert!(judge(&facts, at("2026-12-14T00:00:00+07:00")).recalls.is_empty());
}

#[test]
fn an_active_recall_stands_above_a_closed_and_a_withdrawn_one() {
    let scope = json!({"gtin": GTIN, "lots": ["L1"]});
    let facts = Facts {
        recalls: ["withdrawn", "closed", "active"].map(|status| recall(status, status, scope.clone())).to_vec(),
        ..batch()
    };
    let card = shown(&facts, Lang::Vi, Context::Unit);
    let order: Vec<&str> = card.safety.recalls.iter().map(|recall| recall.id.as_str()).collect();
    assert_eq!(order, ["active", "closed", "withdrawn"]);
    assert_eq!(card.headline, "Đang thu hồi: ngừng dùng sản phẩm này");
}

#[test]
fn a_closed_recall_says_that_leftovers_should_not_be_used() {
    let card = shown(&with(batch(), "closed", json!({"gtin": GTIN, "lots": ["L1"]})), Lang::Vi, Context::Unit);
    assert_eq!(card.headline, "Lô này từng bị thu hồi: không nên dùng");
    assert!(card.advice.contains("13/11/2026"), "{}", card.advice);
}

#[test]
fn a_recalled_input_warns_on_the_output_and_shows_the_way() {
    let lot = made_from(lot("L1", "2027-06-30"), OTHER, "IN1");
    let facts = Facts { lot: LotFacts::Known(Arc::new(lot)), ..batch() };
    for status in ["active", "closed"] {
        let facts = with(facts.clone(), status, json!({"gtin": OTHER, "lots": ["IN1"]}));
        let judgement = judged(&facts);
        assert_eq!((judgement.verdict, judgement.tone), (Verdict::RegisteredBatch, Tone::Caution));
        assert_eq!(judgement.safety, SafetyStatus::Possible);
        assert_eq!(reasons(&facts)[0], "input_recalled");
        let notice = &shown(&facts, Lang::Vi, Context::Unit).safety.recalls[0];
        assert_eq!(notice.path, [format!("/01/{GTIN}/10/L1"), format!("/01/{OTHER}/10/IN1")]);
    }
}

#[test]
fn a_recall_of_another_lot_of_the_input_product_says_nothing() {
    let lot = made_from(lot("L1", "2027-06-30"), OTHER, "IN1");
    let facts = Facts { lot: LotFacts::Known(Arc::new(lot)), ..batch() };
    let judgement = judged(&with(facts, "active", json!({"gtin": OTHER, "lots": ["IN2"]})));
    assert_eq!((judgement.tone, judgement.safety), (Tone::Info, SafetyStatus::NoneKnown));
}

#[test]
fn a_closed_recall_of_serials_stays_possible_for_whoever_gave_only_a_lot() {
    let scope = json!({"gtin": GTIN, "serials": [{"from": "S0", "to": "S5"}]});
    assert_eq!(judged(&with(batch(), "closed", scope.clone())).safety, SafetyStatus::Possible);
    // The unit itself is on record and lies outside.
    let scope = json!({"gtin": GTIN, "serials": [{"from": "S2", "to": "S5"}]});
    assert_eq!(judged(&with(item(ItemState::Active), "closed", scope)).safety, SafetyStatus::NoneKnown);
}

#[test]
fn the_case_code_of_a_recalled_product_warns() {
    let facts = with(code("/01/19520000010017"), "active", json!({"gtin": GTIN, "whole_product": true}));
    let judgement = judged(&facts);
    assert_eq!((judgement.verdict, judgement.tone), (Verdict::Unknown, Tone::Caution));
    assert_eq!(judgement.safety, SafetyStatus::Possible);
}

#[test]
fn a_lot_too_far_down_the_chain_is_reached_by_what_the_writer_found() {
    let mut far = recall("R1", "active", json!({"gtin": OTHER, "lots": ["IN1"]}));
    Arc::make_mut(&mut far).derived.push(serde_json::from_value(json!({"gtin": GTIN, "lot": "L1"})).unwrap());
    let judgement = judged(&Facts { recalls: vec![far], ..batch() });
    assert_eq!((judgement.tone, judgement.safety), (Tone::Caution, SafetyStatus::Possible));
    assert_eq!(judgement.recalls[0].by, MatchedBy::Input);
}

#[test]
fn a_withdrawn_lot_is_not_shown_and_its_dates_and_inputs_go_on_to_count() {
    let mut old = made_from(lot("L1", "2026-11-22"), OTHER, "IN1");
    old.batch.withdrawn = true;
    let facts = Facts { lot: LotFacts::Known(Arc::new(old)), ..batch() };
    let facts = with(facts, "active", json!({"gtin": OTHER, "lots": ["IN1"]}));
    let judgement = judged(&facts);
    assert_eq!(judgement.verdict, Verdict::Expired);
    assert!(reasons(&facts).contains(&"input_recalled") && reasons(&facts).contains(&"unknown_lot"));
    assert_eq!(shown(&facts, Lang::Vi, Context::Unit).batch, None);
}

#[test]
fn a_card_lists_what_matches_first_and_says_how_much_it_leaves_out() {
    let lots: Vec<String> = (0..500).map(|n| format!("X{n}")).chain(["L1".to_owned()]).collect();
    let many = (0..30).map(|n| recall(&format!("R{n:02}"), "active", json!({"gtin": GTIN, "lots": lots})));
    let card = shown(&Facts { recalls: many.collect(), ..batch() }, Lang::Vi, Context::Unit);
    assert_eq!((card.safety.recalls.len(), card.safety.more_recalls), (20, 10));
    let notice = &card.safety.recalls[0];
    assert_eq!((notice.lots[0].as_str(), notice.lots.len(), notice.more), ("L1", 200, 301));
}
