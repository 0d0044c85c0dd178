//! Promise: what is no product code is said to be none, with a sentence in both languages, and
//! nothing of a person or a payment leaves the function.

use gs1::{Language, Outcome, Reason, read};
use rstest::rstest;

const TEXTS: [Reason; 9] = [
    Reason::CheckDigit,
    Reason::Structure,
    Reason::SeveralCodes,
    Reason::PaymentCode,
    Reason::PersonalDocument,
    Reason::RestrictedCirculation,
    Reason::LogisticUnit,
    Reason::MaybeTradeUnitOf,
    Reason::OtherScheme,
];

#[rstest]
#[case::vietqr("00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304F4E5")]
#[case::emv_of_a_shop("00020101021226370011hk.com.hkicl0105abcde52040000530334454041.005802HK5902NA6002HK6304ABCD")]
#[case::momo("2|99|0912345678|NGUYEN VAN A|a@example.vn|0|0|50000|note|transfer_myqr")]
#[case::sepa("BCD\n002\n1\nSCT\n\nName\nDE89370400440532013000\nEUR1")]
#[case::swiss("SPC\r\n0200\r\n1\r\nCH4431999123000889012")]
#[case::bitcoin("bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=1")]
#[case::behind_an_identifier(
    "]Q100020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304F4E5"
)]
fn payments_are_recognised_and_not_kept(#[case] input: &str) {
    let reading = read(input.as_bytes());
    let Outcome::NotProduct(not) = &reading.outcome else {
        panic!("{reading:?}");
    };
    assert_eq!(not.reason, Reason::PaymentCode);
    assert_eq!((&not.text, not.key, not.gtin), (&None, None, None));
    assert!(reading.elements.is_empty() && reading.host.is_none());
}

#[rstest]
#[case::card_of_2021("001089012345|012345678|NGUYỄN VĂN A|01021990|Nam|Số 1, Hải Phòng|02032021")]
#[case::without_old_number("031190123456||TRẦN THỊ B|05061985|Nữ|Lê Chân, Hải Phòng|02032021")]
#[case::card_of_2024("031190123456||TRẦN THỊ B|05061985|Nữ|Hải Phòng|02032024||Cha|Mẹ|")]
#[case::behind_blanks(" \n031190123456||TRẦN THỊ B|05061985|Nữ|Hải Phòng|02032021")]
#[case::behind_an_identifier("]Q1031190123456||TRẦN THỊ B|05061985|Nữ|Hải Phòng|02032021")]
#[case::health_card("DN4310123456789|4e677579e1bb856e|01/02/1990|1|4861|31-005|C|01/01/2021|-|")]
#[case::passport("P<VNMNGUYEN<<VAN<A<<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<8VNM9001011M3001012031190123456<<<2")]
#[case::contact("BEGIN:VCARD\nVERSION:3.0\nFN:Nguyen Van A\nEND:VCARD")]
fn documents_of_persons_leave_no_trace(#[case] input: &str) {
    let reading = read(input.as_bytes());
    let Outcome::NotProduct(not) = &reading.outcome else {
        panic!("{reading:?}");
    };
    assert_eq!(not.reason, Reason::PersonalDocument);
    let shown = format!("{reading:?}");
    for field in input.split(['|', '<', '\n', ':', ' ']).filter(|field| field.len() > 3) {
        assert!(!shown.contains(field), "{field} in {shown}");
    }
}

#[test]
fn a_document_in_another_encoding_leaves_no_trace_either() {
    let input = b"031190123456||TR\xd2N TH\xde B|05061985|N\xf5|H|02032021";
    let reading = read(input);
    assert_eq!(reading.outcome.reason(), Some(Reason::PersonalDocument));
    assert!(!format!("{reading:?}").contains("031190123456"));
}

#[rstest]
#[case::in_store("2001234567893", Reason::RestrictedCirculation)]
#[case::in_store_us("200001234569", Reason::RestrictedCirculation)]
#[case::in_store_in_a_link("https://e.vn/01/02001234567893", Reason::RestrictedCirculation)]
#[case::coupon("9930000000018", Reason::OtherScheme)]
#[case::sscc("(00)106141412345678908", Reason::LogisticUnit)]
#[case::content_of_a_pallet("(02)09520000010010(37)24", Reason::LogisticUnit)]
#[case::two_gtins("95200000100109520000020019", Reason::SeveralCodes)]
#[case::two_lines("9520000010010\n9520000020019", Reason::SeveralCodes)]
#[case::two_links("https://e.vn/01/09520000010010https://e.vn/01/09520000010010", Reason::SeveralCodes)]
#[case::two_scans("]C10109520000010010]C10109520000020019", Reason::SeveralCodes)]
#[case::two_gtins_in_brackets("(01)09520000010010(01)09520000020019", Reason::SeveralCodes)]
fn what_is_no_product_code_says_why(#[case] input: &str, #[case] reason: Reason) {
    let reading = read(input.as_bytes());
    let Outcome::NotProduct(not) = &reading.outcome else {
        panic!("{reading:?}");
    };
    assert_eq!(not.reason, reason);
    assert!(not.text.is_some(), "a registered code can still win");
}

#[rstest]
#[case("https://portal.example.vn/p/1", Some(Reason::OtherScheme))]
#[case("0-306-40615-2", Some(Reason::OtherScheme))]
#[case("ISSN 0317-8471", Some(Reason::OtherScheme))]
#[case("HP-0001", None)]
fn codes_of_other_schemes_stay_opaque(#[case] input: &str, #[case] reason: Option<Reason>) {
    let reading = read(input.as_bytes());
    assert!(matches!(reading.outcome, Outcome::Opaque(_)), "{reading:?}");
    assert_eq!(reading.outcome.reason(), reason);
}

#[rstest]
#[case("19520000010017", Some("09520000010010"))]
#[case("09520000010010", None)]
#[case("99520000010013", None)]
fn a_case_names_the_unit_inside(#[case] input: &str, #[case] unit: Option<&str>) {
    let Outcome::TradeItem(item) = read(input.as_bytes()).outcome else {
        panic!("{input}");
    };
    let found = item.maybe_trade_unit_of();
    assert_eq!(found.as_ref().map(gs1::Gtin14::as_str), unit);
    let expected = unit.map(|_| Reason::MaybeTradeUnitOf);
    assert_eq!(Outcome::TradeItem(item).reason(), expected);
}

#[test]
fn every_reason_has_a_sentence_in_both_languages() {
    for reason in TEXTS {
        for language in [Language::Vi, Language::En] {
            let text = reason.text(language);
            assert!(text.ends_with('.') && text.chars().count() <= 110, "{text}");
        }
    }
}
