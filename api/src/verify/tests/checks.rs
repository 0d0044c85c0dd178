//! What checks add to a judgement, and when it may be positive.

use std::sync::Arc;

use nguon_openapi::{ChecksState, Lang, SafetyStatus, Tone, Verdict};
use serde_json::json;

use super::scene::{at, gtin, item, noon, recall, shown};
use crate::registry::{ClientHash, Digest, Gravity, ItemState, Redeemed, Sign, Standing, Suspicion};
use crate::verify::{
    Asked, Checked, Counting, Facts, ItemFacts, PinSeen, card, is_one_unit, judge, judge_check, not_counted,
};

fn counted(count: u64) -> Checked {
    let counting = Counting::Counted { count, first_at: at("2026-11-20T02:15:00Z"), first: count == 1 };
    Checked { counting, pin: None, same_receipt: false }
}

fn with(mut facts: Facts, now: Standing) -> Facts {
    if let ItemFacts::Known { standing, .. } = &mut facts.item {
        *standing = Some(Arc::new(now));
    }
    facts
}

fn suspected(gravity: Gravity) -> Standing {
    Standing {
        version: 1,
        suspicion: Some(Suspicion {
            gravity,
            signs: vec![Sign::Clients],
            at: at("2026-11-22T00:00:00Z"),
            until: (gravity == Gravity::Soft).then(|| at("2026-11-29T00:00:00Z")),
            count: 40,
            first_at: at("2026-11-01T00:00:00Z"),
        }),
        ..Standing::default()
    }
}

fn redeemed() -> Standing {
    let redeemed = Redeemed { at: at("2026-11-22T07:05:00Z"), receipt: Digest([1; 16]), client: ClientHash(1) };
    Standing { version: 1, redeemed: Some(redeemed), ..Standing::default() }
}

fn answered(facts: &Facts, checked: &Checked) -> nguon_openapi::Card {
    let asked = Asked {
        input: "x",
        lang: Lang::Vi,
        context: nguon_openapi::Context::Unit,
        base_url: "https://id.example.vn",
        checks: true,
        demo: false,
        checked: Some((checked, Some("7Q2M-X9TD-4KRA-0W6V-HB3E"))),
    };
    card(facts, &judge_check(facts, checked, noon()), asked, noon())
}

#[test]
fn a_counted_check_of_a_unit_without_fault_is_positive_and_says_how_often() {
    let card = answered(&item(ItemState::Active), &counted(1));
    assert_eq!((card.verdict, card.tone), (Verdict::RegisteredItem, Tone::Positive));
    assert_eq!(card.headline, "Mã có trong hồ sơ nhà sản xuất");
    let checks = card.checks.unwrap();
    assert_eq!((checks.state, checks.count, checks.first_check), (ChecksState::Counted, Some(1), Some(true)));
    assert_eq!(checks.receipt.as_deref(), Some("7Q2M-X9TD-4KRA-0W6V-HB3E"));
    let again = answered(&item(ItemState::Active), &counted(3));
    assert_eq!(again.tone, Tone::Positive);
    assert!(again.reasons.iter().any(|it| it.text == "Đã được kiểm tra 3 lần, lần đầu ngày 20/11/2026."));
}

#[test]
fn a_check_that_was_not_counted_is_never_positive() {
    let checked = Checked { counting: Counting::NotCounted { kept: true }, pin: None, same_receipt: false };
    let card = answered(&item(ItemState::Active), &checked);
    assert_eq!((card.tone, card.checks.unwrap().state), (Tone::Info, ChecksState::NotCounted));
    assert!(card.reasons.iter().any(|it| it.code.as_str() == "not_counted"));
}

#[test]
fn nothing_but_a_unit_without_fault_is_positive() {
    let recalled = Facts {
        recalls: vec![recall("R1", "active", json!({"gtin": super::scene::GTIN, "whole_product": true}))],
        ..item(ItemState::Active)
    };
    let elsewhere = Facts {
        recalls: vec![recall("R1", "active", json!({"gtin": super::scene::GTIN, "lots": ["L9"]}))],
        ..item(ItemState::Active)
    };
    let shared = Standing { version: 1, shared_publicly: true, ..Standing::default() };
    for facts in [
        item(ItemState::Issued),
        item(ItemState::Specimen),
        item(ItemState::Revoked),
        item(ItemState::Consumed),
        gtin(),
        recalled,
        with(item(ItemState::Active), suspected(Gravity::Soft)),
        with(item(ItemState::Active), suspected(Gravity::Hard)),
        with(item(ItemState::Active), redeemed()),
        with(item(ItemState::Active), shared),
    ] {
        let judgement = judge_check(&facts, &counted(2), noon());
        assert_ne!(judgement.tone, Tone::Positive, "{:?}", judgement.verdict);
    }
    // Another lot is recalled and this unit names its own: nothing speaks against it.
    let judgement = judge_check(&elsewhere, &counted(2), noon());
    assert_eq!(judgement.tone == Tone::Positive, judgement.safety == SafetyStatus::NoneKnown);
}

