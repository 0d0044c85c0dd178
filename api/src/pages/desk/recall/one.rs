//! One recall on record: what it says, what it reaches, and how it ends.

use maud::{Markup, html};
use nguon_openapi::RecallStatus;

use super::reach;
use crate::desk::Wrong;
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::desk::say::recall_status;
use crate::pages::report::day;
use crate::registry::RecallEntry;

/// The page. `done`: it has just been published or changed. `reason`: what was typed, where something is to be put right.
#[must_use]
pub fn recall_one(entry: &RecallEntry, done: bool, reason: &str, wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
    let (recall, lang) = (&entry.recall, ctx.lang);
    let title = recall.reason.pick(lang);
    let texts = [
        (lang.pick("Có thể gây hại gì", "What may happen"), &recall.hazard),
        (lang.pick("Tìm số lô ở đâu", "Where the lot is"), &recall.where_to_find_lot),
        (lang.pick("Việc cần làm", "What to do"), &recall.remedy),
        (lang.pick("Trả lại ở đâu", "Where to return it"), &recall.return_to),
    ];
    let main = html! {
        @if done {
            p class="done-note" role="status" {
                (lang.pick("Đã ghi. Thẻ của các mã liên quan đã đổi theo.", "Kept. The cards concerned have changed."))
            }
        }
        section class="ask" {
            h1 { (title) }
            p { span class="state" data-state=[(recall.status == RecallStatus::Active).then_some("active")] { (recall_status(recall.status, lang)) } }
            dl class="facts" {
                @for (label, text) in texts {
                    @if let Some(text) = text { div { dt { (label) } dd dir="auto" { (text.pick(lang)) } } }
                }
                @if let Some(phone) = &recall.phone { div { dt { (lang.pick("Điện thoại", "Telephone")) } dd { (phone) } } }
                div { dt { (lang.pick("Đơn vị thu hồi", "Issuer")) } dd dir="auto" { (recall.issuer) } }
                @if let Some(number) = &recall.document_no { div { dt { (lang.pick("Số văn bản", "Document number")) } dd { (number) } } }
                div { dt { (lang.pick("Từ ngày", "From")) } dd { (day(recall.from, lang)) } }
                @if let Some(ended) = recall.ended { div { dt { (lang.pick("Kết thúc ngày", "Ended")) } dd { (day(ended, lang)) } } }
                @if let Some(reason) = &recall.ended_reason { div { dt { (lang.pick("Lý do kết thúc", "Why it ended")) } dd dir="auto" { (reason) } } }
                div { dt { (lang.pick("Mã đợt thu hồi", "Identifier")) } dd { (recall.id) } }
            }
            (reach(entry, lang))
            @if recall.status != RecallStatus::Withdrawn && ctx.visitor.is_some_and(|visitor| visitor.approves) {
                p {
                    a class="button" href=(ctx.to(&format!("/desk/recalls/{}/amend", recall.id))) {
                        (lang.pick("Sửa: thêm lô, đổi lời hướng dẫn", "Change it: add lots, change what it says"))
                    }
                }
            }
        }
        @if recall.status != RecallStatus::Withdrawn && ctx.visitor.is_some_and(|visitor| visitor.approves) {
            (ending(entry, reason, wrongs, ctx))
        }
    };
    document(title, Room::Recalls, &main, ctx)
}

fn ending(entry: &RecallEntry, reason: &str, wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
    let (recall, lang) = (&entry.recall, ctx.lang);
    let form = Form { wrongs, lang };
    html! {
        section class="ask desk-form" {
            h2 { (lang.pick("Kết thúc hoặc rút lại", "Close or withdraw")) }
            ul class="plain" {
                @if recall.status == RecallStatus::Active {
                    li {
                        strong { (lang.pick("Kết thúc: ", "Close: ")) }
                        (lang.pick(
                            "việc thu hồi đã xong. Thẻ vẫn khuyên không dùng hàng còn lại.",
                            "the measure is complete. Cards go on to advise against leftover units.",
                        ))
                    }
                }
                li {
                    strong { (lang.pick("Rút lại: ", "Withdraw: ")) }
                    (lang.pick(
                        "lẽ ra không thu hồi. Thẻ không còn cảnh báo; việc rút lại được hiển thị 30 ngày.",
                        "it should not have been issued. Cards stop warning; the withdrawal stays visible for 30 days.",
                    ))
                }
            }
            (form.summary())
            form action=(ctx.to(&format!("/desk/recalls/{}", recall.id))) method="post" {
                (form.area(&Field { name: "reason", label: lang.pick("Lý do", "Why"), hint: "", value: reason, needed: true }, 3))
                div class="acts" {
                    @if recall.status == RecallStatus::Active {
                        button type="submit" class="send second" name="end" value="close" { (lang.pick("Kết thúc", "Close")) }
                    }
                    button type="submit" class="send second" name="end" value="withdraw" { (lang.pick("Rút lại", "Withdraw")) }
                }
            }
        }
    }
}
