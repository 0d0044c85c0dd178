//! Holds: what is kept of a unit's checks, and of alerts about it, outlives its retention for a case.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{GTIN, House, LOT, ROOT, Request, SERIAL};
use serde_json::json;

const UNTIL: &str = "2030-06-30T17:00:00Z";

#[test]
fn the_checks_of_a_unit_and_alerts_about_it_are_held_and_let_go_of() {
    let house = House::new();
    let code = format!("(01){GTIN}(10){LOT}(21){SERIAL}");
    let check = Request::json("/v1/checks", &json!({"code": code})).header("idempotency-key", "one");
    assert_eq!(house.server.ask(&check).status, 200);
    let shared = json!({"code": code, "shared": true, "why": "Ảnh mã trên mạng"});
    let _ = house.asks(ROOT, &Request::json("/v1/shared", &shared), 200);

    let wanted = |until: Option<&str>| {
        let until = until.map(|until| json!({"code": code, "until": until, "why": "Vụ việc số 7"}));
        Request::json("/v1/holds", &until.unwrap_or_else(|| json!({"code": code, "why": "Đã xong"})))
    };
    for role in ["enter", "approve"] {
        let token = house.user("lan", "coop", &[role]);
        let _ = house.asks(&token, &wanted(Some(UNTIL)), 403);
        let _ = house.asks(&token, &Request::get("/v1/holds"), 403);
        let _ = house.asks(ROOT, &Request::new("DELETE", "/v1/users/lan/tokens/pc"), 204);
    }
    let _ = house.asks(ROOT, &wanted(Some("2020-01-01T00:00:00Z")), 422);
    let held = house.asks(ROOT, &wanted(Some(UNTIL)), 200);
    assert_eq!(
        (&held["serial"], &held["held"]["until"], &held["is_cut"]),
        (&json!(SERIAL), &json!(UNTIL), &json!(false))
    );
    assert_eq!(held["visits"].as_array().unwrap().len(), 1, "{held}");
    assert_eq!(held["alerts"][0]["kind"], "shared_publicly", "{held}");
    // Clearing the unit takes its visits away, and nothing from what is held.
    let _ = house.asks(ROOT, &Request::json("/v1/clear", &json!({"code": code, "why": "Đã xem"})), 200);
    let target = format!("/v1/holds?code=(01){GTIN}(21){SERIAL}");
    assert_eq!(house.asks(ROOT, &Request::get(&target), 200)["visits"], held["visits"]);
    assert_eq!(house.asks(ROOT, &Request::get("/v1/holds"), 200)["units"], json!([{"gtin": GTIN, "serial": SERIAL}]));
    let log = house.asks(ROOT, &Request::get("/v1/evidence?limit=1000"), 200);
    let holds: Vec<_> = log["lines"].as_array().unwrap().iter().filter(|line| line["act"] == "hold").collect();
    assert_eq!((holds.len(), &holds[0]["why"]), (1, &json!("Vụ việc số 7")), "{log}");

    let _ = house.asks(ROOT, &wanted(None), 200);
    assert_eq!(house.asks(ROOT, &Request::get("/v1/holds"), 200)["units"], json!([]));
    let unknown = json!({"code": format!("(01){GTIN}(21)NONE1"), "until": UNTIL, "why": "Vụ việc số 7"});
    let _ = house.asks(ROOT, &Request::json("/v1/holds", &unknown), 409);
}
