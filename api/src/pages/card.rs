//! The page of one code.

use maud::{Markup, html};
use nguon_openapi::{Card, CodeKind, Lang, Level, Product, Tone, Verdict};
use nguon_view::clean;

use super::embed::{discovery, has_card};
use super::{
    PageContext,
    check::check_form,
    form::code_form,
    layout::{self, Head, Page},
    moment::moment,
    onward::{onward, product_page, shared_badge, trade_item},
    print::Printer,
    report::report_link,
    structured::product_data,
};

/// Longest product name in a title, in characters.
const TITLE_CHARS: usize = 70;

/// Longest warning in a title, in characters.
const WARNING_CHARS: usize = 110;

/// A card page, and what its response must say.
#[derive(Debug)]
pub struct CardPage {
    /// The document.
    pub html: Markup,
    /// The page names one unit, or nothing on record: keep it out of search engines (`X-Robots-Tag`).
    pub noindex: bool,
}

/// The page of one card.
#[must_use]
pub fn card_page(card: &Card, ctx: &PageContext<'_>) -> CardPage {
    let noindex = must_not_be_indexed(card);
    let item = trade_item(card);
    let check = check_form(card, ctx.lang);
    // A recall stands above everything, also above the button.
    let (check_first, check_last) = if is_recalled(card) { (None, check) } else { (check, None) };
    let after_head = html! { (stale_note(card, ctx.lang)) @if let Some(check) = check_first { (check) } };
    let main = html! {
        (article(card, &after_head))
        @if let Some(check) = check_last { div class="check-last" { (check) } }
        @if card.product.is_none() {
            // Nothing on record: the next step is to correct the code or to type another one.
            section class="ask again" { (code_form(&card.code.input, ctx.lang)) }
        } @else {
            (onward(item.as_ref(), ctx.base_url, ctx.lang))
        }
        (report_link(card, ctx.lang))
    };
    let title = title(card, ctx.lang);
    let description = description(card, ctx.lang);
    let head = Head {
        canonical: item.as_ref().map(|item| product_page(item, ctx.base_url)),
        embeds: has_card(card).then(|| discovery(ctx)),
        // Where the page warns, a picture would speak louder than the warning.
        image: item.as_ref().filter(|_| !warns(card)).map(|item| shared_badge(item, ctx.base_url, ctx.lang)),
        data: item.as_ref().and_then(|item| product_data(card, item, ctx.base_url)),
    };
    let page = Page { title: &title, description: &description, noindex, main };
    CardPage { html: layout::document_with(&page, &head, ctx), noindex }
}

pub(super) fn article(card: &Card, after_head: &Markup) -> Markup {
    // A card is made of strings, numbers and lists; such a value always has a JSON form.
    Printer::print(&serde_json::to_value(card).unwrap_or_default(), &after_head.0)
}

pub(super) fn is_recalled(card: &Card) -> bool {
    !card.safety.recalls.is_empty()
}

fn warns(card: &Card) -> bool {
    matches!(card.tone, Tone::Danger | Tone::Caution)
}

/// The name, unless it makes a claim: then it stands in the card alone, in quotes.
fn name(card: &Card) -> Option<String> {
    let product: &Product = card.product.as_ref().filter(|product| !product.name_is_claim)?;
    Some(clean(&product.name, TITLE_CHARS))
}

/// A warning goes into the title, praise never does. A name that makes a claim stays out of it.
pub(super) fn title(card: &Card, lang: Lang) -> String {
    if card.product.is_none() {
        return card.headline.clone();
    }
    if warns(card) {
        // "On record" is no warning: where the verdict is that and the tone is not, the weightiest finding says why.
        let is_plain =
            matches!(card.verdict, Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin);
        let finding = card.reasons.first().filter(|_| is_plain).map(|reason| reason.text.trim_end_matches('.'));
        return clean(finding.unwrap_or(&card.headline), WARNING_CHARS);
    }
    name(card).unwrap_or_else(|| lang.pick("Hồ sơ nguồn gốc sản phẩm", "Product origin record").to_owned())
}

/// What a preview says below the title: a warning in full, and otherwise only what is here, never what it says.
fn description(card: &Card, lang: Lang) -> String {
    match (warns(card), name(card)) {
        (true, Some(name)) => format!("{name}. {}", card.advice),
        (true, None) => card.advice.clone(),
        (false, _) if card.product.is_none() => card.advice.clone(),
        (false, _) => lang
            .pick(
                "Thông tin nguồn gốc do nhà sản xuất khai báo, và những điều cần so với bao bì.",
                "Origin as declared by the producer, and what to compare with the pack.",
            )
            .to_owned(),
    }
}

/// How old a stale card is. That it is stale, its head has said.
fn stale_note(card: &Card, lang: Lang) -> Markup {
    html! {
        @if let Some(at) = card.checked_at.filter(|_| card.stale) {
            p class="section stale-note" {
                (lang.pick("Hồ sơ nói như dưới đây vào lúc ", "The record said so at "))
                (moment(at, lang))
                (lang.pick(
                    ". Từ lúc đó có thể đã có thông báo mới: xin tra lại sau ít phút.",
                    ", Viet Nam time. There may be newer notices: please look again in a few minutes.",
                ))
            }
        }
    }
}

/// Only what a whole product or lot shares may be found by searching.
fn must_not_be_indexed(card: &Card) -> bool {
    let is_shared = matches!(card.level, Level::Gtin | Level::Batch);
    card.demo || card.code.serial.is_some() || card.code.kind != CodeKind::Gs1 || !is_shared
}
