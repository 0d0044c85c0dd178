//! The code is read from the raw request target: what a proxy, a camera or an attacker puts there is read as it
//! stands, or refused, and never becomes another code, another header or a fault of ours.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Connection, GTIN, PUBLISHER, Request, Server, demo, encoded, lines};
use serde_json::{Value, json};

/// Lots whose names are made of what paths and queries use as punctuation; all are allowed by GS1.
const LOTS: [&str; 8] = ["A/B", "A+B", "A;B", "A%2FB", "A?B", "A&B=C", "..", "A:B"];

fn with_strange_lots() -> Server {
    let server = Server::with_records();
    let lots: Vec<Value> = LOTS.iter().map(|lot| json!({"type": "batch", "gtin": GTIN, "lot": lot})).collect();
    let report = server.import(&lines(&lots));
    assert_eq!(report["changed"], LOTS.len(), "on behalf of {PUBLISHER}: {report}");
    server
}

fn finds(server: &Server, target: &str, lot: &str) {
    let card = server.card(target);
    assert_eq!((&card["verdict"], &card["code"]["lot"]), (&json!("registered_batch"), &json!(lot)), "{target}: {card}");
}

#[test]
fn punctuation_in_a_lot_survives_every_way_in() {
    let server = with_strange_lots();
    for lot in LOTS {
        let path = format!("/01/{GTIN}/10/{}", encoded(lot));
        finds(&server, &path, lot);
        let whole = encoded(format!("https://id.example.vn{path}"));
        finds(&server, &format!("/{whole}"), lot);
        finds(&server, &format!("?code={whole}"), lot);
        finds(&server, &format!("?lang=vi&code={}", encoded(format!("(01){GTIN}(10){lot}"))), lot);
        let canonical = server.card(&path)["code"]["canonical"].as_str().unwrap().to_owned();
        finds(&server, canonical.strip_prefix(&server.origin()).unwrap(), lot);
    }
}

#[test]
fn a_path_is_decoded_once_and_a_plus_in_it_is_a_plus() {
    let server = with_strange_lots();
    finds(&server, &format!("/01/{GTIN}/10/A%2FB"), "A/B");
    finds(&server, &format!("/01/{GTIN}/10/A%252FB"), "A%2FB");
    finds(&server, &format!("/01/{GTIN}/10/A+B"), "A+B");
    finds(&server, &format!("/01/{GTIN}/10/A;B"), "A;B");
    finds(&server, &format!("/01/{GTIN}/10/%41%3a%42"), "A:B");
    // In a form a plus is a blank, and a blank is in no lot.
    finds(&server, &format!("?code=(01){GTIN}(10)A%2BB"), "A+B");
    assert_ne!(server.card(&format!("?code=(01){GTIN}(10)A+B"))["code"]["lot"], "A+B");
}

#[test]
fn a_link_goes_into_the_path_as_it_is() {
    let server = demo();
    for target in [
        "/https://nhan-la.example/01/09520000030018/10/G03A",
        "/HTTPS://NHAN-LA.EXAMPLE/01/09520000030018/10/G03A",
        // What proxies make of a double slash.
        "/https:/nhan-la.example/01/09520000030018/10/G03A",
        "/https%3A%2F%2Fnhan-la.example%2F01%2F09520000030018%2F10%2FG03A",
    ] {
        let card = server.card(target);
        assert_eq!([&card["code"]["gtin"], &card["code"]["lot"]], ["09520000030018", "G03A"], "{target}");
        assert!(card.to_string().contains("host_not_declared"), "{target}: the label's host is seen");
    }
}

#[test]
fn what_is_no_text_is_malformed_and_never_a_fault() {
    let server = demo();
    for code in ["%FF", "%C3%28", "%ED%A0%80", "952%FF0000010010", "01/09520000030018/10/%FF", "01/%FF"] {
        assert_eq!(server.card(&format!("/{code}"))["verdict"], "malformed", "{code}");
        let page = server.get(&format!("/card/{code}"));
        assert_eq!((page.status, page.media_type()), (200, "text/html"), "{code}");
        assert!(page.text().contains("data-verdict=\"malformed\""), "{code}");
    }
    assert_eq!(server.card("?code=%FF")["verdict"], "malformed");
}

#[test]
fn a_code_has_2048_bytes_and_not_one_more() {
    let server = demo();
    let most = "X".repeat(2048);
    let more = "X".repeat(2049);
    for target in ["/v1/verify/CODE", "/v1/verify?code=CODE", "/card/CODE", "/card?code=CODE"] {
        assert_eq!(server.get(&target.replace("CODE", &most)).status, 200, "{target}");
        let refused = server.get(&target.replace("CODE", &more));
        assert_eq!(refused.status, 400, "{target}");
        if target.starts_with("/v1") {
            assert_eq!(refused.json()["code"], "code_too_long");
        }
    }
    // Bytes of the code, not of its encoding.
    assert_eq!(server.get(&format!("/v1/verify/{}", "%58".repeat(2048))).status, 200);
    assert_eq!(server.get(&format!("/v1/verify/{}", "%58".repeat(2049))).status, 400);
    let reply = server.get(&format!("/v1/verify/{}", "9".repeat(10_000)));
    assert_eq!((reply.status, reply.json()["code"].as_str()), (400, Some("code_too_long")));
    assert!(reply.body.len() < 1000, "it is not repeated");
}

