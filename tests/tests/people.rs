//! Publishers, users and tokens: who is known, what their role allows, and whose things they see and change.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use nguon_tests::{
    Clerk, GTIN, House, LOT, ROOT, Reply, Request, SERIAL, Server, Settings, lines, nguon, recall, unescaped,
};
use serde_json::{Value, json};

fn import(query: &str, ndjson: &str) -> Request {
    Request::post(format!("/v1/import{query}"), "application/x-ndjson", ndjson)
}

fn product(gtin: &str) -> Value {
    json!({"type": "product", "gtin": gtin, "name": {"vi": "Trà thử"}})
}

#[test]
fn a_token_is_shown_once_and_opens_until_it_is_revoked() {
    let house = House::new();
    let first = house.user("lan", "coop", &["enter"]);
    assert!(first.starts_with("nguon_") && first.len() == 38, "{first}");
    let second = house.token("lan", "phone");
    let me = house.asks(&first, &Request::get("/v1/me"), 200);
    assert_eq!(me, json!({"user": "lan", "publisher": "coop", "roles": ["enter"]}));

    let shown = house.reply(ROOT, &Request::get("/v1/users"));
    assert!(!shown.text().contains(&first[10..]) && !shown.text().contains("hash"), "{}", shown.text());
    let tokens = &shown.json()["users"][0]["tokens"];
    assert_eq!((&tokens[0]["label"], &tokens[1]["label"]), (&json!("pc"), &json!("phone")));
    assert!(tokens[0]["used_on"].is_string() && tokens[1]["used_on"].is_null(), "{tokens}");

    let _ = house.asks(ROOT, &Request::new("DELETE", "/v1/users/lan/tokens/pc"), 204);
    let _ = house.asks(&first, &Request::get("/v1/me"), 401);
    let _ = house.asks(&second, &Request::get("/v1/me"), 200);
    let _ = house.asks(ROOT, &Request::new("DELETE", "/v1/users/lan/tokens/pc"), 404);
    let past = json!({"label": "old", "expires": "2020-01-01T00:00:00Z"});
    let _ = house.asks(ROOT, &Request::json("/v1/users/lan/tokens", &past), 422);
    assert!(!house.server.printed().contains(&first[10..]), "a token is never printed");
}

#[test]
fn a_role_reaches_as_far_as_it_goes_and_says_which_is_needed() {
    let house = House::new();
    let (enter, approve) = (house.user("lan", "coop", &["enter"]), house.user("minh", "coop", &["approve"]));
    let operate = house.user("hoa", "coop", &["operate"]);
    let more = lines(&[json!({"type": "batch", "gtin": GTIN, "lot": "NEW"})]);
    let cases: [(Request, &[&str], &str); 7] = [
        (import("?dry_run=true", &more), &[&enter, &approve, &operate], "enter"),
        (import("?publisher=coop", &more), &[&operate], "operate"),
        (Request::json("/v1/recalls", &recall("R-1", &[LOT])), &[&approve, &operate], "approve"),
        (
            Request::json("/v1/revocations", &json!({"gtin": GTIN, "serials": [SERIAL], "reason": "Cuộn tem mất"})),
            &[&approve, &operate],
            "approve",
        ),
        (Request::get("/v1/settings"), &[&operate], "operate"),
        (Request::get("/v1/users"), &[&operate], "operate"),
        (Request::get("/metrics"), &[&operate], "operate"),
    ];
    for (request, may, role) in cases {
        for token in [&enter, &approve, &operate] {
            let reply = house.reply(token, &request);
            if may.contains(&token.as_str()) {
                assert!(reply.status < 400, "{request:?}: {}", reply.text());
            } else {
                assert_eq!((reply.status, &reply.json()["code"]), (403, &json!("role_needed")), "{request:?}");
                let message = reply.json()["errors"][0]["message"].as_str().unwrap().to_owned();
                assert!(message.contains(role), "{message}");
            }
        }
    }
}

#[test]
fn an_address_asks_for_its_role_however_it_is_written() {
    let house = House::new();
    let (nobody, other) = (house.user("lan", "coop", &[]), house.user("an", "other", &["approve"]));
    let report = json!({"code": format!("(01){GTIN}(10){LOT}"), "reason": "other", "text": "Tem bong"});
    assert_eq!(house.server.ask(&Request::json("/v1/reports", &report)).status, 201);
    let held = json!({"until": "2026-12-31T00:00:00Z", "why": "Thử"});
    for path in ["/v1/reports/1/hold", "/v1/reports/1/%68old", "/v1/reports/1/hol%64", "/v1/%72eports/1/hold"] {
        for token in [&nobody, &other] {
            let refused = house.asks(token, &Request::json(path, &held), 403);
            assert_eq!(refused["code"], "role_needed", "{path}");
        }
    }
    // Whoever has no role looks, and answers nobody.
    let answered = json!({"status": "answered", "answer": "Chúng tôi đã xem"});
    assert_eq!(house.asks(&nobody, &Request::get("/v1/reports/1"), 200)["status"], "received");
    let _ = house.asks(&nobody, &Request::json("/v1/reports/1", &answered), 403);
    let page = Clerk::sign_in(&house, &nobody);
    assert!(!page.page("/desk/reports/1").contains("name=\"answer\""));
    let sent = [("status", "answered"), ("version", "1"), ("answer", "Chúng tôi đã xem")];
    assert_eq!(page.send("/desk/reports/1", &sent).status, 403);
}

