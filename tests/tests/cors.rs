//! Any page may read the public API, without credentials, and a shared cache needs no copy per shop (Fetch standard).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use nguon_tests::{Reply, Request, Server, demo};

const READABLE: [&str; 5] =
    ["/v1/verify/01/09520000010010", "/v1/verify/1", "/v1/verify", "/openapi.json", "/widget/v1/origin-card.js"];

fn from_a_shop(server: &Server, target: &str) -> Reply {
    server.ask(&Request::get(target).header("origin", "https://shop.example"))
}

#[test]
fn any_page_may_read_answers_and_problems() {
    let server = demo();
    for target in READABLE {
        let reply = from_a_shop(&server, target);
        assert_eq!(reply.must("access-control-allow-origin"), "*", "{target}");
        assert_eq!(reply.header("access-control-allow-credentials"), None, "{target}");
        assert!(!reply.list("vary").contains("origin"), "{target}: {:?}", reply.list("vary"));
    }
}

#[test]
fn a_page_may_read_the_headers_it_needs() {
    let server = demo();
    let exposed = from_a_shop(&server, "/v1/verify/01/09520000010010").list("access-control-expose-headers");
    let promised = ["etag", "retry-after", "ratelimit", "ratelimit-policy", "cache-status", "age"];
    assert_eq!(exposed, promised.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>());
}

#[test]
fn a_browser_may_ask_beforehand() {
    let server = demo();
    let asked = Request::new("OPTIONS", "/v1/verify/01/09520000010010")
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match,accept-language");
    let reply = server.ask(&asked);
    assert!(matches!(reply.status, 200 | 204), "{}", reply.status);
    assert_eq!(reply.must("access-control-allow-origin"), "*");
    let methods = reply.list("access-control-allow-methods");
    assert!(methods.contains("get") && !methods.contains("delete") && !methods.contains("put"), "{methods:?}");
    assert!(reply.list("access-control-allow-headers").is_superset(&["if-none-match".to_owned()].into()));
}

#[test]
fn whoever_asks_which_methods_a_path_has_is_told() {
    let server = demo();
    for (target, methods) in [
        ("/v1/verify/01/09520000010010", ["get", "head", "options"].as_slice()),
        ("/v1/verify/batch", &["post", "options"]),
        ("/v1/verify/bulk", &["post", "options"]),
        ("/embed", &["get", "head", "post", "options"]),
    ] {
        // Not a browser that asks beforehand: no origin, no method asked for.
        let reply = server.ask(&Request::new("OPTIONS", target));
        assert_eq!(reply.status, 204, "{target}");
        let methods: BTreeSet<_> = methods.iter().map(|&method| method.to_owned()).collect();
        assert_eq!(reply.list("allow"), methods, "{target}");
        assert_eq!(reply.list("access-control-allow-methods"), methods, "{target}");
        assert_eq!(reply.must("access-control-allow-origin"), "*", "{target}");
    }
}

#[test]
fn pictures_and_the_widget_may_be_shown_on_other_origins_and_pages_may_not_be_framed() {
    let server = demo();
    let card = server.card("/01/09520000010010?lang=vi");
    let picture = card["product"]["images"][0].as_str().unwrap().replace(&server.origin(), "");
    for target in [picture.as_str(), "/widget/v1/origin-card.js"] {
        let reply = server.get(target);
        assert_eq!(reply.must("cross-origin-resource-policy"), "cross-origin", "{target}");
        assert_eq!(reply.must("access-control-allow-origin"), "*", "{target}");
    }
    let policy = server.get("/card/01/09520000010010").must("content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[test]
fn the_listener_for_operators_opens_itself_to_no_page() {
    let server = demo();
    for path in ["/livez", "/readyz", "/v1/import"] {
        let reply = server.operate(&Request::get(path).header("origin", "https://shop.example"));
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
    }
}
