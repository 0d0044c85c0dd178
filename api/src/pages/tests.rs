//! Promises of the pages.

use nguon_openapi::{Card, Lang};
use serde_json::json;

use super::{
    Again, PageContext, Sample, Trouble, about, card_page, could_not_check, home, not_found, offline, offline_worker,
    privacy, problem_page, script, stylesheet,
};
use crate::config::{Contact, Operator};

mod machines;

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

const TROUBLE: Trouble<'_> = Trouble { title: "TITLE", detail: "DETAIL", again: Some(Again { after_s: 7 }) };
const SOON: Again = Again { after_s: 5 };

fn offers_a_check() -> Card {
    let mut card = card();
    card.code.canonical = Some("https://id.example.vn/01/09520000010010/10/CODE-LOT/21/SERIAL".into());
    card.code.serial = Some("SERIAL".into());
    card.checks = serde_json::from_value(json!({ "state": "available" })).unwrap();
    card
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
        "value=\"9\"",
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
        home(&[], &ctx).into_string().replacen("<script type=\"module\" src=\"/assets/home-", "", 1),
        problem_page(&TROUBLE, &ctx).into_string(),
        could_not_check(None, SOON, &ctx).into_string(),
        not_found(&ctx).into_string(),
        offline(&ctx).into_string(),
        about(&Operator::default(), &ctx).into_string(),
        privacy(&Operator::default(), &ctx).into_string(),
    ] {
        for forbidden in ["<style", " style=", " onclick", "javascript:", "src=\"http"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        // Of scripts, one file from this origin, and data that run nothing.
        let scripts: Vec<&str> = page.split("<script").skip(1).map(|it| it.split('>').next().unwrap()).collect();
        for script in scripts {
            assert!(
                script.starts_with(" src=\"/assets/page-") || script == " type=\"application/ld+json\"",
                "{script}"
            );
        }
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"vi\">"));
        assert!(page.contains(&stylesheet().path));
    }
    assert!(!stylesheet().text.contains("http") && !script().text.contains("http"));
}

#[test]
fn the_first_page_has_one_script_more_than_every_page_and_says_what_it_must_be() {
    let page = home(&[], &context(Lang::Vi)).into_string();
    let script = nguon_bundle::home_script().unwrap();
    let tag = format!("<script type=\"module\" src=\"{}\" integrity=\"{}\"></script>", script.path, script.sri);
    assert_eq!(page.matches(&tag).count(), 1);
    assert!(page.contains(&format!("<script src=\"{}\"", super::script().path)));
    assert_eq!(page.matches("<script").count(), 2);
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
    assert!(page.len() < 24 * 1024, "{} bytes", page.len());
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
        card.verdict = nguon_openapi::Verdict::Expired;
        assert!(title(&card).contains("HEADLINE"));
        // The headline of a plain verdict would not warn.
        card.verdict = nguon_openapi::Verdict::RegisteredItem;
        assert!(title(&card).contains("TOLD") && !title(&card).contains("HEADLINE"));
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
    for page in [
        problem_page(&TROUBLE, &ctx).into_string(),
        could_not_check(None, SOON, &ctx).into_string(),
        not_found(&ctx).into_string(),
        offline(&ctx).into_string(),
    ] {
        for sign in ["data-tone", "data-verdict", "class=\"icon\"", "<article"] {
            assert!(!page.contains(sign), "{sign}");
        }
    }
    let page = could_not_check(None, SOON, &ctx).into_string();
    assert!(page.contains("Chưa kiểm tra được, xin thử lại") && page.contains("Đây không phải kết luận về sản phẩm."));
    assert!(page.contains("Could not check: please try again"));
}

#[test]
fn no_problem_is_a_dead_end() {
    let ctx = context(Lang::Vi);
    for page in [problem_page(&TROUBLE, &ctx).into_string(), could_not_check(None, SOON, &ctx).into_string()] {
        assert!(page.contains("href=\"/card/01/09520000010010?x=1&amp;lang=vi\">Thử lại"), "the same again");
        assert!(page.contains("action=\"/card\" method=\"get\""), "another code");
        assert!(page.contains("Trong lúc chờ, hãy xem trên bao bì"), "what to look at meanwhile");
    }
    assert!(problem_page(&TROUBLE, &ctx).into_string().contains("<strong>7 giây</strong>"));
    let last = problem_page(&Trouble { again: None, ..TROUBLE }, &ctx).into_string();
    assert!(!last.contains("Thử lại") && last.contains("action=\"/card\""));
    assert!(not_found(&ctx).into_string().contains("action=\"/card\""));
    let offline = offline(&ctx).into_string();
    assert!(offline.contains("href=\"\">Thử lại") && offline.contains("Đây không phải kết luận về sản phẩm."));
}

