//! Pages that say what went wrong. None of them looks like a verdict: no tone, no shape, no word about a product.

use maud::{Markup, html};
use nguon_openapi::{Lang, Origin};

use super::{
    PageContext,
    form::code_form,
    layout::{self, Page, with_lang},
};

/// A problem and what to do about it, in the reader's language. No dead end: the box for a code comes with it.
#[must_use]
pub fn problem_page(title: &str, detail: &str, ctx: &PageContext<'_>) -> Markup {
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (detail) }
            (code_form("", ctx.lang))
        }
    };
    layout::document(&Page { title, description: detail, noindex: true, main }, ctx)
}

/// We could not look: says so in both languages, because the browser's may not be the reader's, and offers to try again.
#[must_use]
pub fn could_not_check(origin: Option<&Origin>, ctx: &PageContext<'_>) -> Markup {
    let (title, detail) = could_not_check_text(ctx.lang);
    let other = if ctx.lang == Lang::Vi { Lang::En } else { Lang::Vi };
    let (other_title, other_detail) = could_not_check_text(other);
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (detail) }
            a class="button" href=(with_lang(ctx.this_path, ctx.lang)) { (ctx.lang.pick("Thử lại", "Try again")) }
            @if let Some(origin) = origin { (on_record_before(origin, ctx.lang)) }
            p class="hint" lang=(other.as_str()) { strong { (other_title) } ". " (other_detail) }
        }
    };
    layout::document(&Page { title, description: detail, noindex: true, main }, ctx)
}

/// What the product is and where it comes from, as it was on record before: plain rows, no tone, no word on whether
/// anything is wrong with it.
fn on_record_before(origin: &Origin, lang: Lang) -> Markup {
    let product = &origin.product;
    let producer = origin.producer.as_ref();
    let rows = [
        (lang.pick("Sản phẩm", "Product"), Some(product.name.as_str())),
        (lang.pick("Nhà sản xuất", "Producer"), producer.map(|producer| producer.name.as_str())),
        (lang.pick("Số lô", "Lot"), origin.batch.as_ref().map(|batch| batch.lot.as_str())),
    ];
    html! {
        section class="before" {
            h2 { (lang.pick("Thông tin đã lưu trước đó, chưa phải kết luận", "Stored earlier, and no answer yet")) }
            dl {
                @for (label, value) in rows.into_iter().filter_map(|(label, value)| Some((label, value?))) {
                    dt { (label) }
                    dd dir="auto" { (value) }
                }
            }
        }
    }
}

const fn could_not_check_text(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Vi => {
            ("Chưa kiểm tra được, xin thử lại", "Mạng hoặc hệ thống đang bận. Đây không phải kết luận về sản phẩm.")
        }
        Lang::En => {
            ("Could not check: please try again", "Network or service is busy. This says nothing about the product.")
        }
    }
}
