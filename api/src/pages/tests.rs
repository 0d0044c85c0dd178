//! Promises of the pages.

use nguon_openapi::{Card, Lang};
use serde_json::json;

use super::{PageContext, Sample, card_page, could_not_check, home, problem_page, stylesheet};

fn context(lang: Lang) -> PageContext<'static> {
    PageContext { lang, base_url: "https://id.example.vn", demo: false, this_path: "/card/01/09520000010010?x=1" }
}

/// A card with every part, its texts named after their fields.
fn card() -> Card {
    let source = json!({ "level": "declared", "by": "SOURCE-BY" });
    serde_json::from_value(json!({
        "lang": "vi",
        "code": { "input": "INPUT", "kind": "gs1", "gtin": "09520000010010", "lot": "CODE-LOT", "expiry": "2029-03-13" },
        "verdict": "registered_batch", "level": "batch", "tone": "info", "headline": "HEADLINE", "advice": "ADVICE",
        "reasons": [
            { "code": "lot_on_record", "text": "TOLD" },
            { "code": "lot_mismatch", "text": "REASON", "in_code": "IN-CODE", "on_record": "ON-RECORD" }
        ],
        "safety": { "status": "none_known", "recalls": [] },
        "product": {
            "name": "PRODUCT", "name_is_claim": false, "brand": "BRAND", "model": "MODEL", "origin": "ORIGIN",
            "net_content": "NET", "standards": ["STANDARD"], "warnings": ["WARNING"], "images": ["/v1/media/picture"],
            "source": source
        },
        "producer": {
            "name": "PRODUCER", "place": { "address": "ADDRESS", "legacy_address": "LEGACY" }, "phone": "1900 0000",
            "email": "mail@producer.example", "website": "https://producer.example/x", "source": source
        },
        "batch": { "lot": "LOT", "produced": "2026-03-12", "expires": "2029-03-12", "best_before": "2028-03-12", "source": source },
        "certificates": [{
            "kind": "ocop", "name": "CERTIFICATE", "stars": 4, "number": "NUMBER", "issuer": "ISSUER", "scope": "SCOPE",
            "to": "2028-07-15", "state": "valid", "url": "https://certificate.example/1",
            "source": { "level": "verified", "by": "VERIFIER" }
        }],
        "timeline": [{ "stage": "packing", "text": "STAGE", "date": "2026-03-11", "place": "PLACE", "source": source }],
        "compare": [{ "text": "COMPARE", "image": "/v1/media/compare" }],
        "completeness": { "present": 9, "of": 10, "missing": [{ "item": "image", "name": "MISSING" }] },
        "links": { "card": "https://id.example.vn/card/x", "case_variant": "https://id.example.vn/card/variant" },
        "footer": "FOOTER", "record_version": 1, "rules_version": "1", "stale": true
    }))
    .unwrap()
}

fn printed(card: &Card) -> String {
    card_page(card, &context(Lang::Vi)).html.into_string()
}

#[test]
fn every_part_of_a_card_is_on_its_page() {
    let page = printed(&card());
    for told in [
        "HEADLINE",
        "ADVICE",
        "REASON",
        "IN-CODE",
        "ON-RECORD",
        "PRODUCT",
        "BRAND",
        "MODEL",
        "ORIGIN",
        "NET",
        "STANDARD",
        "WARNING",
        "src=\"/v1/media/picture\"",
        "PRODUCER",
        "ADDRESS",
        "LEGACY",
        "href=\"tel:19000000\"",
        "href=\"mailto:mail@producer.example\"",
        "href=\"https://producer.example/x\"",
        "LOT",
        "12/03/2026",
        "12/03/2029",
        "12/03/2028",
        "13/03/2029",
        "09520000010010",
        "CERTIFICATE",
        "★★★★",
        "NUMBER",
        "ISSUER",
        "SCOPE",
        "15/07/2028",
        "VERIFIER",
        "STAGE",
        "11/03/2026",
        "PLACE",
        "COMPARE",
        "MISSING",
        "data-present=\"9\"",
        "FOOTER",
        "/card/variant",
        "Đây là thông tin đã lưu trước đó",
    ] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("TOLD"));
}

