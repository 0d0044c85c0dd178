//! Labels as files and as places.

use super::face::Fonts;
use super::place::Placed;
use super::wording::Wording;
use super::*;
use crate::drawing::QUIET;
use crate::issue::UnitCode;

fn codes(units: usize, name: &str, base_url: &str) -> Codes {
    let gtin: gs1::Gtin14 = "09520000010010".parse().unwrap();
    let lot: gs1::Lot = "L01A".parse().unwrap();
    let unit = |n: usize| {
        let serial = format!("3165QFD13Z{n:02}").parse().unwrap();
        let mut unit = serde_json::to_value(UnitCode::of(gtin, lot, serial, None, base_url)).unwrap();
        unit["pin"] = "K7PM-2QXD".into();
        serde_json::from_value(unit).unwrap()
    };
    Codes {
        order: "a".to_owned(),
        repeated: false,
        revision: None,
        gtin,
        product: serde_json::from_value(serde_json::json!({ "vi": name })).unwrap(),
        lot,
        produced: Some(jiff::civil::date(2026, 11, 1)),
        expires: Some(jiff::civil::date(2027, 11, 1)),
        best_before: None,
        state: crate::registry::ItemState::Issued,
        units: (0..units).map(unit).collect(),
    }
}

const NAME: &str = "Nước mắm cá cơm 40 độ đạm, chai thuỷ tinh 500 ml";
const SHEETS: [&str; 5] = ["3x7", "3x8", "2x4", "2x7", "4x10"];

fn layout(name: &str) -> Layout {
    name.parse().unwrap()
}

#[test]
fn the_symbol_has_gs1s_module_and_all_its_white_on_the_label() {
    let codes = codes(1, NAME, "https://id.example.vn");
    let fonts = Fonts::new().unwrap();
    let bars = crate::drawing::Bars::of(&codes.units[0].link).unwrap();
    for sheet in SHEETS {
        let layout = layout(sheet);
        let placed = Placed::of(&Wording::of(&codes, &codes.units[0]), bars.side, layout, &fonts).unwrap();
        assert!((0.396..=0.990).contains(&placed.module), "{sheet}: {}", placed.module);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (white, side) = (QUIET as f32 * placed.module, bars.side as f32 * placed.module);
        let (x, y) = placed.symbol;
        assert!(x >= white - 1e-3 && y >= white - 1e-3, "{sheet}: {placed:?}");
        for text in &placed.texts {
            let width = fonts.width(&text.words, text.size, text.weight);
            let (left, baseline) = text.at;
            assert!(left + width <= layout.size.0 - layout.safe + 0.05, "{sheet}: {text:?}");
            assert!(left >= layout.safe - 1e-3, "{sheet}: {text:?}");
            assert!(baseline <= layout.size.1 - layout.safe + 0.05 && baseline >= layout.safe, "{sheet}: {text:?}");
            let beside = left >= x + side + white - 1e-3;
            let under = baseline - text.size * 1.0 >= y + side + white - 1e-3;
            assert!(beside || under, "{sheet}: no letter stands in the white: {text:?} {placed:?}");
        }
        assert!(placed.field.is_some(), "{sheet}: the PIN has its field");
        assert!(placed.texts.iter().any(|text| text.words == "Số lô: L01A"), "{sheet}: {placed:?}");
    }
}

#[test]
fn a_link_too_long_for_a_small_label_is_refused_and_not_shrunk() {
    let long = format!("https://{}.example.vn", "rat-dai".repeat(20));
    let codes = codes(1, NAME, &long);
    assert_eq!(labels(&codes, layout("4x10")), Err(LabelError::TooSmall));
    assert!(labels(&codes, layout("2x4")).is_ok());
}

#[test]
fn the_same_codes_give_the_same_file_a_sheet_for_each_lot_of_labels() {
    let codes = codes(22, NAME, "https://id.example.vn");
    let file = labels(&codes, Layout::default()).unwrap();
    assert_eq!(file, labels(&codes, Layout::default()).unwrap());
    assert!(file.starts_with(b"%PDF-"));
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("/Count 2"), "21 and one");
    assert!(!text.contains("K7PM"), "texts are numbers of glyphs");
    assert!(text.contains("/ToUnicode") && text.contains("/FontFile2"));
}

#[test]
fn a_long_name_is_cut_and_a_letter_that_the_font_has_not_is_left_out() {
    for name in ["Mắm ".repeat(60).trim().to_owned(), "酱油 Nước tương".to_owned(), "X".repeat(300)] {
        let codes = codes(1, &name, "https://id.example.vn");
        for sheet in SHEETS {
            assert!(labels(&codes, layout(sheet)).is_ok(), "{sheet} {name}");
        }
    }
}

#[test]
fn a_label_of_a_scheme_of_ones_own_shows_that_code() {
    let mut codes = codes(1, NAME, "https://id.example.vn");
    let code = format!("https://tx.example.vn/q/{}", "ABCD1234".repeat(4));
    codes.units[0] =
        UnitCode::of(codes.gtin, codes.lot, codes.units[0].serial, Some(code.clone()), "https://id.example.vn");
    let wording = Wording::of(&codes, &codes.units[0]);
    assert_eq!(wording.below.concat(), code);
}

/// What a stream of the file holds, by its place among the streams.
fn stream(file: &[u8], n: usize) -> String {
    let at = |from: usize, what: &[u8]| from + file[from..].windows(what.len()).position(|it| it == what).unwrap();
    let mut from = 0;
    for _ in 0..n {
        from = at(from, b"endstream") + 9;
    }
    let start = at(from, b"stream\n") + 7;
    let mut text = Vec::new();
    let mut inflating = flate2::read::ZlibDecoder::new(&file[start..at(start, b"endstream")]);
    std::io::Read::read_to_end(&mut inflating, &mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn the_dark_modules_of_the_file_are_those_of_the_links() {
    let mut codes = codes(2, NAME, "https://id.example.vn");
    codes.units.iter_mut().for_each(|unit| unit.pin = None);
    let file = labels(&codes, Layout::default()).unwrap();
    // Two fonts, each with its letters (not compressed), come before the sheet.
    let content = stream(&file, 4);
    let drawn: Vec<[u32; 3]> = content
        .lines()
        .filter_map(|line| line.strip_suffix(" 1 re"))
        .map(|bar| <[u32; 3]>::try_from(bar.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<_>>()).unwrap())
        .collect();
    let links = codes.units.iter().flat_map(|unit| Bars::of(&unit.link).unwrap().bars);
    assert_eq!(drawn, links.collect::<Vec<_>>());
}
