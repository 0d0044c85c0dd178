//! Promises of the pictures.

use nguon_openapi::{Card, Lang, Tone};
use rstest::rstest;
use serde_json::json;
use tiny_skia::Pixmap;

use super::lettering::{Line, Weight};
use super::{Badge, Drawing, Label, MAX_SIZE_PX, Saying, Scale, Theme, qr};

/// Every letter of Vietnamese that is no letter of English.
const VIETNAMESE: &str = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";

fn found(tone: Tone, headline: &str, code: &str) -> Badge {
    let saying =
        Saying::Found { tone, headline: headline.to_owned(), code: code.to_owned(), demo: false, stale: false };
    Badge { saying, lang: Lang::Vi }
}

fn colour_of_the_field(badge: &Badge, theme: Theme) -> [u8; 3] {
    let painted = Pixmap::decode_png(&badge.draw().png(theme, Scale::DEFAULT).unwrap()).unwrap();
    let pixel = painted.pixel(painted.width() / 2, 8).unwrap();
    [pixel.red(), pixel.green(), pixel.blue()]
}

#[test]
fn both_weights_have_every_letter_of_vietnamese() {
    let ours = "·…–“”()0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for letter in VIETNAMESE.chars().chain(VIETNAMESE.to_uppercase().chars()).chain(ours.chars()) {
        for weight in [Weight::Regular, Weight::Bold] {
            let line = Line::of(&letter.to_string(), weight);
            assert!(line.is_some_and(|line| line.width(16.0) > 1.0), "{letter} in {weight:?}");
        }
    }
}

#[test]
fn decomposed_text_is_set_as_composed() {
    use unicode_normalization::UnicodeNormalization as _;
    let text = "Lô hàng có trong hồ sơ: ằ ẵ ơ ư ễ";
    let apart: String = text.nfd().collect();
    assert_ne!(apart, text);
    let width = |text: &str| Line::of(text, Weight::Bold).unwrap().width(16.0);
    assert!((width(&apart) - width(text)).abs() < f32::EPSILON);
}

#[test]
fn a_letter_that_the_font_has_not_leaves_no_hole() {
    assert!(Line::of("鱼露", Weight::Regular).is_none());
    let with = found(Tone::Info, "HEADLINE", "鱼露").draw();
    let without = found(Tone::Info, "HEADLINE", "").draw();
    assert_eq!(with.size(), without.size());
}

#[test]
fn the_longest_headlines_fit_their_badge() {
    for lang in Lang::ALL {
        // The first is the longest of the table of texts; a headline has at most 45 characters.
        for headline in
            ["Mã được kiểm tra ở nhiều nơi: nên thận trọng", "Some lots are recalled: check yours MMMMM MMM"]
        {
            let saying = Saying::Found {
                tone: Tone::Danger,
                headline: headline.to_owned(),
                code: "09520000010010 · 12345678901234567890".into(),
                demo: true,
                stale: false,
            };
            let drawing = Badge { saying, lang }.draw();
            let (width, height) = drawing.size();
            assert!((240..560).contains(&width) && height == 60, "{headline}: {width}");
        }
        let (width, _) = Badge::could_not_check(lang).draw().size();
        assert!((240..560).contains(&width), "{width}");
    }
}

#[test]
fn a_badge_is_never_positive() {
    let card: Card = serde_json::from_value(json!({
        "lang": "vi", "code": {"input": "C", "kind": "gs1", "gtin": "09520000010010"}, "verdict": "registered_item",
        "level": "item", "tone": "positive", "headline": "H", "advice": "A", "reasons": [],
        "safety": {"status": "none_known", "recalls": []}, "record_version": 1, "rules_version": "1", "stale": false
    }))
    .unwrap();
    let badge = Badge::of(&card);
    assert!(matches!(badge.saying, Saying::Found { tone: Tone::Info, .. }));
    for theme in [Theme::Light, Theme::Dark] {
        let of_info = colour_of_the_field(&found(Tone::Info, "H", ""), theme);
        assert_eq!(colour_of_the_field(&badge, theme), of_info);
        assert_eq!(colour_of_the_field(&found(Tone::Positive, "H", ""), theme), of_info);
    }
}

#[rstest]
#[case(Tone::Danger, [0xad, 0x12, 0x20])]
#[case(Tone::Caution, [0xff, 0xcf, 0x4a])]
#[case(Tone::Info, [0xe3, 0xee, 0xf8])]
#[case(Tone::Neutral, [0xe9, 0xed, 0xf0])]
fn a_badge_has_the_colour_of_its_tone(#[case] tone: Tone, #[case] colour: [u8; 3]) {
    assert_eq!(colour_of_the_field(&found(tone, "H", ""), Theme::Light), colour);
}

