//! What may be done with a submission now, by whoever looks at it.

use maud::{Markup, html};

use super::one::{SubmissionSheet, Tried};
use super::upload::upload_form;
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::layout::DeskContext;
use crate::store::submissions::SubmissionState;

/// Forms for the next step; nothing where there is none.
pub(super) fn actions(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let state = sheet.submission.state;
    let visitor = ctx.visitor;
    let (enters, approves) = (visitor.is_some_and(|it| it.enters), visitor.is_some_and(|it| it.approves));
    match state {
        SubmissionState::Draft | SubmissionState::Returned if enters => entering(sheet, ctx),
        SubmissionState::Sent | SubmissionState::Approving if sheet.may_approve => approving(sheet, ctx),
        SubmissionState::Sent => waiting(sheet, approves, ctx),
        SubmissionState::Approved if approves => taking_back(sheet, ctx),
        _ => summary_alone(sheet, ctx),
    }
}

fn summary_alone(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let form = Form { wrongs: sheet.wrongs, lang: ctx.lang };
    html! { @if !sheet.wrongs.is_empty() { section class="ask" { (form.summary()) } } }
}

fn begin(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>, inner: &Markup) -> Markup {
    let path = ctx.to(&format!("/desk/submissions/{}", sheet.submission.number));
    html! {
        form action=(path) method="post" {
            input type="hidden" name="version" value=(sheet.submission.version);
            @if let Some(basis) = sheet.basis { input type="hidden" name="basis" value=(basis); }
            (inner)
        }
    }
}

fn entering(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs: sheet.wrongs, lang };
    let is_clean = matches!(sheet.tried, Tried::Report(report) if report.rejected.total == 0 && report.changed > 0);
    let send = html! {
        div class="acts" {
            button type="submit" class="send" name="step" value="send" { (lang.pick("Gửi duyệt", "Send to be approved")) }
        }
    };
    let discard = html! {
        div class="acts" {
            button type="submit" class="send second" name="step" value="discard" { (lang.pick("Bỏ hồ sơ này", "Discard it")) }
        }
    };
    let corrected = upload_form(Some(sheet.submission.number), &[], ctx);
    html! {
        section class="ask desk-form" {
            h2 id="next" { (lang.pick("Bước tiếp theo", "The next step")) }
            (form.summary())
            @if is_clean {
                (begin(sheet, ctx, &send))
                details {
                    summary { (lang.pick("Thay bằng tệp khác", "Put another file in its place")) }
                    (corrected)
                }
            } @else {
                p { (lang.pick("Sửa tệp trên máy rồi tải lên lại ở đây.", "Correct the file, then upload it here.")) }
                (corrected)
            }
            (begin(sheet, ctx, &discard))
        }
    }
}

/// Sending it back, which needs no second person.
fn giving_back(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs: sheet.wrongs, lang };
    let why = Field {
        name: "why",
        label: lang.pick("Cần sửa gì", "What is to be changed"),
        hint: lang.pick("Người nhập đọc câu này.", "Whoever entered it reads this."),
        value: sheet.why,
        needed: false,
    };
    let back = html! {
        (form.area(&why, 3))
        button type="submit" class="send second" name="step" value="return" { (lang.pick("Trả lại để sửa", "Send it back")) }
    };
    begin(sheet, ctx, &back)
}

fn approving(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs: sheet.wrongs, lang };
    let approve = html! {
        div class="acts" {
            button type="submit" class="send" name="step" value="approve" { (lang.pick("Duyệt và đưa vào hồ sơ", "Approve and put on record")) }
        }
    };
    html! {
        section class="ask desk-form" {
            h2 { (lang.pick("Duyệt", "Approve")) }
            (form.summary())
            @if sheet.submission.state == SubmissionState::Approving {
                p { (lang.pick("Lần duyệt trước bị gián đoạn: duyệt lại để làm cho xong.", "An approval was cut short: approve again to finish it.")) }
            }
            (begin(sheet, ctx, &approve))
            @if sheet.submission.state == SubmissionState::Sent { (giving_back(sheet, ctx)) }
        }
    }
}

fn waiting(sheet: &SubmissionSheet<'_>, approves: bool, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs: sheet.wrongs, lang };
    html! {
        section class="ask desk-form" {
            (form.summary())
            p {
                @if approves {
                    (lang.pick(
                        "Người nhập và người gửi không tự duyệt: cần người thứ hai, hoặc người vận hành.",
                        "Whoever entered or sent it does not approve it: a second person does, or the operator.",
                    ))
                } @else {
                    (lang.pick("Đang chờ người khác duyệt.", "It waits for somebody else to approve it."))
                }
            }
            @if approves { (giving_back(sheet, ctx)) }
        }
    }
}

fn taking_back(sheet: &SubmissionSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        section class="ask" {
            h2 { (lang.pick("Hoàn tác", "Take it back")) }
            p {
                (lang.pick(
                    "Đưa hồ sơ về như trước khi duyệt. Bước sau cho xem cụ thể.",
                    "The record becomes what it was before. The next step shows what that means.",
                ))
            }
            p {
                a class="button" href=(ctx.to(&format!("/desk/submissions/{}/undo", sheet.submission.number))) {
                    (lang.pick("Xem trước khi hoàn tác", "See before taking it back"))
                }
            }
        }
    }
}
