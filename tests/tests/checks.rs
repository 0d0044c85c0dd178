//! A consumer's check: counted once, weighed, and the only answer that can be positive.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;

use nguon::demo::PIN_TO_TRY;
use nguon_tests::{GTIN, PATIENCE, Redis, Reply, Request, SERIAL, Server, Settings, demo, import, records, within};
use serde_json::{Value, json};

fn unit() -> String {
    format!("(01){GTIN}(21){SERIAL}")
}

/// A server of its own, with proxies of this machine trusted: each call may be another client.
fn counting() -> (tempfile::TempDir, Server) {
    let directory = tempfile::tempdir().unwrap();
    let server = serve(directory.path());
    assert_eq!(server.import(&records())["rejected"]["total"], 0);
    (directory, server)
}

fn serve(directory: &Path) -> Server {
    Settings::serve(&directory.join("registry.redb")).and("--trusted-proxies").and("127.0.0.0/8").start()
}

fn check(code: &str) -> Value {
    json!({ "code": code, "lang": "vi" })
}

fn asked(server: &Server, client: &str, key: Option<&str>, body: &Value) -> Reply {
    let mut request = Request::json("/v1/checks", body).header("x-forwarded-for", client);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    server.ask(&request)
}

fn card(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.must("cache-control"), "no-store");
    reply.json()
}

fn count(card: &Value) -> u64 {
    card["checks"]["count"].as_u64().unwrap_or_else(|| panic!("{card}"))
}

#[test]
fn a_check_counts_once_and_is_positive_and_a_lookup_never_is() {
    let (_directory, server) = counting();
    let first = card(&asked(&server, "198.51.100.1", Some("\"a\""), &check(&unit())));
    assert_eq!((&first["verdict"], &first["tone"]), (&json!("registered_item"), &json!("positive")));
    assert_eq!((count(&first), &first["checks"]["first_check"]), (1, &json!(true)));
    // The same key again, whoever sends it: the same check, word for word.
    let again = card(&asked(&server, "198.51.100.1", Some("a"), &check(&unit())));
    assert_eq!(again["checks"], first["checks"]);
    // The same key from another client is another check.
    let other = card(&asked(&server, "198.51.100.9", Some("a"), &check(&unit())));
    assert_eq!((count(&other), &other["checks"]["first_check"]), (2, &json!(false)));
    // The same client within the hour, with another key.
    assert_eq!(count(&card(&asked(&server, "198.51.100.1", Some("b"), &check(&unit())))), 2);
    assert_eq!(count(&card(&asked(&server, "198.51.100.2", None, &check(&unit())))), 3);
    for _ in 0..3 {
        let looked_up = server.card(&format!("/01/{GTIN}/21/{SERIAL}"));
        assert_eq!(looked_up["tone"], "info");
        assert_eq!(looked_up["checks"], json!({ "state": "available" }));
    }
    assert_eq!(count(&card(&asked(&server, "198.51.100.3", None, &check(&unit())))), 4);
}

#[test]
fn a_code_that_names_no_unit_on_record_is_answered_and_not_counted() {
    let (_directory, server) = counting();
    let unknown = format!("(01){GTIN}(21)ZZZ");
    for (code, verdict) in [(GTIN, "registered_gtin"), (&unknown, "unknown_serial"), ("9520000010011", "malformed")] {
        let card = card(&asked(&server, "198.51.100.1", None, &check(code)));
        assert_eq!(card["verdict"], verdict, "{code}");
        assert_ne!(card["tone"], "positive");
        assert!(card["checks"]["receipt"].is_null(), "{card}");
    }
}

