//! Tests of reading records: documents, lines, faults by field.

use std::io::{BufReader, Cursor};

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::registry::FaultCode;

const G: &str = "09520000010010";

fn fault(line: &str) -> (String, FaultCode) {
    let faults = record(line).expect_err(line);
    (faults[0].field.clone(), faults[0].code)
}

#[rstest]
#[case("", "", FaultCode::Json)]
#[case("[]", "", FaultCode::Json)]
#[case("{", "", FaultCode::Json)]
#[case(r#"{"gtin":"1"}"#, "type", FaultCode::MissingField)]
#[case(r#"{"type":"soup"}"#, "type", FaultCode::Value)]
#[case(r#"{"type":"product","type":"batch"}"#, "", FaultCode::Json)]
#[case(r#"{"type":"product","name":{"vi":"A"}}"#, "gtin", FaultCode::MissingField)]
#[case(r#"{"type":"product","gtin":"9520000010011","name":{"vi":"A"}}"#, "gtin", FaultCode::Value)]
#[case(r#"{"type":"product","gtin":9520000010010,"name":{"vi":"A"}}"#, "gtin", FaultCode::Value)]
#[case(r#"{"type":"product","gtin":"9520000010010","name":{"vi":"A","fr":"B"}}"#, "name.fr", FaultCode::UnknownField)]
#[case(r#"{"type":"product","gtin":"9520000010010","name":{"vi":" "}}"#, "name.vi", FaultCode::Value)]
#[case(r#"{"type":"product","gtin":"9520000010010","name":{}}"#, "name.vi", FaultCode::MissingField)]
#[case(
    r#"{"type":"product","gtin":"9520000010010","name":{"vi":"A"},"gtin":"9520000010010"}"#,
    "gtin",
    FaultCode::Combination
)]
#[case(r#"{"type":"product","gtin":"9520000010010","name":{"vi":"A"},"colour":1}"#, "colour", FaultCode::UnknownField)]
#[case(r#"{"type":"recall","id":"R","scope":{"gtin":"9520000010010","serials":[{"from":"A","to":"B"},{"from":"A","to":""}]}}"#, "scope.serials[1].to", FaultCode::Value)]
fn a_fault_names_its_field(#[case] line: &str, #[case] field: &str, #[case] code: FaultCode) {
    assert_eq!(fault(line), (field.to_owned(), code));
}

