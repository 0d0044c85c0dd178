//! An import through the operators' listener: again is nothing new, strict is all or nothing, and what is wrong is
//! named by its line while the rest loads.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{GTIN, LOT, PUBLISHER, Reply, Request, SERIAL, Server, lines, records};
use serde_json::{Value, json};

const OTHER_GTIN: &str = "09520000990022";

fn send(server: &Server, query: &str, ndjson: &str) -> Reply {
    let target = format!("/v1/import?publisher={PUBLISHER}{query}");
    server.operate(&Request::post(target, "application/x-ndjson", ndjson))
}

fn product(gtin: &str, name: &str) -> Value {
    json!({"type": "product", "gtin": gtin, "name": {"vi": name}})
}

/// A right line, a wrong one, a right one.
fn with_a_wrong_line() -> String {
    let wrong = json!({"type": "batch", "gtin": OTHER_GTIN, "lot": "bad lot with blanks"});
    let right = json!({"type": "batch", "gtin": OTHER_GTIN, "lot": "OK"});
    lines(&[product(OTHER_GTIN, "Trà thử"), wrong, right])
}

#[test]
fn again_is_nothing_new() {
    let server = Server::with_records();
    let target = format!("/v1/verify/01/{GTIN}/10/{LOT}/21/{SERIAL}");
    let before = server.get(&target);
    let read = records().lines().count();
    let report = server.import(&records());
    assert_eq!([&report["read"], &report["changed"], &report["unchanged"]], [&json!(read), &json!(0), &json!(read)]);
    assert!(report["revision"].is_null(), "nothing was written: {report}");
    let after = server.get(&target);
    assert_eq!(
        (after.body, after.headers.iter().find(|(name, _)| name == "etag")),
        (before.body, before.headers.iter().find(|(name, _)| name == "etag"))
    );
}

#[test]
fn absence_never_deletes() {
    let server = Server::with_records();
    let _ = server.import(&lines(&[product(OTHER_GTIN, "Trà thử")]));
    assert_eq!(server.card(&format!("/01/{GTIN}/10/{LOT}"))["verdict"], "registered_batch");
}

#[test]
fn what_is_wrong_is_named_by_its_line_and_the_rest_loads() {
    let server = Server::with_records();
    let report = send(&server, "", &with_a_wrong_line());
    assert_eq!(report.status, 200);
    let report = report.json();
    assert_eq!(
        [&report["read"], &report["changed"], &report["rejected"]["total"]],
        [3, 2, 1].map(|n| json!(n)).each_ref()
    );
    let found = &report["rejected"]["list"][0];
    assert_eq!([&found["line"], &found["field"]], [&json!(2), &json!("lot")]);
    assert!(found["code"].is_string() && !found["message"].as_str().unwrap().is_empty());
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}/10/OK"))["verdict"], "registered_batch");
}

#[test]
fn strict_is_all_or_nothing() {
    let server = Server::with_records();
    let report = send(&server, "&strict=true", &with_a_wrong_line()).json();
    assert_eq!(report["rejected"]["list"][0]["line"], 2);
    assert!(report["revision"].is_null(), "{report}");
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}"))["verdict"], "unknown");
    let right: String = with_a_wrong_line()
        .lines()
        .filter(|line| !line.contains("blanks"))
        .map(|line| line.to_owned() + "\n")
        .collect();
    assert_eq!(send(&server, "&strict=true", &right).json()["changed"], 2);
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}/10/OK"))["verdict"], "registered_batch");
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_would_happen() {
    let server = Server::with_records();
    let report = send(&server, "&dry_run=true", &with_a_wrong_line()).json();
    assert_eq!([&report["dry_run"], &report["changed"]], [&json!(true), &json!(2)]);
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}"))["verdict"], "unknown");
}

#[test]
fn lines_that_are_no_records_are_refused_one_by_one() {
    let server = Server::with_records();
    let good = product(OTHER_GTIN, "Trà thử").to_string();
    let deep = "[".repeat(200_000);
    let long = format!("{{\"type\": \"product\", \"gtin\": \"{}\"}}", "9".repeat(1_100_000));
    let bad: [&[u8]; 7] =
        [b"{", b"null", b"\"x\"", b"{\"type\": \"nothing\"}", b"\xFF\xFE", deep.as_bytes(), long.as_bytes()];
    let mut body = Vec::new();
    for line in bad {
        body.extend_from_slice(line);
        body.push(b'\n');
    }
    body.extend_from_slice(good.as_bytes());
    let reply =
        server.operate(&Request::post(format!("/v1/import?publisher={PUBLISHER}"), "application/x-ndjson", body));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    assert_eq!(report["rejected"]["records"], bad.len(), "{report}");
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}"))["verdict"], "registered_gtin");
}

#[test]
fn a_json_document_loads_in_whatever_order_its_records_stand() {
    let server = Server::with_records();
    let batch = json!({"type": "batch", "gtin": OTHER_GTIN, "lot": "OK"});
    let document = json!({"records": [batch, product(OTHER_GTIN, "Trà thử")]});
    let report = server.operate(&Request::json(format!("/v1/import?publisher={PUBLISHER}"), &document)).json();
    assert_eq!([&report["changed"], &report["rejected"]["total"]], [&json!(2), &json!(0)], "{report}");
    assert_eq!(server.card(&format!("/01/{OTHER_GTIN}/10/OK"))["verdict"], "registered_batch");
}

#[test]
fn a_second_publisher_overwrites_nothing_and_the_card_says_so() {
    let server = Server::with_records();
    let claim = lines(&[product(GTIN, "Tên của người khác")]);
    let target = "/v1/import?publisher=somebody-else";
    let report = server.operate(&Request::post(target, "application/x-ndjson", claim)).json();
    assert_eq!(report["warnings"]["list"][0]["code"], "ownership_disputed", "{report}");
    let card = server.card(&format!("/01/{GTIN}"));
    assert_eq!(card["product"]["name"], "Mứt thử, hũ 200 g");
    let reasons: Vec<_> = card["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert!(reasons.iter().any(|code| **code == "ownership_disputed"), "{card}");
}
