//! `GET /embed/{code}`: the card alone, for a frame on somebody else's page. Needs no script.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use nguon_openapi::{Card, Lang};

use super::choice::CardTheme;
use super::files::{frame_css, frame_js};
use super::place::Place;
use crate::pages::layout::{SERVICE, mark, with_lang};
use crate::pages::print::Printer;
use crate::pages::stylesheet;

/// The policy of a frame: any page may show it, and all it can do is show the card and tell its height.
pub const FRAME_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                                form-action 'none'; base-uri 'none'; frame-ancestors *";

/// The card of a code, as a shop page gets it.
#[must_use]
pub fn frame(card: &Card, theme: CardTheme, base_url: &str) -> Markup {
    let lang = card.lang;
    // A card is made of strings, numbers and lists; such a value always has a JSON form.
    let article = Printer::print(&serde_json::to_value(card).unwrap_or_default(), "");
    let record = Place::of(card, base_url).map(|place| with_lang(&place.address("/card", "", ""), lang));
    let body = html! {
        (PreEscaped(article.0))
        p class="frame-foot" {
            span { (mark()) (SERVICE) }
            @if let Some(record) = record {
                a href=(record) rel="noopener" { (lang.pick("Xem hồ sơ đầy đủ", "See the full record")) }
            }
        }
    };
    document(&card.headline, theme, lang, &body)
}

/// We could not look: no verdict, and no look of one.
#[must_use]
pub fn frame_could_not_check(title: &str, detail: &str, theme: CardTheme, lang: Lang) -> Markup {
    let body = html! {
        section class="frame-note" {
            h1 { (title) }
            p { (detail) }
        }
    };
    document(title, theme, lang, &body)
}

fn document(title: &str, theme: CardTheme, lang: Lang, body: &Markup) -> Markup {
    let fixed = (theme != CardTheme::Auto).then_some(theme.as_str());
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) data-theme=[fixed] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="robots" content="noindex";
                meta name="color-scheme" content=(fixed.unwrap_or("light dark"));
                meta name="format-detection" content="telephone=no";
                meta name="referrer" content="no-referrer";
                // Links leave the frame: our pages are not shown in one.
                base target="_blank";
                link rel="stylesheet" href=(stylesheet().path);
                link rel="stylesheet" href=(frame_css().path);
                script type="module" src=(frame_js().path) {}
            }
            body { (body) }
        }
    }
}