#[test]
fn what_casts_doubt_on_the_record_is_never_beside_a_positive_answer() {
    let other_lot = Facts {
        lot: crate::verify::LotFacts::Unknown,
        ..super::scene::on_record(&format!("/01/{}/10/FAKE/21/S1", super::scene::GTIN))
    };
    let unit_without_lot = Facts {
        item: ItemFacts::Known {
            entry: super::scene::unit(ItemState::Active),
            exception: None,
            standing: None,
            lot: None,
        },
        ..other_lot
    };
    let mut disputed = item(ItemState::Active);
    let mut product = super::scene::product();
    product.disputed_by.push(crate::registry::Id::try_from("other").unwrap());
    disputed.product = Some(Arc::new(product));
    let mut gone = item(ItemState::Active);
    let mut producer = super::scene::producer();
    producer.producer.withdrawn = true;
    gone.producer = Some(Arc::new(producer));
    for facts in [unit_without_lot, disputed, gone] {
        let judgement = judge_check(&facts, &counted(1), noon());
        assert_ne!(judgement.tone, Tone::Positive, "{:?}", judgement.findings);
    }
}

#[test]
fn a_lookup_sees_where_a_unit_stands_and_not_how_often_it_was_checked() {
    let soft = shown(&with(item(ItemState::Active), suspected(Gravity::Soft)), Lang::Vi, nguon_openapi::Context::Unit);
    assert_eq!((soft.verdict, soft.tone), (Verdict::UnusualActivity, Tone::Caution));
    assert_eq!(soft.advice, "Nếu không phải mình hay người nhà, hãy so kỹ bao bì.");
    assert_eq!(soft.valid_until, Some(at("2026-11-29T00:00:00Z")));
    let hard = shown(&with(item(ItemState::Active), suspected(Gravity::Hard)), Lang::Vi, nguon_openapi::Context::Unit);
    assert_eq!((hard.verdict, hard.tone, hard.valid_until), (Verdict::SuspectedClone, Tone::Danger, hard.valid_until));
    let used = shown(&with(item(ItemState::Active), redeemed()), Lang::Vi, nguon_openapi::Context::Unit);
    assert_eq!(used.verdict, Verdict::AlreadyConsumed);
    assert!(used.advice.starts_with("Ghi nhận lúc 14:05 ngày 22/11/2026."), "{}", used.advice);
}

#[test]
fn whoever_checks_is_told_how_often() {
    let card = answered(&with(item(ItemState::Active), suspected(Gravity::Soft)), &counted(41));
    assert!(card.advice.starts_with("Đã kiểm tra 41 lần, lần đầu ngày 01/11/2026."), "{}", card.advice);
}

#[test]
fn a_soft_suspicion_ends_by_itself_and_a_hard_one_does_not() {
    let later = at("2026-11-29T00:00:00Z");
    let soft = judge(&with(item(ItemState::Active), suspected(Gravity::Soft)), later);
    assert_eq!(soft.verdict, Verdict::RegisteredItem);
    let hard = judge(&with(item(ItemState::Active), suspected(Gravity::Hard)), later);
    assert_eq!(hard.verdict, Verdict::SuspectedClone);
}

#[test]
fn a_pin_is_used_once_and_whoever_used_it_is_not_told_that_it_is_used() {
    let facts = with(item(ItemState::Active), redeemed());
    let used = |pin, same_receipt| answered(&facts, &Checked { pin: Some(pin), same_receipt, ..counted(2) });
    assert_eq!(used(PinSeen::Accepted, false).tone, Tone::Positive);
    let before = used(PinSeen::UsedBefore, false);
    assert_eq!((before.verdict, before.tone), (Verdict::AlreadyConsumed, Tone::Caution));
    let same = used(PinSeen::UsedBefore, true);
    assert_eq!(same.headline, "Mã này đã được dùng bằng biên nhận này");
    assert!(same.reasons.iter().any(|it| it.code.as_str() == "same_receipt"));
}

#[test]
fn a_pin_that_does_not_match_or_is_not_on_record_cautions() {
    let of = |pin| answered(&item(ItemState::Active), &Checked { pin: Some(pin), ..counted(2) });
    assert_eq!((of(PinSeen::Mismatch).tone, of(PinSeen::NoneOnRecord).tone), (Tone::Caution, Tone::Caution));
    assert_eq!(of(PinSeen::Mismatch).headline, "Mã PIN chưa khớp, xin nhập lại");
    assert_eq!((of(PinSeen::NotCompared).tone, of(PinSeen::TooOften).tone), (Tone::Info, Tone::Caution));
}

#[test]
fn a_code_of_no_single_unit_has_no_check() {
    let card = answered(&gtin(), &counted(1));
    assert_eq!(card.checks.unwrap().state, ChecksState::NotPossible);
}

#[test]
fn a_card_from_before_says_that_the_check_was_not_counted() {
    let mut card = shown(&item(ItemState::Active), Lang::Vi, nguon_openapi::Context::Unit);
    assert!(is_one_unit(&card));
    not_counted(&mut card, true, Some("7Q2M"));
    assert_eq!(card.headline, "Có trong hồ sơ, lần này chưa đếm được");
    let codes: Vec<&str> = card.reasons.iter().map(|it| it.code.as_str()).collect();
    assert!(codes.ends_with(&["not_counted", "counted_later", "pin_not_compared"]), "{codes:?}");
    assert_eq!(card.checks.unwrap().state, ChecksState::NotCounted);
}