#[test]
fn many_clients_make_a_code_unusual_and_an_operator_clears_it() {
    let (_directory, server) = counting();
    for n in 1..=45 {
        card(&asked(&server, &format!("198.51.100.{n}"), None, &check(&unit())));
    }
    let path = format!("/01/{GTIN}/21/{SERIAL}");
    let suspected = server.card(&path);
    assert_eq!((&suspected["verdict"], &suspected["tone"]), (&json!("unusual_activity"), &json!("caution")));
    assert!(!suspected["advice"].as_str().unwrap().contains("45"), "how often is for the one who checks");
    let alerts = server.operate(&Request::get("/v1/alerts")).json();
    assert_eq!(alerts["alerts"][0]["kind"], "unusual_activity", "{alerts}");
    let why = json!({ "code": unit(), "why": "A school class learnt how to check." });
    let cleared = server.operate(&Request::json("/v1/clear", &why));
    assert_eq!((cleared.status, &cleared.json()["changed"]), (200, &json!(true)), "{}", cleared.text());
    assert_eq!(server.card(&path)["verdict"], "registered_item");
    let next = card(&asked(&server, "198.51.100.99", None, &check(&unit())));
    assert_eq!((count(&next), &next["tone"]), (46, &json!("positive")));
}

#[test]
fn a_code_that_was_posted_in_public_says_so() {
    let (_directory, server) = counting();
    let shared = |shared: bool| json!({ "code": unit(), "shared": shared, "why": "Posted in a group." });
    assert_eq!(server.operate(&Request::json("/v1/shared", &shared(true))).status, 200);
    let checked = card(&asked(&server, "198.51.100.1", None, &check(&unit())));
    assert_eq!(checked["tone"], "caution");
    assert!(checked["reasons"].as_array().unwrap().iter().any(|it| it["code"] == "shared_publicly"));
    assert_eq!(server.operate(&Request::json("/v1/shared", &shared(false))).status, 200);
    assert_eq!(card(&asked(&server, "198.51.100.2", None, &check(&unit())))["tone"], "positive");
}

#[test]
fn a_pin_is_used_once_and_its_receipt_is_known_again() {
    let (_directory, server) = counting();
    let pin = json!({ "gtin": GTIN, "serial": SERIAL, "pin": "K7PM-2QXD" }).to_string();
    let put = || server.operate(&Request::post("/v1/pins", "application/x-ndjson", pin.clone()));
    assert_eq!((put().status, put().json()), (200, json!({ "pins": 1 })));
    let with = |pin: &str| json!({ "code": unit(), "pin": pin });
    let wrong = card(&asked(&server, "198.51.100.1", None, &with("0000")));
    assert_eq!(wrong["headline"], "Mã PIN chưa khớp, xin nhập lại");
    assert_eq!(wrong["tone"], "caution");
    let right = card(&asked(&server, "198.51.100.1", Some("k"), &with("k7pm 2qxd")));
    assert_eq!(right["tone"], "positive", "{right}");
    assert_eq!(card(&asked(&server, "198.51.100.1", Some("k"), &with("k7pm 2qxd")))["tone"], "positive");
    // A key that used the PIN is no pass for another.
    let guess = card(&asked(&server, "198.51.100.6", Some("k"), &with("0000")));
    assert_ne!(guess["tone"], "positive", "{guess}");
    let later = card(&asked(&server, "198.51.100.7", None, &with("K7PM2QXD")));
    assert_eq!((&later["verdict"], &later["tone"]), (&json!("already_consumed"), &json!("caution")));
    let mut same = with("K7PM2QXD");
    same["receipt"] = right["checks"]["receipt"].clone();
    let same = card(&asked(&server, "198.51.100.8", None, &same));
    assert!(same["reasons"].as_array().unwrap().iter().any(|it| it["code"] == "same_receipt"), "{same}");
    assert_eq!(server.card(&format!("/01/{GTIN}/21/{SERIAL}"))["verdict"], "already_consumed");
}

#[test]
fn the_right_pin_is_held_against_nobody() {
    let (_directory, server) = counting();
    let pin = json!({ "gtin": GTIN, "serial": SERIAL, "pin": "4821-7730" }).to_string();
    assert_eq!(server.operate(&Request::post("/v1/pins", "application/x-ndjson", pin)).status, 200);
    let with =
        |key: &str, pin: &str| card(&asked(&server, "198.51.100.1", Some(key), &json!({ "code": unit(), "pin": pin })));
    assert_eq!(with("k0", "48217730")["tone"], "positive");
    for n in 1..=25 {
        assert_eq!(with(&format!("k{n}"), "48217730")["verdict"], "already_consumed");
    }
    let wrong = with("wrong", "0000");
    assert!(wrong["reasons"].as_array().unwrap().iter().any(|it| it["code"] == "pin_mismatch"), "{wrong}");
}

