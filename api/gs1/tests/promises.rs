//! Promises that hold for any input: never a panic, canonical links are fixed points, writing and
//! parsing are inverse, nothing is allocated for what people scan.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::fmt::Write as _;

use gs1::{
    AiDate, Cpv, Elements, Gtin14, Lot, MAX_BYTES, Options, Outcome, Serial, Tpx, TradeItem, epc, read, read_link,
    strict,
};
use proptest::prelude::*;

fn gtin() -> impl Strategy<Value = Gtin14> {
    // Not of a prefix for coupons or for a shop's own use.
    (0_u8..10, 100_000_000_000_u64..200_000_000_000).prop_map(|(indicator, digits)| {
        let before = format!("{indicator}{digits}");
        let check = gs1::check_digit::modulo_10(before.as_bytes());
        let whole = format!("{before}{}", char::from(check));
        Gtin14::try_from(whole.as_str()).expect("a right check digit")
    })
}

const CSET82: &str = "[!\"%&'()*+,./0-9:;<=>?A-Z_a-z-]";

fn text<T>(most: usize) -> impl Strategy<Value = Option<T>>
where
    T: for<'s> TryFrom<&'s str> + std::fmt::Debug,
{
    proptest::option::of(
        proptest::string::string_regex(&format!("{CSET82}{{1,{most}}}"))
            .expect("a pattern")
            .prop_map(|text| T::try_from(&text).ok().expect("CSET 82")),
    )
}

fn date() -> impl Strategy<Value = Option<AiDate>> {
    proptest::option::of(
        (0_u8..100, 1_u8..13, 0_u8..29)
            .prop_map(|(yy, mm, dd)| AiDate::try_from(format!("{yy:02}{mm:02}{dd:02}").as_str()).expect("a date")),
    )
}

fn trade_item() -> impl Strategy<Value = TradeItem> {
    let extension = prop_oneof![
        (text::<Cpv>(20), text::<Serial>(20)).prop_map(|(cpv, serial)| (cpv, serial, None)),
        text::<Tpx>(28).prop_map(|tpx| (None, None, tpx)),
    ];
    (gtin(), text::<Lot>(20), extension, [date(), date(), date(), date(), date()]).prop_map(
        |(gtin, lot, (cpv, serial, tpx), dates)| TradeItem {
            gtin,
            cpv,
            lot,
            serial,
            tpx,
            expiry: dates[0],
            best_before: dates[1],
            sell_by: dates[2],
            produced: dates[3],
            packed: dates[4],
        },
    )
}

fn canonical(item: &TradeItem) -> String {
    let mut out = String::new();
    item.write_canonical(&mut out).expect("a string");
    out
}

fn element_string(elements: &Elements<'_>, fnc1: char) -> String {
    let mut out = String::new();
    elements.write_element_string(fnc1, &mut out).expect("a string");
    out
}

/// Everything that an answer can be asked for, so that a panic in any of it is found.
fn touch(reading: &gs1::Reading<'_>) {
    let mut out = String::new();
    write!(out, "{reading:?}").expect("a string");
    reading.elements.write_element_string('^', &mut out).expect("a string");
    reading.elements.write_bracketed(&mut out).expect("a string");
    if let Ok(link) = reading.elements.link(Options::STRICT) {
        link.write(strict::GS1_RESOLVER, &mut out).expect("a string");
    }
    let _ = epc::write_urn(&reading.elements, 7, &mut out);
    for coding in [epc::Coding::Plus, epc::Coding::Partitioned { prefix_digits: 7 }] {
        let _ = epc::to_binary(&reading.elements, 1, coding);
    }
    if let Outcome::Malformed(malformed) = &reading.outcome {
        for language in [gs1::Language::Vi, gs1::Language::En] {
            write!(out, "{}", malformed.error.message(language)).expect("a string");
        }
    }
}

