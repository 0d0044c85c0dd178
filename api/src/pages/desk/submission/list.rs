//! The list, the latest first.

use maud::{Markup, html};

use super::state;
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::moment::moment;
use crate::store::submissions::Submission;

/// The page. `all`: also those with which nobody has to do anything any more. `next`: what the following part begins
/// before.
#[must_use]
pub fn submission_list(all: bool, submissions: &[Submission], next: Option<u64>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Hồ sơ gửi lên", "Submissions");
    let address = |all: bool| if all { "/desk/submissions?of=all" } else { "/desk/submissions?of=open" };
    let main = html! {
        section class="ask" {
            h1 { (title) }
            @if ctx.visitor.is_some_and(|visitor| visitor.enters) {
                div class="acts" {
                    a class="button primary" href=(ctx.to("/desk/submissions/new")) { (lang.pick("Gửi tệp mới", "Upload a file")) }
                    a class="button" href=(ctx.to("/desk/template.xlsx")) { (lang.pick("Tải mẫu Excel", "Excel template")) }
                }
            }
            nav class="chosen" aria-label=(lang.pick("Trạng thái", "State")) {
                @for (it, label) in [(false, lang.pick("Chưa xong", "Open")), (true, lang.pick("Tất cả", "All"))] {
                    a href=(ctx.to(address(it))) aria-current=[(it == all).then_some("page")] { (label) }
                }
            }
            @if submissions.is_empty() {
                p class="empty" {
                    (lang.pick(
                        "Chưa có hồ sơ nào ở đây. Tải mẫu Excel, điền, rồi gửi tệp.",
                        "There are none here. Take the Excel template, fill it in, and upload it.",
                    ))
                }
            } @else {
                ul class="rows" { @for it in submissions { li { (row(it, ctx)) } } }
                @if let Some(next) = next {
                    p { a class="button" href=(ctx.to(&format!("{}&before={next}", address(all)))) { (lang.pick("Xem tiếp", "More")) } }
                }
            }
        }
    };
    document(title, Room::Submissions, &main, ctx)
}

fn row(it: &Submission, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        div class="head" {
            a href=(ctx.to(&format!("/desk/submissions/{}", it.number))) { span { (it.number) ". " bdi { (it.document.name) } } }
            span class="state" data-state=(it.state.as_str()) { (state(it.state, lang)) }
        }
        p class="of" {
            (moment(it.at, lang)) " · " (it.publisher)
            @if let Some(by) = &it.entered_by { " · " (by) }
        }
    }
}
