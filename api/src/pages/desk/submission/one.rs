//! One submission: what it is, what it would do, what happened to it, and what may be done with it now.

use maud::{Markup, html};
use nguon_openapi::{Card, Lang};

use super::actions::actions;
use super::findings::{completeness, findings, summary};
use super::state;
use crate::desk::Wrong;
use crate::pages::card::article;
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::moment::moment;
use crate::registry::import::{Basis, Report};
use crate::store::submissions::{FileOf, Submission, SubmissionState, SubmissionStep};

/// What trying it out came to.
#[derive(Clone, Copy, Debug)]
pub enum Tried<'a> {
    /// It is past that.
    NoMore,
    /// This would happen.
    Report(&'a Report),
    /// Nothing of it can be read: what to do.
    Unreadable(&'a str),
}

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct SubmissionSheet<'a> {
    /// It.
    pub submission: &'a Submission,
    /// What trying it out came to.
    pub tried: Tried<'a>,
    /// The person may approve it.
    pub may_approve: bool,
    /// What trying it out was worked out from.
    pub basis: Option<&'a Basis>,
    /// A step was just taken.
    pub done: bool,
    /// What was typed as a reason.
    pub why: &'a str,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
}

/// The page.
#[must_use]
pub fn submission_one(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let (it, lang) = (sheet.submission, ctx.lang);
    let title = format!("{} {}", lang.pick("Hồ sơ số", "Submission"), it.number);
    let main = html! {
        @if sheet.done { p class="done-note" role="status" { (lang.pick("Đã ghi.", "Kept.")) } }
        section class="ask" {
            h1 { (title) }
            p { span class="state" data-state=(it.state.as_str()) { (state(it.state, lang)) } }
            (what(it, lang))
            @match sheet.tried {
                Tried::NoMore => {}
                Tried::Unreadable(say) => {
                    div class="wrong" role="alert" {
                        p { strong { (lang.pick("Chưa đọc được tệp này.", "The file cannot be read.")) } }
                        p { (say) }
                    }
                }
                Tried::Report(report) => {
                    h2 { (lang.pick("Nếu được duyệt", "If it is approved")) }
                    (summary(report, lang))
                    (findings(report, lang))
                    (completeness(it.number, &report.completeness, ctx))
                }
            }
            (steps(&it.steps, lang))
            @if it.state == SubmissionState::Approved { (onward(ctx)) }
        }
        (actions(sheet, ctx))
    };
    document(&title, Room::Submissions, &main, ctx)
}

fn what(it: &Submission, lang: Lang) -> Markup {
    let file = |file: &FileOf| html! { bdi { (file.name) } " · " (size(file.bytes, lang)) };
    html! {
        dl class="facts" {
            div { dt { (lang.pick("Tệp", "File")) } dd { (file(&it.document)) } }
            @if let Some(photos) = &it.photos { div { dt { (lang.pick("Ảnh", "Pictures")) } dd { (file(photos)) } } }
            div { dt { (lang.pick("Đơn vị", "Publisher")) } dd { (it.publisher) } }
            div {
                dt { (lang.pick("Người nhập", "Entered by")) }
                dd { (person(it.entered_by.as_ref(), lang)) " · " (moment(it.at, lang)) }
            }
            @if it.state != SubmissionState::Discarded {
                div { dt { (lang.pick("Dấu vân tay tệp", "SHA-256")) } dd { code { (it.document.sha256) } } }
            }
        }
    }
}

fn person(id: Option<&crate::registry::Id>, lang: Lang) -> String {
    id.map_or_else(|| lang.pick("người vận hành", "the operator").to_owned(), ToString::to_string)
}

fn size(bytes: u64, lang: Lang) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} kB", bytes.div_ceil(1_024)),
        _ => {
            let tenths = (bytes * 10).div_ceil(1_048_576);
            format!("{}{}{} MB", tenths / 10, lang.pick(",", "."), tenths % 10)
        }
    }
}

fn steps(steps: &[SubmissionStep], lang: Lang) -> Markup {
    html! {
        @if !steps.is_empty() {
            h2 { (lang.pick("Đã làm gì", "What was done")) }
            ul class="rows" {
                @for step in steps {
                    li {
                        (moment(step.at, lang)) " · " (person(step.by.as_ref(), lang)) " · " (state(step.state, lang))
                        @if let Some(why) = &step.why { p class="of" dir="auto" { (why) } }
                    }
                }
            }
        }
    }
}

/// What comes after an approval.
fn onward(ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        h2 { (lang.pick("Việc tiếp theo", "What comes next")) }
        ul class="plain" {
            li {
                a href=(ctx.to("/desk/codes/issue")) {
                    (lang.pick("Cấp mã từng sản phẩm và in tem", "Issue unit codes and print labels"))
                }
            }
            li { a href=(ctx.to("/desk/history")) { (lang.pick("Xem lịch sử khai báo", "See what was declared")) } }
        }
    }
}

/// A card of a submission, as a consumer would see it.
#[must_use]
pub fn submission_card(number: u64, card: &Card, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Thẻ người mua sẽ thấy", "The card that a consumer will see");
    let main = html! {
        section class="ask" {
            h1 { (title) }
            p class="lead" {
                strong { (lang.pick("Xem trước. ", "A preview. ")) }
                (lang.pick("Chưa có gì được công bố.", "Nothing is published yet."))
            }
            p class="hint" { (card.code.canonical.as_deref().unwrap_or(&card.code.input)) }
            p { a href=(ctx.to(&format!("/desk/submissions/{number}"))) { (lang.pick("Về hồ sơ", "Back to the submission")) } }
        }
        section class="preview" { (article(card, &html! {})) }
    };
    document(title, Room::Submissions, &main, ctx)
}