/// Bytes that steer into the grammar instead of past it.
fn grammatical() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just("]C1"),
        Just("]Q3"),
        Just("]E0"),
        Just("("),
        Just(")"),
        Just("\u{1d}"),
        Just("^"),
        Just("/"),
        Just("?"),
        Just("&"),
        Just("="),
        Just("%"),
        Just("%2F"),
        Just("01"),
        Just("09520000010010"),
        Just("10"),
        Just("21"),
        Just("17"),
        Just("261231"),
        Just("235"),
        Just("8006"),
        Just("414"),
        Just("00"),
        Just("https://"),
        Just("e.vn"),
        Just("urn:epc:id:"),
        Just("sgtin:"),
        Just("eh30"),
        Just("ex"),
        Just("3074257BF7194E4000001A85"),
        Just("."),
        Just("#"),
        Just("\\"),
        Just("é"),
        Just("|"),
        Just(" "),
        Just("-"),
        Just("A"),
    ];
    proptest::collection::vec(word, 0..24).prop_map(|words| words.concat().into_bytes())
}

/// Any prefix there is, with the right check digit.
fn any_gtin() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{13}", "0{6,9}[0-9]{4}", "[0-9](0[0-9]|2|9[5-9])[0-9]{9}"].prop_map(|digits| {
        let before = format!("{digits:0<13}");
        let before = &before[..13];
        format!("{before}{}", char::from(gs1::check_digit::modulo_10(before.as_bytes())))
    })
}

