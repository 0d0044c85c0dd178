//! The demonstration keeps its word: every code that it offers answers as it says, in both languages, and nothing in
//! it is green.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{Clerk, Request, Server, Settings, attribute_values, between, demo, lines};
use serde_json::{Value, json};

const LANGS: [&str; 2] = ["vi", "en"];

fn each_card(server: &Server, mut look: impl FnMut(&str, &str, &Value)) {
    for scan in scans() {
        for lang in LANGS {
            let card = server.card(&format!("{}?lang={lang}", scan.path));
            look(scan.path, lang, &card);
        }
    }
}

#[test]
fn every_scan_gets_its_verdict_and_level_in_both_languages() {
    let server = demo();
    for scan in scans() {
        for lang in LANGS {
            let card = server.card(&format!("{}?lang={lang}", scan.path));
            let said = (card["verdict"].as_str(), card["level"].as_str());
            assert_eq!(said, (Some(scan.verdict.as_str()), Some(scan.level.as_str())), "{} {lang}", scan.path);
            assert_eq!(card["lang"], lang, "{}", scan.path);
        }
    }
}

#[test]
fn no_lookup_is_positive() {
    let server = demo();
    each_card(&server, |path, _, card| {
        let tone = card["tone"].as_str().unwrap();
        assert!(["info", "neutral", "caution", "danger"].contains(&tone), "{path} is {tone}");
        assert!(card["checks"].get("count").is_none(), "{path}: a lookup tells no counts");
    });
    for scan in scans() {
        let page = server.get(&format!("/card{}", scan.path));
        assert!(!page.text().contains("data-tone=\"positive\""), "{}", scan.path);
    }
}

#[test]
fn texts_fit_a_phone_and_both_languages_differ() {
    let server = demo();
    for scan in scans() {
        let [vi, en] = LANGS.map(|lang| server.card(&format!("{}?lang={lang}", scan.path)));
        for card in [&vi, &en] {
            for (field, most) in [("headline", 45), ("advice", 110)] {
                let length = card[field].as_str().unwrap().chars().count();
                assert!((1..=most).contains(&length), "{} {field}: {length}", scan.path);
            }
            for reason in card["reasons"].as_array().unwrap() {
                assert!(!reason["text"].as_str().unwrap().is_empty(), "{} {reason}", scan.path);
            }
        }
        assert_ne!(vi["headline"], en["headline"], "{}", scan.path);
        for field in ["verdict", "level", "tone", "record_version", "as_of", "valid_until"] {
            assert_eq!(vi[field], en[field], "{} {field}", scan.path);
        }
    }
}

#[test]
fn a_recall_is_affected_and_a_recalled_neighbour_is_possible() {
    let server = demo();
    each_card(&server, |path, _, card| {
        let status = card["safety"]["status"].as_str().unwrap();
        match card["verdict"].as_str().unwrap() {
            "recalled" => {
                assert_eq!((status, card["tone"].as_str().unwrap()), ("affected", "danger"), "{path}");
                let recall = &card["safety"]["recalls"][0];
                assert!(recall["reason"].is_string() && recall["issuer"].is_string(), "{path}: {recall}");
            }
            "expired" => assert_eq!(status, "expired", "{path}"),
            _ => assert!(["none_known", "possible"].contains(&status), "{path} is {status}"),
        }
    });
    // Another lot of the recalled fish, and the sauce that was made from it.
    for path in ["/01/09520000040017/10/K04B", "/01/09520000170011/10/U17A/21/8VHFJ5H71T5N"] {
        let card = server.card(path);
        let said = (card["safety"]["status"].as_str(), card["tone"].as_str());
        assert_eq!(said, (Some("possible"), Some("caution")), "{path}");
    }
}

