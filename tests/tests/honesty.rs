//! "Not in this registry", "we could not look" and "there is something wrong" are three different answers, and
//! nothing fails open.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use nguon_tests::{GTIN, LOT, Reply, Request, SERIAL, Server, Settings, lines, recall, records};
use serde_json::{Value, json};

const UNKNOWN: &str = "/01/09520000991111";

fn code() -> String {
    format!("/01/{GTIN}/10/{LOT}/21/{SERIAL}")
}

/// Not a verdict, in no way: neither as JSON nor as a page.
fn could_not_look(server: &Server, code: &str) {
    let reply = server.get(&format!("/v1/verify{code}"));
    assert_eq!((reply.status, reply.media_type()), (503, "application/problem+json"), "{code}: {}", reply.text());
    let problem = reply.json();
    let named = problem["code"].as_str().unwrap();
    assert!(["registry_unavailable", "could_not_check"].contains(&named), "{named}");
    let is_whole = |reply: &Reply| {
        assert!(reply.must("retry-after").parse::<u32>().unwrap() > 0);
        assert!(reply.list("cache-control").contains("no-store"));
        assert!(reply.header("etag").is_none());
    };
    is_whole(&reply);
    for field in ["verdict", "level", "tone", "headline", "safety"] {
        assert!(problem.get(field).is_none(), "{problem}");
    }

    let page = server.get(&format!("/card{code}"));
    assert_eq!((page.status, page.media_type()), (503, "text/html"), "{code}");
    is_whole(&page);
    assert!(page.text().contains("Chưa kiểm tra được, xin thử lại"));
    for mark in ["data-tone", "data-verdict", "class=\"card\""] {
        assert!(!page.text().contains(mark), "{mark} on a page that could not look");
    }
    assert_eq!(server.operate(&Request::get("/readyz")).status, 503, "a balancer must not send readers here");
    assert_eq!(server.operate(&Request::get("/livez")).status, 200, "the process itself is well");
}

fn filled(store: &Path) {
    let server = Settings::serve(store).start();
    let _ = server.import(&records());
    assert_eq!(server.card(&code())["verdict"], "registered_item");
    server.ask_to_stop();
    assert!(server.stopped(Duration::from_secs(20)).success());
}

#[test]
fn unknown_is_an_answer_and_names_nothing() {
    let server = Server::with_records();
    let card = server.card(UNKNOWN);
    assert_eq!([&card["verdict"], &card["level"], &card["tone"]], ["unknown", "none", "neutral"]);
    assert_eq!(card["safety"]["status"], "none_known");
    for section in ["product", "producer", "batch", "item", "certificates", "timeline"] {
        assert!(card.get(section).is_none(), "{section}: {card}");
    }
    assert_eq!(server.operate(&Request::get("/readyz")).status, 200);
}

#[test]
fn a_registry_that_never_held_a_record_cannot_say_unknown() {
    let server = Server::empty();
    could_not_look(&server, UNKNOWN);
    could_not_look(&server, &code());
    let _ = server.import(&records());
    assert_eq!(server.card(UNKNOWN)["verdict"], "unknown");
    assert_eq!(server.card(&code())["verdict"], "registered_item");
}

#[test]
fn a_registry_that_was_emptied_never_says_unknown() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    filled(&store);
    // What a volume that was not mounted, or a file that was truncated, leaves behind.
    OpenOptions::new().write(true).open(&store).unwrap().set_len(0).unwrap();
    could_not_look(&Settings::serve(&store).start(), &code());
    std::fs::remove_file(&store).unwrap();
    could_not_look(&Settings::serve(&store).start(), &code());
}

#[test]
fn a_store_that_is_lost_under_a_running_service_answers_right_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    let serial = |n: usize| format!("LOST{n:08}");
    let server = Settings::serve(&store).start();
    let _ = server.import(&records());
    let units: Vec<Value> = (0..5)
        .map(|part| {
            let serials: Vec<String> = (part * 1000..(part + 1) * 1000).map(serial).collect();
            json!({"type": "items", "gtin": GTIN, "lot": LOT, "state": "active", "serials": serials})
        })
        .collect();
    assert_eq!(server.import(&lines(&units))["units"], 5_000);
    server.ask_to_stop();
    assert!(server.stopped(Duration::from_secs(20)).success());

    let server = Settings::serve(&store).start();
    OpenOptions::new().write(true).open(&store).unwrap().set_len(4096).unwrap();
    // What it has read before it may still tell; what it cannot read is no verdict, and least of all "unknown".
    for n in (0..5_000).step_by(100) {
        let code = format!("/01/{GTIN}/21/{}", serial(n));
        let reply = server.get(&format!("/v1/verify{code}"));
        if reply.status == 503 {
            assert_eq!(server.get(&format!("/card{code}")).status, 503, "{code}");
        } else {
            assert_eq!((reply.status, &reply.json()["verdict"]), (200, &json!("registered_item")), "{code}");
        }
    }
    assert_eq!(server.operate(&Request::get("/livez")).status, 200);
}

#[test]
fn a_damaged_file_is_refused_and_never_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    std::fs::write(&store, "this is no registry").unwrap();
    let (started, said) = Settings::serve(&store).run_to_end();
    assert!(!started);
    assert!(said.contains("registry.redb"), "it names the file: {said}");
    assert_eq!(std::fs::read(&store).unwrap(), b"this is no registry");
}

#[test]
fn a_problem_is_never_a_verdict() {
    let server = Server::with_records();
    let _ = server.operate(&Request::json("/v1/recalls?publisher=test-publisher", &recall("R-1", &[LOT])));
    for target in ["/v1/verify", "/v1/verify/1?lang=fr", "/v1/verify/1?fields=all", "/v1/verify/1?context=web"] {
        let problem = server.get(target).json();
        for field in ["verdict", "level", "tone", "headline", "safety", "product"] {
            assert!(problem.get(field).is_none(), "{target}: {problem}");
        }
    }
    for target in ["/card", "/card/1?lang=fr", "/card?code="] {
        let page = server.get(target);
        assert!((400..500).contains(&page.status), "{target}");
        assert_eq!(page.media_type(), "text/html", "{target}: a page stays a page");
        assert!(!page.text().contains("data-verdict"), "{target}");
    }
}
