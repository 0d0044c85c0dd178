//! A card laid out for somebody else's page: as nodes, and as HTML for pages that are made on a server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{Request, demo, encoded};

#[test]
fn the_nodes_of_a_card_begin_and_end_and_say_what_it_says() {
    let server = demo();
    for scan in scans() {
        for lang in ["vi", "en"] {
            let view = server.get(&format!("/v1/cards{}.view.json?lang={lang}", scan.path));
            assert_eq!((view.status, view.media_type()), (200, "application/json"), "{}", scan.path);
            let view = view.json();
            let card = server.card(&format!("{}?lang={lang}&context=shop", scan.path));
            for field in ["lang", "verdict", "tone", "stale"] {
                assert_eq!(view[field], card[field], "{field} of {}", scan.path);
            }
            let nodes = view["nodes"].as_array().unwrap();
            let begun = nodes.iter().filter(|node| node.is_array()).count();
            assert_eq!(begun, nodes.iter().filter(|node| node.is_null()).count(), "{}", scan.path);
            assert!(nodes.iter().any(|node| *node == card["headline"]), "{}", scan.path);
            assert_ne!(view["tone"], "positive");
        }
    }
}

#[test]
fn a_shop_is_meant_unless_the_unit_is_asked_for() {
    let server = demo();
    let unit = "/v1/cards/01/09520000010010/10/L01A/21/3165QFD13Z41.view.json";
    assert_eq!(server.get(unit).json()["verdict"], "registered_batch");
    assert_eq!(server.get(&format!("{unit}?context=unit")).json()["verdict"], "registered_item");
    assert_eq!(server.get(&format!("{unit}?context=elsewhere")).status, 400);
}

#[test]
fn codes_of_every_form_and_with_any_ending_are_taken() {
    let server = demo();
    for code in [
        "09520000010010",
        "(01)09520000010010(10)L01A",
        "https://shop.example/01/09520000010010/10/L01A",
        "a.html",
        ".view.json",
        "..",
    ] {
        for ending in ["view.json", "html"] {
            let reply = server.get(&format!("/v1/cards/{}.{ending}", encoded(code)));
            assert_eq!(reply.status, 200, "{code} {ending}: {}", reply.text());
        }
    }
    assert_eq!(server.get("/v1/cards/.view.json").status, 400);
    assert_eq!(server.get(&format!("/v1/cards/{}.html", "9".repeat(3_000))).status, 400);
    assert_eq!(server.get("/v1/cards/09520000010010").status, 404);
}

#[test]
fn they_are_cached_and_read_from_anywhere_like_the_card() {
    let server = demo();
    for ending in ["view.json", "html"] {
        let target = format!("/v1/cards/01/09520000010010.{ending}?lang=vi");
        let first = server.get(&target);
        assert!(first.must("cache-control").starts_with("public, max-age="), "{:?}", first.headers);
        assert_eq!(first.must("access-control-allow-origin"), "*");
        assert_eq!(first.must("content-language"), "vi");
        assert!(!first.list("vary").contains("accept-language"));
        let again = server.ask(&Request::get(&target).header("if-none-match", first.must("etag")));
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert!(server.get(&target.replace("?lang=vi", "")).list("vary").contains("accept-language"));
    }
}

#[test]
fn a_printed_card_holds_no_markup_but_ours_and_leads_to_the_record() {
    let server = demo();
    for scan in scans() {
        let reply = server.get(&format!("/v1/cards{}.html?lang=en", scan.path));
        assert_eq!(reply.media_type(), "text/html");
        let html = reply.text();
        assert!(html.starts_with("<origin-card code=\""), "{html}");
        for forbidden in ["<script", " style=\"", " onerror", "javascript:", "src=\"/", "href=\"/"] {
            let without_style = html.split_once("</style>").map_or(html, |(_, rest)| rest);
            assert!(!without_style.contains(forbidden), "{forbidden} for {}: {without_style}", scan.path);
        }
    }
    let hostile = "<img src=x onerror=alert(1)>\"'&";
    let html = server.get(&format!("/v1/cards/{}.html", encoded(hostile)));
    assert!(!html.text().contains("<img"), "{}", html.text());
}
