//! The General Specifications, section by section.

use gs1::lint::Lint;
use gs1::{Ai, AiDate, ErrorCode, Gln, Gs1Prefix, Gtin14, Lot, Options, Serial, ai, check_digit, strict};
use rstest::rstest;

fn message(bracketed: &str) -> Result<gs1::Elements<'_>, gs1::ParseError> {
    strict::bracketed(bracketed.as_bytes(), Options::STRICT)
}

// Section 3.2: the table of AIs.

#[test]
fn the_table_has_all_541_ais_in_order_and_each_once() {
    let all: Vec<String> = ai::all().map(|ai| ai.to_string()).collect();
    assert_eq!(all.len(), 541);
    assert!(all.is_sorted() && all.windows(2).all(|pair| pair[0] != pair[1]));
    for text in &all {
        let found = Ai::from_digits(text.as_bytes()).expect("digits");
        assert!(found.row().is_some(), "{text} has a row");
        assert_eq!(Ai::at_start_of(format!("{text}999").as_bytes()), Some(found));
    }
}

#[test]
fn every_row_is_well_formed() {
    for ai in ai::all() {
        let row = ai.row().expect("an AI of the table");
        let (min, max) = row.length();
        assert!(min >= 1 && min <= max && max <= 90, "{ai:?}");
        assert!(!row.is_predefined() || min == max, "{ai:?} has one length");
        assert!(!row.is_key() || ai::all().any(|other| other == ai));
        let mut components = row.components().iter();
        components.find(|component| component.min != component.max || component.optional);
        let behind = components.all(|component| component.optional);
        assert!(behind, "{ai:?}: what is mandatory stands in front");
    }
}

// Section 3, value by value.

#[rstest]
#[case("(00)106141412345678908", None)]
#[case("(00)106141412345678907", Some(ErrorCode::CheckDigit))]
#[case("(01)0952000001001", Some(ErrorCode::ValueShort))]
#[case("(01)095200000100100", Some(ErrorCode::ValueLong))]
#[case("(01)0952000001001A", Some(ErrorCode::Digit))]
#[case("(10)12345678901234567890", None)]
#[case("(10)123456789012345678901", Some(ErrorCode::ValueLong))]
#[case("(10)A B", Some(ErrorCode::Cset82))]
#[case("(17)261331", Some(ErrorCode::Month))]
#[case("(17)260230", Some(ErrorCode::Day))]
#[case("(17)260200", None)]
#[case("(4326)260200", Some(ErrorCode::Day))]
#[case("(3103)000195", None)]
#[case("(3106)000195", Some(ErrorCode::UnknownAi))]
#[case("(3912)70412345", None)]
#[case("(3912)00012345", Some(ErrorCode::Iso4217))]
#[case("(421)704180000", None)]
#[case("(421)999180000", Some(ErrorCode::Iso3166))]
#[case("(7030)999AB", None)]
#[case("(4307)VN", None)]
#[case("(4307)VV", Some(ErrorCode::Iso3166Alpha2))]
#[case("(4309)02790858483015297971", None)]
#[case("(4324)2612312360", Some(ErrorCode::Minute))]
#[case("(7003)2612312400", Some(ErrorCode::Hour))]
#[case("(7007)261231270101", None)]
#[case("(7011)2612312359", None)]
#[case("(7040)1AB_", None)]
#[case("(7040)1AB=", Some(ErrorCode::ImporterIdx))]
#[case("(7041)BX", None)]
#[case("(7252)9", None)]
#[case("(7258)3/2", Some(ErrorCode::PositionAboveEnd))]
#[case("(8001)00001234512311", Some(ErrorCode::NonZero))]
#[case("(8003)00614141123452SERIAL", None)]
#[case("(8003)10614141123452", Some(ErrorCode::Zero))]
#[case("(8006)095200000100100302", Some(ErrorCode::PieceAboveTotal))]
#[case("(8007)DE89370400440532013000", None)]
#[case("(8007)DE88370400440532013000", Some(ErrorCode::IbanCheck))]
#[case("(8008)26123123", None)]
#[case("(8008)2612312359", None)]
#[case("(8008)261231235960", Some(ErrorCode::Second))]
#[case("(8011)0123", Some(ErrorCode::NoZeroPrefix))]
#[case("(8013)1987654Ad4X4bL5ttr2310c2K", None)]
#[case("(8013)1987654Ad4X4bL5ttr2310c2X", Some(ErrorCode::CheckPair))]
#[case("(8014)1234567890", Some(ErrorCode::CheckPair))]
#[case("(8030)AbC-_", None)]
#[case("(8030)AbC=", Some(ErrorCode::Cset64Padding))]
#[case("(8112)001234561234560123456", None)]
#[case("(4300)Nguy%E1%BB%85n", None)]
#[case("(4300)Nguy%E1%B", Some(ErrorCode::Pcenc))]
#[case("(4330)000010-", None)]
#[case("(89)X", Some(ErrorCode::UnknownAi))]
#[case("(99)X", None)]
fn values_are_held_to_their_ai(#[case] text: &str, #[case] fault: Option<ErrorCode>) {
    assert_eq!(message(text).err().map(|error| error.code()), fault);
}

