//! The page of one code.

use maud::{Markup, html};
use nguon_openapi::{Card, CodeKind, Level, Tone};
use nguon_view::clean;

use super::{
    PageContext,
    form::code_form,
    layout::{self, Page, with_lang},
    print::Printer,
};

/// Longest product name in a title, in characters.
const TITLE_CHARS: usize = 70;

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
    let title = title(card, ctx);
    let description = ctx.lang.pick(
        "Thông tin nguồn gốc do nhà sản xuất khai báo, và những điều cần so với bao bì.",
        "Origin as declared by the producer, and what to compare with the pack.",
    );
    let main = html! {
        (article(card))
        @if card.product.is_none() {
            // Nothing on record: the next step is to correct the code or to type another one.
            section class="ask again" { (code_form(&card.code.input, ctx.lang)) }
        } @else {
            nav class="onward" {
                a class="button" href=(with_lang("/", ctx.lang)) { (ctx.lang.pick("Tra mã khác", "Look up another code")) }
            }
        }
    };
    let html = layout::document(&Page { title: &title, description, noindex, main }, ctx);
    CardPage { html, noindex }
}

fn article(card: &Card) -> Markup {
    // A card is made of strings, numbers and lists; such a value always has a JSON form.
    Printer::print(&serde_json::to_value(card).unwrap_or_default())
}

/// A warning goes into the title, praise never does. A name that makes a claim stays out of it.
fn title(card: &Card, ctx: &PageContext<'_>) -> String {
    match (card.tone, &card.product) {
        (Tone::Danger | Tone::Caution, _) | (_, None) => card.headline.clone(),
        (_, Some(product)) if product.name_is_claim => {
            ctx.lang.pick("Hồ sơ nguồn gốc sản phẩm", "Product origin record").to_owned()
        }
        (_, Some(product)) => clean(&product.name, TITLE_CHARS),
    }
}

/// Only what a whole product or lot shares may be found by searching.
fn must_not_be_indexed(card: &Card) -> bool {
    let is_shared = matches!(card.level, Level::Gtin | Level::Batch);
    card.demo || card.code.serial.is_some() || card.code.kind != CodeKind::Gs1 || !is_shared
}
