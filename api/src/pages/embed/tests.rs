//! Promises of the retailer's pages.

use nguon_openapi::{Card, Lang};
use serde_json::{Value, json};

use super::snippet::{Snippet, for_code};
use super::{
    CardTheme, Choice, Outcome, Place, Preview, Variant, WhenUnknown, Widget, attribute, builder, frame, result,
};
use crate::coverage::{Finding, Listed, Row};
use crate::pages::PageContext;

const BASE: &str = "https://id.example.vn";
const WIDGET: Widget<'static> = Widget { base_url: BASE, version: "9.8.7", integrity: "sha384-HASH" };

fn context(lang: Lang) -> PageContext<'static> {
    PageContext { lang, base_url: BASE, demo: false, this_path: "/embed" }
}

#[expect(clippy::needless_pass_by_value, reason = "written in place by every caller")]
fn card(change: Value) -> Card {
    let mut card = json!({
        "lang": "vi",
        "code": {"input": "INPUT", "kind": "gs1", "canonical": "https://id.example.vn/01/09520000010010/10/L%2F1?17=291231",
            "gtin": "09520000010010", "lot": "L/1"},
        "verdict": "registered_batch", "level": "batch", "tone": "info", "headline": "HEADLINE", "advice": "ADVICE",
        "reasons": [], "safety": {"status": "none_known", "recalls": []},
        "product": {"name": "PRODUCT", "name_is_claim": false, "source": {"level": "declared"}},
        "links": {"card": "https://id.example.vn/card/01/09520000010010/10/L%2F1"},
        "record_version": 1, "rules_version": "1", "stale": false
    });
    for (field, value) in change.as_object().unwrap() {
        card[field] = value.clone();
    }
    serde_json::from_value(card).unwrap()
}

fn opaque(input: &str) -> Card {
    card(json!({"code": {"input": input, "kind": "opaque"}, "level": "gtin"}))
}

fn snippets(card: &Card, choice: Choice) -> Vec<Snippet> {
    for_code(&Place::of(card, BASE).unwrap(), choice, Lang::Vi, WIDGET)
}

fn snippet(card: &Card, id: &str) -> String {
    snippets(card, Choice::default()).into_iter().find(|snippet| snippet.id == id).unwrap().text
}

fn page(card: &Card) -> String {
    let preview = Preview { given: &card.code.input, card };
    builder(Some(preview), Choice::default(), WIDGET, &context(Lang::Vi)).into_string()
}

#[test]
fn the_plain_snippet_names_an_exact_version_and_its_hash() {
    let text = snippet(&card(json!({})), "html");
    assert!(text.contains("src=\"https://id.example.vn/widget/9.8.7/origin-card.js\""), "{text}");
    assert!(text.contains("integrity=\"sha384-HASH\" crossorigin"), "{text}");
    assert!(
        text.contains("code=\"https://id.example.vn/01/09520000010010/10/L%2F1?17=291231\" lang=\"vi\">"),
        "{text}"
    );
    assert!(!snippet(&card(json!({})), "floating").contains("integrity"));
}

#[test]
fn a_code_keeps_its_dates_wherever_it_goes() {
    let card = card(json!({}));
    assert!(snippet(&card, "iframe").contains("/embed/01/09520000010010/10/L%2F1?17=291231&amp;lang=vi"));
    assert!(snippet(&card, "badge").contains("/v1/codes/01/09520000010010/10/L%2F1/badge.png?17=291231&amp;lang=vi"));
}

#[test]
fn only_what_differs_from_the_elements_own_default_is_written() {
    let card = card(json!({}));
    let choice = Choice { variant: Variant::Compact, theme: CardTheme::Dark, when_unknown: WhenUnknown::Link };
    let text = &snippets(&card, choice)[0].text;
    assert!(text.contains("lang=\"vi\" variant=\"compact\" theme=\"dark\" when-unknown=\"link\">"), "{text}");
    for attribute in ["variant", "theme", "when-unknown"] {
        assert!(!snippet(&card, "html").contains(attribute));
    }
}

#[test]
fn a_hostile_code_stays_a_code_in_every_snippet() {
    let hostile = "a\"><script>alert(1)</script>{{7*7}}${x}</template>`\\\u{202e}\u{200b}\r\nX: y'";
    let card = opaque(hostile);
    for Snippet { id, text, .. } in snippets(&card, Choice::default()) {
        assert!(!text.contains("<script>alert") && !text.contains("{{7*7}}") && !text.contains("${x}"), "{id}: {text}");
        assert!(!text.contains(['\u{202e}', '\u{200b}', '\r']), "{id}: {text}");
    }
    assert!(snippet(&card, "html").contains("&#x202E;&#x200B;&#xD;&#xA;X: y"));
    let page = page(&card);
    assert!(!page.contains("<script>alert") && !page.contains("</template>"));
    // What cannot be seen is shown, as a number, and not printed as it is.
    assert!(page.contains("&amp;#x202E;"));
}