// Section 4.14: what AIs demand of each other.

#[rstest]
#[case("(01)09520000010010(10)L", None)]
#[case("(10)L", Some(ErrorCode::With))]
#[case("(01)09520000010010(37)1", Some(ErrorCode::Without))]
#[case("(02)09520000010010(37)1(00)106141412345678908", None)]
#[case("(02)09520000010010(37)1", Some(ErrorCode::With))]
#[case("(01)09520000010010(3922)1299(3103)000195", None)]
#[case("(01)09520000010010(3922)1299", Some(ErrorCode::With))]
#[case("(01)09520000010010(3103)000195(3102)000195", Some(ErrorCode::Without))]
#[case("(01)09520000010010(21)A(235)B", Some(ErrorCode::Without))]
#[case("(01)09520000010010(10)A(10)A", None)]
#[case("(01)09520000010010(10)A(10)B", Some(ErrorCode::RepeatedAi))]
#[case("(8006)095200000100100102(22)A", Some(ErrorCode::With))]
#[case("(253)0614141123452(8030)ABC", Some(ErrorCode::DigsigSerial))]
fn associations_are_held_to(#[case] text: &str, #[case] fault: Option<ErrorCode>) {
    let elements = message(text).expect("values are right");
    let found = elements.check_associations().err();
    assert_eq!(found.map(|error| error.code()), fault);
}

// Section 7.8: FNC1.

#[rstest]
#[case("^010952000001001010L^17261231", "(01)09520000010010(10)L(17)261231")]
#[case("^0109520000010010^10L", "(01)09520000010010(10)L")]
#[case("^1726123110L", "(17)261231(10)L")]
fn fnc1_ends_what_has_no_predefined_length(#[case] text: &str, #[case] expected: &str) {
    let elements = strict::element_string(text.as_bytes(), b'^', Options::STRICT).expect("right");
    let mut brackets = String::new();
    elements.write_bracketed(&mut brackets).expect("a string");
    assert_eq!(brackets, expected);
}

// Section 7.9: check digits.

#[rstest]
#[case("9638507", b'4')]
#[case("03600029145", b'2')]
#[case("952000001001", b'0')]
#[case("0952000001001", b'0')]
#[case("10614141234567890", b'8')]
#[case("", b'0')]
fn check_digits_are_computed(#[case] before: &str, #[case] digit: u8) {
    assert_eq!(check_digit::modulo_10(before.as_bytes()), digit);
}

