//! No text of ours says that goods are the real thing or a copy. A producer's own words that do are shown in quotes
//! and never as a heading, a title or a preview.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use nguon::demo::scans;
use nguon_tests::{
    GTIN, PUBLISHER, Request, Server, attribute_values, between, demo, lines, nguon, recall, records, words,
};
use serde_json::json;

const FORBIDDEN: [&str; 17] = [
    "giả",
    "thật",
    "fake",
    "fakes",
    "faked",
    "counterfeit",
    "counterfeits",
    "genuine",
    "genuinely",
    "authentic",
    "authentically",
    "authenticity",
    "real",
    "really",
    "nhái",
    "xịn",
    "rởm",
];
const PHRASES: [&str; 2] = ["chính hãng", "hàng chuẩn"];

fn is_clean(text: &str, place: &str) {
    for word in words(text) {
        assert!(!FORBIDDEN.contains(&word.as_str()), "{word} in {place}");
    }
    let lower = text.to_lowercase();
    for phrase in PHRASES {
        assert!(!lower.contains(phrase), "{phrase} in {place}");
    }
}

#[test]
fn the_rule_itself_finds_what_it_forbids() {
    for text in ["Hàng GIẢ!", "100% chính hãng", "a \"genuine\" one", "<p>Real</p>"] {
        assert!(std::panic::catch_unwind(|| is_clean(text, "a test")).is_err(), "{text}");
    }
    is_clean("giải pháp giảm giá; thắt lưng; realgar; tác phẩm", "a test");
}

#[test]
fn no_page_says_it() {
    let server = demo();
    let mut pages: Vec<String> =
        ["/", "/docs/problems", "/card", "/card/1", "/about", "/privacy", "/offline", "/report?code=1"]
            .map(str::to_owned)
            .to_vec();
    pages.extend(["/embed", "/embed?code=9520000040017", "/embed?code=1"].map(str::to_owned));
    pages.extend(scans().iter().flat_map(|scan| [format!("/card{}", scan.path), format!("/embed{}", scan.path)]));
    for page in pages {
        for lang in ["vi", "en"] {
            let reply = server.get(&format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' }));
            assert_eq!(reply.media_type(), "text/html", "{page}");
            is_clean(reply.text(), &format!("{page} in {lang}"));
        }
    }
}

#[test]
fn no_card_and_no_problem_says_it() {
    let server = demo();
    for scan in scans() {
        for query in ["lang=vi", "lang=en", "lang=vi&context=shop", "lang=en&context=shop"] {
            is_clean(server.get(&format!("/v1/verify{}?{query}", scan.path)).text(), scan.path);
        }
    }
    for target in ["/v1/verify", "/v1/verify/1?lang=fr", "/nothing"] {
        is_clean(server.get(target).text(), target);
        is_clean(server.ask(&Request::get(target).header("accept", "text/html")).text(), target);
    }
    let refused = server.operate(&Request::json("/v1/recalls?publisher=x", &recall("R", &["T1"])));
    is_clean(refused.text(), "a refusal");
}

#[test]
fn neither_the_contract_nor_the_widget_says_it() {
    let server = demo();
    is_clean(server.get("/openapi.json").text(), "openapi.json");
    let manifest = server.get("/widget/v1/manifest.json");
    assert_eq!(manifest.status, 200);
    let mut files = 0;
    for address in manifest.text().split('"').filter(|text| text.starts_with("/widget/")) {
        let file = server.get(address);
        assert_eq!(file.status, 200, "{address}");
        files += 1;
        // Of compiled code only runs that can be a sentence.
        let text = String::from_utf8_lossy(&file.body);
        let runs = text.split(|c: char| c.is_control() || c == '\u{FFFD}').filter(|run| run.chars().count() >= 12);
        runs.for_each(|run| is_clean(run, address));
    }
    assert!(files >= 2, "the loader and the compiled card; {files} found in {}", manifest.text());
}

#[test]
fn the_terminal_does_not_say_it() {
    let server = demo();
    assert!(server.prints("Ctrl-C"), "its last line");
    is_clean(&server.printed(), "the demonstration's first lines");
    for command in ["--help", "demo --help", "serve --help", "lookup --help", "parse --help", "schema"] {
        let said = Command::new(nguon()).args(command.split(' ')).output().unwrap();
        assert!(said.status.success(), "{command}");
        is_clean(&String::from_utf8_lossy(&said.stdout), command);
    }
}

#[test]
fn a_claim_in_a_producers_name_is_quoted_and_leads_no_page() {
    const CLAIM: &str = "Mật ong chính hãng 100%";
    let server = Server::empty();
    let claiming = json!({"type": "product", "gtin": GTIN, "name": {"vi": CLAIM}, "producer": "test-cooperative"});
    let producer = records().lines().next().unwrap().to_owned() + "\n";
    let report = server.operate(&Request::post(
        format!("/v1/import?publisher={PUBLISHER}"),
        "application/x-ndjson",
        producer + &lines(&[claiming]),
    ));
    assert!(report.text().contains("claim_in_name"), "the publisher is warned: {}", report.text());

    let card = server.card(&format!("/01/{GTIN}?lang=vi"));
    assert_eq!(card["product"]["name_is_claim"], true);
    is_clean(card["headline"].as_str().unwrap(), "the headline");
    let page = server.get(&format!("/card/01/{GTIN}?lang=vi"));
    let html = page.text();
    assert!(html.contains(CLAIM), "it is shown");
    for (from, to) in [("<title>", "</title>"), ("<h1", "</h1>")] {
        is_clean(between(html, from, to).unwrap(), from);
    }
    for preview in attribute_values(html, &["content", "alt", "aria-label"]) {
        is_clean(&preview, "a preview");
    }
    // What is left when the quoted name is taken out is ours.
    let quoted = ["“", "”"].map(|mark| html.contains(mark));
    assert_eq!(quoted, [true, true], "it stands in quotes");
    is_clean(&html.replace(CLAIM, ""), "the page around it");
}
