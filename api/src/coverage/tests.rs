//! Promises of the coverage check.

use nguon_openapi::{Card, Lang};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Finding, List, Listed, MAX_CODES, Note, Row, Source, Spelling, sheet};

fn given(list: &List) -> Vec<(u64, &str)> {
    list.codes.iter().map(|code| (code.line, code.given.as_str())).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "written in place by every caller")]
fn card(change: Value) -> Card {
    let mut card = json!({
        "lang": "en", "code": {"input": "CODE", "kind": "gs1", "gtin": "09520000010010"},
        "verdict": "registered_gtin", "level": "gtin", "tone": "info", "headline": "HEADLINE", "advice": "ADVICE",
        "reasons": [{"code": "gtin_on_record", "text": "REASON"}],
        "safety": {"status": "none_known", "recalls": []},
        "product": {"name": "PRODUCT", "name_is_claim": false, "source": {"level": "declared"}},
        "record_version": 1, "rules_version": "1", "stale": false
    });
    for (field, value) in change.as_object().unwrap() {
        card[field] = value.clone();
    }
    serde_json::from_value(card).unwrap()
}

fn row(code: &str, card: &Card) -> Row {
    Row::of(&Listed { line: 1, given: code.to_owned() }, &Spelling::of(code), false, card)
}

#[test]
fn a_pasted_list_is_a_code_a_line() {
    let list = List::read(
        "GTIN\r\n09520000010010\r\n\r\n 952 0000 04001 7 \n(01)09520000010010(10)A,B;C\n".as_bytes(),
        Source::Text,
    );
    assert_eq!(given(&list), [(2, "09520000010010"), (4, "952 0000 04001 7"), (5, "(01)09520000010010(10)A,B;C")]);
}

#[rstest]
#[case("Tên;Mã vạch;Giá\nNước mắm;9520000010010;45,5\nCá kho;9520000040017;90\n", Source::Table)]
#[case("name,barcode\n\"Nước mắm, 500 ml\",9520000010010\nCá kho,9520000040017\n", Source::Table)]
#[case("Nước mắm\t9520000010010\nCá kho\t9520000040017\n", Source::Text)]
fn the_column_of_a_table_that_holds_the_codes_is_found(#[case] text: &str, #[case] source: Source) {
    let list = List::read(text.as_bytes(), source);
    let codes: Vec<&str> = list.codes.iter().map(|code| code.given.as_str()).collect();
    assert!(codes.ends_with(&["9520000010010", "9520000040017"]), "{codes:?}");
    assert!(codes.len() == 2, "{codes:?}");
}

#[test]
fn what_spreadsheets_save_as_unicode_text_is_read() {
    let text = "mã\tgiá\n9520000010010\t1\n";
    let mut little = vec![0xff, 0xfe];
    little.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let mut big = vec![0xfe, 0xff];
    big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [little, big, marked] {
        assert_eq!(given(&List::read(&bytes, Source::Text)), [(2, "9520000010010")]);
    }
}

#[test]
fn a_list_that_is_too_long_says_how_many_were_left() {
    let text = "1\n".repeat(MAX_CODES + 7);
    let list = List::read(text.as_bytes(), Source::Text);
    assert_eq!((list.codes.len(), list.more), (MAX_CODES, 7));
}

#[test]
fn no_bytes_make_reading_fail() {
    for bytes in [&b""[..], b"\xff", b"\xff\xfe\x00", b"\xfe\xff\xd8\x00", b"\0\0\0", b"\"\n\"", b"a\t\"b\nc"] {
        for source in [Source::Text, Source::Table] {
            let _ = List::read(bytes, source);
        }
    }
}

