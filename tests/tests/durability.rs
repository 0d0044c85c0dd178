//! What was acknowledged is on disk; what was accepted is answered.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use nguon_tests::{
    Connection, GTIN, LOT, OTHER_LOT, PUBLISHER, Request, SERIAL, Server, Settings, lines, recall, records, within,
};
use serde_json::json;

fn store() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("registry.redb");
    (directory, file)
}

fn verdict(server: &Server, code: &str) -> String {
    server.card(code)["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn a_kill_loses_no_acknowledged_import_recall_or_revocation() {
    let (_directory, file) = store();
    let unit = format!("/01/{GTIN}/10/{LOT}/21/{SERIAL}");
    let other = format!("/01/{GTIN}/10/{OTHER_LOT}");

    let server = Settings::serve(&file).start();
    let _ = server.import(&records());
    server.kill();
    let server = Settings::serve(&file).start();
    assert_eq!(verdict(&server, &unit), "registered_item");

    let published =
        server.operate(&Request::json(format!("/v1/recalls?publisher={PUBLISHER}"), &recall("R-KILL", &[OTHER_LOT])));
    assert_eq!(published.status, 200, "{}", published.text());
    server.kill();
    let server = Settings::serve(&file).start();
    assert_eq!(verdict(&server, &other), "recalled");

    let revoked = server.operate(&Request::json(
        format!("/v1/revocations?publisher={PUBLISHER}"),
        &json!({"gtin": GTIN, "serials": [SERIAL], "reason": "Tem bị mất"}),
    ));
    assert_eq!(revoked.status, 200, "{}", revoked.text());
    server.kill();
    let server = Settings::serve(&file).start();
    assert_eq!(verdict(&server, &unit), "revoked");
    assert_eq!(verdict(&server, &other), "recalled");
}

#[test]
fn a_kill_in_the_middle_of_an_import_leaves_a_registry_that_serves_and_a_file_that_loads_again() {
    let (_directory, file) = store();
    let server = Settings::serve(&file).start();
    let _ = server.import(&records());
    let units: Vec<_> = (0..30_000)
        .map(|n| json!({"type": "item", "gtin": GTIN, "serial": format!("K{n:07}"), "lot": LOT, "state": "active"}))
        .collect();
    let document = lines(&units);
    let request = Request::post(format!("/v1/import?publisher={PUBLISHER}"), "application/x-ndjson", document.as_str());
    let mut connection = Connection::to(server.admin);
    connection.send(&request.bytes(server.admin));
    server.kill();
    assert!(connection.reply(false).is_err(), "it was not acknowledged");

    let server = Settings::serve(&file).start();
    assert_eq!(verdict(&server, &format!("/01/{GTIN}/21/{SERIAL}")), "registered_item");
    let report = server.import(&document);
    assert_eq!(report["rejected"]["total"], 0, "{report}");
    for n in [0, 19_999, 20_000, 29_999] {
        assert_eq!(verdict(&server, &format!("/01/{GTIN}/21/K{n:07}")), "registered_item", "{n}");
    }
    assert_eq!(server.import(&document)["changed"], 0);
}

#[test]
fn being_asked_to_stop_loses_no_request_that_was_accepted() {
    let (_directory, file) = store();
    let server = Settings::serve(&file).start();
    let request = Request::post(format!("/v1/import?publisher={PUBLISHER}"), "application/x-ndjson", records())
        .bytes(server.admin);
    let (first, rest) = request.split_at(request.len() - 200);
    let mut connection = Connection::to(server.admin);
    connection.send(first);
    // Another answer on that listener, whose one worker reads in turn: the first part has arrived.
    assert_eq!(server.operate(&Request::get("/livez")).status, 200);
    server.ask_to_stop();
    let public = server.public;
    within(Duration::from_secs(10), "no new connection is taken", || TcpStream::connect(public).is_err().then_some(()));
    connection.send(rest);
    let report = connection.reply(false).expect("the request had been accepted");
    assert_eq!(report.status, 200, "{}", report.text());
    assert!(server.stopped(Duration::from_secs(20)).success());

    let server = Settings::serve(&file).start();
    assert_eq!(verdict(&server, &format!("/01/{GTIN}/10/{LOT}")), "registered_batch");
}

#[test]
fn a_store_belongs_to_one_server() {
    let (_directory, file) = store();
    let server = Settings::serve(&file).start();
    let (started, said) = Settings::serve(&file).run_to_end();
    assert!(!started);
    assert!(said.contains("in use"), "{said}");
    assert_eq!(server.operate(&Request::get("/livez")).status, 200);
}
