//! The card: what is copied, what is not, and the words for shops.

use std::sync::Arc;

use nguon_openapi::{ChecksState, CodeKind, Context, Lang, Tone, Verdict};

use super::scene::{batch, gtin, item, product, shown, shown_without_checks};
use crate::registry::ItemState;
use crate::verify::{CodeFacts, Facts};

#[test]
fn a_shop_is_told_what_the_producer_declares_and_what_to_do_on_delivery() {
    for facts in [batch(), gtin()] {
        let card = shown(&facts, Lang::Vi, Context::Shop);
        assert_eq!(card.headline, "Nguồn gốc do nhà sản xuất khai báo");
        assert_eq!(card.checks.map(|checks| checks.state), Some(ChecksState::NotPossible));
    }
}

#[test]
fn only_a_unit_on_record_can_be_checked() {
    let state = |facts: &Facts| shown(facts, Lang::Vi, Context::Unit).checks.map(|checks| checks.state);
    assert_eq!(state(&item(ItemState::Active)), Some(ChecksState::Available));
    assert_eq!(state(&batch()), Some(ChecksState::NotPossible));
}

#[test]
fn a_service_that_counts_no_checks_does_not_speak_of_them() {
    let card = shown_without_checks(&item(ItemState::Active));
    assert_eq!(card.headline, "Mã có trong hồ sơ nhà sản xuất");
    assert_eq!((card.tone, card.checks.map(|checks| checks.state)), (Tone::Info, Some(ChecksState::NotPossible)));
}

#[test]
fn what_is_of_a_person_or_a_bank_is_not_repeated() {
    for reason in [gs1::Reason::PersonalDocument, gs1::Reason::PaymentCode] {
        let card = shown(&Facts::without_records(CodeFacts::NotProduct(reason)), Lang::Vi, Context::Unit);
        assert_eq!((card.code.kind, card.code.input.as_str()), (CodeKind::NotProduct, ""));
        assert_eq!((card.verdict, card.tone), (Verdict::Unknown, Tone::Neutral));
        assert_eq!(card.reasons[0].text, reason.text(gs1::Language::Vi));
    }
}

#[test]
fn a_name_that_makes_a_claim_is_marked_and_said() {
    let mut claiming = product();
    claiming.product.name.vi = "Mật ong thật 100%".try_into().unwrap();
    let card = shown(&Facts { product: Some(Arc::new(claiming)), ..batch() }, Lang::Vi, Context::Unit);
    assert!(card.product.is_some_and(|product| product.name_is_claim));
    assert!(card.reasons.iter().any(|reason| reason.code.as_str() == "claim_in_name"));
}

#[test]
fn the_card_names_its_newest_record_and_who_declared_it() {
    let card = shown(&batch(), Lang::En, Context::Unit);
    assert_eq!(card.record_version, 4);
    assert_eq!(card.footer.as_deref(), Some("Declared by HTX Mẫu 01; last updated on 1 Nov 2026."));
    let source = card.product.map(|product| product.source);
    assert_eq!(source.and_then(|source| source.by).as_deref(), Some("HTX Mẫu 01"));
}

#[test]
fn completeness_counts_what_is_there_and_names_what_is_not() {
    let card = shown(&batch(), Lang::Vi, Context::Unit);
    let completeness = card.completeness.unwrap();
    assert_eq!((completeness.present, completeness.of), (6, 10));
    let missing: Vec<&str> = completeness.missing.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(
        missing,
        ["Hình ảnh sản phẩm", "Địa chỉ", "Các công đoạn, địa điểm và thời gian", "Tiêu chuẩn, quy chuẩn áp dụng"]
    );
}

#[test]
fn links_are_on_the_public_origin() {
    let links = shown(&batch(), Lang::Vi, Context::Unit).links.unwrap();
    assert_eq!(links.card.as_deref(), Some("https://id.example.vn/card/01/09520000010010/10/L1"));
}