#[test]
fn the_offline_worker_keeps_the_page_and_the_sheet_that_there_are() {
    let worker = offline_worker();
    assert!(worker.contains("'/offline?lang=vi'") && worker.contains(&stylesheet().path));
    for name in ["HASH", "PAGE", "SHEET"] {
        assert!(!worker.contains(name), "{name}");
    }
}

#[test]
fn a_check_is_offered_only_where_the_card_says_so() {
    assert!(!printed(&card()).contains("/check\""));
    let mut card = offers_a_check();
    card.checks = serde_json::from_value(json!({ "state": "not_possible" })).unwrap();
    assert!(!printed(&card).contains("/check\""));
    let page = printed(&offers_a_check());
    assert!(page.contains("action=\"/check\" method=\"post\""));
    let code = "name=\"code\" value=\"https://id.example.vn/01/09520000010010/10/CODE-LOT/21/SERIAL\"";
    assert!(page.contains(code) && page.contains("name=\"pin\""));
    let at = |text: &str| page.find(text).unwrap();
    assert!(at("HEADLINE") < at("/check\"") && at("/check\"") < at("section product"), "the verdict, then the button");
}

#[test]
fn a_recall_stands_above_the_button() {
    let mut card = offers_a_check();
    card.safety = serde_json::from_value(json!({ "status": "possible", "recalls": [{
        "id": "R", "status": "active", "matched_by": "other_lots", "reason": "RECALL", "gtin": "09520000010010",
        "whole_product": false, "lots": ["X"], "issuer": "I", "from": "2026-11-18"
    }]}))
    .unwrap();
    let page = printed(&card);
    assert!(page.find("RECALL").unwrap() < page.find("action=\"/check\"").unwrap());
}

#[test]
fn what_to_compare_stands_beside_what_is_printed_on_the_pack() {
    let page = printed(&card());
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("section batch") < at("COMPARE") && at("COMPARE") < at("section producer"));
}

#[test]
fn a_stale_card_says_when_in_the_time_of_viet_nam() {
    let mut card = card();
    card.checked_at = Some("2026-11-23T17:05:00Z".parse().unwrap());
    let page = printed(&card);
    assert!(page.contains("00:05 ngày 24/11/2026") && page.contains("datetime=\"2026-11-23T17:05:00Z\""));
    let english = card_page(&card, &context(Lang::En)).html.into_string();
    assert!(english.contains("00:05 on 24 Nov 2026"));
    card.stale = false;
    assert!(!printed(&card).contains("stale-note"));
}

#[test]
fn who_runs_it_is_said_or_said_to_be_missing() {
    let ctx = context(Lang::Vi);
    let nobody = Operator::default();
    let somebody = Operator {
        name: Some("Sở <Mẫu>".into()),
        contact: Some(Contact::Phone("0225 3 123 456".into())),
        ..Operator::default()
    };
    for page in [about, privacy] {
        assert!(page(&nobody, &ctx).into_string().contains("chưa ghi tên đơn vị vận hành"));
        let page = page(&somebody, &ctx).into_string();
        assert!(page.contains("Sở &lt;Mẫu&gt;") && !page.contains("chưa ghi tên"));
    }
    assert!(about(&somebody, &ctx).into_string().contains("href=\"tel:02253123456\""));
}

#[test]
fn every_answer_is_explained() {
    for lang in [Lang::Vi, Lang::En] {
        let page = about(&Operator::default(), &context(lang)).into_string();
        let explained = page.split("<dl class=\"meanings\">").nth(1).unwrap().split("</dl>").next().unwrap();
        assert_eq!(explained.matches("<dt>").count(), nguon_openapi::Verdict::ALL.len());
        // No lookup is positive, so none is explained as such.
        assert!(!explained.contains("data-tone=\"positive\""));
    }
}

#[test]
fn a_code_that_was_mistyped_can_be_corrected_where_it_stands() {
    let mut card = card();
    card.product = None;
    assert!(printed(&card).contains("value=\"INPUT\""));
}

#[test]
fn the_language_switch_keeps_the_page() {
    let page = could_not_check(None, SOON, &context(Lang::En)).into_string();
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
