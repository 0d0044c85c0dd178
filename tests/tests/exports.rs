//! What goes out: tables, events, and the ten items of the Circular, of the same records.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use nguon_tests::{GTIN, LOT, import, lines, nguon, records};
use serde_json::{Value, json};

const GLN: &str = "9501101020016";

/// A registry in a file, with a stage and a lot made of another beside the tests' records.
fn registry() -> (tempfile::TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let store = format!("embedded:{}", directory.path().join("registry.redb").display());
    let more = lines(&[
        json!({"type": "batch", "gtin": GTIN, "lot": "T3", "produced": "2026-10-02", "best_before": "2099-01-01",
            "inputs": [{"gtin": GTIN, "lot": LOT}]}),
        json!({"type": "event", "id": "e1", "gtin": GTIN, "lot": LOT, "stage": "packing", "date": "2024-01-02",
            "location": GLN, "place": "=Xưởng 1"}),
        json!({"type": "items", "gtin": GTIN, "lot": "T3", "state": "active", "since": "2026-10-03", "serials": ["U9"]}),
        json!({"type": "product", "gtin": "09520000990022", "name": {"vi": "Trà thử"}, "not_applicable": ["shelf_life"]}),
    ]);
    let report = import(&store, &(records() + &more));
    assert_eq!(report["rejected"]["total"], 0, "{report}");
    (directory, store)
}

fn export(store: &str, args: &[&str]) -> String {
    let done = Command::new(nguon()).args(["export", "--store", store]).args(args).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn read(directory: &Path, file: &str) -> String {
    std::fs::read_to_string(directory.join(file)).unwrap()
}

#[test]
fn events_are_one_epcis_document_of_digital_links() {
    let (_directory, store) = registry();
    let document: Value =
        serde_json::from_str(&export(&store, &["--to", "epcis", "--base-url", "https://id.example.vn"])).unwrap();
    assert_eq!(document["@context"][0], "https://ref.gs1.org/standards/epcis/epcis-context.jsonld");
    assert_eq!((&document["type"], &document["schemaVersion"]), (&json!("EPCISDocument"), &json!("2.0")));
    assert!(document["creationDate"].as_str().unwrap().ends_with('Z'));
    let events = document["epcisBody"]["eventList"].as_array().unwrap();
    for event in events {
        assert!(matches!(event["type"].as_str(), Some("ObjectEvent" | "TransformationEvent")), "{event}");
        assert!(event["eventTime"].as_str().unwrap().ends_with("+07:00") && event["eventTimeZoneOffset"] == "+07:00");
        assert!(event["type"] != "ObjectEvent" || event["action"].is_string(), "{event}");
    }
    let made = events.iter().find(|event| event["type"] == "TransformationEvent").unwrap();
    let class = |lot: &str| json!([{ "epcClass": format!("https://id.example.vn/01/{GTIN}/10/{lot}") }]);
    assert_eq!((&made["inputQuantityList"], &made["outputQuantityList"]), (&class(LOT), &class("T3")));
    let packed = events.iter().find(|event| event["bizStep"] == "packing").unwrap();
    assert_eq!(packed["readPoint"]["id"], format!("https://id.example.vn/414/{GLN}"));
    let unit = format!("https://id.example.vn/01/{GTIN}/21/U9");
    assert!(events.iter().any(|event| event["epcList"] == json!([unit])));
}

#[test]
fn tables_have_the_templates_headings_and_are_imported_again_as_they_were() {
    let (directory, store) = registry();
    for (lang, products, heading) in
        [("vi", "2-san-pham.csv", "Mã GTIN *;Tên sản phẩm *;"), ("en", "2-products.csv", "GTIN *,Product name *,")]
    {
        let tables: PathBuf = directory.path().join(lang);
        let _ = export(&store, &["--to", "csv", "--lang", lang, "--output", tables.to_str().unwrap()]);
        let products = read(&tables, products);
        assert!(products.starts_with(&format!("\u{feff}{heading}")), "{products}");
        assert!(products.contains(GTIN), "{products}");
        assert_eq!(read(&tables, "item.csv").lines().count(), 1 + 4);
        let mut files: Vec<PathBuf> = std::fs::read_dir(&tables).unwrap().map(|file| file.unwrap().path()).collect();
        files.retain(|file| file.file_name().unwrap().to_str().unwrap().starts_with(|c: char| c.is_ascii_digit()));
        files.sort();
        assert_eq!(files.len(), 7, "{files:?}");
        let other = format!("embedded:{}", directory.path().join(format!("{lang}.redb")).display());
        let done = Command::new(nguon())
            .args(["import", "--json", "--store", &other, "--publisher", nguon_tests::PUBLISHER])
            .args(&files)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        assert_eq!(export(&store, &[]), export(&other, &[]), "{lang}");
    }
    let tables = directory.path().join("vi");
    assert!(read(&tables, "5-cong-doan.csv").contains(";'=Xưởng 1;"), "no cell is a formula");
}

#[test]
fn the_ten_items_are_a_line_for_each_lot_blank_where_something_is_missing() {
    let (directory, store) = registry();
    let file = directory.path().join("circular.csv");
    let base = ["--to", "circular02", "--base-url", "https://id.example.vn"];
    let _ = export(&store, &[&base[..], &["--output", file.to_str().unwrap()]].concat());
    let text = read(directory.path(), "circular.csv");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 1 + 3 + 1, "three lots, and a product without one: {text}");
    assert!(lines[0].starts_with("GTIN,Số lô,1. Tên sản phẩm,2. ") && lines[0].contains("10. "), "{}", lines[0]);
    let first = lines.iter().find(|line| line.starts_with(&format!("{GTIN},{LOT},"))).unwrap();
    assert!(first.contains(&format!("{GTIN}/{LOT}; {GLN}; 2024-01-02; packing")), "{first}");
    assert!(first.contains(&format!("https://id.example.vn/01/{GTIN}/10/{LOT}")) && first.contains(",,"), "{first}");
    let tea = lines.iter().find(|line| line.starts_with("09520000990022,,")).unwrap();
    assert!(tea.contains("không áp dụng"), "{tea}");
    let fields = read(directory.path(), "circular.fields.csv");
    assert_eq!(fields.lines().count(), 11);
    assert!(export(&store, &[&base[..], &["--lang", "en"]].concat()).contains("3. Producer or trader"));
}

