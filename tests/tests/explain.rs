//! A card of the past is explained from the evidence log: the same bytes, the rules, and who said what they rest on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use nguon_tests::{GTIN, House, LOT, ROOT, Request, encoded, lines, nguon, recall};
use serde_json::{Value, json};

/// When the last line of the log was accepted.
fn last(house: &House) -> String {
    let log = house.asks(ROOT, &Request::get("/v1/evidence?limit=1000"), 200);
    log["lines"].as_array().unwrap().last().unwrap()["at"].as_str().unwrap().to_owned()
}

fn explained(house: &House, token: &str, code: &str, at: &str) -> (String, Value) {
    let target = format!("/v1/explain?lang=en&code={}&at={}", encoded(code), encoded(at));
    let reply = house.reply(token, &Request::get(target));
    assert_eq!(reply.status, 200, "{}", reply.text());
    (reply.text().to_owned(), reply.json())
}

/// A product that is recalled, its recall withdrawn, renamed, disputed, withdrawn: each instant, and the card then.
fn past(house: &House, code: &str) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    let mut look = || {
        let card = house.server.get(&format!("/v1/verify?lang=en&code={}", encoded(code)));
        seen.push((last(house), card.text().to_owned()));
    };
    let product = |name: &str, withdrawn: bool| {
        lines(&[json!({"type": "product", "gtin": GTIN, "name": {"vi": name}, "producer": "test-cooperative",
            "keeps_serials": true, "withdrawn": withdrawn})])
    };
    look();
    let _ = house.asks(ROOT, &Request::json("/v1/recalls?publisher=coop&why=Histamin", &recall("R-1", &[LOT])), 200);
    look();
    let _ = house.asks(ROOT, &Request::json("/v1/recalls/R-1/withdraw", &json!({"reason": "Nhầm lô"})), 200);
    house.declares("coop", &product("Mứt mới", false));
    look();
    house.declares("operator", &product("Mứt khác", false));
    look();
    let settled = json!({"owner": "coop", "why": "Giấy chứng nhận mã số"});
    let _ = house.asks(ROOT, &Request::json(format!("/v1/disputes/{GTIN}"), &settled), 200);
    house.declares("coop", &product("Mứt mới", true));
    look();
    seen
}

#[test]
fn the_card_is_the_one_that_was_answered_then() {
    let house = House::new();
    let code = format!("(01){GTIN}(10){LOT}");
    let past = past(&house, &code);
    for (at, card) in &past {
        let (raw, account) = explained(&house, ROOT, &code, at);
        assert!(raw.contains(&format!("\"card\":{card}")), "{at}\n{raw}\n{card}");
        assert!(account["not_replayed"].is_null() && !account["unsaid"].as_array().unwrap().is_empty());
    }
    let verdicts: Vec<String> =
        past.iter().map(|(_, card)| serde_json::from_str::<Value>(card).unwrap()["verdict"].to_string()).collect();
    assert!(
        verdicts[1].contains("recalled") && verdicts[0] != verdicts[1] && verdicts[4].contains("lapsed"),
        "{verdicts:?}"
    );
    let (_, account) = explained(&house, ROOT, &code, &past[1].0);
    let reason = &account["reasons"][0];
    assert_eq!((&reason["code"], &reason["rule"]), (&json!("recall_active"), &json!("recalls")));
    let line = account["lines"].as_array().unwrap().iter().find(|line| line["n"] == reason["lines"][0]).unwrap();
    assert_eq!(
        (&line["act"], &line["why"], &line["publisher"]),
        (&json!("recall"), &json!("Histamin"), &json!("coop"))
    );
}

#[test]
fn a_publishers_person_is_told_of_their_own_products() {
    let house = House::new();
    let code = format!("(01){GTIN}(10){LOT}");
    let at = last(&house);
    let (mine, theirs) = (house.user("lan", "coop", &[]), house.user("an", "other", &["approve"]));
    assert_eq!(explained(&house, &mine, &code, &at).1["card"]["verdict"], "registered_batch");
    let target = format!("/v1/explain?code={}", encoded(&code));
    assert_eq!(house.asks(&theirs, &Request::get(&target), 403)["code"], "role_needed");
    let _ = house.asks(&theirs, &Request::get("/v1/explain?code=HP-KHAC"), 403);
    let listed = |token: &str| {
        let log = house.asks(token, &Request::get(format!("/v1/evidence?code={GTIN}")), 200);
        log["lines"].as_array().unwrap().len()
    };
    assert!(listed(&mine) > 0 && listed(ROOT) == listed(&mine));
    assert_eq!(listed(&theirs), 0);
    assert_eq!(house.asks(ROOT, &Request::get("/v1/explain?code=1&at=yesterday"), 400)["errors"][0]["field"], "at");
}

#[test]
fn the_terminal_prints_verdict_rules_and_lines() {
    let house = House::new();
    let _ = house.asks(ROOT, &Request::json("/v1/recalls?publisher=coop&why=Histamin", &recall("R-1", &[LOT])), 200);
    let done = Command::new(nguon())
        .args(["explain", &format!("(01){GTIN}(10){LOT}"), "--at", &last(&house), "--lang", "en"])
        .args(["--via", &format!("http://{}", house.server.admin)])
        .env("NGUON_ADMIN_TOKEN", ROOT)
        .output()
        .unwrap();
    let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    assert!(done.status.success(), "{said}");
    for told in ["recalled", "recall_active (rule: recalls)", "why: Histamin", "recall R-1", "Not in the log"] {
        assert!(said.contains(told), "{told}\n{said}");
    }
}

#[test]
fn what_a_person_does_is_in_evidence_under_their_name() {
    let house = House::new();
    let token = house.user("lan", "coop", &["approve"]);
    let _ = house.asks(&token, &Request::json("/v1/recalls?why=M%C3%B9i%20l%E1%BA%A1", &recall("R-1", &[LOT])), 200);
    let lines = house.asks(&token, &Request::get("/v1/evidence"), 200);
    let lines = lines["lines"].as_array().unwrap();
    let last = lines.last().unwrap();
    assert_eq!((&last["act"], &last["by"], &last["publisher"]), (&json!("recall"), &json!("lan"), &json!("coop")));
    assert_eq!(last["why"], "Mùi lạ");
    assert!(lines.iter().all(|line| line["publisher"] == "coop"), "only what is their own");
}
