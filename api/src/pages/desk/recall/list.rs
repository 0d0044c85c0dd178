//! The list of recalls, those in force first.

use maud::{Markup, html};
use nguon_openapi::RecallStatus;

use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::desk::say::{number, recall_status};
use crate::pages::report::day;
use crate::registry::RecallEntry;

/// One recall of the list.
#[derive(Clone, Copy, Debug)]
pub struct RecallRow<'a> {
    /// It.
    pub entry: &'a RecallEntry,
    /// Name of its product, where that is on record.
    pub product: Option<&'a str>,
}

/// The page. `more`: how many there are beside these.
#[must_use]
pub fn recall_list(rows: &[RecallRow<'_>], more: usize, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Thu hồi", "Recalls");
    let main = html! {
        section class="ask" {
            h1 { (title) }
            @if ctx.visitor.is_some_and(|visitor| visitor.approves) {
                p { a class="button" href=(ctx.to("/desk/recalls/new")) { (lang.pick("Công bố thu hồi", "Publish a recall")) } }
            }
            @if rows.is_empty() {
                p class="empty" { (lang.pick("Chưa có đợt thu hồi nào.", "There is no recall.")) }
            } @else {
                ul class="rows" { @for row in rows { li { (line(row, ctx)) } } }
                @if more > 0 {
                    p class="hint" { (lang.pick("Và ", "And ")) (number(more as u64, lang)) (lang.pick(" đợt cũ hơn.", " older ones.")) }
                }
            }
        }
    };
    document(title, Room::Recalls, &main, ctx)
}

fn line(row: &RecallRow<'_>, ctx: &DeskContext<'_>) -> Markup {
    let (recall, lang) = (&row.entry.recall, ctx.lang);
    html! {
        div class="head" {
            a href=(ctx.to(&format!("/desk/recalls/{}", recall.id))) { (recall.reason.pick(lang)) }
            span class="state" data-state=[(recall.status == RecallStatus::Active).then_some("active")] { (recall_status(recall.status, lang)) }
        }
        p class="of" {
            @if let Some(product) = row.product { span dir="auto" { (product) } " · " }
            (recall.scope.gtin) " · " (day(recall.from, lang)) " · " span dir="auto" { (recall.issuer) }
        }
    }
}