#[test]
fn nobody_learns_which_serials_of_anothers_product_are_on_record() {
    let house = House::new();
    let other = house.user("an", "other", &["approve"]);
    let asked = |field: &str, serials: Value| {
        let revocation = json!({"gtin": GTIN, field: serials, "reason": "Thử"});
        house.asks(&other, &Request::json("/v1/revocations", &revocation), 409)
    };
    let refused = asked("serials", json!([SERIAL]));
    assert_eq!(refused["errors"][0]["field"], "gtin");
    assert_eq!(asked("serials", json!(["NO-SUCH-1"])), refused);
    assert_eq!(asked("ranges", json!([{"from": "NO0", "to": "NO9"}])), refused);
    let desk = Clerk::sign_in(&house, &other);
    let marked = |serial: &str| {
        let form = [("what", "specimen"), ("gtin", GTIN), ("serials", serial), ("reason", "Thử"), ("step", "preview")];
        let reply = desk.send("/desk/codes", &form);
        (reply.status, unescaped(reply.text()).replace(serial, "…"))
    };
    assert_eq!(marked(SERIAL).0, 422);
    assert_eq!(marked("NO-SUCH-1"), marked(SERIAL));
}

#[test]
fn whoever_may_only_try_a_document_out_sends_one_of_a_size_that_keeps_nobody_waiting() {
    let house = House::new();
    let enter = house.user("lan", "coop", &["enter"]);
    let large = "\n".repeat(64 * 1024 * 1024 + 1);
    let tried = house.asks(&enter, &import("?dry_run=true", &large), 413);
    assert_eq!(tried["code"], "body_too_large");
    let _ = house.asks(ROOT, &import("?dry_run=true", &large), 200);
}

#[test]
fn a_publishers_person_acts_for_that_publisher_alone() {
    let house = House::new();
    let (mine, theirs) = (house.user("lan", "coop", &["approve"]), house.user("an", "other", &["approve"]));
    let recall = |query: &str| Request::json(format!("/v1/recalls{query}"), &recall("R-1", &[LOT]));
    let named = house.asks(&mine, &recall("?publisher=other"), 403);
    assert_eq!(named["errors"][0]["field"], "publisher");
    let _ = house.asks(&mine, &recall("?approved_by=Ai%20kh%C3%A1c"), 403);
    let foreign = house.asks(&theirs, &recall(""), 409);
    assert_eq!(foreign["errors"][0]["field"], "scope.gtin");
    let _ = house.asks(&mine, &recall(""), 200);
    assert_eq!(house.server.card(&format!("/01/{GTIN}/10/{LOT}"))["verdict"], "recalled");
    let ending = json!({"reason": "Đã thu hồi xong"});
    let _ = house.asks(&theirs, &Request::json("/v1/recalls/R-1/close", &ending), 409);
    let _ = house.asks(&mine, &Request::json("/v1/recalls/R-1/close", &ending), 200);
}

