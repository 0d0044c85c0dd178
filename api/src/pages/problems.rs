//! What each problem means: the page that a problem's `type` leads to.

use maud::{Markup, html};

use super::PageContext;
use super::layout::{self, Page};
use crate::problem::Kind;

/// Every problem that a caller can see, with its status and what to do.
#[must_use]
pub fn problems(ctx: &PageContext<'_>) -> Markup {
    let title = ctx.lang.pick("Các lỗi và cách xử lý", "Problems and what to do");
    let note = ctx.lang.pick(
        "Lỗi không bao giờ là kết luận về sản phẩm.",
        "A problem is never a verdict and says nothing about any product.",
    );
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (note) }
            dl {
                @for row in Kind::ALL.iter().map(|kind| kind.row()) {
                    dt id=(row.code) { code { (row.code) } " · " (row.status) " · " (ctx.lang.pick(row.vi.0, row.title)) }
                    dd { (ctx.lang.pick(row.vi.1, row.detail)) }
                }
            }
        }
    };
    layout::document(&Page { title, description: note, noindex: false, main }, ctx)
}
