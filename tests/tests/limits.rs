//! Slow, huge, deep and wrong requests are refused cheaply, and those who ask properly are answered meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use nguon_tests::{Connection, Ended, Reply, Request, Server, demo, elapsed, recall};

const GOOD: &str = "/v1/verify/9520000010010";

/// Refused: an answer that says so, or a closed connection; never silence.
fn refused(answer: Result<Reply, Ended>, what: &str) {
    match answer {
        Ok(reply) => assert!((400..500).contains(&reply.status), "{what}: {}", reply.status),
        Err(ended) => assert_eq!(ended, Ended::Closed, "{what}"),
    }
}

#[test]
fn a_head_that_never_ends_is_answered_408() {
    let server = demo();
    let mut connection = Connection::to(server.public);
    let (reply, took) = elapsed(|| connection.send(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").reply(false));
    assert_eq!(reply.expect("an answer").status, 408);
    assert!((Duration::from_secs(3)..Duration::from_secs(10)).contains(&took), "{took:?}");
}

#[test]
fn a_head_that_drips_gains_no_time() {
    let server = demo();
    let mut connection = Connection::to(server.public);
    connection.send(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ");
    let (drops, took) = elapsed(|| {
        (0..60).find(|_| connection.send(b"a").closes_within(Duration::from_millis(500))).expect("it is closed")
    });
    assert!(drops > 1, "a drop is not refused by itself");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[test]
fn connections_that_say_nothing_keep_nobody_waiting() {
    let server = demo();
    let idle: Vec<Connection> = (0..300).map(|_| Connection::to(server.public)).collect();
    let (reply, took) = elapsed(|| server.get(GOOD));
    assert_eq!(reply.status, 200);
    assert!(took < Duration::from_secs(3), "{took:?} beside {} idle connections", idle.len());
}

#[test]
fn huge_heads_are_refused() {
    let server = demo();
    let megabyte = "x".repeat(1024 * 1024);
    for address in [server.public, server.admin] {
        refused(Request::get(GOOD).header("x-huge", megabyte.as_str()).try_send(address), "a header of 1 MB");
        refused(Request::get(format!("{GOOD}?x={megabyte}")).try_send(address), "a target of 1 MB");
        refused(Request::get(format!("/v1/verify/{}", "9".repeat(70_000))).try_send(address), "a target of 70 kB");
        let many = (0..2000).fold(Request::get(GOOD), |request, n| request.header(&format!("x-{n}"), "1"));
        refused(many.try_send(address), "2,000 headers");
    }
    assert_eq!(server.get(GOOD).status, 200);
}

#[test]
fn two_lengths_are_refused() {
    // What one server reads as a body, the next one would read as a request (RFC 9112 §11.2).
    let server = demo();
    let smuggled = "GET /v1/verify/1 HTTP/1.1\r\nhost: x\r\n\r\n";
    let heads = [
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: 5\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "content-length: -1\r\n",
        "content-length: 1 1\r\n",
        "content-length: 99999999999999999999999\r\n",
    ];
    for head in heads {
        let mut connection = Connection::to(server.public);
        let bytes = format!("POST {GOOD} HTTP/1.1\r\nhost: x\r\n{head}\r\n0\r\n\r\n{smuggled}");
        let first = connection.send(bytes.as_bytes()).reply(false);
        let second = connection.reply(false);
        refused(first, head);
        assert!(!second.is_ok_and(|reply| reply.status == 200), "{head}: what followed was read as a request");
    }
}

#[test]
fn a_body_on_a_lookup_is_not_waited_for() {
    let server = demo();
    let mut connection = Connection::to(server.public);
    let head = format!("GET {GOOD} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n");
    let (reply, took) = elapsed(|| connection.send(head.as_bytes()).reply(false));
    assert!(reply.is_ok_and(|reply| reply.status == 200 || reply.status == 413));
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_body_that_never_ends_is_not_taken_in_for_ever() {
    let server = demo();
    for (address, path) in [(server.public, "/v1/verify/batch"), (server.public, GOOD), (server.admin, "/v1/recalls")] {
        let mut connection = Connection::to(address);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        connection.send(head.as_bytes());
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        // It is answered at 512 KiB at the latest.
        for _ in 0..16 {
            connection.send(chunk.as_bytes());
        }
        refused(connection.reply(false), path);
        let closed = (0..120).any(|_| connection.send(chunk.as_bytes()).closes_within(Duration::from_millis(250)));
        assert!(closed, "{path}: it is still open");
    }
    assert_eq!(server.get(GOOD).status, 200);
}

#[test]
fn deep_json_is_refused_and_not_recursed_into() {
    let server = Server::empty();
    for opening in ["[", "{\"a\":", "{\"records\":["] {
        let deep = opening.repeat(300_000 / opening.len());
        for (path, kind) in [
            ("/v1/import", "application/json"),
            ("/v1/import", "application/x-ndjson"),
            ("/v1/recalls", "application/json"),
        ] {
            let body = if path == "/v1/import" { deep.clone() } else { deep[..deep.len().min(200_000)].to_owned() };
            let reply = server.operate(&Request::post(path, kind, body));
            let loaded = reply.status == 200 && reply.json()["changed"] == 0 && reply.json()["rejected"]["total"] == 1;
            assert!(loaded || reply.status == 422, "{path} {kind} {opening}: {} {}", reply.status, reply.text());
            assert!(reply.body.len() < 4096, "{path} {kind} {opening}: it is not repeated");
        }
    }
    assert_eq!(server.operate(&Request::get("/livez")).status, 200);
}

#[test]
fn a_body_over_its_limit_is_413_and_of_another_type_415() {
    let server = Server::with_records();
    let mut large = recall("R-1", &["T1"]);
    large["reason"]["vi"] = "x".repeat(300 * 1024).into();
    for path in ["/v1/recalls", "/v1/revocations", "/v1/recalls/R-1/close", "/v1/recalls/R-1/withdraw"] {
        let reply = server.operate(&Request::json(path, &large));
        assert_eq!((reply.status, reply.json()["code"].as_str()), (413, Some("body_too_large")), "{path}");
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonp"]
        {
            let reply = server.operate(&Request::post(path, kind, "{}"));
            assert_eq!(
                (reply.status, reply.json()["code"].as_str()),
                (415, Some("unsupported_media_type")),
                "{path} {kind}"
            );
        }
    }
    for kind in ["image/png", "text/plain", "", "application/x-ndjson-ish"] {
        let reply = server.operate(&Request::post("/v1/import", kind, "{}"));
        assert_eq!((reply.status, reply.json()["code"].as_str()), (415, Some("unsupported_media_type")), "{kind}");
    }
}

#[test]
fn other_methods_are_405_and_told_which_are_allowed() {
    let server = demo();
    for target in
        ["/", GOOD, "/v1/verify", "/card/1", "/openapi.json", "/widget/v1/origin-card.js", "/01/09520000010010"]
    {
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
            let reply = server.ask(&Request::new(method, target));
            assert_eq!(reply.status, 405, "{method} {target}");
            let allowed = reply.list("allow");
            assert!(allowed.contains("get") && allowed.contains("head"), "{method} {target}: {allowed:?}");
        }
    }
}