#[test]
fn a_registered_code_of_another_scheme_is_cleared_and_marked_as_the_unit_that_it_stands_for() {
    let (_directory, server) = counting();
    let records = [
        json!({ "type": "opaque", "code": "HP-TEM-0001", "gtin": GTIN, "serial": SERIAL }),
        json!({ "type": "opaque", "code": "HP-LO-0001", "gtin": GTIN }),
    ];
    assert_eq!(server.import(&nguon_tests::lines(&records))["rejected"]["total"], 0);
    assert_eq!(count(&card(&asked(&server, "198.51.100.1", None, &check("HP-TEM-0001")))), 1);
    assert_eq!(count(&card(&asked(&server, "198.51.100.2", None, &check(&unit())))), 2, "it is the same unit");
    let share = |code: &str| {
        let body = json!({ "code": code, "shared": true, "why": "Posted in a group." });
        server.operate(&Request::json("/v1/shared", &body))
    };
    let shared = share("HP-TEM-0001");
    assert_eq!((shared.status, &shared.json()["shared_publicly"]), (200, &json!(true)), "{}", shared.text());
    let checked = card(&asked(&server, "198.51.100.3", None, &check(&unit())));
    assert!(checked["reasons"].as_array().unwrap().iter().any(|it| it["code"] == "shared_publicly"), "{checked}");
    let clear = json!({ "code": "HP-TEM-0001", "why": "A school class." });
    assert_eq!(server.operate(&Request::json("/v1/clear", &clear)).status, 200);
    // No unit: not registered, or registered for a product alone.
    for code in ["HP-TEM-9999", "HP-LO-0001", GTIN] {
        let refused = share(code);
        assert_eq!((refused.status, &refused.json()["code"]), (422, &json!("bad_body")), "{code}");
        assert!(refused.text().contains("must name one unit"), "{}", refused.text());
    }
}

#[test]
fn a_pin_is_not_guessed() {
    let (_directory, server) = counting();
    let pin = json!({ "gtin": GTIN, "serial": SERIAL, "pin": "4821-7730" }).to_string();
    assert_eq!(server.operate(&Request::post("/v1/pins", "application/x-ndjson", pin)).status, 200);
    let with = |n: u32| json!({ "code": unit(), "pin": format!("{n:04}") });
    let said = |client: &str, n: u32, reason: &str| {
        let answer = card(&asked(&server, client, None, &with(n)));
        assert_ne!(answer["tone"], "positive");
        answer["reasons"].as_array().unwrap().iter().any(|it| it["code"] == reason)
    };
    let compared: Vec<bool> = (0..8).map(|n| said("198.51.100.1", n, "pin_mismatch")).collect();
    assert_eq!(compared, [true, true, true, true, true, false, false, false]);
    assert!(said("198.51.100.1", 9, "pin_too_often"));
    // Other clients try on, up to what one unit bears.
    let all: Vec<bool> = (2..30).map(|n| said(&format!("198.51.100.{n}"), n + 100, "pin_mismatch")).collect();
    assert!(all[0] && all.ends_with(&[false, false]), "{all:?}");
    let alerts = server.operate(&Request::get("/v1/alerts")).json();
    let guessing = alerts["alerts"].as_array().unwrap().iter().filter(|it| it["kind"] == "pin_guessing").count();
    assert_eq!(guessing, 1, "operators are told once");
    let without = card(&asked(&server, "198.51.100.1", None, &check(&unit())));
    assert_eq!(without["verdict"], "registered_item", "without the PIN the code is still checked");
}

