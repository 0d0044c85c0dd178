//! Who may change the registry: nobody without the token, no web page at all, and nothing over the public listener.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{GTIN, Reply, Request, Server, Settings, records, workspace};
use serde_json::json;

const TOKEN: &str = "correct-horse-battery";
const CHANGES: [&str; 6] =
    ["/v1/import", "/v1/issue", "/v1/recalls", "/v1/recalls/R-1/close", "/v1/recalls/R-1/withdraw", "/v1/revocations"];

fn guarded() -> (tempfile::TempDir, Server) {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    (directory, Settings::serve(&store).and("--admin-token").and(TOKEN).start())
}

fn import() -> Request {
    Request::post("/v1/import", "application/x-ndjson", records())
}

fn is_problem(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.media_type()), (status, "application/problem+json"), "{}", reply.text());
    assert_eq!(reply.json()["code"], code);
}

#[test]
fn a_listener_off_loopback_does_not_start_without_a_token() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    for address in ["0.0.0.0:0", "[::]:0"] {
        let open = Settings::serve(&store).and("--admin-listen").and(address);
        let (started, said) = open.run_to_end();
        assert!(!started && said.contains("--admin-token"), "{address}: {said}");
        let (started, said) = open.and("--admin-token").and("short").run_to_end();
        assert!(!started && said.contains("16"), "{address}: {said}");
        assert!(!said.contains("short\n"), "a token is never repeated");
    }
}

#[test]
fn without_the_token_nothing_changes() {
    let (_directory, server) = guarded();
    let cases =
        [None, Some("Bearer "), Some("Bearer wrong"), Some("Basic Y29ycmVjdA=="), Some("Bearer correct-horse-batter")];
    for path in CHANGES {
        for presented in cases {
            let mut request = Request::json(path, &json!({}));
            if let Some(value) = presented {
                request = request.header("authorization", value);
            }
            let reply = server.operate(&request);
            is_problem(&reply, 401, "unauthorized");
            assert_eq!(reply.must("www-authenticate"), "Bearer");
        }
    }
    is_problem(&server.operate(&import()), 401, "unauthorized");
    assert_eq!(server.operate(&import().token(TOKEN)).status, 200);
    assert_eq!(server.card(&format!("/01/{GTIN}"))["verdict"], "registered_gtin");
    assert!(!server.printed().contains(TOKEN), "a token is never printed");
}

