//! The first page: a box for the code, and ways to read it with a camera or from a photo.
//!
//! The box works without script. Camera and photo are shown where there is script, and what they need is fetched when
//! they are asked for (`widget/scanner`).

use maud::{Markup, PreEscaped, html};
use nguon_bundle::File;
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
        "Quét hoặc nhập mã trên bao bì để biết sản phẩm do ai làm, từ đâu, có cảnh báo nào không.",
        "Scan or type the code on a pack to see who made it, where it comes from, and whether there is a warning.",
    );
    let main = html! {
        @if ctx.demo {
            p class="demo" { (ctx.lang.pick("DỮ LIỆU MINH HOẠ", "DỮ LIỆU MINH HOẠ · DEMONSTRATION DATA")) }
        }
        section class="ask" {
            h1 { (ctx.lang.pick("Mã này là của sản phẩm nào?", "Which product does this code belong to?")) }
            p class="lead" { (description) }
            (ways(ctx.lang))
            (code_form("", ctx.lang))
        }
        @if !samples.is_empty() { (sample_list(samples, ctx.lang)) }
        @if let Some(File { path, sri, .. }) = nguon_bundle::home_script() {
            script type="module" src=(path) integrity=(sri) {}
        }
    };
    layout::document(&Page { title: SERVICE, description, noindex: false, main }, ctx)
}

/// Camera and photo. A phone offers its camera app for a photo too: that works where a page may not use the camera.
fn ways(lang: Lang) -> Markup {
    html! {
        div class="ways" {
            button id="scan" type="button" {
                (picture(CAMERA))
                span { (lang.pick("Quét bằng máy ảnh", "Scan with the camera")) }
            }
            label class="way touch" {
                input type="file" accept="image/*" capture="environment";
                (picture(SHOT))
                span { (lang.pick("Chụp ảnh", "Take a photo")) }
            }
            label class="way" {
                input type="file" accept="image/*";
                (picture(PHOTO))
                span { (lang.pick("Chọn ảnh", "Choose a photo")) }
            }
            p class="or" { (lang.pick("hoặc nhập mã", "or type the code")) }
        }
    }
}

/// A code in a frame.
const CAMERA: &str = "M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4M8 8.500v7M11 8.500v7M13.500 8.500v7M16 8.500v7";
/// A camera.
const SHOT: &str = "M4 8h3.500L9 5.500h6L16.500 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.300 3.300 0 1 0 .010 0z";
/// A picture.
const PHOTO: &str = "M4 4h16a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM4 17l5-5.500 4 4 2.500-2.500L20 17M15.500 8a1.200 1.200 0 1 0 .010 0z";

fn picture(lines: &str) -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" { path d=(PreEscaped(lines)) {} }
    }
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
