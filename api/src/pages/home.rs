//! The first page: a box for the code.

use maud::{Markup, html};
use nguon_openapi::{Lang, Tone};

use super::{
    PageContext,
    form::code_form,
    layout::{self, Page, SERVICE, tone_icon, with_lang},
};

/// A code to try, on a demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Path of its card page, percent-encoded.
    pub path: &'a str,
    /// What it shows: usually the card's headline.
    pub headline: &'a str,
    /// Name of the product.
    pub product: &'a str,
    /// Tone of its card.
    pub tone: Tone,
}

/// `GET /`. `samples` is empty outside a demonstration.
#[must_use]
pub fn home(samples: &[Sample<'_>], ctx: &PageContext<'_>) -> Markup {
    let description = ctx.lang.pick(
        "Nhập mã trên bao bì để biết sản phẩm do ai làm, từ đâu, và có cảnh báo nào không.",
        "Type the code on a pack to see who made it, where it comes from, and whether there is a warning.",
    );
    let main = html! {
        @if ctx.demo {
            p class="demo" { (ctx.lang.pick("DỮ LIỆU MINH HOẠ", "DỮ LIỆU MINH HOẠ · DEMONSTRATION DATA")) }
        }
        section class="ask" {
            h1 { (ctx.lang.pick("Mã này là của sản phẩm nào?", "Which product does this code belong to?")) }
            p class="lead" { (description) }
            (code_form("", ctx.lang))
        }
        @if !samples.is_empty() { (sample_list(samples, ctx.lang)) }
    };
    layout::document(&Page { title: SERVICE, description, noindex: false, main }, ctx)
}

fn sample_list(samples: &[Sample<'_>], lang: Lang) -> Markup {
    html! {
        section class="samples" {
            h2 { (lang.pick("Mã để xem thử", "Codes to try")) }
            ul {
                @for sample in samples {
                    li {
                        a href=(with_lang(sample.path, lang)) data-tone=(sample.tone.as_str()) {
                            (tone_icon(sample.tone))
                            span {
                                strong { (sample.headline) }
                                span class="of" dir="auto" { (sample.product) }
                            }
                        }
                    }
                }
            }
        }
    }
}
