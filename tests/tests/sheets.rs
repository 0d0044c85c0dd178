//! Spreadsheets from the empty template to the card: what a clerk does, with the `nguon` that a clerk has.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nguon_tests::{PUBLISHER, Request, Server, Settings, nguon, png};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

/// The product of the template's example.
const GTIN: &str = "09520000010010";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn run(folder: &Path, args: &[&str]) -> Output {
    let done = Command::new(nguon()).args(args).current_dir(folder).output().expect("nguon can be run");
    assert!(done.stderr.is_empty() || !done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

/// The template as CSV, with the example made an entry: what somebody types who writes over its first cells.
fn filled(folder: &Path) -> Vec<PathBuf> {
    let done = run(folder, &["template", "--csv", "mau"]);
    assert!(done.status.success(), "{}", said(&done));
    let mut files: Vec<PathBuf> = said(&done).lines().map(|line| folder.join(line)).collect();
    files.sort();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains("VÍ DỤ: "), "{text}");
        fs::write(file, text.replace("VÍ DỤ: ", "")).unwrap();
    }
    assert_eq!(files.len(), 5);
    files
}

fn pictures(folder: &Path) -> PathBuf {
    let images = folder.join("anh");
    fs::create_dir(&images).unwrap();
    // Told by its first bytes, whatever its name says.
    fs::write(images.join("NUOC-MAM.JPG"), png(900, 700, "SECRET 20.8449N")).unwrap();
    fs::write(images.join("khac.jpg"), "not asked for").unwrap();
    images
}

/// A workbook of sheets, each with rows of text.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_template_that_was_filled_in_becomes_a_card() {
    let folder = tempfile::tempdir().unwrap();
    let files = filled(folder.path());
    let images = pictures(folder.path());
    let store = format!("embedded:{}", folder.path().join("registry.redb").display());
    let mut args = vec!["import", "--store", &store, "--publisher", PUBLISHER, "--images", images.to_str().unwrap()];
    args.extend(files.iter().map(|file| file.to_str().unwrap()));

    // Each file alone, before anything is on record: the producers can be judged, what refers to them cannot yet.
    let dry: Vec<&str> = args[..7].iter().copied().chain(["--dry-run", args[7]]).collect();
    let dry = run(folder.path(), &dry);
    assert!(dry.status.success() && said(&dry).contains("sẽ ghi 1"), "{}", said(&dry));

    let done = run(folder.path(), &args);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("D2 (Hạn sử dụng): lưu ý"), "{}", said(&done));

    let again: Vec<&str> = args.iter().copied().chain(["--dry-run"]).collect();
    let again = said(&run(folder.path(), &again));
    assert!(again.contains("lô L2604A: 10/10"), "{again}");

    let server = Settings::serve(&folder.path().join("registry.redb")).start();
    let card = server.card(&format!("/01/{GTIN}/10/L2604A?lang=vi"));
    assert_eq!(card["verdict"], "registered_batch");
    assert_eq!(card["product"]["name"], "Nước mắm cá cơm, chai 500 ml");
    assert_eq!(card["producer"]["name"], "HTX Mẫu Cát Hải");
    assert_eq!([&card["batch"]["produced"], &card["batch"]["expires"]], [&json!("2026-04-03"), &json!("2028-04-03")]);
    assert_eq!([&card["certificates"][0]["stars"], &card["timeline"][0]["stage"]], [&json!(4), &json!("packing")]);
    assert_eq!(card["completeness"]["present"], 10, "{card}");
}

#[test]
fn a_workbook_and_its_pictures_go_through_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let images = pictures(folder.path());
    let rows: &[&[&str]] = &[&["Mã GTIN", "Tên sản phẩm", "Ảnh"], &[GTIN, "Nước mắm", "nuoc-mam.jpg"]];
    let file = folder.path().join("san-pham.xlsx");
    fs::write(&file, workbook(&[("Sản phẩm", rows)])).unwrap();
    let server = Server::empty();
    let via = format!("http://{}", server.admin);
    let args = ["import", file.to_str().unwrap(), "--via", &via, "--images", images.to_str().unwrap(), "--json"];
    let done = run(folder.path(), &args);
    assert!(done.status.success(), "{}", said(&done));
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["rejected"]["total"], 0, "{report}");

    let card = server.card(&format!("/01/{GTIN}"));
    let path = card["product"]["images"][0].as_str().unwrap().to_owned();
    let mut lengths = Vec::new();
    for query in ["", "?w=320", "?w=1200"] {
        let picture = server.get(&format!("{path}{query}"));
        assert_eq!((picture.status, picture.media_type()), (200, "image/jpeg"));
        assert!(picture.body.len() <= 60_000);
        assert!(!picture.body.windows(6).any(|window| window == b"SECRET" || window == b"20.844"));
        lengths.push(picture.body.len());
    }
    assert!(lengths[1] < lengths[0] && lengths[0] < lengths[2], "{lengths:?}");
    assert_eq!(server.get(&format!("{path}?w=0")).status, 400);

    // The same workbook without its pictures is refused by its cell, and the product stays as it was.
    let alone = run(folder.path(), &["import", file.to_str().unwrap(), "--via", &via]);
    assert!(!alone.status.success());
    assert!(said(&alone).contains("Sản phẩm!C2 (Ảnh): từ chối"), "{}", said(&alone));
}

#[test]
fn what_is_wrong_is_named_by_its_cell_in_the_language_of_whoever_asks() {
    let server = Server::empty();
    let rows: &[&[&str]] = &[&["Mã GTIN", "Tên sản phẩm"], &["8.93E+12", "Nước mắm"], &[GTIN, "Mật ong"]];
    let body = workbook(&[("Sản phẩm", rows)]);
    for (lang, words) in [("vi", "rút gọn"), ("en", "shortened by Excel")] {
        let target = format!("/v1/import?publisher={PUBLISHER}&lang={lang}");
        let report = server.operate(&Request::post(target, XLSX, body.clone())).json();
        let found = &report["rejected"]["list"][0];
        assert_eq!([&found["sheet"], &found["cell"], &found["line"]], [&json!("Sản phẩm"), &json!("A2"), &json!(2)]);
        assert!(found["message"].as_str().unwrap().contains(words), "{found}");
    }
    assert_eq!(server.card(&format!("/01/{GTIN}"))["verdict"], "registered_gtin");
}

#[test]
fn a_file_that_is_no_such_spreadsheet_is_told_what_to_do() {
    let server = Server::empty();
    let old = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    let target = format!("/v1/import?publisher={PUBLISHER}");
    let reply = server.operate(&Request::post(target.clone(), XLSX, old));
    assert_eq!(reply.status, 422, "{}", reply.text());
    assert!(reply.text().contains(".xls"), "{}", reply.text());
    let reply = server.operate(&Request::post(target.clone(), "text/csv", &b"GTIN;Name\n1;caf\xE9\n"[..]));
    assert_eq!((reply.status, reply.text().contains("UTF-8")), (422, true), "{}", reply.text());
    let reply = server.operate(&Request::post(target, "application/vnd.oasis.opendocument.spreadsheet", "x"));
    assert_eq!(reply.status, 415);
}

#[test]
fn no_template_is_written_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let done = run(folder.path(), &["template"]);
    assert!(done.status.success() && folder.path().join("nguon.xlsx").is_file(), "{}", said(&done));
    let again = run(folder.path(), &["template"]);
    assert!(!again.status.success());
}
