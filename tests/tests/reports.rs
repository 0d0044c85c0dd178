//! Reports: kept before they are acknowledged, and found by their receipt alone.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tests::{
    DOCUMENT, GTIN, PHONE, PUBLISHER, Redis, Request, Server, Settings, TOLD, form, from, import, listed, lot_code,
    over, png, receipt, records, report, report_status, reporting, send, within,
};
use serde_json::{Value, json};

#[test]
fn a_report_is_acknowledged_with_who_reads_it_and_by_when() {
    let (_directory, _file, server) = reporting();
    let reply = send(&server, 1, &report());
    let receipt = receipt(&reply);
    assert_eq!(receipt.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
    assert_eq!(reply.json()["read_by"], "Trung tâm Mẫu");
    let status = report_status(&server, &receipt);
    assert_eq!(status["status"], "received");
    assert_eq!(status["by_when"], reply.json()["by_when"]);
    let [only] = &listed(&server, "")[..] else { panic!("one report") };
    assert_eq!([&only["gtin"], &only["publisher"]], [GTIN, PUBLISHER]);
    assert_eq!(only["text"], TOLD);
}

#[test]
fn whoever_has_the_receipt_sees_how_far_it_has_come_and_nothing_that_was_told() {
    let (_directory, _file, server) = reporting();
    let mut report = report();
    report["photo"] = STANDARD.encode(png(60, 40, "chụp ở Cát Bà")).into();
    let receipt = receipt(&send(&server, 1, &report));
    let change = json!({"status": "answered", "answer": "Đã nhận.\nCảm ơn.", "why": "nội bộ"});
    assert_eq!(server.operate(&Request::json("/v1/reports/1", &change)).status, 200);
    for written in [receipt.clone(), receipt.to_lowercase(), receipt.replace('-', ""), receipt.replace('0', "o")] {
        let status = report_status(&server, &written);
        assert_eq!((&status["status"], &status["answer"]), (&json!("answered"), &json!("Đã nhận.\nCảm ơn.")));
        assert!(status["read_at"].is_string() && status["answered_at"].is_string() && status["closed_at"].is_null());
        let page = server.get(&format!("/report/{written}?lang=vi"));
        assert_eq!((page.status, page.media_type()), (200, "text/html"));
        for told in [TOLD, PHONE, "Chợ Sắt", "seal_broken", GTIN, "nội bộ", "photo"] {
            assert!(!status.to_string().contains(told) && !page.text().contains(told), "{told}");
        }
        assert!(page.text().contains("Cảm ơn."));
        assert_eq!(page.must("x-robots-tag"), "noindex");
    }
}

#[test]
fn what_is_no_receipt_finds_nothing_and_guessing_is_slowed_down() {
    let (_directory, _file, server) = reporting();
    for wrong in ["0000-0000-0000-0000", "x", "%00", "..%2F..%2Fetc", &"9".repeat(500)] {
        let reply = server.get(&format!("/v1/reports/{wrong}"));
        assert_eq!((reply.status, reply.json()["code"].as_str()), (404, Some("no_such_report")), "{wrong}");
        let page = server.get(&format!("/report/{wrong}"));
        assert_eq!((page.status, page.media_type()), (404, "text/html"), "{wrong}");
    }
    let guess = |n: u32| server.get(&format!("/v1/reports/0000-0000-0000-{n:04}")).status;
    assert!((0..300).map(guess).any(|status| status == 429), "guessing goes on for ever");
}

#[test]
fn every_mistake_is_named_by_its_field_and_nothing_is_kept() {
    let (_directory, _file, server) = reporting();
    for (field, value) in [
        ("code", json!("")),
        ("code", json!("9".repeat(2_049))),
        ("code", json!(DOCUMENT)),
        ("text", json!("x".repeat(2_001))),
        ("text", json!(DOCUMENT)),
        ("place", json!("x".repeat(201))),
        ("contact", json!("hãy gọi tôi")),
        ("contact", json!("=1+1")),
        ("photo", json!("%%%")),
        ("photo", json!(STANDARD.encode("GIF89a"))),
        ("photo", json!(STANDARD.encode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"))),
    ] {
        let mut report = report();
        report[field] = value;
        let reply = send(&server, 1, &report);
        assert_eq!((reply.status, reply.json()["code"].as_str()), (422, Some("bad_body")), "{field}");
        assert_eq!(reply.json()["errors"][0]["field"], field);
        assert!(!reply.text().contains("031190123456"), "a document is not repeated");
    }
    for (report, status) in [
        (json!({"code": "1"}), 422),
        (json!({"code": "1", "reason": "bad"}), 422),
        (json!({"code": "1", "reason": "other", "who": "x"}), 422),
        (json!([]), 422),
    ] {
        assert_eq!(send(&server, 1, &report).status, status, "{report}");
    }
    let plain = Request::post("/v1/reports", "text/plain", "x");
    assert_eq!(server.ask(&plain).status, 415);
    let large = Request::post("/v1/reports", "application/json", "x".repeat(3_500_000));
    assert_eq!(server.ask(&large).json()["code"], "body_too_large");
    assert!(listed(&server, "").is_empty());
    // None of these mistakes has used up what the client may send.
    let _ = receipt(&send(&server, 1, &report()));
}

#[test]
fn the_same_report_under_the_same_key_is_one_report() {
    let (_directory, file, server) = reporting();
    let key = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    let under = |client: u8, key: &str, report: &Value| {
        from(client, Request::json("/v1/reports", report)).header("idempotency-key", key)
    };
    let first = receipt(&server.ask(&under(1, key, &report())));
    // As often as it is sent: a retry is no second report, and none that a limit counts.
    for n in 0..8 {
        let quoted = format!("\"{key}\"");
        assert_eq!(receipt(&server.ask(&under(1, if n % 2 == 0 { key } else { &quoted }, &report()))), first);
    }
    server.kill();
    let server = over(&file);
    assert_eq!(receipt(&server.ask(&under(1, key, &report()))), first);
    let mut other = report();
    other["text"] = "Chuyện khác".into();
    let taken = server.ask(&under(2, key, &other));
    assert_eq!((taken.status, &taken.json()["errors"][0]["field"]), (422, &json!("Idempotency-Key")));
    for bad in ["short", "có dấu có dấu có dấu", &"x".repeat(201)] {
        let reply = server.ask(&under(3, bad, &report()));
        assert_eq!((reply.status, reply.json()["code"].as_str()), (400, Some("bad_parameter")), "{bad}");
    }
    assert_ne!(receipt(&send(&server, 4, &report())), first, "without a key each is one of its own");
    assert_eq!(listed(&server, "").len(), 2);
}

#[test]
fn one_client_is_told_to_wait_and_nobody_else_is() {
    let (_directory, _file, server) = reporting();
    let mut own = report();
    let mut sent = 0;
    let refused = loop {
        own["text"] = format!("lần {sent}").into();
        let reply = send(&server, 1, &own);
        if reply.status != 201 {
            break reply;
        }
        sent += 1;
    };
    assert_eq!((sent, refused.status, refused.json()["code"].as_str()), (3, 429, Some("too_many_requests")));
    assert!(refused.must("retry-after").parse::<u32>().unwrap() > 60);
    let _ = receipt(&send(&server, 2, &report()));
}

#[test]
fn many_reports_of_one_code_or_through_one_other_site_have_an_end() {
    let (_directory, _file, server) = reporting();
    let refusal = |request: &dyn Fn(u8) -> Request| {
        (1..=100).map(|client| (client, server.ask(&request(client)))).find(|(_, reply)| reply.status == 429)
    };
    let (many, _) = refusal(&|client| from(client, Request::json("/v1/reports", &report()))).expect("it has an end");
    assert!(many > 50, "a poisoned lot has many reporters: {many}");
    // Each about a code of its own, from visitors of a page that makes their browsers send it.
    let (through, _) = refusal(&|client| {
        let body = json!({"code": format!("X{client}"), "reason": "other"});
        let request = from(client + 100, Request::json("/v1/reports", &body));
        request.header("sec-fetch-site", "cross-site").header("origin", "https://evil.example")
    })
    .expect("it has an end");
    assert!(through > 50, "{through}");
    let body = json!({"code": "Y", "reason": "other"});
    let other = from(250, Request::json("/v1/reports", &body)).header("sec-fetch-site", "cross-site");
    let _ = receipt(&server.ask(&other.header("origin", "https://shop.example")));
}

#[test]
fn a_kill_loses_no_acknowledged_report() {
    let (_directory, file, server) = reporting();
    let receipts: Vec<String> = (1..=5).map(|client| receipt(&send(&server, client, &report()))).collect();
    server.kill();
    let server = over(&file);
    for receipt in &receipts {
        assert_eq!(report_status(&server, receipt)["status"], "received");
    }
    assert_eq!(listed(&server, "").len(), 5);
}

#[test]
fn over_redis_a_report_is_on_every_node_and_outlives_both() {
    let mut redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let address = redis.address();
    let [one, two] = Settings::nodes([&address, &address]);
    let mut with_photo = report();
    with_photo["photo"] = STANDARD.encode(png(80, 60, "")).into();
    let receipt = receipt(&one.ask(&Request::json("/v1/reports", &with_photo)));
    assert_eq!(report_status(&two, &receipt)["status"], "received");
    one.kill();
    redis.restart();
    within(Duration::from_secs(20), "the other node reaches it again", || {
        (two.get(&format!("/v1/reports/{receipt}")).status == 200).then_some(())
    });
    assert_eq!(two.operate(&Request::get("/v1/reports/1/photo")).media_type(), "image/jpeg");
    assert_eq!(two.operate(&Request::get("/v1/reports/1")).json()["contact"], PHONE);
    let all: Vec<String> = redis.ask(redis::cmd("KEYS").arg("*"));
    assert!(!all.iter().any(|name| name.contains(&receipt) || name.contains("127.0.0.1")), "{all:?}");
}

#[test]
fn while_the_store_is_away_nothing_is_acknowledged_and_nothing_is_lost_by_trying_again() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let node = Settings::node(&redis.address()).start();
    let key = "a-key-that-nobody-can-guess-1";
    let sending = || node.ask(&Request::json("/v1/reports", &report()).header("idempotency-key", key));
    redis.freeze();
    let away = sending();
    assert_eq!((away.status, away.json()["code"].as_str()), (503, Some("reports_unavailable")), "{}", away.text());
    assert!(away.json()["detail"].as_str().unwrap().contains("nothing is lost"));
    assert!(away.must("retry-after").parse::<u32>().unwrap() > 0);
    let code = lot_code();
    let page = node.ask(&form(
        "/report",
        &[("code", None, code.as_bytes()), ("reason", None, b"other"), ("text", None, TOLD.as_bytes())],
    ));
    assert_eq!((page.status, page.media_type()), (503, "text/html"));
    assert!(page.text().contains(TOLD), "what was written stays in the form");
    assert!(!page.text().contains("data-tone"));
    redis.thaw();
    let receipt = within(Duration::from_secs(20), "it is taken", || {
        let reply = sending();
        (reply.status == 201).then(|| receipt(&reply))
    });
    assert_eq!(report_status(&node, &receipt)["status"], "received");
    let mine = listed(&node, "").into_iter().filter(|report| report["reason"] == "seal_broken").count();
    assert_eq!(mine, 1, "the one that may have reached the store before is the same");
}

#[test]
fn a_report_while_the_store_is_away_is_kept_here_outlives_the_process_and_is_passed_on_once_with_its_photo() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let directory = tempfile::tempdir().unwrap();
    let journal = directory.path().join("journal");
    let settings = Settings::node(&redis.address()).and("--journal").and(&journal.display().to_string());
    let node = settings.start();
    redis.freeze();
    let mut with_photo = report();
    with_photo["photo"] = STANDARD.encode(png(80, 60, "chụp ở Cát Bà")).into();
    let key = "a-key-that-nobody-can-guess-2";
    let sending = |node: &Server| node.ask(&Request::json("/v1/reports", &with_photo).header("idempotency-key", key));
    let kept = sending(&node);
    assert_eq!((kept.status, &kept.json()["passed_on"]), (202, &json!(false)), "{}", kept.text());
    let receipt = kept.json()["receipt"].as_str().unwrap().to_owned();
    assert_eq!(sending(&node).json()["receipt"], receipt, "sent again, it is the same");
    assert_eq!(report_status(&node, &receipt)["status"], "received");
    let code = lot_code();
    let page = node.ask(&form("/report", &[("code", None, code.as_bytes()), ("reason", None, b"other")]));
    assert_eq!((page.status, page.media_type()), (202, "text/html"));
    assert!(page.text().contains("sẽ được chuyển đi") && page.text().contains("Không cần gửi lại"));
    assert!(page.text().contains("class=\"receipt\""));

    let waiting = directory.path().join("journal.reports");
    let file = std::fs::metadata(&waiting).unwrap();
    assert_eq!((file.permissions().mode() & 0o777, file.len() > 0), (0o600, true));
    node.kill();
    redis.thaw();
    let node = settings.start();
    within(Duration::from_secs(20), "it is found by its receipt", || {
        let found = node.get(&format!("/v1/reports/{receipt}")).status;
        assert_ne!(found, 404, "a receipt that was given is never said not to be one");
        (found == 200).then_some(())
    });
    within(Duration::from_secs(20), "nothing waits", || {
        (std::fs::metadata(&waiting).unwrap().len() == 0).then_some(())
    });
    assert_eq!(sending(&node).json()["receipt"], receipt);
    let all = listed(&node, "");
    assert_eq!(all.len(), 2, "one from the API and one from the page: {all:?}");
    let mine = all.iter().find(|report| report["reason"] == "seal_broken").unwrap();
    assert_eq!((&mine["publisher"], &mine["text"]), (&json!(PUBLISHER), &json!(TOLD)));
    let number = &mine["number"];
    assert_eq!(node.operate(&Request::get(format!("/v1/reports/{number}/photo"))).media_type(), "image/jpeg");
    assert_eq!(node.operate(&Request::get(format!("/v1/reports/{number}"))).json()["contact"], PHONE);
}

#[test]
fn an_emptied_store_says_nothing_of_a_receipt() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let node = Settings::node(&redis.address()).start();
    let receipt = receipt(&node.ask(&Request::json("/v1/reports", &report())));
    let _: String = redis.ask(&redis::cmd("FLUSHALL"));
    assert_eq!(node.get(&format!("/v1/reports/{receipt}")).status, 503);
    assert_eq!(node.ask(&Request::json("/v1/reports", &json!({"code": "1", "reason": "other"}))).status, 503);
}