#[test]
fn bad_words_are_refused_with_what_to_do() {
    let (_directory, server) = counting();
    let bodies = [
        (json!({ "code": "" }), 400, "no_code"),
        (json!({ "code": "x".repeat(2_049) }), 400, "code_too_long"),
        (json!({ "code": unit(), "pin": "12" }), 422, "bad_pin"),
        (json!({ "code": unit(), "receipt": "1234" }), 422, "bad_receipt"),
        (json!({ "code": unit(), "more": 1 }), 422, "bad_body"),
        (json!({ "code": unit(), "pin": "1".repeat(20_000) }), 413, "body_too_large"),
    ];
    for (body, status, code) in bodies {
        let reply = asked(&server, "198.51.100.1", None, &body);
        assert_eq!((reply.status, &reply.json()["code"]), (status, &json!(code)), "{}", reply.text());
    }
    for key in ["", "\u{e9}", &"k".repeat(256)] {
        let reply = asked(&server, "198.51.100.1", Some(key), &check(&unit()));
        assert_eq!(reply.json()["code"], "bad_parameter", "{key}");
    }
    // None of them was counted.
    assert_eq!(count(&card(&asked(&server, "198.51.100.1", None, &check(&unit())))), 1);
}

#[test]
fn a_page_of_another_site_counts_nothing() {
    let (_directory, server) = counting();
    let form = || Request::post("/check", "application/x-www-form-urlencoded", format!("code={}", unit()));
    let json = || Request::json("/v1/checks", &check(&unit()));
    for request in [form(), json()] {
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
            assert_eq!(server.ask(&request.clone().header(name, value)).status, 403, "{name}");
        }
    }
    let own = card(&server.ask(&json().header("sec-fetch-site", "same-origin").header("origin", server.origin())));
    assert_eq!(count(&own), 1);
}

#[test]
fn the_button_works_without_a_script() {
    let server = demo();
    let (path, pin) = PIN_TO_TRY;
    let page = server.get(&format!("/card{path}"));
    assert!(page.text().contains("action=\"/check\""), "the card offers a check");
    let code = nguon_tests::encoded(format!("https://id.example.vn{path}"));
    let send = |fields: &str| {
        let form = format!("code={code}&lang=vi{fields}");
        server.ask(&Request::post("/check", "application/x-www-form-urlencoded", form))
    };
    let wrong = send("&pin=1111");
    assert_eq!(wrong.status, 200, "{}", wrong.text());
    assert!(wrong.text().contains("Thử lại mã PIN"));
    let checked = send(&format!("&pin={pin}"));
    assert!(checked.text().contains("Biên nhận"), "{}", checked.text());
    assert!(checked.text().contains("data-tone=\"positive\"") || checked.text().contains("positive"));
    assert_eq!(checked.must("cache-control"), "no-store");
    assert_eq!(checked.must("x-robots-tag"), "noindex");
    // What goes wrong is a page too.
    let bad = send("&pin=1");
    assert_eq!((bad.status, bad.media_type()), (422, "text/html"));
    assert!(bad.text().contains("Mã PIN gồm 4 đến 32"), "{}", bad.text());
}

#[test]
fn what_was_counted_is_there_after_a_kill() {
    let directory = tempfile::tempdir().unwrap();
    let server = serve(directory.path());
    assert_eq!(server.import(&records())["rejected"]["total"], 0);
    let first = card(&asked(&server, "198.51.100.1", Some("a"), &check(&unit())));
    server.kill();
    let server = serve(directory.path());
    let again = card(&asked(&server, "198.51.100.1", Some("a"), &check(&unit())));
    assert_eq!(again["checks"], first["checks"], "the same receipt, and counted once");
    assert_eq!(count(&card(&asked(&server, "198.51.100.2", None, &check(&unit())))), 2);
}