#[test]
fn the_scheme_of_a_token_is_read_in_any_case() {
    let (_directory, server) = guarded();
    // RFC 9110 §11.1: the scheme is case-insensitive.
    let reply = server.operate(&import().header("authorization", format!("bearer {TOKEN}")));
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[test]
fn a_web_page_is_refused_even_with_the_token_and_on_loopback() {
    let (_directory, guarded) = guarded();
    let open = Server::empty();
    for server in [&guarded, &open] {
        for (name, value) in [
            ("origin", "https://evil.example".to_owned()),
            ("origin", "null".to_owned()),
            ("origin", format!("http://{}", server.admin)),
            ("sec-fetch-site", "cross-site".to_owned()),
            ("sec-fetch-site", "same-site".to_owned()),
        ] {
            let reply = server.operate(&import().token(TOKEN).header(name, &value));
            is_problem(&reply, 403, "cross_site");
        }
    }
    // What a page may send without asking beforehand is no import either.
    let simple = open.operate(&Request::post("/v1/import", "text/plain", records()));
    is_problem(&simple, 415, "unsupported_media_type");
    assert_eq!(open.operate(&import()).status, 200, "a tool on this machine may");
}

#[test]
fn the_public_listener_changes_nothing() {
    let (_directory, server) = guarded();
    for path in CHANGES {
        let reply = server.ask(&Request::json(path, &json!({})).token(TOKEN));
        assert!(matches!(reply.status, 404 | 405), "{path}: {}", reply.status);
    }
    for path in ["/livez", "/readyz"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn the_operators_listener_serves_no_reader() {
    let (_directory, server) = guarded();
    let door = server.operate(&Request::get("/"));
    assert_eq!((door.status, door.must("location").split('?').next()), (303, Some("/desk")));
    for path in ["/v1/verify/01/09520000990015", "/card/01/09520000990015", "/openapi.json"] {
        let reply = server.operate(&Request::get(path));
        assert!(matches!(reply.status, 401 | 404), "{path}: {}", reply.status);
    }
}

#[test]
fn health_needs_no_token_and_tells_nothing_else() {
    let (_directory, server) = guarded();
    for path in ["/livez", "/readyz"] {
        for method in ["GET", "HEAD"] {
            let reply = server.operate(&Request::new(method, path));
            assert!(matches!(reply.status, 200 | 503), "{method} {path}: {}", reply.status);
            assert_eq!(reply.must("content-type"), "text/plain; charset=utf-8", "{method} {path}");
        }
    }
}

#[test]
fn another_method_is_told_which_is_allowed() {
    let server = Server::empty();
    for path in CHANGES {
        let reply = server.operate(&Request::get(path));
        is_problem(&reply, 405, "method_not_allowed");
        let allowed = reply.list("allow");
        assert!(allowed.contains("post") && !allowed.contains("get"), "{path}: {allowed:?}");
    }
}

#[test]
fn metrics_tell_of_tiers_and_of_no_person_and_ask_for_the_token() {
    let (_directory, server) = guarded();
    is_problem(&server.operate(&Request::get("/metrics")), 401, "unauthorized");
    assert_eq!(server.operate(&import().token(TOKEN)).status, 200);
    for _ in 0..3 {
        let _ = server.card(&format!("/01/{GTIN}"));
    }
    let reply = server.operate(&Request::get("/metrics").token(TOKEN));
    assert_eq!((reply.status, reply.media_type()), (200, "text/plain"));
    let text = reply.text();
    assert!(text.contains("nguon_lookups_total{way=\"hit\"} 2"), "{text}");
    assert!(text.contains("nguon_store_asked 1"), "{text}");
    assert!(!text.contains("127.0.0.1") && !text.contains(GTIN), "{text}");
    assert_eq!(server.get("/metrics").status, 404, "not for the public");
}

#[test]
fn the_limit_for_old_answers_can_be_changed_while_the_service_runs_within_bounds() {
    let (_directory, server) = guarded();
    let read = Request::get("/v1/settings").token(TOKEN);
    assert_eq!(server.operate(&read).json(), json!({"stale_limit_s": 600}));
    let put = |body: &serde_json::Value| {
        Request::new("PUT", "/v1/settings")
            .header("content-type", "application/json")
            .body(body.to_string())
            .token(TOKEN)
    };
    assert_eq!(server.operate(&put(&json!({"stale_limit_s": 0}))).json(), json!({"stale_limit_s": 0}));
    assert_eq!(server.operate(&read).json(), json!({"stale_limit_s": 0}));
    is_problem(&server.operate(&put(&json!({"stale_limit_s": 86_401}))), 400, "bad_parameter");
    for wrong in [json!({"stale_limit_s": -1}), json!({}), json!({"stale_limit_s": 1, "other": 1})] {
        is_problem(&server.operate(&put(&wrong)), 422, "bad_body");
    }
    assert_eq!(server.operate(&read).json(), json!({"stale_limit_s": 0}));
}

#[test]
fn every_metric_that_an_alert_watches_is_there() {
    let rules = std::fs::read_to_string(workspace().join("api/deploy/alerts.yaml")).unwrap();
    let server = Server::empty();
    assert_eq!(server.get(&format!("/v1/verify/01/{GTIN}")).status, 503);
    let reply = server.operate(&Request::get("/metrics"));
    let shown = reply.text();
    assert!(shown.contains("nguon_store_errors_total{kind=\"registry_unavailable\"} 1"), "{shown}");
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let watched: Vec<&str> = rules.split(word).filter(|word| word.starts_with("nguon_")).collect();
    assert!(watched.len() >= 6, "{watched:?}");
    for name in watched {
        assert!(shown.contains(&format!("\n{name}")), "{name}\n{shown}");
    }
}
