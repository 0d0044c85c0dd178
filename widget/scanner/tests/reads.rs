//! What is drawn is read again: every kind of code, lying and standing, light and dark, several at once, and with the
//! signs that a product code needs (FNC1 as 0x1D, the symbology identifier).
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nguon_scanner::{Look, read};
use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer as _};

const WIDTH: usize = 720;
const HEIGHT: usize = 540;
const UPRIGHT: Look = Look { turned: false, inverted: false, harder: false };

struct Picture(Vec<u8>);

impl Picture {
    fn new() -> Self {
        Self(vec![225; WIDTH * HEIGHT])
    }

    fn with(mut self, format: BarcodeFormat, contents: &str, place: (usize, usize), size: (usize, usize)) -> Self {
        let gs1 = format == BarcodeFormat::DATA_MATRIX;
        let hints = EncodeHints {
            Gs1Format: gs1.then_some(true),
            DataMatrixCompact: gs1.then_some(true),
            CharacterSet: (!contents.is_ascii() && !contents.contains('\u{f1}')).then(|| "UTF-8".to_owned()),
            ..EncodeHints::default()
        };
        let (width, height) = (i32::try_from(size.0).unwrap(), i32::try_from(size.1).unwrap());
        let bits = MultiFormatWriter.encode_with_hints(contents, &format, width, height, &hints).unwrap();
        for y in 0..bits.height() {
            for x in (0..bits.width()).filter(|x| bits.get(*x, y)) {
                self.0[(place.1 + y as usize) * WIDTH + place.0 + x as usize] = 40;
            }
        }
        self
    }

    fn read(&self, look: Look) -> Vec<String> {
        read(self.0.clone(), WIDTH, look)
    }
}

const BARS: (usize, usize) = (360, 120);
const SQUARE: (usize, usize) = (240, 240);

#[test]
fn every_kind_of_code_is_read_with_its_identifier() {
    for (format, contents, size, expected) in [
        (BarcodeFormat::EAN_13, "9520000010010", BARS, "]E09520000010010"),
        (BarcodeFormat::EAN_8, "96385074", BARS, "]E496385074"),
        (BarcodeFormat::UPC_A, "012345678905", BARS, "012345678905"),
        (BarcodeFormat::UPC_E, "01234565", BARS, "01234565"),
        (BarcodeFormat::ITF, "19520000010017", BARS, "]I119520000010017"),
        (BarcodeFormat::CODE_128, "HP-MAU-0001", BARS, "]C0HP-MAU-0001"),
        (
            BarcodeFormat::QR_CODE,
            "https://id.example.vn/01/09520000010010?17=261231",
            SQUARE,
            "]Q1https://id.example.vn/01/09520000010010?17=261231",
        ),
    ] {
        let picture = Picture::new().with(format, contents, (150, 130), size);
        assert_eq!(picture.read(UPRIGHT), [expected], "{format:?}");
    }
}

#[test]
fn fnc1_stays_a_separator() {
    let elements = "010952000001001010L01A\u{1d}21UNIT0001";
    let matrix = Picture::new().with(BarcodeFormat::DATA_MATRIX, elements, (150, 130), SQUARE);
    assert_eq!(matrix.read(UPRIGHT), [format!("]d2{elements}")]);
    let bars = format!("\u{f1}{}", elements.replace('\u{1d}', "\u{f1}"));
    let linear = Picture::new().with(BarcodeFormat::CODE_128, &bars, (20, 130), (680, 160));
    assert_eq!(linear.read(UPRIGHT), [format!("]C1{elements}")]);
}

#[test]
fn vietnamese_survives() {
    let text = "Nước mắm Cát Hải, lô đặc biệt";
    let picture = Picture::new().with(BarcodeFormat::QR_CODE, text, (150, 130), SQUARE);
    let read = picture.read(UPRIGHT);
    assert!(read.len() == 1 && read[0].starts_with("]Q") && read[0].ends_with(text), "{read:?}");
}

#[test]
fn bars_that_stand_and_bars_upside_down_are_read() {
    let picture = Picture::new().with(BarcodeFormat::EAN_13, "9520000010010", (150, 130), BARS);
    let upside_down = Picture(picture.0.iter().rev().copied().collect());
    assert_eq!(upside_down.read(UPRIGHT), ["]E09520000010010"]);
    let mut standing = vec![0; picture.0.len()];
    for (at, light) in picture.0.iter().enumerate() {
        standing[at % WIDTH * HEIGHT + at / WIDTH] = *light;
    }
    assert!(read(standing.clone(), HEIGHT, UPRIGHT).is_empty());
    assert_eq!(read(standing, HEIGHT, Look { turned: true, ..UPRIGHT }), ["]E09520000010010"]);
}

#[test]
fn light_codes_on_dark_ground_are_read_when_asked_for() {
    let picture = Picture::new().with(BarcodeFormat::QR_CODE, "MAU", (150, 130), SQUARE);
    let dark = Picture(picture.0.iter().map(|light| !light).collect());
    assert!(dark.read(UPRIGHT).is_empty());
    assert_eq!(dark.read(Look { inverted: true, ..UPRIGHT }), ["]Q1MAU"]);
}

#[test]
fn several_codes_are_all_told_and_each_once() {
    let picture = Picture::new()
        .with(BarcodeFormat::QR_CODE, "MAU", (30, 20), SQUARE)
        .with(BarcodeFormat::QR_CODE, "MAU-2", (400, 20), SQUARE)
        .with(BarcodeFormat::EAN_13, "9520000010010", (20, 330), (320, 120))
        .with(BarcodeFormat::EAN_13, "9520000040017", (370, 330), (320, 120));
    let mut codes = picture.read(Look { harder: true, ..UPRIGHT });
    codes.sort();
    assert_eq!(codes, ["]E09520000010010", "]E09520000040017", "]Q1MAU", "]Q1MAU-2"]);
}

#[test]
fn what_is_no_picture_and_what_holds_no_code_is_nothing() {
    for look in [UPRIGHT, Look { turned: true, inverted: false, harder: true }, Look { inverted: true, ..UPRIGHT }] {
        for (luma, width) in [(vec![], 0), (vec![1; 10], 3), (vec![9; 400], 7), (vec![200; 100 * 80], 100)] {
            assert!(read(luma, width, look).is_empty());
        }
        // Stripes and noise are no code.
        let noise = (0_u32..128 * 128).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
        assert!(read(noise, 128, look).is_empty());
    }
}