#[test]
fn two_nodes_over_one_redis_count_together_and_each_sees_where_a_unit_stands() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let directory = tempfile::tempdir().unwrap();
    let secret = directory.path().join("secret");
    std::fs::write(&secret, "0123456789abcdef0123456789abcdef").unwrap();
    let node = || {
        let secret = secret.display().to_string();
        let trusted = Settings::node(&redis.address()).and("--trusted-proxies").and("127.0.0.0/8");
        trusted.and("--secret-file").and(&secret).start()
    };
    let nodes = [node(), node()];
    let path = format!("/01/{GTIN}/21/{SERIAL}");
    for node in &nodes {
        assert_eq!(node.card(&path)["verdict"], "registered_item");
    }
    for n in 1..=45_usize {
        let checked = card(&asked(&nodes[n % 2], &format!("198.51.100.{n}"), None, &check(&unit())));
        assert_eq!(count(&checked), n as u64);
    }
    for node in &nodes {
        within(PATIENCE, "both nodes see it", || (node.card(&path)["verdict"] == "unusual_activity").then_some(()));
    }
}

#[test]
fn without_a_secret_no_check_is_offered_and_no_card_speaks_of_one() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let node = Settings::node(&redis.address()).start();
    assert_eq!(node.card(&format!("/01/{GTIN}/21/{SERIAL}"))["checks"], json!({ "state": "not_possible" }));
    let refused = node.ask(&Request::json("/v1/checks", &check(&unit())));
    assert_eq!((refused.status, &refused.json()["code"]), (404, &json!("checks_not_offered")));
}

#[test]
fn no_log_metric_or_file_knows_an_address() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("registry.redb");
    let server = Settings::serve(&store).and("--trusted-proxies").and("127.0.0.0/8").start();
    assert_eq!(server.import(&records())["rejected"]["total"], 0);
    for n in 1..=20 {
        card(&asked(&server, &format!("203.0.113.{n}"), None, &json!({ "code": unit(), "pin": "12345678" })));
    }
    card(&asked(&server, "2001:db8:5151:5151::1", None, &check(&unit())));
    let metrics = server.operate(&Request::get("/metrics")).text().to_owned();
    assert!(metrics.contains("nguon_checks_total{outcome=\"counted\"} 21"), "{metrics}");
    let alerts = server.operate(&Request::get("/v1/alerts")).text().to_owned();
    let printed = server.printed();
    server.kill();
    let file = std::fs::read(&store).unwrap();
    let texts: [(&str, &[u8]); 4] =
        [("metrics", metrics.as_bytes()), ("alerts", alerts.as_bytes()), ("log", printed.as_bytes()), ("store", &file)];
    for (name, bytes) in texts {
        for trace in [&b"203.0.113."[..], b"2001:db8:5151", &[203, 0, 113], b"12345678"] {
            assert!(!bytes.windows(trace.len()).any(|it| it == trace), "{name} holds {trace:?}");
        }
    }
}

#[test]
fn stats_know_products_and_days_and_nobody() {
    let (_directory, server) = counting();
    for n in 1..=3 {
        card(&asked(&server, &format!("198.51.100.{n}"), None, &check(&unit())));
    }
    within(PATIENCE, "the checks are in the stats", || {
        let stats = server.operate(&Request::get("/v1/stats")).json();
        let tallies = stats["tallies"].as_array().unwrap();
        (tallies.len() == 1 && tallies[0]["checks"] == 3 && tallies[0]["gtin"] == GTIN).then_some(())
    });
}

