//! Codes for units: on record before anybody prints them, once for an order, and not on sale until somebody says so.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use nguon_tests::{GTIN, LOT, PUBLISHER, Request, Server, lines, nguon};
use serde_json::{Value, json};

/// Run `nguon issue` through a server; whether it succeeded, and what it said.
fn issue(server: &Server, directory: &Path, args: &[&str]) -> (bool, String) {
    let done = Command::new(nguon())
        .args(["issue", "--via", &format!("http://{}", server.admin), "--publisher", PUBLISHER])
        .args(args)
        .current_dir(directory)
        .output()
        .expect("nguon can be run");
    (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
}

/// The lines of a CSV file without quotes, after its headings.
fn rows(directory: &Path, file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(directory.join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn order(extra: &Value) -> Value {
    let mut order = json!({"gtin": GTIN, "lot": LOT, "count": 3});
    order.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    order
}

fn ask(server: &Server, query: &str, key: &str, order: &Value) -> nguon_tests::Reply {
    let target = format!("/v1/issue?publisher={PUBLISHER}{query}");
    server.operate(&Request::json(target, order).header("idempotency-key", key))
}

#[test]
fn a_unit_is_issued_then_put_on_sale_and_then_its_check_is_positive() {
    let server = Server::with_records();
    let directory = tempfile::tempdir().unwrap();
    let args = [
        "--gtin",
        GTIN,
        "--lot",
        LOT,
        "--count",
        "25",
        "--pin",
        "--out",
        "codes.csv",
        "--labels",
        "labels.pdf",
        "--on-sale",
        "on-sale.ndjson",
    ];
    let (done, said) = issue(&server, directory.path(), &[&args[..], &["--order", "roll-1", "--why", "Thử"]].concat());
    assert!(done && said.contains("on record as issued") && said.contains("roll-1"), "{said}");
    let rows = rows(directory.path(), "codes.csv");
    assert_eq!(rows.len(), 25);
    let (serial, link, pin) = (&rows[0][2], &rows[0][4], &rows[0][6]);
    assert!(
        !said.contains(pin.as_str()) && !server.printed().contains(pin.as_str()),
        "a PIN is printed on paper alone"
    );
    let pdf = std::fs::read(directory.path().join("labels.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 200_000, "{} bytes", pdf.len());

    let path = link.strip_prefix(&server.origin()).expect("links begin with the service's origin");
    assert_eq!(server.card(path)["verdict"], "not_activated");
    let check = json!({"code": link, "pin": pin.to_lowercase().replace('-', " ")});
    let checked = |key: &str| server.ask(&Request::json("/v1/checks", &check).header("idempotency-key", key)).json();
    let before = checked("before");
    assert_eq!(before["verdict"], "not_activated", "{before}");

    let on_sale = std::fs::read_to_string(directory.path().join("on-sale.ndjson")).unwrap();
    let report = server.import(&on_sale);
    assert_eq!((&report["units"], &report["rejected"]["total"]), (&json!(25), &json!(0)), "{report}");
    // Another unit, whose PIN nobody has used.
    let (link, pin) = (&rows[1][4], &rows[1][6]);
    let check = json!({"code": link, "pin": pin});
    let card = server.ask(&Request::json("/v1/checks", &check).header("idempotency-key", "after")).json();
    assert_eq!((&card["verdict"], &card["tone"]), (&json!("registered_item"), &json!("positive")), "{card}");
    assert_eq!(serial.len(), 12);
}

#[test]
fn an_order_that_is_repeated_gives_the_same_files_and_puts_nothing_more_on_record() {
    let server = Server::with_records();
    let directory = tempfile::tempdir().unwrap();
    let read = |file: &str| std::fs::read(directory.path().join(file)).unwrap();
    let args = |n: &str, count: &str| {
        let files = ["--out".to_owned(), format!("{n}.csv"), "--labels".to_owned(), format!("{n}.pdf")];
        let order = ["--gtin", GTIN, "--lot", LOT, "--count", count, "--pin", "--order", "roll-2"].map(str::to_owned);
        order.into_iter().chain(files).collect::<Vec<_>>()
    };
    let run = |args: &[String]| issue(&server, directory.path(), &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(run(&args("a", "5")).0);
    let (done, said) = run(&args("b", "5"));
    assert!(done && said.contains("already"), "{said}");
    assert_eq!((read("a.csv"), read("a.pdf")), (read("b.csv"), read("b.pdf")));

    let (done, said) = run(&args("c", "6"));
    assert!(!done && said.contains("choose another name"), "{said}");
    assert!(!directory.path().join("c.csv").exists(), "no file without its units");
    let (done, said) = run(&args("a", "5"));
    assert!(!done && said.contains("a.csv"), "a file that is there stays: {said}");
}

#[test]
fn what_cannot_be_issued_is_said_with_what_to_do() {
    let server = Server::with_records();
    let directory = tempfile::tempdir().unwrap();
    let plain = json!({"type": "product", "gtin": "09520000990022", "name": {"vi": "Trà thử"}});
    let lot = json!({"type": "batch", "gtin": "09520000990022", "lot": "A"});
    assert_eq!(server.import(&lines(&[plain, lot]))["rejected"]["total"], 0);
    let out = ["--count", "2", "--out", "x.csv"];
    for (gtin, lot, word) in [
        ("09520000990022", "A", "keeps no serials: set `keeps_serials`"),
        ("09520000990039", "A", "not on record: load that first"),
        (GTIN, "T9", "the lot T9"),
    ] {
        let (done, said) = issue(&server, directory.path(), &[&["--gtin", gtin, "--lot", lot][..], &out].concat());
        assert!(!done && said.contains(word), "{gtin}: {said}");
        assert!(said.contains("--order "), "it says how to repeat: {said}");
    }
    let target = "/v1/issue?publisher=somebody-else";
    let reply = server.operate(&Request::json(target, &order(&json!({}))));
    assert_eq!(reply.status, 409, "{}", reply.text());
    assert_eq!(reply.json()["errors"][0]["field"], "gtin");
}

#[test]
fn the_operators_listener_tells_codes_as_json_csv_and_labels() {
    let server = Server::with_records();
    let json = ask(&server, "", "k", &order(&json!({"pins": true})));
    assert_eq!((json.status, json.must("cache-control")), (200, "no-store"), "{}", json.text());
    let codes = json.json();
    assert_eq!((codes["order"].as_str(), codes["units"].as_array().unwrap().len()), (Some("k"), 3));
    let csv = ask(&server, "&format=csv", "k", &order(&json!({"pins": true})));
    assert_eq!(csv.media_type(), "text/csv");
    for unit in codes["units"].as_array().unwrap() {
        assert!(csv.text().contains(unit["link"].as_str().unwrap()), "the same codes in each form");
        assert!(csv.text().contains(unit["pin"].as_str().unwrap()));
    }
    let pdf = ask(&server, "&format=pdf&sheet=4x10", "k", &order(&json!({"pins": true})));
    assert_eq!((pdf.media_type(), &pdf.body[..5]), ("application/pdf", &b"%PDF-"[..]));
    assert_eq!(ask(&server, "&format=xml", "k", &order(&json!({}))).status, 400);
    assert_eq!(ask(&server, "&format=pdf&sheet=9x9", "k2", &order(&json!({}))).status, 400);
    assert_eq!(ask(&server, "", "k3", &order(&json!({"count": 0}))).status, 422);
    let other = ask(&server, "", "k", &order(&json!({"count": 4, "pins": true})));
    assert_eq!((other.status, &other.json()["errors"][0]["field"]), (409, &json!("order")));
    assert_eq!(server.ask(&Request::json("/v1/issue", &order(&json!({})))).status, 404, "not for the public");
}

#[test]
fn a_code_of_a_publishers_own_scheme_is_looked_up_as_it_is_printed() {
    let server = Server::with_records();
    let codes = ask(&server, "", "own", &order(&json!({"space": "HP-MAU-", "state": "active"}))).json();
    let unit = &codes["units"][0];
    let code = unit["code"].as_str().unwrap();
    assert!(code.starts_with("HP-MAU-") && code.len() == 19, "{code}");
    let card = server.card(&format!("/{code}"));
    assert_eq!((&card["verdict"], &card["code"]["serial"]), (&json!("registered_item"), &unit["serial"]), "{card}");
    let page = unit["link"].as_str().unwrap().strip_prefix(&server.origin()).unwrap();
    assert_eq!(server.get(page).status, 200);
}