#[test]
fn could_not_check_has_the_look_of_no_verdict() {
    let badge = Badge::could_not_check(Lang::Vi);
    for theme in [Theme::Light, Theme::Dark] {
        let field = colour_of_the_field(&badge, theme);
        for tone in [Tone::Danger, Tone::Caution, Tone::Info, Tone::Neutral, Tone::Positive] {
            assert_ne!(field, colour_of_the_field(&found(tone, "H", ""), theme), "{tone:?}");
        }
    }
    let drawn = badge.draw().svg(Theme::Light, 300);
    assert!(drawn.contains("Chưa kiểm tra được, xin thử lại"));
    for tone in [Tone::Danger, Tone::Caution, Tone::Info, Tone::Neutral] {
        let shapes = |svg: &str| svg.matches("fill-rule=\"evenodd\"").count();
        assert_eq!(shapes(&drawn) + 1, shapes(&found(tone, "H", "").draw().svg(Theme::Light, 300)));
    }
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</title><script>alert(1)</script>\u{202e}&\"'";
    let badge = found(Tone::Info, hostile, hostile);
    for theme in [Theme::Light, Theme::Auto] {
        let svg = badge.draw().svg(theme, 300);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        assert_eq!(svg.matches("</title>").count(), 1);
    }
    assert!(badge.draw().png(Theme::Light, Scale::DEFAULT).is_some());
    let long = found(Tone::Info, &"ế".repeat(10_000), &"1".repeat(10_000)).draw();
    assert!(long.size().0 <= 560);
}

#[test]
fn a_badge_says_when_it_shows_what_was_said_before() {
    let saying = Saying::Found { tone: Tone::Info, headline: "H".into(), code: "C".into(), demo: false, stale: true };
    let stale = Badge { saying, lang: Lang::En };
    assert_eq!(stale.text(), "H. Nguồn · as it was before · C");
    assert_ne!(stale.fingerprint(), Badge { lang: Lang::En, ..found(Tone::Info, "H", "C") }.fingerprint());
}

#[test]
fn a_badge_for_any_screen_carries_both_palettes() {
    let svg = found(Tone::Info, "H", "").draw().svg(Theme::Auto, 300);
    assert!(svg.contains("#e3eef8") && svg.contains("prefers-color-scheme:dark") && svg.contains("#17344f"));
}

#[test]
fn a_scale_multiplies_every_pixel() {
    let drawing = found(Tone::Info, "H", "").draw();
    let (width, height) = drawing.size();
    for factor in 1..=3 {
        let png = drawing.png(Theme::Light, Scale::of(factor).unwrap()).unwrap();
        let painted = Pixmap::decode_png(&png).unwrap();
        let factor = u32::from(factor);
        assert_eq!((painted.width(), painted.height()), (width * factor, height * factor));
        assert!(png.len() < 24 * 1024, "{} bytes", png.len());
    }
    assert_eq!((Scale::of(0), Scale::of(4)), (None, None));
}

fn label(code: &str) -> (Label, Drawing) {
    let reading = gs1::read(code.as_bytes());
    let gs1::Outcome::TradeItem(item) = reading.outcome else { panic!("{code}") };
    let label = Label::of(&item, "https://id.example.vn");
    let drawing = qr(&label).unwrap();
    (label, drawing)
}

#[test]
fn a_label_says_the_code_in_brackets_and_leads_to_its_link() {
    let (label, drawing) = label("(01)09520000010010(10)L/1(21)S1(17)291231");
    assert_eq!(label.link, "https://id.example.vn/01/09520000010010/10/L%2F1/21/S1?17=291231");
    assert_eq!(label.lines, ["(01) 09520000010010", "(10) L/1", "(21) S1", "(17) 291231"]);
    let svg = drawing.svg(Theme::Light, MAX_SIZE_PX);
    assert!(svg.contains(&format!("width=\"{MAX_SIZE_PX}\"")) && svg.contains("#000000") && svg.contains("#ffffff"));
}

#[test]
fn a_qr_code_keeps_four_modules_of_white_around_it() {
    let (_, drawing) = label("09520000010010");
    let painted = Pixmap::decode_png(&drawing.png(Theme::Light, Scale::of(1).unwrap()).unwrap()).unwrap();
    let is_white = |x: u32, y: u32| painted.pixel(x, y).unwrap().red() == 255;
    let (width, quiet) = (painted.width(), 40);
    for along in 0..width {
        for across in 0..quiet {
            assert!(is_white(along, across) && is_white(across, along) && is_white(width - 1 - across, along));
        }
    }
    // The finder pattern begins right behind it.
    assert!(!is_white(quiet, quiet) && !is_white(quiet + 69, quiet) && is_white(quiet + 71, quiet));
    // Between code and words too.
    for y in width - quiet..width {
        assert!((0..width).all(|x| is_white(x, y)), "{y}");
    }
}