#[test]
fn a_registered_publisher_declares_what_is_its_own_and_a_stranger_nothing() {
    let house = House::new();
    let opaque = |code: &str| json!({"type": "opaque", "code": code, "gtin": GTIN});
    let (own, foreign) = ("09520000990022", "09520000080013");
    let mixed = lines(&[product(own), product(foreign), opaque("HP-MAU-0001"), opaque("HD-MAU-0001")]);
    let report = house.asks(ROOT, &import("?publisher=coop", &mixed), 200);
    let refused: Vec<(&Value, &Value, &Value)> = report["rejected"]["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["line"], &it["field"], &it["code"]))
        .collect();
    let out = json!("out_of_scope");
    assert_eq!(refused, [(&json!(2), &json!("gtin"), &out), (&json!(4), &json!("code"), &out)], "{report}");
    assert_eq!(house.server.card("/HP-MAU-0001")["level"], "gtin");

    let stranger = house.asks(ROOT, &import("?publisher=nobody", &lines(&[product(own)])), 200);
    assert_eq!(stranger["rejected"]["list"][0]["code"], "out_of_scope");
    let operator = house.asks(ROOT, &import("", &lines(&[product(foreign)])), 200);
    assert_eq!(operator["rejected"]["total"], 0, "{operator}");
    // Another's numbers are nobody else's to register.
    let grab = json!({"id": "third", "name": "HTX Ba", "prefixes": ["9520000"]});
    let reply = house.asks(ROOT, &Request::json("/v1/publishers", &grab), 409);
    assert_eq!(reply["errors"][0]["field"], "prefixes");
}

#[test]
fn who_tries_tokens_in_vain_is_told_to_wait() {
    let house = House::new();
    let tried: Vec<u16> = (0..70).map(|n| house.reply(&format!("guess-{n}"), &Request::get("/v1/me")).status).collect();
    assert_eq!((tried[0], tried[59]), (401, 401));
    let last = house.reply("guess", &Request::get("/v1/me"));
    assert_eq!((last.status, &last.json()["code"]), (429, &json!("too_many_requests")));
    assert!(last.must("retry-after").parse::<u64>().unwrap() > 0);
}

#[test]
fn the_listener_is_nobodys_who_makes_a_name_lead_to_it() {
    let open = Server::empty();
    let get = |host: &str| open.operate(&Request::get("/v1/reports").header("host", host)).status;
    assert_eq!((get("127.0.0.1:8081"), get("localhost:8081"), get("[::1]:8081")), (200, 200, 200));
    assert_eq!((get("evil.example:8081"), get("localhost.evil.example")), (401, 401));
}

/// The cookie that an answer sets, with its attributes.
fn cookie(reply: &Reply) -> (String, String) {
    let (pair, attributes) = reply.must("set-cookie").split_once(';').unwrap();
    (pair.to_owned(), attributes.to_owned())
}

fn sign_in(token: &str) -> Request {
    Request::post("/desk/session", "application/x-www-form-urlencoded", format!("token={token}"))
}

#[test]
fn somebody_signs_in_with_a_token_and_out_again() {
    let house = House::new();
    let token = house.user("lan", "coop", &["enter"]);
    let wrong = house.server.operate(&sign_in("guess"));
    assert_eq!(wrong.status, 401);
    let reply = house.server.operate(&sign_in(&token).header("origin", format!("http://{}", house.server.admin)));
    assert_eq!((reply.status, reply.must("location")), (303, "/desk"));
    let (session, attributes) = cookie(&reply);
    assert!(!session.contains(&token[10..]), "the cookie is no token");
    for attribute in ["Path=/desk", "HttpOnly", "SameSite=Strict"] {
        assert!(attributes.contains(attribute), "{attributes}");
    }
    assert!(!attributes.contains("Secure"), "the public origin is http");
    // A cookie opens no address that tools use.
    let used = house.server.operate(&Request::get("/v1/me").header("cookie", &session));
    assert_eq!(used.status, 401);
    for (name, value) in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
    {
        let reply = house.server.operate(&sign_in(&token).header(name, value));
        assert_eq!((reply.status, &reply.json()["code"]), (403, &json!("cross_site")));
    }
    let out = house.server.operate(&Request::new("POST", "/desk/session/end").header("cookie", &session));
    assert_eq!(out.status, 303);
    assert!(cookie(&out).1.contains("Max-Age=0"));
}

#[test]
fn over_https_the_cookie_of_a_session_goes_nowhere_else() {
    let directory = tempfile::tempdir().unwrap();
    let server = Settings::serve(&directory.path().join("registry.redb"))
        .and("--admin-token")
        .and(ROOT)
        .and("--base-url")
        .and("https://id.example.vn")
        .start();
    assert!(cookie(&server.operate(&sign_in(ROOT))).1.contains("Secure"));
}

#[test]
fn people_are_kept_from_the_terminal_as_well() {
    let house = House::new();
    let run = |arguments: &[&str]| {
        let via = format!("http://{}", house.server.admin);
        let done = Command::new(nguon())
            .arg("people")
            .args(arguments)
            .args(["--via", &via])
            .env("NGUON_ADMIN_TOKEN", ROOT)
            .output()
            .unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        (done.status.success(), said)
    };
    assert!(run(&["publisher", "add", "bac", "--name", "HTX Bắc", "--prefix", "8936012"]).0);
    let (done, said) = run(&["publisher", "list"]);
    assert!(done && said.contains("8936012") && said.contains("coop"), "{said}");
    assert!(run(&["user", "add", "van", "--name", "Lê Văn", "--publisher", "bac", "--roles", "enter,approve"]).0);
    let (done, token) = run(&["token", "new", "van", "--label", "pc"]);
    assert!(done);
    let _ = house.asks(token.trim(), &Request::get("/v1/me"), 200);
    let (done, said) = run(&["user", "list"]);
    assert!(done && said.contains("roles enter,approve") && said.contains("pc"), "{said}");
    assert!(run(&["token", "revoke", "van", "--label", "pc"]).0);
    let _ = house.asks(token.trim(), &Request::get("/v1/me"), 401);
    let (done, said) = run(&["publisher", "add", "nam", "--name", "HTX Nam", "--prefix", "8936012"]);
    assert!(!done && said.contains("bac"), "{said}");
}
