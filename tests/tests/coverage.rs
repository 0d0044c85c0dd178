//! A retailer's list, and which of its codes have a card.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nguon_tests::{Reply, Request, Server, Settings, demo};

const BOUNDARY: &str = "----shop";

fn form(fields: &[(&str, Option<&str>, &str)]) -> Request {
    let mut body = String::new();
    for (name, file, value) in fields {
        write!(body, "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"").unwrap();
        if let Some(file) = file {
            write!(body, "; filename=\"{file}\"").unwrap();
        }
        write!(body, "\r\n\r\n{value}\r\n").unwrap();
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    Request::post("/embed", &format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

fn csv(server: &Server, codes: &str) -> Reply {
    server.ask(&Request::post("/embed?format=csv&lang=en", "text/plain", codes))
}

/// The finding of each line.
fn findings(reply: &Reply) -> BTreeMap<u64, String> {
    assert_eq!((reply.status, reply.media_type()), (200, "text/csv"), "{}", reply.text());
    let lines = reply.text().trim_start_matches('\u{feff}').lines().skip(1);
    // The first four columns of the codes below hold no comma; the fifth is the finding.
    lines
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0].parse().unwrap(), cells[4].to_owned()))
        .collect()
}

#[test]
fn each_code_is_told_what_there_is_to_it() {
    let server = demo();
    let list =
        "GTIN\n9520000030018\n952-0000-04001-7\n9520000010011\n8930000000002\n(01)09520000060015(10)Y06A\n9.52E+12\n";
    let seen = findings(&csv(&server, list));
    let expected = [(2, "card"), (3, "recall"), (4, "malformed"), (5, "no_card"), (6, "warning"), (7, "malformed")];
    assert_eq!(seen, expected.map(|(line, finding)| (line, finding.to_owned())).into());
    let text = csv(&server, list).text().to_owned();
    for told in ["Blanks or hyphens were dropped.", "K04A", "spreadsheet has rounded", "no sign of a problem"] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn a_form_takes_text_or_a_file_and_answers_with_a_page_or_a_sheet() {
    let server = demo();
    let page = server.ask(&form(&[
        ("codes", None, "9520000030018\r\n9520000040017"),
        ("file", Some(""), ""),
        ("lang", None, "en"),
    ]));
    assert_eq!((page.status, page.media_type()), (200, "text/html"), "{}", page.text());
    assert_eq!(page.must("cache-control"), "no-store");
    assert!(page.text().contains("<strong>2</strong> of <strong>2</strong>"), "{}", page.text());
    let sheet = server.ask(&form(&[
        ("codes", None, ""),
        ("file", Some("Danh mục.CSV"), "tên;mã vạch\nGạo;9520000030018\n"),
        ("format", None, "csv"),
        ("lang", None, "vi"),
    ]));
    assert_eq!(findings(&sheet), [(2, "card".to_owned())].into());
    assert!(sheet.must("content-disposition").starts_with("attachment"));
}

#[test]
fn three_thousand_codes_that_nobody_registered_are_all_answered() {
    let server = demo();
    let gtin = |n: u32| {
        let body = format!("893{n:09}");
        let sum: u32 =
            body.bytes().rev().enumerate().map(|(i, b)| u32::from(b - b'0') * if i % 2 == 0 { 3 } else { 1 }).sum();
        format!("{body}{}\n", (10 - sum % 10) % 10)
    };
    let list: String = (0..3_010).map(gtin).collect();
    let seen = findings(&csv(&server, &list));
    assert_eq!(seen.len(), 3_000);
    assert!(
        seen.values().all(|finding| finding == "no_card"),
        "{:?}",
        seen.values().collect::<std::collections::BTreeSet<_>>()
    );
    let page = server.ask(&Request::post("/embed?lang=en", "text/plain", list));
    assert!(page.text().contains("<strong>10</strong> codes at its end were not checked"));
    assert_eq!(server.card("/9520000030018")["level"], "gtin", "and everybody else is still answered");
}

#[test]
fn trying_out_lots_and_codes_of_other_schemes_counts_as_everywhere_else() {
    // Its own: whoever tries codes out is told to wait, and so are the other tests on its address.
    let server = Settings::demo().start();
    let list: String = (0..600).fold(String::new(), |list, n| list + &format!("HP-THU-{n:05}\n"));
    let seen = findings(&csv(&server, &list));
    let unchecked = seen.values().filter(|finding| *finding == "not_checked").count();
    assert!((300..500).contains(&unchecked), "{unchecked}");
}

#[test]
fn no_cell_is_a_formula_and_nothing_private_is_repeated() {
    let server = demo();
    let reply = csv(
        &server,
        "=HYPERLINK(\"http://evil.example\",\"x\")\n@SUM(1)\n+1+1\n031190123456||Trần Thị Mẫu|05061985|Nữ|Hải Phòng|02032021\n",
    );
    for cell in reply.text().split(['\n', ',']) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '@', '-']), "{cell}");
    }
    assert!(!reply.text().contains("031190123456") && !reply.text().contains("Trần Thị"), "{}", reply.text());
    let page = server.ask(&Request::post(
        "/embed",
        "text/plain",
        "031190123456||Trần Thị Mẫu|05061985|Nữ|Hải Phòng|02032021\n<b>\u{202e}",
    ));
    assert!(!page.text().contains("031190123456") && !page.text().contains("<b>") && !page.text().contains('\u{202e}'));
}

#[test]
fn what_is_no_list_is_a_problem_in_the_form_of_the_question() {
    let server = demo();
    for (request, status) in [
        (Request::post("/embed", "text/plain", ""), 400),
        (Request::post("/embed", "application/json", "[]"), 415),
        (Request::post("/embed", "text/plain", "x".repeat(3 * 1024 * 1024)), 413),
        (Request::post("/embed", "multipart/form-data; boundary=x", "nonsense"), 422),
        (form(&[("lang", None, "fr"), ("codes", None, "1")]), 400),
    ] {
        let reply = server.ask(&request);
        assert_eq!((reply.status, reply.media_type()), (status, "text/html"), "{}", reply.text());
    }
    let reply = server.ask(&Request::post("/embed?format=csv", "text/plain", ""));
    assert_eq!((reply.status, reply.media_type()), (400, "application/problem+json"));
}

#[test]
fn a_list_of_which_nothing_could_be_looked_up_is_no_result() {
    let server = Server::empty();
    let reply = csv(&server, "9520000030018\n9520000040017\n");
    assert_eq!((reply.status, reply.media_type()), (503, "application/problem+json"));
    let page = server.ask(&Request::post("/embed?lang=vi", "text/plain", "9520000030018"));
    assert_eq!(page.status, 503);
    assert!(page.text().contains("Chưa kiểm tra được") && !page.text().contains("no_card"));
}

#[test]
fn a_form_of_nothing_but_parts_ends_at_its_bound() {
    let server = demo();
    let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n");
    let body = part.repeat(3 * 1024 * 1024 / part.len());
    let reply = server.ask(&Request::post("/embed", &format!("multipart/form-data; boundary={BOUNDARY}"), body));
    assert_eq!(reply.status, 413, "{}", reply.text());
}

#[test]
fn a_cell_that_another_spreadsheet_would_split_is_no_formula_either() {
    let server = demo();
    for given in ["09520000010010;=1+1", "\u{200e}=1+1", "x;\u{200b}@SUM(A1)"] {
        let reply = csv(&server, &format!("{given}\n"));
        let text = reply.text().replace(['\u{200e}', '\u{200b}'], "");
        assert!(!text.contains(";=") && !text.contains(",=") && !text.contains(";@"), "{text}");
    }
}
