//! `GET /report/{receipt}`: what became of a report.

use maud::{Markup, html};
use nguon_openapi::{ReportState, ReportStatus};

use super::day;
use crate::pages::PageContext;
use crate::pages::layout::{self, Page, with_lang};
use crate::pages::moment::moment;

/// The page.
#[must_use]
pub fn report_status(receipt: &str, status: &ReportStatus, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Phản ánh đã đến đâu", "How far the report has come");
    let times = [
        (lang.pick("Nhận lúc", "Received"), Some(status.received_at)),
        (lang.pick("Đọc lúc", "Read"), status.read_at),
        (lang.pick("Trả lời lúc", "Answered"), status.answered_at),
        (lang.pick("Khép lại lúc", "Closed"), status.closed_at),
    ];
    let main = html! {
        section class="ask report" {
            h1 { (title) }
            p class="receipt" { strong { (receipt) } }
            p class="lead" { strong data-status=(status.status.as_str()) { (status.status.say(lang)) } }
            @if let Some(answer) = &status.answer {
                div class="answer" {
                    h2 { (lang.pick("Trả lời", "Answer")) }
                    p dir="auto" { (answer) }
                }
            }
            dl class="terms" {
                div { dt { (lang.pick("Người đọc", "Read by")) } dd dir="auto" { (status.read_by) } }
                @if status.status == ReportState::Received {
                    div { dt { (lang.pick("Đọc chậm nhất ngày", "To be read by")) } dd { (day(status.by_when, lang)) } }
                }
                @for (label, at) in times {
                    @if let Some(at) = at { div { dt { (label) } dd { (moment(at, lang)) } } }
                }
            }
            nav class="onward" aria-label=(lang.pick("Tiếp theo", "Next")) {
                a class="button primary" href=(with_lang("/", lang)) { (lang.pick("Tra một mã", "Look up a code")) }
                button class="button" type="button" data-do="print" hidden {
                    (lang.pick("In hoặc lưu", "Print or save"))
                }
            }
        }
    };
    layout::document(&Page { title, description: title, noindex: true, main }, ctx)
}
