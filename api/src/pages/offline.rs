//! The page that a browser shows when the network is gone, and the worker that keeps it for then.

use std::sync::LazyLock;

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::asset::hash;
use super::form::code_form;
use super::layout::{self, Page};
use super::problem::meanwhile;
use super::{PageContext, stylesheet};

/// Where the page is.
pub const OFFLINE_PATH: &str = "/offline";

/// The page. In both languages, because one is kept for everybody; its address is the one that could not be reached,
/// so that trying again asks for that.
#[must_use]
pub fn offline(ctx: &PageContext<'_>) -> Markup {
    let (title, detail) = text(ctx.lang);
    let other = if ctx.lang == Lang::Vi { Lang::En } else { Lang::Vi };
    let (other_title, other_detail) = text(other);
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (detail) }
            // An empty address is the one in the address bar.
            a class="button primary" href="" { (ctx.lang.pick("Thử lại", "Try again")) }
            (meanwhile(ctx.lang))
            p class="hint" lang=(other.as_str()) { strong { (other_title) } ". " (other_detail) }
            (code_form("", ctx.lang))
        }
    };
    layout::document(&Page { title, description: detail, noindex: true, main }, ctx)
}

const fn text(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Vi => {
            ("Không có mạng", "Chưa kiểm tra được. Đây không phải kết luận về sản phẩm. Hãy nối mạng rồi thử lại.")
        }
        Lang::En => (
            "No network",
            "Could not check. This says nothing about the product. Connect to a network, then try again.",
        ),
    }
}

/// The worker, as it is served at `/offline.js`.
pub fn offline_worker() -> &'static str {
    static WORKER: LazyLock<String> = LazyLock::new(|| {
        let page = offline(&PageContext { lang: Lang::Vi, base_url: "", demo: false, this_path: OFFLINE_PATH });
        include_str!("offline.js")
            .replace("HASH", &hash(&page.into_string()))
            .replace("PAGE", &format!("{OFFLINE_PATH}?lang=vi"))
            .replace("SHEET", &stylesheet().path)
    });
    &WORKER
}