/// What no field can tell alone.
#[rstest]
#[case(r#""batch","lot":"L","produced":"2026-02-01","expires":"2026-01-31""#, "expires")]
#[case(r#""batch","lot":"L","inputs":[{"gtin":"09520000010010","lot":"L"}]"#, "inputs")]
#[case(
    r#""batch","lot":"L","inputs":[{"gtin":"9520000010010","lot":"A"},{"gtin":"09520000010010","lot":"A"}]"#,
    "inputs"
)]
#[case(r#""item","serial":"S","since":"2019-12-31""#, "since")]
#[case(r#""item","serial":"S","since":"2199-06-05""#, "since")]
#[case(r#""item","serial":"S","reason":"Mất""#, "reason")]
#[case(r#""items","serials":[]"#, "serials")]
#[case(r#""event","id":"E","lot":"L","stage":"packing","date":"2026-01-01","location":"9520000019007""#, "location")]
#[case(
    r#""event","id":"E","lot":"L","stage":"packing","date":"2026-01-01","source":{"level":"declared","by":"a\nb"}"#,
    "source.by"
)]
fn fields_that_do_not_go_together_are_named(#[case] rest: &str, #[case] field: &str) {
    let line = format!(r#"{{"gtin":"{G}","type":{rest}}}"#);
    assert_eq!(fault(&line).0, field, "{line}");
}

#[rstest]
#[case(r#""kind":"ocop""#, "stars")]
#[case(r#""kind":"ocop","stars":2"#, "stars")]
#[case(r#""kind":"haccp","stars":3"#, "stars")]
#[case(r#""kind":"haccp","producer":"P""#, "gtins")]
#[case(r#""kind":"haccp","from":"2026-02-01","to":"2026-01-01""#, "to")]
fn a_certificate_agrees_with_itself(#[case] rest: &str, #[case] field: &str) {
    let line = format!(r#"{{"type":"certificate","id":"C","gtins":["{G}"],{rest}}}"#);
    assert_eq!(fault(&line).0, field, "{line}");
}

#[rstest]
#[case(r#"{"gtin":"9520000010010"}"#, "active", "", "scope")]
#[case(r#"{"gtin":"9520000010010","whole_product":true,"lots":["A"]}"#, "active", "", "scope")]
#[case(r#"{"gtin":"9520000010010","serials":[{"from":"B1","to":"A1"}]}"#, "active", "", "scope.serials[0]")]
#[case(r#"{"gtin":"9520000010010","serials":[{"from":"A1","to":"B"}]}"#, "active", "", "scope.serials[0]")]
#[case(r#"{"gtin":"9520000010010","lots":["A","A"]}"#, "active", "", "scope.lots")]
#[case(r#"{"gtin":"9520000010010","lots":["A"]}"#, "active", r#","ended":"2026-07-02""#, "ended")]
#[case(r#"{"gtin":"9520000010010","lots":["A"]}"#, "active", r#","ended_reason":"x""#, "ended_reason")]
#[case(r#"{"gtin":"9520000010010","lots":["A"]}"#, "closed", "", "ended")]
fn a_recall_agrees_with_itself(#[case] scope: &str, #[case] status: &str, #[case] more: &str, #[case] field: &str) {
    let line = format!(
        r#"{{"type":"recall","id":"R","scope":{scope},"status":"{status}","reason":{{"vi":"A"}},"issuer":"B","from":"2026-07-01"{more}}}"#
    );
    assert_eq!(fault(&line).0, field, "{line}");
}

#[rstest]
#[case(r#""id":"9520000019007""#, "id")]
#[case(r#""id":"P","email":"a@b""#, "email")]
#[case(r#""id":"P","email":"a b@c.vn""#, "email")]
#[case(r#""id":"P","address":{"text":"X","ward_code":"123"}"#, "address.ward_code")]
#[case(r#""id":"P","address":{"text":"X","province_code":"031"}"#, "address.province_code")]
#[case(r#""id":"P","website":"http://a.vn""#, "website")]
#[case(r#""id":"P","website":"javascript:alert(1)""#, "website")]
fn a_producer_agrees_with_itself(#[case] rest: &str, #[case] field: &str) {
    assert_eq!(fault(&format!(r#"{{"type":"producer","name":{{"vi":"A"}},{rest}}}"#)).0, field);
}

#[rstest]
#[case("image/png", "<svg/>", "media_type")]
#[case("image/svg+xml", "<!DOCTYPE svg><svg/>", "media_type")]
#[case("image/svg+xml", "<html/>", "media_type")]
fn a_picture_is_what_it_says(#[case] media_type: &str, #[case] bytes: &str, #[case] field: &str) {
    let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let hash = crate::registry::MediaHash::of(bytes.as_bytes());
    let line = format!(r#"{{"type":"media","hash":"{hash}","media_type":"{media_type}","base64":"{base64}"}}"#);
    assert_eq!(fault(&line).0, field);
    let other = line.replace(hash.as_str(), &"0".repeat(64)).replace(media_type, "image/svg+xml");
    assert_eq!(record(&other).unwrap_err().last().unwrap().field, "hash");
}

#[test]
fn a_picture_that_is_too_large_is_refused_before_it_is_decoded() {
    let line = format!(
        r#"{{"type":"media","hash":"{}","media_type":"image/png","base64":"{}"}}"#,
        "0".repeat(64),
        "A".repeat(90_000)
    );
    assert_eq!(fault(&line), ("base64".to_owned(), FaultCode::Count));
}

/// Serde's own way in looks too: a record with faults cannot be made from bytes.
#[test]
fn deserialising_looks() {
    let line = r#"{"type":"certificate","id":"C","gtins":["09520000010010"],"kind":"ocop","stars":9}"#;
    assert!(serde_json::from_str::<Record>(line).unwrap_err().to_string().contains("stars"));
    let bare = line.replace(r#""type":"certificate","#, "");
    assert!(serde_json::from_str::<crate::registry::Certificate>(&bare).is_err());
}

#[test]
fn lines_may_end_and_begin_as_they_like() {
    let text = "\u{FEFF}one\r\n\r\n  \n two \nthree";
    let mut lines = Lines::new(BufReader::with_capacity(3, Cursor::new(text)));
    let mut found = Vec::new();
    while let Some(line) = lines.next_line().unwrap() {
        found.push((line.number, line.text.unwrap()));
    }
    assert_eq!(found, [(1, "one".to_owned()), (4, "two".to_owned()), (5, "three".to_owned())]);
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let text = format!("a\n{}\nb\n", "x".repeat(MAX_LINE_BYTES * 10));
    let mut lines = Lines::new(Cursor::new(text));
    assert_eq!(lines.next_line().unwrap().unwrap().text.unwrap(), "a");
    let long = lines.next_line().unwrap().unwrap();
    assert_eq!((long.number, long.text.unwrap_err().code), (2, FaultCode::LineTooLong));
    assert_eq!(lines.next_line().unwrap().unwrap().text.unwrap(), "b");
    assert_eq!(lines.next_line().unwrap(), None);
}

#[test]
fn a_line_that_is_not_utf_8_is_named() {
    let mut lines = Lines::new(Cursor::new(b"\xFF\xFE\nb".to_vec()));
    assert_eq!(lines.next_line().unwrap().unwrap().text.unwrap_err().code, FaultCode::Json);
    assert_eq!(lines.next_line().unwrap().unwrap().number, 2);
}

#[test]
fn a_document_knows_its_lines_and_puts_first_what_is_referred_to() {
    let text = format!(
        "\u{FEFF}[\n{{\"type\":\"batch\",\"gtin\":\"{G}\",\"lot\":\"L\"}},\n\n{{\"type\":\"product\",\"gtin\":\"{G}\",\"name\":{{\"vi\":\"A\"}}}}]"
    );
    let reads = document(&text).unwrap();
    let order: Vec<(u64, &str)> = reads.iter().map(|read| (read.line, read.record.as_ref().unwrap().kind())).collect();
    assert_eq!(order, [(4, "product"), (2, "batch")]);
}

#[test]
fn deep_json_is_refused_cheaply() {
    let deep = format!(r#"{{"type":"product","gtin":{}"#, "[".repeat(500_000));
    assert_eq!(fault(&deep).1, FaultCode::Json);
    assert!(document(&deep).is_err());
    assert!(document(&format!("{{\"records\":{}", "[".repeat(500_000))).is_err());
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in ".{0,300}") {
        let _ = record(&text);
        let _ = document(&text);
    }

    #[test]
    fn no_object_is_too_strange(
        kind in prop::sample::select(Record::KINDS.to_vec()),
        fields in prop::collection::vec(("[a-z_]{1,12}", r#"(null|true|-?[0-9]{1,30}|"[a-z0-9\\\\u]{0,20}"|\[\]|\{\})"#), 0..8),
    ) {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
        let _ = record(&format!(r#"{{"type":"{kind}",{}}}"#, fields.join(",")));
    }
}
