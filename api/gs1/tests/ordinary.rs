//! Promise: whatever a phone or a hand gives is read as DESIGN and the domain say, and what was
//! tidied on the way is said.

#![expect(clippy::expect_used, reason = "a test may fail")]

use gs1::{KeyKind, Outcome, Reading, Reason, read, read_link};
use rstest::rstest;

fn canonical(reading: &Reading<'_>) -> String {
    let mut out = String::new();
    match &reading.outcome {
        Outcome::TradeItem(item) => item.write_canonical(&mut out).expect("a string"),
        Outcome::Key(key) => key.write_path(&mut out).expect("a string"),
        other => panic!("no trade item nor key: {other:?}"),
    }
    out
}

fn tidied(reading: &Reading<'_>) -> Vec<&'static str> {
    reading.tidied.iter().collect()
}

const WHOLE: &str = "/01/09520000010010/10/L01A/21/S1?17=261231";

#[rstest]
#[case::element_string("]C10109520000010010172612311", None)]
#[case::gs1_128("]C1010952000001001017261231\u{1d}10L01A\u{1d}21S1", Some(WHOLE))]
#[case::gs1_128_without_needless_fnc1("]C101095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::datamatrix("]d2010952000001001021S1\u{1d}10L01A\u{1d}17261231", Some(WHOLE))]
#[case::databar("]e001095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::gs1_qr("]Q301095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::dotcode("]J101095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::qr_with_link("]Q1https://id.example.vn/01/09520000010010/10/L01A/21/S1?17=261231", Some(WHOLE))]
#[case::leading_fnc1("\u{1d}01095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::no_prefix_at_all("01095200000100101726123110L01A\u{1d}21S1", Some(WHOLE))]
#[case::carets("^01095200000100101726123110L01A^21S1", Some(WHOLE))]
#[case::spelt_out("01095200000100101726123110L01A{GS}21S1", Some(WHOLE))]
#[case::symbol_for_gs("01095200000100101726123110L01A\u{241d}21S1", Some(WHOLE))]
#[case::bracketed("(01)09520000010010(17)261231(10)L01A(21)S1", Some(WHOLE))]
#[case::bracketed_with_blanks("(01) 09520000010010 (17) 261231 (10) L01A (21) S1", Some(WHOLE))]
#[case::link("https://id.example.vn/01/09520000010010/10/L01A/21/S1?17=261231", Some(WHOLE))]
#[case::link_with_stem("http://example.vn/a/b/01/09520000010010/10/L01A/21/S1?17=261231&utm=x#top", Some(WHOLE))]
#[case::semicolons("https://e.vn/01/09520000010010/10/L01A/21/S1?a=b;17=261231;c", Some(WHOLE))]
#[case::no_scheme("id.example.vn/01/09520000010010/10/L01A/21/S1?17=261231", Some(WHOLE))]
#[case::path_alone("/01/09520000010010/10/L01A/21/S1?17=261231", Some(WHOLE))]
#[case::path_without_slash("01/09520000010010/10/L01A/21/S1?17=261231", Some(WHOLE))]
#[case::trailing_slash("https://e.vn/01/09520000010010/10/L01A/21/S1/?17=261231", Some(WHOLE))]
#[case::names("https://e.vn/gtin/9520000010010/lot/L01A/ser/S1?17=261231", Some(WHOLE))]
#[case::blanks_around("  (01)09520000010010(17)261231(10)L01A(21)S1 \r\n", Some(WHOLE))]
fn one_thing_in_any_form(#[case] input: &str, #[case] expected: Option<&str>) {
    let reading = read(input.as_bytes());
    match expected {
        Some(expected) => assert_eq!(canonical(&reading), expected),
        None => assert!(matches!(reading.outcome, Outcome::Malformed(_)), "{reading:?}"),
    }
}

#[rstest]
#[case("09520000010010", "/01/09520000010010", &[])]
#[case("9520000010010", "/01/09520000010010", &["gtin_padded"])]
#[case("952 0000 01001-0", "/01/09520000010010", &["separators_removed", "gtin_padded"])]
#[case(" 9520000010010\n", "/01/09520000010010", &["input_trimmed", "gtin_padded"])]
#[case("\u{feff}9520000010010", "/01/09520000010010", &["input_trimmed", "gtin_padded"])]
#[case("036000291452", "/01/00036000291452", &["gtin_padded"])]
#[case("96385074", "/01/00000096385074", &["gtin_padded"])]
#[case("]E09520000010010", "/01/09520000010010", &["gtin_padded", "symbology_prefix"])]
#[case("]E3952000001001012", "/01/09520000010010", &["gtin_padded", "symbology_prefix"])]
#[case("]E496385074", "/01/00000096385074", &["gtin_padded", "symbology_prefix"])]
#[case("]I119520000010017", "/01/19520000010017", &["symbology_prefix"])]
#[case("01234565", "/01/00012345000065", &["gtin_padded", "upc_e_expanded"])]
#[case("ISBN 978-604-2-12345-7", "/01/09786042123457", &["separators_removed", "gtin_padded", "label_removed"])]
#[case("Mã vạch: 9520000010010", "/01/09520000010010", &["gtin_padded", "label_removed"])]
#[case("https://e.vn/01/9520000010010/", "/01/09520000010010", &["gtin_padded", "trailing_slash"])]
fn what_was_tidied_is_said(#[case] input: &str, #[case] expected: &str, #[case] flags: &[&str]) {
    let reading = read(input.as_bytes());
    assert_eq!(canonical(&reading), expected);
    assert_eq!(tidied(&reading), flags);
}

#[rstest]
#[case("https://id.example.vn:8443/01/09520000010010", Some("id.example.vn:8443"))]
#[case("https://user@id.example.vn/01/09520000010010", Some("id.example.vn"))]
#[case("id.example.vn/01/09520000010010", Some("id.example.vn"))]
#[case("/01/09520000010010", None)]
#[case("https://portal.example.vn/product/17", Some("portal.example.vn"))]
fn the_host_on_the_label_is_kept(#[case] input: &str, #[case] host: Option<&str>) {
    assert_eq!(read(input.as_bytes()).host, host);
}

#[test]
fn values_are_decoded_exactly_once() {
    let reading = read_link("/01/09520000010010/10/A%2FB%252F/21/a+b");
    let Outcome::TradeItem(item) = reading.outcome else {
        panic!("{reading:?}");
    };
    assert_eq!(item.lot.expect("a lot").as_str(), "A/B%2F");
    assert_eq!(item.serial.expect("a serial number").as_str(), "a+b");
}

#[rstest]
#[case::wrong_order("/01/09520000010010/21/S/10/L", "path_order")]
#[case::attribute_in_path("/01/09520000010010/17/261231", "not_in_path")]
#[case::stray_segment("/01/09520000010010/foo", "no_primary_key")]
#[case::stray_pair("/01/09520000010010/foo/bar", "unknown_ai")]
#[case::no_value("/01/09520000010010/10//21/S", "value_empty")]
#[case::check_digit("/01/09520000010011", "check_digit")]
#[case::not_utf8("/01/09520000010010/10/%FF", "cset_82")]
#[case::nul("/01/09520000010010/10/A%00", "cset_82")]
#[case::unknown_number_in_query("/01/09520000010010?999=1", "unknown_ai")]
#[case::empty_attribute("/01/09520000010010?17=", "value_empty")]
#[case::qualifier_in_query("/01/09520000010010?10=L", "not_a_data_attribute")]
#[case::serial_in_query("/01/09520000010010?21=S", "not_a_data_attribute")]
#[case::two_slashes("/01/09520000010010//", "no_primary_key")]
fn a_link_that_fails_is_malformed(#[case] raw: &str, #[case] code: &str) {
    let Outcome::Malformed(malformed) = read_link(raw).outcome else {
        panic!("{:?}", read_link(raw));
    };
    assert_eq!(malformed.error.code().as_str(), code);
    assert_eq!(malformed.text, raw);
}

#[rstest]
#[case("HP-TXNG-000123")]
#[case("01/02/2025")]
#[case("0903 123 456")]
#[case("(made in Hải Phòng)")]
#[case("https://portal.example.vn/news/01/2025")]
#[case("https://shop.example.vn/p/17")]
#[case("https://e.vn/?u=https://x.vn/1")]
#[case("https://archive.example.vn/2024/https://x.vn/1")]
#[case("https://shop.example.vn/401/2024")]
#[case("0-306-40615-2")]
#[case("0317-8471")]
#[case("[)>\u{1e}06\u{1d}1TX\u{1e}\u{4}")]
fn anything_else_is_opaque(#[case] input: &str) {
    let reading = read(input.as_bytes());
    let Outcome::Opaque(opaque) = &reading.outcome else {
        panic!("{reading:?}");
    };
    assert_eq!(&**opaque, input);
}

#[rstest]
#[case("(00)106141412345678908", KeyKind::Sscc, "/00/106141412345678908", true)]
#[case("106141412345678908", KeyKind::Sscc, "/00/106141412345678908", true)]
#[case("(414)9520000000011(254)A/1", KeyKind::Gln, "/414/9520000000011/254/A%2F1", false)]
#[case("https://e.vn/8003/09520000000011AB", KeyKind::Grai, "/8003/09520000000011AB", false)]
#[case("https://e.vn/8004/9520A1?01=09520000010010", KeyKind::Giai, "/8004/9520A1", false)]
#[case("(8006)095200000100100102(10)L", KeyKind::Itip, "/8006/095200000100100102/10/L", false)]
fn other_keys_are_told_apart(#[case] input: &str, #[case] kind: KeyKind, #[case] path: &str, #[case] logistic: bool) {
    let reading = read(input.as_bytes());
    let key = match &reading.outcome {
        Outcome::NotProduct(not) if logistic => {
            assert_eq!(not.reason, Reason::LogisticUnit);
            not.key.expect("its SSCC")
        }
        Outcome::Key(key) => *key,
        other => panic!("{other:?}"),
    };
    let mut written = String::new();
    key.write_path(&mut written).expect("a string");
    assert_eq!((key.kind(), written.as_str()), (kind, path));
}