#[test]
fn an_epcis_document_is_imported_to_the_same_lots_stages_and_units() {
    let (directory, store) = registry();
    let file = directory.path().join("events.jsonld");
    let _ =
        export(&store, &["--to", "epcis", "--base-url", "https://id.example.vn", "--output", file.to_str().unwrap()]);
    let other = format!("embedded:{}", directory.path().join("other.redb").display());
    let records = records();
    let products: Vec<&str> =
        records.lines().filter(|line| !line.contains("\"item") && !line.contains("\"batch\"")).collect();
    let products = products.join("\n");
    let _ = import(&other, &products);
    let done = Command::new(nguon())
        .args(["import", file.to_str().unwrap(), "--json", "--store", &other, "--publisher", nguon_tests::PUBLISHER])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["rejected"]["total"], 0, "{report}");
    let (before, after) = (export(&store, &[]), export(&other, &[]));
    let of =
        |text: &str, word: &str| text.lines().filter(|line| line.contains(word)).map(str::to_owned).collect::<Vec<_>>();
    for kind in [r#""type":"batch""#, r#""type":"event""#, r#""U9""#] {
        assert_eq!(of(&before, kind), of(&after, kind), "{kind}");
        assert!(!of(&after, kind).is_empty());
    }
}

#[test]
fn an_event_that_makes_a_lot_fills_in_what_is_missing_and_says_what_it_passes_over() {
    let (directory, store) = registry();
    let file = directory.path().join("events.jsonld");
    let event = json!({"type": "ObjectEvent", "eventTime": "2026-10-05T08:00:00+07:00", "action": "ADD",
        "bizStep": "commissioning", "other:temperature": 4, "ilmd": {"gs1:expirationDate": "2099-01-01"},
        "quantityList": [{"epcClass": format!("https://id.example.vn/01/{GTIN}/10/T3")}]});
    let document = json!({"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": [event]}});
    std::fs::write(&file, document.to_string()).unwrap();
    let done = Command::new(nguon())
        .args(["import", file.to_str().unwrap(), "--json", "--store", &store, "--publisher", nguon_tests::PUBLISHER])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&report["rejected"]["total"], &report["changed"]), (&json!(0), &json!(1)), "{report}");
    let told = report["warnings"]["list"].to_string();
    assert!(told.contains("other:temperature") && told.contains("is 2026-10-02 on record, and stays so"), "{told}");
    let records = export(&store, &[]);
    let lot = records.lines().find(|line| line.contains("\"batch\"") && line.contains("\"T3\"")).unwrap();
    let lot: Value = serde_json::from_str(lot).unwrap();
    assert_eq!((&lot["produced"], &lot["best_before"]), (&json!("2026-10-02"), &json!("2099-01-01")));
    assert_eq!((&lot["expires"], &lot["inputs"][0]["lot"]), (&json!("2099-01-01"), &json!(LOT)));
}
