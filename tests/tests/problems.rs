//! Every error that a caller can see is a problem document (RFC 9457) with a stable name, says what to do, and tells
//! nothing of how we are built.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use nguon_tests::{Reply, Request, Server, addresses, attribute_values, demo, recall};
use serde_json::json;

/// A problem of this name, in the whole of its form.
fn is(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.media_type()), (status, "application/problem+json"), "{code}: {}", reply.text());
    let problem = reply.json();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)));
    for field in ["title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| text.len() > 10), "{code} {field}");
    }
    assert_eq!(problem["type"], format!("/docs/problems#{code}"));
    let known: BTreeSet<&str> = ["type", "title", "status", "code", "detail", "errors"].into();
    for (field, _) in problem.as_object().unwrap() {
        assert!(known.contains(field.as_str()), "{code} has {field}");
    }
    assert_eq!(reply.must("cache-control"), "no-store", "{code}");
    assert_eq!(reply.must("x-content-type-options"), "nosniff", "{code}");
    for inside in ["actix", "serde", "redb", "panicked", "src/", ".rs:", "{closure"] {
        assert!(!reply.text().contains(inside), "{code} tells of {inside}: {}", reply.text());
    }
}

/// The one field that is wrong.
fn at(reply: &Reply, field: &str) {
    let errors = &reply.json()["errors"];
    assert_eq!(errors[0]["field"], field, "{errors}");
    assert!(!errors[0]["message"].as_str().unwrap().is_empty());
}

#[test]
fn every_mistake_of_a_reader_has_its_own_problem() {
    let server = demo();
    for target in ["/v1/verify", "/v1/verify/", "/v1/verify?code=", "/v1/verify?lang=vi"] {
        is(&server.get(target), 400, "no_code");
    }
    is(&server.get(&format!("/v1/verify/{}", "9".repeat(3000))), 400, "code_too_long");
    for (query, field) in [
        ("lang=fr", "lang"),
        ("lang=", "lang"),
        ("context=web", "context"),
        ("fields=product,all", "fields"),
        ("fields=", "fields"),
        ("lang=%FF", "lang"),
    ] {
        let reply = server.get(&format!("/v1/verify/1?{query}"));
        is(&reply, 400, "bad_parameter");
        at(&reply, field);
    }
    for target in
        ["/nothing", "/v1", "/v1/nothing", "/v1/media/nothing", "/widget/nothing", "/assets/nothing", "/v2/verify/1"]
    {
        is(&server.get(target), 404, "not_found");
    }
    is(&server.ask(&Request::new("DELETE", "/v1/verify/1")), 405, "method_not_allowed");
}

#[test]
fn every_mistake_of_an_operator_has_its_own_problem() {
    let server = Server::with_records();
    let post = |path: &str, kind: &str, body: &str| server.operate(&Request::post(path, kind, body));
    is(&post("/v1/recalls", "text/plain", "{}"), 415, "unsupported_media_type");
    is(&post("/v1/import", "text/plain", ""), 415, "unsupported_media_type");
    for body in ["", "{", "null", "[]", "{}", "{\"id\": 1}", "\u{FEFF}{}", "{\"id\": \"R\", \"id\": \"R\"}"] {
        let reply = post("/v1/recalls", "application/json", body);
        is(&reply, 422, "bad_body");
        assert!(reply.json()["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{body}");
    }
    for body in ["", "{", "7", "[1,"] {
        is(&post("/v1/import", "application/json", body), 422, "bad_body");
    }
    for (query, field) in [
        ("strict=yes", "strict"),
        ("dry_run=1", "dry_run"),
        ("publisher=a%20b", "publisher"),
        ("publisher=", "publisher"),
        ("why=%FF", "why"),
    ] {
        let reply = post(&format!("/v1/import?{query}"), "application/x-ndjson", "");
        is(&reply, 400, "bad_parameter");
        at(&reply, field);
    }
    is(&server.operate(&Request::json("/v1/recalls/NONE/close", &json!({"reason": "x"}))), 409, "conflict");
    is(&server.operate(&Request::json("/v1/recalls?publisher=other", &recall("R-1", &["T1"]))), 409, "conflict");
    is(&server.operate(&Request::get("/v1/import")), 405, "method_not_allowed");
    is(&server.operate(&Request::get("/nothing")), 404, "not_found");
    is(&server.operate(&Request::json("/v1/nothing", &json!({}))), 404, "not_found");
    is(
        &server.operate(&Request::json("/v1/recalls", &json!({})).header("origin", "https://evil.example")),
        403,
        "cross_site",
    );
}

#[test]
fn what_a_problem_means_is_one_click_away() {
    let server = demo();
    for lang in ["vi", "en"] {
        let page = server.get(&format!("/docs/problems?lang={lang}"));
        assert_eq!(page.status, 200);
        let named: BTreeSet<String> = attribute_values(page.text(), &["id"]).into_iter().collect();
        for code in [
            "no_code",
            "code_too_long",
            "bad_parameter",
            "not_found",
            "could_not_check",
            "registry_unavailable",
            "internal",
        ] {
            assert!(named.contains(code), "{code} is not explained in {lang}");
        }
    }
}

#[test]
fn a_page_that_reports_a_problem_is_a_page_and_leads_on() {
    let server = demo();
    for target in ["/card", "/card/", "/card?code=", "/card/1?lang=fr", &format!("/card/{}", "9".repeat(3000))] {
        let page = server.get(target);
        assert_eq!((page.status, page.media_type()), (400, "text/html"), "{target}");
        assert!(page.text().contains("<html lang=\"vi\">"), "{target}");
        let home = |address: &String| address == "/" || address.starts_with("/?");
        assert!(addresses(page.text()).iter().any(home), "{target} leads nowhere");
        assert_eq!(page.must("x-robots-tag"), "noindex", "{target}");
    }
}