#[test]
fn no_code_makes_a_header() {
    let server = demo();
    let injected = "%0D%0ASet-Cookie:%20a=b%0D%0A%0D%0A<script>";
    for before in [
        "/v1/verify/",
        "/v1/verify?code=",
        "/v1/verify/01/09520000010010/10/",
        "/card/",
        "/01/09520000010010/10/",
        "/01/09520000010010?x=",
    ] {
        let reply = server.get(&format!("{before}{injected}"));
        assert!(reply.status < 500, "{before}");
        assert_eq!(reply.header("set-cookie"), None, "{before}");
        assert!(!reply.text().contains("<script>"), "{before}: nothing of the caller's is markup");
    }
}

#[test]
fn a_page_shows_a_code_as_text() {
    let server = demo();
    for code in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'\" onload=x",
        "javascript:alert(1)",
        "</title><h1>x",
    ] {
        for target in [format!("/card/{}", encoded(code)), format!("/card?code={}&lang=en", encoded(code))] {
            let page = server.get(&target);
            assert_eq!(page.status, 200, "{target}");
            for markup in ["<script>alert", "<img src=x", "\" onload=", "href=\"javascript:", "<h1>x"] {
                assert!(!page.text().contains(markup), "{target} holds {markup}");
            }
        }
    }
}

#[test]
fn nothing_in_a_target_is_a_fault_of_ours() {
    let server = demo();
    let long_query = format!("/v1/verify/1?x={}", "y".repeat(20_000));
    let many = format!("/v1/verify/1?{}", "a=b&".repeat(4_000));
    let deep = format!("/v1/verify/01/09520000010010{}", "/10/A".repeat(300));
    let targets = [
        "/v1/verify/%00",
        "/v1/verify/952%000000010010",
        "/v1/verify?code=%00",
        "/v1/verify/%",
        "/v1/verify/%2",
        "/v1/verify/%GG",
        "/v1/verify?code=%",
        "/v1/verify?code",
        "/v1/verify?=",
        "/v1/verify?&&&",
        "/v1/verify?code=+",
        "/v1/verify/%20",
        "/v1/verify//",
        "/v1/verify///",
        "/v1/verify/01//10/X",
        "/v1/verify/01/",
        "/v1/verify/../../etc/passwd",
        "/v1/verify/.",
        "/v1/verify/..%2F..%2Fetc%2Fpasswd",
        "/v1/verify/01/09520000010010/21/",
        "/v1/verify/01/09520000010010?17=999999",
        "/v1/verify/01/09520000010010?17=261231&17=261231",
        "/v1/verify/(01)09520000010010(10",
        "/v1/verify/%5Dd2",
        "/v1/verify/%1D%1D%1D",
        "/v1/verify/%E2%80%AE%F0%9F%A6%84",
        "/v1/verify/http://",
        "/v1/verify/https:///01/09520000010010",
        "/v1/verify/javascript:alert(1)",
        "/v1/verify/{code}",
        "/v1/verify/'%20OR%201=1",
        "/v1/media/..%2F..",
        "/v1/media/%FF",
        "/widget/../../x",
        "/widget/%FF",
        "/assets/%00",
        "/01/%00",
        "/01/%FF",
        "/gtin/x",
        "/8006/",
        "/01/",
        "//",
        "/%2F",
        "/%FF",
        "/docs/%2e%2e/",
        "/?lang=%FF",
        "/card?lang=%FF",
        &long_query,
        &many,
        &deep,
    ];
    for target in targets {
        let reply = server.get(target);
        assert!((200..500).contains(&reply.status), "{} {target}", reply.status);
    }
}

#[test]
fn an_absolute_target_is_the_same_as_its_path() {
    let server = demo();
    let plain = server.get("/v1/verify/9520000010010?lang=vi");
    let absolute = server.get(&format!("http://{}/v1/verify/9520000010010?lang=vi", server.public));
    assert_eq!((absolute.status, absolute.body), (200, plain.body));
    let elsewhere = server.ask(&Request::get("http://elsewhere.example/01/09520000010010"));
    assert!(elsewhere.must("location").starts_with(&server.origin()));
}

#[test]
fn bytes_that_no_target_may_hold_end_the_request() {
    let server = demo();
    let bad: [&[u8]; 5] = [
        b"GET /v1/verify/\0 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /v1/verify/a b HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /v1/verify/\xFF\xFE HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET  HTTP/1.1\r\nhost: x\r\n\r\n",
        b"\r\n\r\n\0\0\0\0",
    ];
    for bytes in bad {
        let mut connection = Connection::to(server.public);
        if let Ok(reply) = connection.send(bytes).finish().reply(false) {
            assert!((400..500).contains(&reply.status), "{} {:?}", reply.status, String::from_utf8_lossy(bytes));
        }
    }
    assert_eq!(server.get("/v1/verify/9520000010010").status, 200);
}