/// What both ways of reading make of a path that is read the short way.
fn is_read_alike(path: &str, item: &TradeItem) -> Result<(), TestCaseError> {
    for reading in [read(path.as_bytes()), read_link(path)] {
        prop_assert!(matches!(&reading.outcome, Outcome::TradeItem(read) if read == item), "{path}: {reading:?}");
        prop_assert_eq!((reading.tidied, reading.host), (gs1::Tidied::default(), None));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_takes_every_plain_path_of_a_trade_item_and_says_the_same(
        gtin in any_gtin(),
        lot in proptest::option::of("[0-9A-Za-z]{1,20}|01|10|21"),
        serial in proptest::option::of("[0-9A-Za-z]{1,20}|01|10|21"),
    ) {
        let lot = lot.map(|lot| format!("/10/{lot}")).unwrap_or_default();
        let serial = serial.map(|serial| format!("/21/{serial}")).unwrap_or_default();
        let path = format!("/01/{gtin}{lot}{serial}");
        match TradeItem::of_plain_path(&path) {
            Some(item) => is_read_alike(&path, &item)?,
            None => prop_assert!(!matches!(read_link(&path).outcome, Outcome::TradeItem(_)), "{path}"),
        }
    }

    #[test]
    fn the_short_way_takes_nothing_that_means_something_else(
        gtin in any_gtin(),
        rest in "(/(10|21|22|235|01|8006|lot)/[0-9A-Za-z%./?=]{0,22}){0,3}[?#/]?",
    ) {
        let path = format!("/01/{gtin}{rest}");
        if let Some(item) = TradeItem::of_plain_path(&path) {
            is_read_alike(&path, &item)?;
        }
    }

    #[test]
    fn a_canonical_link_is_a_fixed_point(item in trade_item()) {
        let link = canonical(&item);
        let reading = read_link(&link);
        prop_assert!(reading.tidied.is_empty() || reading.tidied.iter().eq(["association"]));
        let Outcome::TradeItem(again) = reading.outcome else {
            panic!("{link}: {reading:?}");
        };
        prop_assert_eq!(again, item);
        prop_assert_eq!(canonical(&again), link);
    }

    #[test]
    fn element_strings_brackets_and_links_say_the_same(item in trade_item()) {
        let link = format!("https://id.example.vn{}", canonical(&item));
        let elements = read(link.as_bytes()).elements;
        let mut brackets = String::new();
        elements.write_bracketed(&mut brackets).expect("a string");
        let message = element_string(&elements, '\u{1d}');
        for form in [brackets, message.clone(), format!("]d2{message}"), format!("]C1{message}")] {
            let reading = read(form.as_bytes());
            let Outcome::TradeItem(again) = reading.outcome else {
                panic!("{form}: {reading:?}");
            };
            prop_assert_eq!(again, item, "{}", form);
        }
    }

    #[test]
    fn parsing_undoes_writing(item in trade_item()) {
        let link = canonical(&item);
        let elements = read_link(&link).elements;
        let message = element_string(&elements, '^');
        let parsed = strict::element_string(message.as_bytes(), b'^', Options::STRICT)
            .expect("what was written can be parsed");
        prop_assert_eq!(&element_string(&parsed, '^'), &message);
        if let Ok(written) = parsed.link(Options::STRICT) {
            let mut link = String::new();
            written.write(strict::GS1_RESOLVER, &mut link).expect("a string");
            let again = strict::link(link.as_bytes(), Options::STRICT).expect("a link");
            prop_assert_eq!(again.len(), parsed.len());
        }
    }

    #[test]
    fn tags_give_back_what_they_took(item in trade_item(), plus: bool, prefix_digits in 6_u8..13) {
        let with_serial = TradeItem { serial: item.serial, ..TradeItem::of_gtin(item.gtin) };
        let link = canonical(&with_serial);
        let elements = read_link(&link).elements;
        let coding = if plus {
            epc::Coding::Plus
        } else {
            epc::Coding::Partitioned { prefix_digits }
        };
        if with_serial.serial.is_some() {
            let binary = epc::to_binary(&elements, 1, coding).expect("an encoding");
            let again = epc::from_binary(binary.as_bytes()).expect("bits");
            prop_assert_eq!(element_string(&again, '^'), element_string(&elements, '^'));
        }
        let mut urn = String::new();
        epc::write_urn(&elements, prefix_digits, &mut urn).expect("a URN");
        let again = epc::from_urn(&urn).expect("a URN");
        prop_assert_eq!(element_string(&again, '^'), element_string(&elements, '^'));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        touch(&read(&bytes));
        touch(&read_link(&String::from_utf8_lossy(&bytes)));
        let _ = strict::element_string(&bytes, 0x1d, Options::STRICT);
        let _ = strict::bracketed(&bytes, Options::STRICT);
        let _ = strict::link(&bytes, Options::STRICT);
        let _ = strict::scan(&bytes, Options::STRICT);
        let _ = epc::from_binary(&bytes);
    }

    #[test]
    fn no_text_near_the_grammar_makes_it_panic(bytes in grammatical()) {
        touch(&read(&bytes));
        touch(&read_link(&String::from_utf8_lossy(&bytes)));
        let _ = strict::scan(&bytes, Options::STRICT);
    }

    #[test]
    fn an_error_points_into_the_input(bytes in grammatical()) {
        if let Outcome::Malformed(malformed) = read(&bytes).outcome {
            prop_assert!(malformed.error.position() <= bytes.len().min(MAX_BYTES));
        }
    }
}

#[test]
fn nothing_is_allocated_for_what_people_scan() {
    let usual: [&[u8]; 10] = [
        b"9520000010010",
        b" 952 0000 010010 ",
        b"https://id.example.vn/01/09520000010010/10/L01A/21/3165QFD13Z41",
        b"/01/09520000010010/10/A%2FB/21/3165QFD13Z41?17=261231&linkType=gs1:pip",
        b"]d201095200000100101726123110L01A\x1d213165QFD13Z41",
        b"(01)09520000010010(10)L01A(21)3165QFD13Z41",
        b"HP-TXNG-000123",
        b"https://portal.example.vn/p/17",
        b"(00)106141412345678908",
        b"9520000010011",
    ];
    let mut out = String::with_capacity(256);
    for input in usual {
        let counted = allocation_counter::measure(|| {
            out.clear();
            let reading = read(input);
            if let Outcome::TradeItem(item) = &reading.outcome {
                let _ = item.write_canonical(&mut out);
            }
        });
        assert_eq!(counted.count_total, 0, "{}", String::from_utf8_lossy(input));
    }
}

#[test]
fn too_long_an_input_is_refused_unread() {
    let long = vec![b'9'; MAX_BYTES + 1];
    let Outcome::Malformed(malformed) = read(&long).outcome else {
        panic!("read");
    };
    assert_eq!(malformed.error.code().as_str(), "too_long");
}
