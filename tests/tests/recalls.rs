//! A recall shows on the very next lookup, wherever it reaches; closed is not safe; only a withdrawn one is lifted,
//! and stays visible. The same for a cancelled code.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{GTIN, LOT, OTHER_LOT, PUBLISHER, Reply, Request, SERIAL, Server, recall};
use serde_json::{Value, json};

fn operate(server: &Server, path: &str, body: &Value) -> Reply {
    server.operate(&Request::json(format!("{path}?publisher={PUBLISHER}"), body))
}

fn done(server: &Server, path: &str, body: &Value) -> Value {
    let reply = operate(server, path, body);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

fn reasons(card: &Value) -> Vec<&str> {
    card["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

fn of_lot(lot: &str) -> String {
    format!("/01/{GTIN}/10/{lot}")
}

fn unit() -> String {
    format!("/01/{GTIN}/10/{LOT}/21/{SERIAL}")
}

#[test]
fn a_published_recall_shows_on_the_very_next_lookup() {
    let server = Server::with_records();
    for code in [of_lot(LOT), unit(), format!("/01/{GTIN}/21/{SERIAL}")] {
        assert_ne!(server.card(&code)["tone"], "danger", "{code}");
    }
    let before = server.get(&format!("/v1/verify{}?lang=vi", of_lot(LOT))).must("etag").to_owned();

    done(&server, "/v1/recalls", &recall("R-1", &[LOT]));
    // The lot, a unit with its lot in the code, and a unit whose lot only the record knows.
    for code in [of_lot(LOT), unit(), format!("/01/{GTIN}/21/{SERIAL}")] {
        let card = server.card(&format!("{code}?lang=en"));
        assert_eq!(
            [&card["verdict"], &card["tone"], &card["safety"]["status"]],
            ["recalled", "danger", "affected"],
            "{code}"
        );
        assert!(reasons(&card).contains(&"recall_active"), "{code}: {card}");
        let notice = &card["safety"]["recalls"][0];
        assert_eq!([&notice["id"], &notice["status"], &notice["reason"]], ["R-1", "active", "Test reason"], "{code}");
        assert!(server.get(&format!("/card{code}")).text().contains("data-verdict=\"recalled\""), "{code}");
    }
    let known = Request::get(format!("/v1/verify{}?lang=vi", of_lot(LOT))).header("if-none-match", before);
    assert_eq!(server.ask(&known).status, 200, "what was kept from before is no longer good");

    // Its neighbours are told to look at the lot; their verdict stays.
    for (code, verdict) in [(of_lot(OTHER_LOT), "registered_batch"), (format!("/01/{GTIN}"), "registered_gtin")] {
        let card = server.card(&code);
        assert_eq!(
            [&card["verdict"], &card["tone"], &card["safety"]["status"]],
            [verdict, "caution", "possible"],
            "{code}"
        );
        assert!(reasons(&card).contains(&"recall_other_lots"), "{code}");
    }
}

#[test]
fn a_shop_cannot_show_a_recalled_lot_as_if_it_were_not() {
    let server = Server::with_records();
    done(&server, "/v1/recalls", &recall("R-1", &[LOT]));
    let card = server.card(&format!("{}?context=shop", unit()));
    assert_eq!([&card["verdict"], &card["tone"]], ["recalled", "danger"]);
    assert!(card["code"].get("serial").is_none(), "a shop page is no unit in the hand");
}

#[test]
fn closed_is_not_safe_and_withdrawn_is_lifted_and_stays_visible() {
    let server = Server::with_records();
    done(&server, "/v1/recalls", &recall("R-1", &[LOT]));

    done(&server, "/v1/recalls/R-1/close", &json!({"reason": "Đã thu về hết"}));
    let card = server.card(&of_lot(LOT));
    assert_eq!([&card["verdict"], &card["tone"], &card["safety"]["status"]], ["recalled", "danger", "affected"]);
    assert!(reasons(&card).contains(&"recall_closed"));
    assert!(card["safety"]["recalls"][0]["ended"].is_string());

    done(&server, "/v1/recalls/R-1/withdraw", &json!({"reason": "Phát hành nhầm"}));
    let card = server.card(&of_lot(LOT));
    assert_eq!(
        [&card["verdict"], &card["tone"], &card["safety"]["status"]],
        ["registered_batch", "info", "none_known"]
    );
    assert!(reasons(&card).contains(&"recall_withdrawn"), "{card}");
    assert_eq!(card["safety"]["recalls"][0]["status"], "withdrawn");
    assert_eq!(server.card(&of_lot(OTHER_LOT))["tone"], "info");
}

#[test]
fn an_amended_recall_reaches_what_it_says_now() {
    let server = Server::with_records();
    done(&server, "/v1/recalls", &recall("R-1", &[LOT]));
    let mut wider = recall("R-1", &[LOT, OTHER_LOT]);
    wider["hazard"] = json!({"vi": "Có thể gây dị ứng"});
    done(&server, "/v1/recalls", &wider);
    for lot in [LOT, OTHER_LOT] {
        let card = server.card(&of_lot(lot));
        assert_eq!(card["verdict"], "recalled", "{lot}");
        assert_eq!(card["safety"]["recalls"].as_array().unwrap().len(), 1, "amended, not doubled");
        assert_eq!(card["safety"]["recalls"][0]["hazard"], "Có thể gây dị ứng");
    }
}

#[test]
fn a_recall_of_the_product_or_of_a_range_reaches_just_that() {
    let server = Server::with_records();
    let mut range = recall("R-RANGE", &[]);
    range["scope"] = json!({"gtin": GTIN, "serials": [{"from": "UNIT0001", "to": "UNIT0002"}]});
    done(&server, "/v1/recalls", &range);
    for (serial, verdict) in [("UNIT0001", "recalled"), ("UNIT0002", "recalled"), ("UNIT0003", "registered_item")] {
        assert_eq!(server.card(&format!("/01/{GTIN}/21/{serial}"))["verdict"], verdict, "{serial}");
    }
    let mut whole = recall("R-WHOLE", &[]);
    whole["scope"] = json!({"gtin": GTIN, "whole_product": true});
    done(&server, "/v1/recalls", &whole);
    for code in [format!("/01/{GTIN}"), of_lot(OTHER_LOT), of_lot("NEVER-MADE"), format!("/01/{GTIN}/21/UNIT0003")] {
        assert_eq!(server.card(&code)["verdict"], "recalled", "{code}");
    }
}

#[test]
fn a_recall_that_cannot_stand_is_refused_and_changes_nothing() {
    let server = Server::with_records();
    let before = server.get(&format!("/v1/verify{}", of_lot(LOT)));
    let mut nothing = recall("R-1", &[]);
    nothing["scope"] = json!({"gtin": GTIN});
    let mut surplus = recall("R-1", &[LOT]);
    surplus["surprise"] = json!(1);
    let mut wrong_digit = recall("R-1", &[LOT]);
    wrong_digit["scope"]["gtin"] = json!("09520000990016");
    for body in [nothing, surplus, wrong_digit, json!({}), json!([])] {
        let reply = operate(&server, "/v1/recalls", &body);
        assert!(matches!(reply.status, 409 | 422), "{body}: {}", reply.status);
        assert!(!reply.json()["errors"].as_array().unwrap().is_empty(), "{body}: says what is wrong");
    }
    for ending in ["close", "withdraw"] {
        let reply = operate(&server, &format!("/v1/recalls/R-NONE/{ending}"), &json!({"reason": "x"}));
        assert!(matches!(reply.status, 404 | 409), "{ending}: {}", reply.status);
    }
    assert_eq!(server.get(&format!("/v1/verify{}", of_lot(LOT))).body, before.body);
}

#[test]
fn another_publisher_can_neither_recall_nor_lift() {
    let server = Server::with_records();
    let foreign = |path: &str, body: &Value| {
        server.operate(&Request::json(format!("{path}?publisher=somebody-else"), body)).status
    };
    assert_eq!(foreign("/v1/recalls", &recall("R-2", &[LOT])), 409);
    assert_eq!(server.card(&of_lot(LOT))["verdict"], "registered_batch");
    done(&server, "/v1/recalls", &recall("R-1", &[LOT]));
    assert_eq!(foreign("/v1/recalls/R-1/withdraw", &json!({"reason": "x"})), 409);
    assert_eq!(server.card(&of_lot(LOT))["verdict"], "recalled");
}

#[test]
fn a_cancelled_code_shows_on_the_very_next_lookup_and_no_other_does() {
    let server = Server::with_records();
    let order = json!({"gtin": GTIN, "serials": [SERIAL, "NEVERMADE"], "reason": "Cuộn tem bị mất"});
    let revoked = done(&server, "/v1/revocations", &order);
    assert_eq!(
        [&revoked["revoked"], &revoked["already"], &revoked["not_on_record"]],
        [&json!(1), &json!(0), &json!(["NEVERMADE"])]
    );
    let card = server.card(&unit());
    assert_eq!([&card["verdict"], &card["tone"]], ["revoked", "danger"]);
    assert!(reasons(&card).contains(&"code_revoked"));
    assert_eq!(server.card(&format!("/01/{GTIN}/21/UNIT0002"))["verdict"], "registered_item");
    assert_eq!(server.card(&of_lot(LOT))["verdict"], "registered_batch");

    let again = done(&server, "/v1/revocations", &order);
    assert_eq!([&again["revoked"], &again["already"]], [&json!(0), &json!(1)]);
    let range = json!({"gtin": GTIN, "ranges": [{"from": "UNIT0000", "to": "UNIT9999"}], "reason": "Cả cuộn"});
    assert_eq!(done(&server, "/v1/revocations", &range)["revoked"], 2);
    assert_eq!(server.card(&format!("/01/{GTIN}/21/UNIT0003"))["verdict"], "revoked");
}

#[test]
fn after_a_recall_its_product_is_kept_in_memory_again() {
    let server = Server::with_records();
    let code = format!("/v1/verify/01/{GTIN}/10/{OTHER_LOT}");
    assert_eq!(server.get(&code).status, 200);
    done(&server, "/v1/recalls", &recall("R-HOT", &[LOT]));
    let ways: Vec<String> = (0..3).map(|_| server.get(&code).must("cache-status").to_owned()).collect();
    assert!(ways[0].contains("stored") && ways[1..].iter().all(|way| way.contains("hit")), "{ways:?}");
}