#[test]
fn what_is_escaped_reads_as_it_was() {
    assert_eq!(attribute("Mã-Ằ 1"), "Mã-Ằ 1");
    assert_eq!(attribute("<&>\"{}"), "&lt;&amp;&gt;&quot;&#123;&#125;");
}

#[test]
fn what_is_no_code_of_a_product_gets_no_snippet() {
    for change in [
        json!({"verdict": "malformed", "level": "none", "code": {"input": "1", "kind": "malformed"}}),
        json!({"verdict": "unknown", "level": "none", "code": {"input": "", "kind": "not_product"}}),
    ] {
        let card = card(change);
        assert_eq!(Place::of(&card, BASE), None);
        let page = page(&card);
        assert!(!page.contains("id=\"snippets\"") && !page.contains("<origin-card"), "{page}");
        assert!(page.contains("id=\"woocommerce\""));
    }
}

#[test]
fn every_page_says_that_a_recall_cannot_be_hidden() {
    let ctx = context(Lang::Vi);
    let vi = builder(None, Choice::default(), WIDGET, &ctx).into_string();
    assert!(vi.contains("Thẻ không thể bị chỉnh để giấu thu hồi."));
    let en = builder(None, Choice::default(), WIDGET, &context(Lang::En)).into_string();
    assert!(en.contains("The card cannot be made to hide a recall."));
}

#[test]
fn shops_are_told_the_fields_and_the_policy() {
    let page = builder(None, Choice::default(), WIDGET, &context(Lang::Vi)).into_string();
    for told in [
        "get_global_unique_id",
        "found_variation",
        ".barcode",
        "origin-codes",
        "script-src https://id.example.vn &#39;wasm-unsafe-eval&#39;; connect-src https://id.example.vn",
        "WP Rocket",
    ] {
        let plain = told.replace("&#39;", "'");
        assert!(page.contains(told) || page.contains(&plain), "{told}");
    }
    // No placeholder is left in what a shop copies.
    for left in ["HOST", "SCRIPT'", "ATTRIBUTES", "LINK_TEXT"] {
        assert!(!page.contains(left), "{left}");
    }
}

#[test]
fn pages_need_nothing_that_their_policy_forbids() {
    let card = card(json!({}));
    let rows = [Row::not_checked(&Listed { line: 1, given: "<b>\u{202e}".into() }, "WHY")];
    for page in [
        page(&card),
        result(Outcome { rows: &rows, more: 3 }, &context(Lang::En)).into_string(),
        frame(&card, CardTheme::Dark, BASE).into_string(),
    ] {
        for forbidden in ["<style", " style=\"", " onclick", "href=\"javascript:", "src=\"http", "<b>"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        for script in page.split("<script").skip(1) {
            let ours = [" type=\"module\" src=\"/", " src=\"/assets/page-"].iter().any(|it| script.starts_with(it));
            assert!(ours, "{script:.60}");
        }
        assert_eq!(page.matches("<h1").count(), 1);
    }
}

#[test]
fn the_result_counts_and_says_what_was_left_out() {
    let listed = |line| Listed { line, given: format!("CODE-{line}") };
    let mut rows = vec![Row::not_checked(&listed(1), "WHY"), Row::too_long(&listed(2), Lang::En)];
    rows.push(Row {
        finding: Finding::Recall,
        product: Some("NAME".into()),
        card: Some(format!("{BASE}/card/1")),
        ..Row::not_checked(&listed(3), "LOTS")
    });
    rows.push(Row { finding: Finding::NoCard, given: String::new(), ..Row::not_checked(&listed(4), "NONE") });
    let page = result(Outcome { rows: &rows, more: 1_234 }, &context(Lang::En)).into_string();
    for told in [
        "<strong>1</strong> of <strong>4</strong> codes have a card",
        "1,234",
        "WHY",
        "LOTS",
        "NAME",
        "(not shown)",
        "CODE-3",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // What needs a hand comes first and stands open.
    let at = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("{id}"));
    assert!(at("recall") < at("not_checked") && at("malformed") < at("no_card"));
    assert_eq!(page.matches(" open>").count(), 3);
}

#[test]
fn a_frame_names_the_record_on_its_issuers_domain_and_opens_it_beside_the_page() {
    let page = frame(&card(json!({})), CardTheme::Auto, BASE).into_string();
    assert!(page.contains("<base target=\"_blank\">"));
    assert!(page.contains("href=\"https://id.example.vn/card/01/09520000010010/10/L%2F1?17=291231&amp;lang=vi\""));
    assert!(page.contains("content=\"noindex\"") && !page.contains("data-theme"));
    assert!(frame(&card(json!({})), CardTheme::Dark, BASE).into_string().contains("data-theme=\"dark\""));
}
