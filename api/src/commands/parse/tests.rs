//! What `nguon parse` answers.

use super::*;
use clap::Parser as _;
use rstest::rstest;

#[derive(clap::Parser)]
struct Command {
    #[command(flatten)]
    args: ParseArgs,
}

fn answers(arguments: &[&str], input: &[u8]) -> Vec<Value> {
    let arguments = ["parse"].iter().chain(arguments);
    let command = Command::try_parse_from(arguments).expect("arguments");
    let mut output = Vec::new();
    answer_all(&command.args, true, input, &mut output).expect("no I/O");
    let text = String::from_utf8(output).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

#[test]
fn a_line_of_a_scanner_is_told_in_full() {
    let line = b"]d201095200000100101726123110L01A\x1d21S1\r\n";
    let expected = json!({
        "input": "]d201095200000100101726123110L01A\u{1d}21S1",
        "ok": true,
        "kind": "trade_item",
        "canonical": "https://id.gs1.org/01/09520000010010/10/L01A/21/S1?17=261231",
        "element_string": "^01095200000100101726123110L01A^21S1",
        "ais": [["01", "09520000010010"], ["17", "261231"], ["10", "L01A"], ["21", "S1"]],
        "tidied": ["symbology_prefix"],
    });
    assert_eq!(answers(&["--json"], line), [expected]);
}

#[test]
fn an_error_names_its_place_and_the_right_digit() {
    let found = &answers(&["--json", "--lang", "en", "9520000010011"], b"")[0];
    assert_eq!(found["ok"], json!(false));
    assert_eq!(
        found["error"],
        json!({
            "code": "check_digit",
            "position": 12,
            "expected": "0",
            "message": "(01) The last digit should be 0: compare each digit with the label.",
        })
    );
}

#[rstest]
#[case(&[])]
#[case(&["--strict"])]
fn a_document_of_a_person_is_not_repeated(#[case] flags: &[&str]) {
    let card = "031190123456||TRẦN THỊ B|05061985|Nữ|Hải Phòng";
    let found = &answers(flags, card.as_bytes())[0];
    assert_eq!(found["input"], Value::Null);
    assert!(!found.to_string().contains("031190123456"));
}

#[rstest]
#[case("https://e.vn/01/9520000010010", &[], true)]
#[case("https://e.vn/01/9520000010010", &["--strict"], false)]
#[case("https://e.vn/01/9520000010010", &["--strict", "--permit-zero-suppressed-gtin"], true)]
#[case("https://e.vn/01/09520000010010/", &["--strict"], false)]
#[case("(21)ABC", &["--strict"], true)]
#[case("(21)ABC", &["--strict", "--associations"], false)]
fn strict_is_strict(#[case] code: &str, #[case] flags: &[&str], #[case] ok: bool) {
    let found = &answers(flags, format!("{code}\n").as_bytes())[0];
    assert_eq!(found["ok"], json!(ok), "{found}");
}

#[test]
fn a_line_without_end_does_not_fill_memory() {
    let mut input = vec![b'9'; 300_000];
    input.extend_from_slice(b"\n9520000010010\n");
    let found = answers(&[], &input);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["error"]["code"], json!("too_long"));
}