#[test]
fn every_scan_has_a_page_in_vietnamese_that_says_the_same() {
    let server = demo();
    for scan in scans() {
        let page = server.get(&format!("/card{}", scan.path));
        assert_eq!((page.status, page.media_type()), (200, "text/html"), "{}", scan.path);
        let html = page.text();
        assert!(html.contains("<html lang=\"vi\">"), "{}", scan.path);
        let card = server.card(&format!("{}?lang=vi", scan.path));
        for field in ["verdict", "tone"] {
            let held = attribute_values(html, &[&format!("data-{field}")]);
            assert!(held.iter().any(|value| *value == card[field]), "{} has {field} {held:?}", scan.path);
        }
        let heading = between(html, "<h1", "</h1>").unwrap();
        assert!(heading.contains(card["headline"].as_str().unwrap()), "{}: {heading}", scan.path);
    }
}

#[test]
fn everything_is_marked_as_demonstration() {
    let server = demo();
    each_card(&server, |path, _, card| assert_eq!(card["demo"], true, "{path}"));
    let paths = scans().iter().map(|scan| format!("/card{}", scan.path));
    for path in paths.chain(["/".to_owned()]) {
        assert!(server.get(&path).text().contains("DỮ LIỆU MINH HOẠ"), "{path}");
    }
}

#[test]
fn the_home_page_and_the_terminal_offer_every_scan() {
    let server = demo();
    let home = server.get("/");
    let links = attribute_values(home.text(), &["href"]);
    for scan in scans() {
        let path = format!("/card{}", scan.path);
        let leads_there = |link: &String| *link == path || link.starts_with(&format!("{path}?lang="));
        assert!(links.iter().any(leads_there), "{path} is not on the home page");
        assert!(server.prints(&format!("{}{path}\n", server.origin())), "{path} was not printed");
    }
}

#[test]
fn a_phone_camera_is_sent_to_the_card_of_its_code() {
    let server = demo();
    let camera = server.get("/01/09520000010010/10/L01A?17=290101&lang=en");
    assert_eq!(camera.status, 307);
    assert_eq!(
        camera.must("location"),
        format!("{}/card/01/09520000010010/10/L01A?17=290101&lang=en", server.origin())
    );
    assert_eq!(server.get("/01/09520000991111").status, 404, "not on record");
    assert_eq!(server.get("/01/09520000010011").status, 400, "no code");
    let forged = server.ask(&Request::get("/01/09520000010010").header("host", "elsewhere.example"));
    assert!(forged.must("location").starts_with(&server.origin()), "the target is never taken from Host");
}

#[test]
fn what_one_of_its_people_enters_at_the_desk_the_other_approves() {
    // Of its own: something comes on record.
    let server = Settings::demo().start();
    let printed = server.printed();
    let [lan, minh] = ["Lan, who enters", "Minh, who approves"].map(|who| {
        let token = between(&printed, who, "\n").expect("a token is printed").trim();
        Clerk::sign_in_at(&server, token)
    });
    let code = "/01/09520000990022/10/R1";
    let file = lines(&[
        json!({"type": "producer", "id": "htx-ruoi", "name": {"vi": "HTX Rươi Mẫu"}}),
        json!({"type": "product", "gtin": "09520000990022", "name": {"vi": "Rươi kho Mẫu, hũ 300 g"},
            "producer": "htx-ruoi", "standards": ["TCVN 1"]}),
        json!({"type": "batch", "gtin": "09520000990022", "lot": "R1", "produced": "2026-11-01"}),
    ]);
    let number = lan.uploads("ruoi.ndjson", file.as_bytes(), None);
    assert_eq!(lan.steps(number, "send", "").status, 303);
    assert_eq!(lan.steps(number, "approve", "").status, 403);
    assert_eq!(server.card(code)["verdict"], "unknown");
    assert_eq!(minh.steps(number, "approve", "").status, 303);
    assert_eq!(server.card(code)["verdict"], "registered_batch");
    // Whoever sits at the machine is the operator, and may come in as somebody else.
    let desk = server.operate(&Request::get("/desk?lang=en"));
    assert_eq!(attribute_values(desk.text(), &["href"]).iter().filter(|it| it.starts_with("/desk/session")).count(), 1);
    let door = server.operate(&Request::get("/desk/session?lang=en"));
    assert_eq!(door.status, 200);
    assert!(door.text().contains("name=\"token\""), "{}", door.text());
}
