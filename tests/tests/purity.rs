//! No header or parameter outside the cache key changes a byte of a body: a cache keyed by address and language can
//! never hand one reader what was made for another.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Reply, Request, Server, demo};

const TARGETS: [&str; 6] = [
    "/v1/verify/01/09520000010010/10/L01A/21/3165QFD13Z41?lang=vi",
    "/v1/verify/9520000010010?lang=en",
    "/v1/verify/01/09520000040017/10/K04A",
    "/v1/verify",
    "/card/01/09520000010010/10/L01A?lang=vi",
    "/?lang=vi",
];

const HEADERS: [(&str, &str); 18] = [
    ("host", "elsewhere.example"),
    ("x-forwarded-host", "elsewhere.example"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-for", "203.0.113.7"),
    ("x-forwarded-prefix", "/elsewhere"),
    ("x-original-url", "/v1/verify/01/09520000990015"),
    ("x-rewrite-url", "/v1/verify/01/09520000990015"),
    ("forwarded", "host=elsewhere.example;proto=https;for=203.0.113.7"),
    ("x-http-method-override", "POST"),
    ("cookie", "lang=en; session=1"),
    ("origin", "https://shop.example"),
    ("referer", "https://shop.example/"),
    ("accept", "text/html"),
    ("accept", "application/xml;q=1, */*;q=0"),
    ("user-agent", "Mozilla/5.0 (Linux; Android 9)"),
    ("authorization", "Bearer 0123456789abcdef"),
    ("if-modified-since", "Fri, 31 Dec 2100 23:59:59 GMT"),
    ("range", "bytes=0-3"),
];

/// What a shared cache keeps of an answer.
fn kept(reply: &Reply) -> (u16, String, Vec<(&str, String)>) {
    let names = ["content-type", "cache-control", "etag", "location", "content-language"];
    let headers = names.iter().map(|&name| (name, reply.header(name).unwrap_or_default().to_owned())).collect();
    (reply.status, String::from_utf8_lossy(&reply.body).into_owned(), headers)
}

fn same(server: &Server, plain: &Reply, request: &Request, what: &str) {
    assert_eq!(kept(&server.ask(request)), kept(plain), "{what}");
}

#[test]
fn no_header_outside_the_key_changes_a_byte() {
    let server = demo();
    for target in TARGETS {
        let plain = server.get(target);
        for (name, value) in HEADERS {
            same(&server, &plain, &Request::get(target).header(name, value), &format!("{target} {name}: {value}"));
        }
    }
}

#[test]
fn no_header_moves_where_a_camera_is_sent() {
    let server = demo();
    let target = "/01/09520000010010/10/L01A";
    let plain = server.get(target);
    assert_eq!(plain.status, 307);
    for (name, value) in HEADERS {
        same(&server, &plain, &Request::get(target).header(name, value), &format!("{name}: {value}"));
    }
}

#[test]
fn no_unknown_parameter_changes_a_byte() {
    let server = demo();
    for target in TARGETS {
        let plain = server.get(target);
        let joint = if target.contains('?') { '&' } else { '?' };
        for unknown in
            ["utm_source=zalo", "fbclid=x%2Fy", "v", "LANG=en", "format=xml", "callback=f", "_=1", "%6Cang=en", "a[]=1"]
        {
            let request = Request::get(format!("{target}{joint}{unknown}"));
            // A page repeats its own address in its language switch, which is why pages are keyed by it.
            if plain.media_type() != "text/html" {
                same(&server, &plain, &request, &format!("{target} {unknown}"));
            }
        }
    }
}

#[test]
fn the_first_of_two_parameters_counts_wherever_it_stands() {
    let server = demo();
    let plain = server.get("/v1/verify/9520000010010?lang=en&context=shop");
    for query in [
        "context=shop&lang=en",
        "lang=en&context=shop&lang=vi",
        "lang=en&&context=shop&",
        "lang=en&context=shop&context=unit",
    ] {
        same(&server, &plain, &Request::get(format!("/v1/verify/9520000010010?{query}")), query);
    }
}

#[test]
fn order_and_time_of_asking_change_nothing() {
    let server = demo();
    let before: Vec<Reply> = TARGETS.iter().map(|target| server.get(target)).collect();
    for (target, plain) in TARGETS.iter().zip(&before).rev() {
        same(&server, plain, &Request::get(*target), target);
    }
    let other = demo_of_its_own();
    for (target, plain) in TARGETS.iter().zip(&before) {
        let again = other.get(target);
        assert_eq!(stripped(&again), stripped(plain), "{target}");
    }
}

/// Another process with the same records: its cards differ in nothing but where they are served and when they were
/// loaded.
fn demo_of_its_own() -> Server {
    nguon_tests::Settings::demo().and("--base-url").and("http://elsewhere.example").start()
}

fn stripped(reply: &Reply) -> String {
    let text = reply.text();
    // The origin, also where it is a part of an address; and the instant at which the records were loaded.
    let out = without_origin(text, "http://elsewhere.example", "http://127.0.0.1:");
    let out = without_origin(&out, "http%3A%2F%2Felsewhere%2Eexample", "http%3A%2F%2F127%2E0%2E0%2E1%3A");
    match out.split_once("\"as_of\":\"") {
        Some((before, after)) => format!("{before}{}", after.split_once('"').unwrap().1),
        None => out,
    }
}

/// A text without this origin, and without the one that begins so and ends with its port.
fn without_origin(text: &str, named: &str, before_port: &str) -> String {
    let text = text.replace(named, "ORIGIN");
    let mut rest = text.as_str();
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once(before_port) {
        out.push_str(before);
        out.push_str("ORIGIN");
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out.push_str(rest);
    out
}