#[rstest]
#[case("952 0000 04001 7", "9520000040017", &[Note::Separators], None)]
#[case("9520000-04001-7", "9520000040017", &[Note::Separators], None)]
#[case("'09520000010010", "09520000010010", &[Note::TextMark], None)]
#[case("=\"09520000010010\"", "09520000010010", &[Note::TextMark], None)]
// 012345678905 and 01234565 without their zeros.
#[case("12345678905", "12345678905", &[], Some("012345678905"))]
#[case("1234565", "1234565", &[], Some("01234565"))]
// A wrong check digit is no lost zero, and neither is a number of a GTIN's own length.
#[case("12345678906", "12345678906", &[], None)]
#[case("9520000010010", "9520000010010", &[], None)]
#[case("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")", &[], None)]
#[case("HP-MAU-0001", "HP-MAU-0001", &[], None)]
#[case("(01)09520000010010(10)A-1", "(01)09520000010010(10)A-1", &[], None)]
fn what_a_spreadsheet_does_to_a_code_is_put_right(
    #[case] given: &str,
    #[case] code: &str,
    #[case] notes: &[Note],
    #[case] padded: Option<&str>,
) {
    let spelling = Spelling::of(given);
    assert_eq!((spelling.code.as_str(), spelling.notes.as_slice()), (code, notes));
    assert_eq!(spelling.padded.as_deref(), padded);
    assert!(!spelling.is_rounded);
}

#[test]
fn a_rounded_code_is_told_apart_from_one_that_is_not_on_record() {
    let unknown = card(json!({"verdict": "unknown", "level": "none", "tone": "neutral", "product": null,
        "code": {"input": "9.52E+12", "kind": "opaque"}}));
    for rounded in ["9.52E+12", "9,52E+12", "9E+12"] {
        let row = row(rounded, &unknown);
        assert_eq!(row.finding, Finding::Malformed, "{rounded}");
        assert!(row.why.contains("spreadsheet has rounded"), "{}", row.why);
    }
    assert_eq!(row("E+12", &unknown).finding, Finding::NoCard);
}

#[test]
fn a_recall_comes_before_everything_else() {
    let recall = json!({"id": "R", "status": "active", "matched_by": "other_lots", "reason": "r", "gtin": "09520000010010",
        "whole_product": false, "lots": ["K04A"], "issuer": "i", "from": "2026-01-01"});
    let possible = card(json!({"tone": "caution", "safety": {"status": "possible", "recalls": [recall]}}));
    let row = row("CODE", &possible);
    assert_eq!(row.finding, Finding::Recall);
    assert!(row.why.contains("K04A"), "{}", row.why);
}

#[test]
fn a_withdrawn_recall_is_none() {
    let recall = json!({"id": "R", "status": "withdrawn", "matched_by": "lot", "reason": "r", "gtin": "09520000010010",
        "whole_product": true, "issuer": "i", "from": "2026-01-01"});
    let card = card(json!({"safety": {"status": "none_known", "recalls": [recall]}}));
    assert_eq!(row("CODE", &card).finding, Finding::Card);
}

#[test]
fn a_malformed_code_says_why() {
    let card = card(json!({"verdict": "malformed", "level": "none", "tone": "neutral", "product": null,
        "code": {"input": "9520000010011", "kind": "malformed"},
        "reasons": [{"code": "check_digit", "text": "The check digit should be 0"}]}));
    let row = row("9520000010011", &card);
    assert_eq!((row.finding, row.why.as_str()), (Finding::Malformed, "The check digit should be 0."));
}

#[test]
fn what_must_not_be_repeated_is_not() {
    let card = card(json!({"verdict": "unknown", "level": "none", "tone": "neutral", "product": null,
        "code": {"input": "", "kind": "not_product"}}));
    assert_eq!(row("031088001234|…", &card).given, "");
}

#[test]
fn no_cell_of_the_sheet_is_a_formula() {
    let mut rows = Vec::new();
    for code in
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "=HYPERLINK(\"http://x\",\"y\")", "|calc", "a\r\n=1"]
    {
        rows.push(Row {
            product: Some(code.to_owned()),
            ..Row::not_checked(&Listed { line: 1, given: code.to_owned() }, code)
        });
    }
    let bytes = sheet(&rows, Lang::En);
    let text = str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len());
    for record in &records {
        for cell in record {
            let first = cell.trim_start().chars().next();
            assert!(!first.is_some_and(|c| "=+-@|%＝＋－＠".contains(c)), "{cell:?}");
        }
    }
}
