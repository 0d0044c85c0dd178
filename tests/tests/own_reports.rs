//! Reports reach the people of the publisher whose product they are about, and nobody else's; what is held stays.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{House, PHONE, ROOT, Request, lines, lot_code, report, send};
use serde_json::{Value, json};

/// One report about the product of `coop`, one about that of `other`, one about nobody's.
fn reported() -> House {
    let house = House::new();
    let foreign = json!({"type": "product", "gtin": "09520000800017", "name": {"vi": "Trà thử"}});
    house.declares("other", &lines(&[foreign]));
    let of = |code: &str, reason: &str| json!({"code": code, "reason": reason, "text": "Sai địa chỉ"});
    let sent = [
        report(),
        of("09520000800017", "wrong_record"),
        of("HP-KHAC-7", "wrong_record"),
        of(&lot_code(), "wrong_record"),
    ];
    for (client, report) in (1..).zip(&sent) {
        let reply = send(&house.server, client, report);
        assert_eq!(reply.status, 201, "{}", reply.text());
    }
    house
}

fn numbers(listed: &Value) -> Vec<u64> {
    listed["reports"].as_array().unwrap().iter().map(|it| it["number"].as_u64().unwrap()).collect()
}

#[test]
fn a_publishers_people_see_and_answer_their_own() {
    let house = reported();
    let (mine, theirs) = (house.user("lan", "coop", &["enter"]), house.user("an", "other", &["approve"]));
    let list = |token: &str, query: &str| house.asks(token, &Request::get(format!("/v1/reports{query}")), 200);
    assert_eq!(numbers(&list(&mine, "")), [1, 4]);
    assert_eq!(numbers(&list(&theirs, "")), [2]);
    assert_eq!(numbers(&list(ROOT, "")), [1, 2, 3, 4]);
    assert_eq!(numbers(&list(ROOT, "?publisher=other")), [2]);
    let _ = house.asks(&mine, &Request::get("/v1/reports?publisher=other"), 403);
    let sheet = house.reply(&theirs, &Request::get("/v1/reports.csv"));
    assert!(sheet.text().contains("09520000800017") && !sheet.text().contains(&lot_code()), "{}", sheet.text());

    let one = house.asks(&mine, &Request::get("/v1/reports/1"), 200);
    assert_eq!(one["contact"], PHONE);
    let answer = json!({"status": "answered", "answer": "Đã sửa địa chỉ. Cảm ơn."});
    for path in ["/v1/reports/1", "/v1/reports/3", "/v1/reports/1/photo", "/v1/reports/9"] {
        let _ = house.asks(&theirs, &Request::get(path), 404);
    }
    let _ = house.asks(&theirs, &Request::json("/v1/reports/1", &answer), 404);
    let answered = house.asks(&mine, &Request::json("/v1/reports/4", &answer), 200);
    assert_eq!((&answered["status"], &answered["steps"][0]["by"]), (&json!("answered"), &json!("lan")));
}

#[test]
fn an_operator_holds_a_report_and_lets_go_of_it() {
    let house = reported();
    let token = house.user("lan", "coop", &["approve"]);
    let hold =
        |until: Option<&str>| Request::json("/v1/reports/1/hold", &json!({"until": until, "why": "Vụ việc số 7"}));
    let _ = house.asks(&token, &hold(Some("2030-01-01T00:00:00Z")), 403);
    for until in ["2020-01-01T00:00:00Z", "2199-01-01T00:00:00Z"] {
        let _ = house.asks(ROOT, &hold(Some(until)), 422);
    }
    let shown = house.asks(ROOT, &hold(Some("2030-01-01T00:00:00Z")), 200);
    assert_eq!(
        (&shown["held"]["by"], &shown["held"]["why"], &shown["held"]["until"]),
        (&json!("operator"), &json!("Vụ việc số 7"), &json!("2030-01-01T00:00:00Z"))
    );
    assert_eq!(shown["steps"], json!([]), "a hold is no step");
    let free = house.asks(ROOT, &hold(None), 200);
    assert!(free["held"].is_null());
    let log = house.asks(ROOT, &Request::get("/v1/evidence?publisher=operator"), 200);
    let acts: Vec<&Value> = log["lines"].as_array().unwrap().iter().filter(|line| line["act"] == "hold").collect();
    assert_eq!(acts.len(), 2, "both are in evidence");
    assert!(acts.iter().all(|line| line["why"] == "Vụ việc số 7"));
}