#[test]
fn every_single_wrong_digit_is_found_and_put_right() {
    let right = "09520000010010";
    for at in 0..14 {
        for digit in b'0'..=b'9' {
            let mut wrong = right.as_bytes().to_vec();
            if wrong[at] == digit {
                continue;
            }
            wrong[at] = digit;
            let fault = Lint::Csum.check(&wrong).expect_err("one digit differs");
            assert_eq!((fault.code, fault.start), (ErrorCode::CheckDigit, 13));
            wrong[13] = fault.expected.expect("the right digit")[0];
            assert!(Lint::Csum.check(&wrong).is_ok());
        }
    }
}

#[test]
fn check_character_pairs_are_computed() {
    assert_eq!(check_digit::pair(b"1987654Ad4X4bL5ttr2310c"), Some(*b"2K"));
    assert_eq!(check_digit::pair("é".as_bytes()), None);
}

// Section 7.12: the century of a year.

#[rstest]
#[case("261231", 2026, (2026, 12, 31))]
#[case("261200", 2026, (2026, 12, 31))]
#[case("280200", 2026, (2028, 2, 29))]
#[case("270200", 2026, (2027, 2, 28))]
#[case("760101", 2026, (2076, 1, 1))]
#[case("770101", 2026, (1977, 1, 1))]
#[case("000101", 2051, (2100, 1, 1))]
#[case("020101", 2051, (2102 - 100, 1, 1))]
#[case("490101", 1999, (2049, 1, 1))]
#[case("500101", 1999, (1950, 1, 1))]
fn years_lie_in_the_nearest_century(#[case] printed: &str, #[case] current_year: i16, #[case] expected: (i16, u8, u8)) {
    let date = AiDate::try_from(printed).expect("a date");
    assert_eq!(date.resolve(current_year), expected);
    assert_eq!(date.to_string(), printed);
}

// Section 1.4 and 2.1: prefixes, and keys as types.

#[rstest]
#[case("09520000010010", Gs1Prefix::Demonstration)]
#[case("08935000000010", Gs1Prefix::TradeItem)]
#[case("02001234567893", Gs1Prefix::RestrictedCirculation)]
#[case("09786042123457", Gs1Prefix::Isbn)]
#[case("00000096385074", Gs1Prefix::TradeItem)]
fn prefixes_say_what_numbers_are_for(#[case] gtin: &str, #[case] prefix: Gs1Prefix) {
    let digits = format!("{}{}", &gtin[..13], char::from(check_digit::modulo_10(&gtin.as_bytes()[..13])));
    let gtin = Gtin14::try_from(digits.as_str()).expect("a GTIN");
    assert_eq!(gtin.gs1_prefix(), prefix);
}

#[rstest]
#[case("96385074", "00000096385074")]
#[case("036000291452", "00036000291452")]
#[case("9520000010010", "09520000010010")]
#[case("19520000010017", "19520000010017")]
fn gtins_of_all_lengths_are_one_number(#[case] printed: &str, #[case] digits: &str) {
    let gtin: Gtin14 = printed.parse().expect("a GTIN");
    assert_eq!(gtin.as_str(), digits);
    assert_eq!(gtin.shortest(), printed);
    assert_eq!(Gtin14::from_u64(gtin.as_u64()), Some(gtin));
    assert!(Gtin14::from_u64(gtin.as_u64() ^ 1).is_none());
}

#[test]
fn types_admit_only_what_is_right() {
    assert!(Gln::try_from("9520000000011").is_ok());
    assert!(Gln::try_from("9520000000012").is_err());
    assert!(Gln::try_from("952000000001").is_err());
    assert!(Lot::try_from("").is_err());
    assert!(Lot::try_from("L 1").is_err());
    assert!(Serial::try_from("123456789012345678901").is_err());
    let serial = Serial::try_from("aB/1").expect("CSET 82");
    assert_eq!(serial.case_folded().as_str(), "ab/1");
    assert!(Lot::try_from("A").expect("a lot") < Lot::try_from("A0").expect("a lot"));
}
