//! What is kept of a report, and who sees it: photos drawn anew, nothing of whoever sent it, and the operators' side.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use nguon_tests::{
    DOCUMENT, GTIN, PHONE, PUBLISHER, Part, Request, TOLD, form, from, listed, lot_code, png, png_of, receipt, report,
    report_status, reporting, send,
};
use serde_json::{Value, json};

#[test]
fn photos_are_kept_small_and_bare_and_hostile_ones_are_refused_cheaply() {
    let (_directory, file, server) = reporting();
    let sent = |client: u8, name: &str, photo: &[u8]| {
        let code = lot_code();
        let parts: [Part<'_>; 3] =
            [("code", None, code.as_bytes()), ("reason", None, b"other"), ("photo", Some(name), photo)];
        server.ask(&from(client, form("/v1/reports", &parts)))
    };
    let large = png(1_900, 900, "SECRET-COMMENT 20.8449N");
    let _ = receipt(&sent(1, "../../etc/passwd\\\u{202e}gpj.exe", &large));
    let kept = server.operate(&Request::get("/v1/reports/1/photo"));
    assert_eq!((kept.status, kept.media_type()), (200, "image/jpeg"));
    assert!(kept.body.starts_with(&[0xFF, 0xD8, 0xFF]) && kept.body.len() < 300_000);
    assert!(!kept.body.windows(6).any(|window| window == b"SECRET"));
    let before = server.memory_bytes();
    for (n, (photo, expected)) in [
        (png_of(65_535, 65_535, 1, ""), 422),
        (png_of(u32::MAX, 1, 1, ""), 422),
        (png_of(20_000, 20_000, 1, ""), 422),
        (large[..large.len() / 2].to_vec(), 422),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF<script>alert(1)</script>".to_vec(), 422),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), 422),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1".to_vec(), 422),
        (vec![0xFF; 2_000_001], 413),
        (vec![0xFF; 9_000_000], 413),
        (vec![0xFF; 17_000_000], 413),
    ]
    .into_iter()
    .enumerate()
    {
        // One that is larger than anything that is read may find the door shut.
        let code = lot_code();
        let parts: [Part<'_>; 3] =
            [("code", None, code.as_bytes()), ("reason", None, b"other"), ("photo", Some("x.png"), &photo)];
        let client = u8::try_from(n + 10).unwrap();
        match from(client, form("/v1/reports", &parts)).try_send(server.public) {
            Ok(reply) => assert_eq!(reply.status, expected, "{n}: {}", reply.text()),
            Err(ended) => assert!(photo.len() > 16_000_000, "{n}: {ended:?}"),
        }
    }
    assert!(server.memory_bytes() < before + 120_000_000, "{} after {before}", server.memory_bytes());
    assert_eq!(listed(&server, "").len(), 1);
    // A polyglot loses everything but its picture.
    let _ = receipt(&sent(3, "x.png", &[&png(40, 40, "")[..], b"<script>alert(1)</script>%PDF-1.7"].concat()));
    server.ask_to_stop();
    assert!(server.stopped(Duration::from_secs(20)).success());
    let stored = std::fs::read(file).unwrap();
    for gone in [&b"SECRET-COMMENT"[..], b"<script>", b"passwd"] {
        assert!(!stored.windows(gone.len()).any(|window| window == gone), "{}", String::from_utf8_lossy(gone));
    }
}

#[test]
fn neither_log_nor_metric_nor_store_holds_whoever_sent_it_and_a_contact_is_in_one_place() {
    let (_directory, file, server) = reporting();
    let first = receipt(&server.ask(&from(77, Request::json("/v1/reports", &report()))));
    assert_eq!(
        server.ask(&from(77, Request::json("/v1/reports", &json!({"code": DOCUMENT, "reason": "other"})))).status,
        422
    );
    let list = server.operate(&Request::get("/v1/reports"));
    let sheet = server.operate(&Request::get("/v1/reports.csv"));
    let one = server.operate(&Request::get("/v1/reports/1"));
    assert_eq!(one.json()["contact"], PHONE);
    let metrics = server.operate(&Request::get("/metrics"));
    assert!(metrics.text().contains("nguon_reports_total{reason=\"seal_broken\"} 1"), "{}", metrics.text());
    for text in [list.text(), sheet.text(), metrics.text(), &server.printed()] {
        assert!(!text.contains(PHONE) && !text.contains("203.0.113") && !text.contains("127.0.0.1,"), "{text}");
        assert!(!text.contains(&first), "{text}");
    }
    server.ask_to_stop();
    let printed = server.printed();
    assert!(server.stopped(Duration::from_secs(20)).success());
    let stored = std::fs::read(file).unwrap();
    let holds = |needle: &str| stored.windows(needle.len()).any(|window| window == needle.as_bytes());
    for never in ["203.0.113", "031190123456", "Trần Thị Mẫu", &first, &first.replace('-', "")] {
        assert!(!holds(never) && !printed.contains(never), "{never}");
    }
    assert!(holds(TOLD), "the file is where reports are");
}

#[test]
fn operators_read_answer_and_close_and_only_what_they_have_seen() {
    let (_directory, _file, server) = reporting();
    let mut first = String::new();
    for n in 1..=5_u8 {
        let mut report = report();
        if n == 5 {
            report["code"] = "HP-MAU-0001".into();
        }
        let receipt = receipt(&send(&server, n, &report));
        if n == 1 {
            first = receipt;
        }
    }
    let part = server.operate(&Request::get("/v1/reports?limit=2")).json();
    assert_eq!((part["reports"].as_array().unwrap().len(), &part["next"]), (2, &json!(2)));
    assert_eq!(listed(&server, "?after=2").len(), 3);
    assert_eq!(listed(&server, &format!("?gtin={GTIN}&publisher={PUBLISHER}")).len(), 4);
    assert_eq!(listed(&server, "?publisher=somebody-else").len(), 0);
    let change = |number: u64, body: &Value| {
        server.operate(&Request::json(format!("/v1/reports/{number}?publisher=desk-1"), body))
    };
    let read = change(1, &json!({"status": "read", "version": 1}));
    assert_eq!((read.status, &read.json()["version"]), (200, &json!(2)));
    assert_eq!(read.json()["steps"][0]["by"], "desk-1");
    assert_eq!(change(1, &json!({"status": "closed", "version": 1})).json()["code"], "conflict");
    for (body, field) in [
        (json!({"status": "answered"}), "answer"),
        (json!({"status": "received"}), "status"),
        (json!({"status": "closed", "why": "x".repeat(2_001)}), "why"),
    ] {
        let refused = change(1, &body);
        assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (422, &json!(field)), "{body}");
    }
    assert_eq!(change(1, &json!({"status": "closed", "answer": "Đã xử lý \u{202e}xong"})).status, 200);
    let closed = report_status(&server, &first);
    assert_eq!((&closed["status"], &closed["answer"]), (&json!("closed"), &json!("Đã xử lý xong")));
    assert!(closed["closed_at"].is_string());
    assert_eq!(change(1, &json!({"status": "read"})).json()["errors"][0]["field"], "why");
    assert_eq!(change(1, &json!({"status": "read", "why": "nhầm"})).status, 200);
    assert!(report_status(&server, &first)["closed_at"].is_null());
    assert_eq!(change(99, &json!({"status": "read"})).status, 404);
    for target in ["/v1/reports/0", "/v1/reports/x", "/v1/reports/2/photo", "/v1/reports/18446744073709551615"] {
        assert_eq!(server.operate(&Request::get(target)).status, 404, "{target}");
    }
    for query in ["?status=open", "?limit=0", "?limit=x", "?gtin=1", "?after=-1"] {
        assert_eq!(server.operate(&Request::get(format!("/v1/reports{query}"))).status, 400, "{query}");
    }
    let page = server.operate(&Request::get("/v1/reports").header("origin", "https://evil.example"));
    assert_eq!(page.status, 403);
}

#[test]
fn no_cell_of_the_sheet_is_calculated() {
    let (_directory, _file, server) = reporting();
    for (n, text) in ["=cmd|' /C calc'!A0", "dòng\n=1+1", "@SUM(1)", "-2+3", "a;=1", "\"x\""].iter().enumerate() {
        let report =
            json!({"code": "=HYPERLINK(\"http://evil.example\")", "reason": "other", "text": text, "place": "+1"});
        let _ = receipt(&send(&server, u8::try_from(n).unwrap(), &report));
    }
    let sheet = server.operate(&Request::get("/v1/reports.csv"));
    assert_eq!((sheet.status, sheet.media_type()), (200, "text/csv"));
    assert!(sheet.must("content-disposition").starts_with("attachment"));
    let text = sheet.text().trim_start_matches('\u{feff}');
    assert_eq!(text.matches("seal_broken").count() + text.matches("\r\n").count(), 7, "{text}");
    for line in text.lines() {
        for cell in line.split([',', ';']) {
            let bare = cell.trim_start_matches(['"', ' ']);
            assert!(!bare.starts_with(['=', '+', '@']), "{cell} in {text}");
        }
    }
}