#[test]
fn pages_need_nothing_that_their_policy_forbids() {
    let ctx = context(Lang::Vi);
    for page in [
        printed(&card()),
        home(&[], &ctx).into_string(),
        problem_page("t", "d", &ctx).into_string(),
        could_not_check(None, &ctx).into_string(),
    ] {
        for forbidden in ["<script", "<style", " style=", " onclick", "javascript:", "src=\"http"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"vi\">"));
        assert!(page.contains(&stylesheet().path));
    }
    assert!(!stylesheet().css.contains("http"));
}

#[test]
fn hostile_text_stays_text() {
    let mut card = card();
    let product = card.product.as_mut().unwrap();
    product.name = format!("<img src=x onerror=alert(1)>\u{202e}\"'&{}", "ế".repeat(10_000));
    product.images = vec!["https://elsewhere.example/pixel.png".into(), "javascript:alert(1)".into()];
    let producer = card.producer.as_mut().unwrap();
    producer.website = Some("javascript:alert(2)".into());
    producer.phone = Some("\"><b>1".into());
    card.certificates[0].url = Some("http://plain.example".into());
    let page = printed(&card);
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;ế"));
    assert!(!page.contains("<img src=x") && !page.contains("<b>") && !page.contains('\u{202e}'));
    assert!(
        !page.contains("href=\"javascript:") && !page.contains("elsewhere.example") && !page.contains("plain.example")
    );
    assert!(page.len() < 20 * 1024, "{} bytes", page.len());
}

#[test]
fn a_claim_is_in_no_title_and_no_preview() {
    let mut card = card();
    let product = card.product.as_mut().unwrap();
    product.name = "CLAIM".into();
    product.name_is_claim = true;
    let page = printed(&card);
    let head = page.split("</head>").next().unwrap();
    assert!(!head.contains("CLAIM"));
    assert_eq!(page.matches("CLAIM").count(), 1);
}

#[test]
fn a_title_warns_but_never_praises() {
    let mut card = card();
    let title = |card: &Card| printed(card).split("</title>").next().unwrap().to_owned();
    for tone in ["info", "positive"] {
        card.tone = serde_json::from_value(json!(tone)).unwrap();
        assert!(title(&card).contains("PRODUCT"));
        assert!(!title(&card).contains("HEADLINE"));
    }
    for tone in ["caution", "danger"] {
        card.tone = serde_json::from_value(json!(tone)).unwrap();
        assert!(title(&card).contains("HEADLINE"));
    }
}

#[test]
fn only_what_a_product_or_a_lot_shares_may_be_found_by_searching() {
    let ctx = context(Lang::Vi);
    let mut card = card();
    assert!(!card_page(&card, &ctx).noindex);
    card.code.serial = Some("1".into());
    let page = card_page(&card, &ctx);
    assert!(page.noindex);
    assert!(page.html.into_string().contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn a_problem_never_looks_like_a_verdict() {
    let ctx = context(Lang::Vi);
    for page in [problem_page("TITLE", "DETAIL", &ctx).into_string(), could_not_check(None, &ctx).into_string()] {
        for sign in ["data-tone", "data-verdict", "class=\"icon\"", "<article"] {
            assert!(!page.contains(sign), "{sign}");
        }
    }
    let page = could_not_check(None, &ctx).into_string();
    assert!(page.contains("Chưa kiểm tra được, xin thử lại") && page.contains("Đây không phải kết luận về sản phẩm."));
    assert!(page.contains("Could not check: please try again"));
    assert!(page.contains("class=\"button\" href=\"/card/01/09520000010010?x=1&amp;lang=vi\""));
}

#[test]
fn a_code_that_was_mistyped_can_be_corrected_where_it_stands() {
    let mut card = card();
    card.product = None;
    assert!(printed(&card).contains("value=\"INPUT\""));
}

#[test]
fn the_language_switch_keeps_the_page() {
    let page = could_not_check(None, &context(Lang::En)).into_string();
    assert!(page.contains("href=\"/card/01/09520000010010?x=1&amp;lang=vi\""));
    assert!(page.contains("<html lang=\"en\">"));
}

#[test]
fn samples_lead_to_their_cards() {
    let sample = Sample { path: "/card/01/1", headline: "HEADLINE", product: "P", tone: nguon_openapi::Tone::Danger };
    let page = home(&[sample], &PageContext { demo: true, ..context(Lang::En) }).into_string();
    assert!(page.contains("href=\"/card/01/1?lang=en\" data-tone=\"danger\""));
    assert!(page.contains("DỮ LIỆU MINH HOẠ"));
    assert!(page.contains("action=\"/card\" method=\"get\""));
}