#[test]
fn a_check_while_the_store_is_away_is_kept_said_not_to_be_counted_and_counted_later() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let directory = tempfile::tempdir().unwrap();
    let of = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(of("secret"), "0123456789abcdef0123456789abcdef").unwrap();
    let settings = Settings::node(&redis.address()).and("--trusted-proxies").and("127.0.0.0/8");
    let settings = settings.and("--secret-file").and(&of("secret")).and("--journal").and(&of("journal"));
    let node = settings.start();
    assert_eq!(count(&card(&asked(&node, "198.51.100.1", None, &check(&unit())))), 1);
    let path = format!("/01/{GTIN}/21/{SERIAL}");
    assert_eq!(node.card(&path)["verdict"], "registered_item", "memory has the card");
    redis.freeze();
    let kept = card(&asked(&node, "198.51.100.2", Some("k"), &check(&unit())));
    assert_eq!(kept["checks"]["state"], "not_counted", "{kept}");
    assert_ne!(kept["tone"], "positive");
    assert!(kept["reasons"].as_array().unwrap().iter().any(|it| it["code"] == "not_counted"));
    // What the journal holds outlives the process.
    node.kill();
    redis.thaw();
    let node = settings.start();
    within(PATIENCE, "it is counted later", || {
        let metrics = node.operate(&Request::get("/v1/stats")).json();
        let checks: u64 = metrics["tallies"].as_array().unwrap().iter().filter_map(|it| it["checks"].as_u64()).sum();
        (checks == 2).then_some(())
    });
    // It is the check that it was: sent again it counts no more, and its receipt is the same.
    let again = card(&asked(&node, "198.51.100.2", Some("k"), &check(&unit())));
    assert_eq!((count(&again), &again["checks"]["receipt"]), (2, &kept["checks"]["receipt"]));
}

#[test]
fn a_check_that_waited_is_still_the_one_that_came_with_the_receipt() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let directory = tempfile::tempdir().unwrap();
    let of = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(of("secret"), "0123456789abcdef0123456789abcdef").unwrap();
    let settings = Settings::node(&redis.address()).and("--trusted-proxies").and("127.0.0.0/8");
    let settings = settings.and("--place-header").and("x-province");
    let node = settings.and("--secret-file").and(&of("secret")).and("--journal").and(&of("journal")).start();
    let pin = json!({ "gtin": GTIN, "serial": SERIAL, "pin": "K7PM-2QXD" }).to_string();
    assert_eq!(node.operate(&Request::post("/v1/pins", "application/x-ndjson", pin)).status, 200);
    let ask = |client: usize, province: &str, body: &Value| {
        let request = Request::json("/v1/checks", body).header("x-forwarded-for", format!("198.51.100.{client}"));
        card(&node.ask(&request.header("x-province", province)))
    };
    let used = ask(1, "31", &json!({ "code": unit(), "pin": "K7PM2QXD" }));
    assert_eq!(used["tone"], "positive", "{used}");
    let path = format!("/01/{GTIN}/21/{SERIAL}");
    assert_eq!(node.card(&path)["verdict"], "already_consumed", "memory has the card");
    redis.freeze();
    let with_receipt = json!({ "code": unit(), "receipt": used["checks"]["receipt"] });
    for (n, province) in ["31", "31", "01", "01", "48", "48"].into_iter().enumerate() {
        assert_eq!(ask(10 + n, province, &with_receipt)["checks"]["state"], "not_counted");
    }
    redis.thaw();
    within(PATIENCE, "they are counted later", || {
        let stats = node.operate(&Request::get("/v1/stats"));
        let stats = (stats.status == 200).then(|| stats.json())?;
        let checks: u64 = stats["tallies"].as_array()?.iter().filter_map(|it| it["checks"].as_u64()).sum();
        (checks == 7).then_some(())
    });
    // One household's travels, by its receipt: unusual, and no copy.
    within(PATIENCE, "the card says so", || {
        // Until the node has found that the store answers again, it says that it could not check.
        let reply = node.get(&format!("/v1/verify{path}"));
        let card = (reply.status == 200).then(|| reply.json())?;
        assert_ne!(card["verdict"], "suspected_clone", "{card}");
        card["reasons"].as_array()?.iter().any(|it| it["code"] == "clone_soft_rule").then_some(())
    });
}

#[test]
fn another_secret_than_the_one_that_pins_were_hashed_with_is_refused_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let server = serve(directory.path());
    assert_eq!(server.import(&records())["rejected"]["total"], 0);
    server.kill();
    std::fs::remove_file(directory.path().join("registry.redb.secret")).unwrap();
    let (started, said) = Settings::serve(&directory.path().join("registry.redb")).run_to_end();
    assert!(!started && said.contains("--secret-file"), "{said}");
}
