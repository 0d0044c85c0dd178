//! What a card page tells machines: search engines, and apps that preview a link.

use nguon_openapi::{Card, Lang};
use rstest::rstest;
use serde_json::{Value, json};

use super::{card, context, printed};

const DIGITAL_LINK: &str = "https://id.example.vn/01/09520000010010/10/CODE-LOT";

fn on_record() -> Card {
    let mut card = card();
    card.code.canonical = Some(DIGITAL_LINK.into());
    card
}

fn with_serial() -> Card {
    let mut card = on_record();
    card.code.canonical = Some(format!("{DIGITAL_LINK}/21/SERIAL"));
    card.code.serial = Some("SERIAL".into());
    card.level = serde_json::from_value(json!("item")).unwrap();
    card
}

fn toned(tone: &str) -> Card {
    let mut card = on_record();
    card.tone = serde_json::from_value(json!(tone)).unwrap();
    if matches!(tone, "danger" | "caution") {
        card.verdict = nguon_openapi::Verdict::Recalled;
    }
    card
}

/// The text of the data element, as a browser takes it: up to the first end tag.
fn block(page: &str) -> Option<&str> {
    page.split_once("<script type=\"application/ld+json\">")?.1.split("</script").next()
}

fn data(page: &str) -> Value {
    serde_json::from_str(block(page).expect("there are data")).expect("they are JSON")
}

/// The value of a property in the head.
fn property<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    page.split_once(&format!("<meta property=\"{name}\" content=\""))?.1.split('"').next()
}

#[test]
fn a_record_is_told_as_a_product_with_its_digital_link() {
    let told = data(&printed(&on_record()));
    assert_eq!(told["@type"], "SomeProducts");
    assert_eq!(told["gtin"], "09520000010010");
    assert_eq!(told["hasGS1DigitalLink"], DIGITAL_LINK);
    assert_eq!(told["image"], json!(["https://id.example.vn/v1/media/picture"]));
    assert_eq!(told["additionalProperty"][0]["value"], "LOT");
    assert_eq!(told["hasCertification"][0]["certificationIdentification"], "NUMBER");
    assert_eq!(told["hasCertification"][0]["expires"], "2028-07-15");
    let told = data(&printed(&with_serial()));
    assert_eq!((&told["@type"], &told["serialNumber"]), (&json!("IndividualProduct"), &json!("SERIAL")));
}

#[rstest]
#[case("</script><script>alert(1)</script>")]
#[case("<!-- <script>")]
#[case("\u{2028}\u{2029}]]>&amp;")]
#[case("\"}, \"x\": {\"")]
#[case("\u{202e}evil\u{2066}")]
fn a_hostile_name_stays_a_name_in_the_data(#[case] name: &str) {
    let mut card = on_record();
    card.product.as_mut().unwrap().name = name.into();
    let page = printed(&card);
    assert_eq!(data(&page)["name"], nguon_view::clean(name, 400));
    let block = block(&page).unwrap();
    assert!(!block.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{202e}']), "{block}");
}

#[test]
fn ten_thousand_characters_make_no_page_of_ten_thousand_characters() {
    let mut card = on_record();
    card.product.as_mut().unwrap().name = "ế".repeat(10_000);
    let page = printed(&card);
    assert_eq!(data(&page)["name"].as_str().unwrap().chars().count(), 401);
    assert!(property(&page, "og:title").unwrap().chars().count() < 90);
}

#[test]
fn what_warns_is_not_told_as_bare_data() {
    for tone in ["danger", "caution", "neutral"] {
        assert_eq!(block(&printed(&toned(tone))), None, "{tone}");
    }
    let mut claim = on_record();
    claim.product.as_mut().unwrap().name_is_claim = true;
    assert_eq!(block(&printed(&claim)), None);
}

#[rstest]
#[case("ended", "verified", "ocop")]
#[case("not_yet", "verified", "ocop")]
#[case("valid", "declared", "ocop")]
#[case("valid", "verified", "trademark")]
#[case("valid", "verified", "geographical_indication")]
fn only_a_certification_that_holds_and_that_somebody_else_stands_behind_is_told(
    #[case] state: &str,
    #[case] level: &str,
    #[case] kind: &str,
) {
    let mut card = on_record();
    let mut certificate = serde_json::to_value(&card.certificates[0]).unwrap();
    certificate["state"] = json!(state);
    certificate["source"]["level"] = json!(level);
    certificate["kind"] = json!(kind);
    card.certificates[0] = serde_json::from_value(certificate).unwrap();
    assert!(data(&printed(&card)).get("hasCertification").is_none());
}

#[test]
fn a_preview_warns_or_says_only_what_is_here() {
    let page = printed(&toned("info"));
    assert_eq!(property(&page, "og:title"), Some("PRODUCT · Nguồn"));
    assert!(!property(&page, "og:description").unwrap().contains("ADVICE"));
    let badge = "https://id.example.vn/v1/codes/01/09520000010010/10/CODE-LOT/badge.png?scale=3&amp;lang=vi";
    assert_eq!(property(&page, "og:image"), Some(badge), "a picture that every app shows");
    // The address to hand on names no unit, and neither does its picture.
    assert_eq!(property(&printed(&with_serial()), "og:image"), Some(badge));
    for tone in ["danger", "caution"] {
        let page = printed(&toned(tone));
        assert_eq!(property(&page, "og:title"), Some("HEADLINE · Nguồn"));
        assert_eq!(property(&page, "og:description"), Some("PRODUCT. ADVICE"));
        assert_eq!(property(&page, "og:image"), None, "a picture would speak louder than the warning");
    }
    // Even the answer to a check previews as information.
    assert_eq!(property(&printed(&toned("positive")), "og:title"), Some("PRODUCT · Nguồn"));
}

#[test]
fn a_picture_elsewhere_is_in_no_preview() {
    let mut card = on_record();
    card.product.as_mut().unwrap().images = vec!["https://elsewhere.example/1.png".into(), "//x/1".into()];
    let page = printed(&card);
    assert!(!page.contains("elsewhere.example"));
    assert!(data(&page).get("image").is_none());
}

#[test]
fn search_engines_are_sent_to_the_page_of_the_product_in_each_language() {
    for (card, is_kept) in [(on_record(), true), (with_serial(), false)] {
        for lang in [Lang::Vi, Lang::En] {
            let page = super::card_page(&card, &context(lang)).html.into_string();
            let product = "https://id.example.vn/card/01/09520000010010";
            assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{product}?lang={}\">", lang.as_str())));
            assert_eq!(page.contains(&format!("hreflang=\"en\" href=\"{product}?lang=en\">")), is_kept);
            assert_eq!(page.contains(&format!("hreflang=\"x-default\" href=\"{product}\">")), is_kept);
            assert_eq!(page.contains("<meta name=\"robots\" content=\"noindex\">"), !is_kept);
        }
    }
}

#[test]
fn the_address_to_hand_on_names_the_lot_and_never_the_unit() {
    let page = printed(&with_serial());
    let shared = page.split_once("data-address=\"").unwrap().1.split('"').next().unwrap();
    assert_eq!(shared, "https://id.example.vn/card/01/09520000010010/10/CODE-LOT?lang=vi");
    assert!(
        page.contains(&format!("<a href=\"{shared}\">https://id.example.vn/card/")),
        "without a script there is a link"
    );
    let buttons = page.matches("<button class=\"button\" type=\"button\"").count();
    assert_eq!(buttons, page.matches(" hidden>").count(), "what needs a script waits for it");
}
