//! Reports worked off: the list, one report with its history, and what the service noticed by itself.

use maud::{Markup, html};
use nguon_openapi::{Lang, ReportState};

use super::field::{Field, Form};
use super::layout::{DeskContext, Room, document};
use crate::desk::Wrong;
use crate::pages::moment::moment;
use crate::store::ledger::Alert;
use crate::store::reports::{Report, Step};

/// The states that a list can be of, as an address names them; none: all.
const STATES: [Option<ReportState>; 5] = [
    Some(ReportState::Received),
    Some(ReportState::Read),
    Some(ReportState::Answered),
    Some(ReportState::Closed),
    None,
];

/// The list. `next`: what the following part begins after.
#[must_use]
pub fn report_list(state: Option<ReportState>, reports: &[Report], next: Option<u64>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Phản ánh", "Reports");
    let address =
        |state: Option<ReportState>| format!("/desk/reports?status={}", state.map_or("all", ReportState::as_str));
    let main = html! {
        section class="ask" {
            h1 { (title) }
            nav class="chosen" aria-label=(lang.pick("Trạng thái", "State")) {
                @for it in STATES {
                    a href=(ctx.to(&address(it))) aria-current=[(it == state).then_some("page")] {
                        (it.map_or(lang.pick("Tất cả", "All"), |it| it.say(lang)))
                    }
                }
                @if ctx.visitor.is_some_and(|visitor| visitor.operates) {
                    a href=(ctx.to("/desk/alerts")) { (lang.pick("Cảnh báo", "Alerts")) }
                }
            }
            @if reports.is_empty() {
                p class="empty" { (lang.pick("Không có phản ánh nào ở đây.", "There are no reports here.")) }
            } @else {
                ul class="rows" { @for report in reports { li { (row(report, ctx)) } } }
                @if let Some(next) = next {
                    p { a class="button" href=(ctx.to(&format!("{}&after={next}", address(state)))) { (lang.pick("Xem tiếp", "More")) } }
                }
            }
        }
    };
    document(title, Room::Reports, &main, ctx)
}

fn row(report: &Report, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        div class="head" {
            a href=(ctx.to(&format!("/desk/reports/{}", report.number))) { span { (report.number) ". " (report.reason.say(lang)) } }
            span class="state" data-state=(report.state.as_str()) { (report.state.say(lang)) }
        }
        p class="of" {
            (moment(report.at, lang)) " · " span dir="auto" { (report.code) }
            @if report.has_photo { (lang.pick(" · có ảnh", " · with a photo")) }
            @if report.has_contact { (lang.pick(" · có liên hệ", " · can be reached")) }
        }
    }
}

/// One report, and the form for the next step.
#[derive(Clone, Copy, Debug)]
pub struct ReportSheet<'a> {
    /// It.
    pub report: &'a Report,
    /// How to reach whoever sent it.
    pub contact: Option<&'a str>,
    /// Answer that stands in the form.
    pub answer: &'a str,
    /// Why, as it stands in the form.
    pub why: &'a str,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
    /// A step was just taken.
    pub done: bool,
}

/// The page.
#[must_use]
pub fn report_one(sheet: &ReportSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let (report, lang) = (sheet.report, ctx.lang);
    let title = report.reason.say(lang);
    let main = html! {
        @if sheet.done { p class="done-note" role="status" { (lang.pick("Đã ghi.", "Kept.")) } }
        section class="ask" {
            h1 { (title) }
            p { span class="state" data-state=(report.state.as_str()) { (report.state.say(lang)) } }
            @if let Some(text) = &report.text { p class="quoted" dir="auto" { (text) } }
            @if report.has_photo {
                img class="photo" src=(format!("/desk/reports/{}/photo", report.number))
                    alt=(lang.pick("Ảnh gửi kèm", "The photo that was sent"));
            }
            dl class="facts" {
                div { dt { (lang.pick("Nhận lúc", "Received")) } dd { (moment(report.at, lang)) } }
                div { dt { (lang.pick("Mã", "Code")) } dd dir="auto" { (report.code) } }
                @if let Some(gtin) = report.gtin {
                    div {
                        dt { (lang.pick("Sản phẩm", "Product")) }
                        dd {
                            a href=(ctx.to(&format!("/desk/history?gtin={gtin}"))) { (gtin) }
                            @if let Some(publisher) = &report.publisher { " · " (publisher) }
                        }
                    }
                }
                @if let Some(place) = &report.place { div { dt { (lang.pick("Nơi mua", "Bought at")) } dd dir="auto" { (place) } } }
                @if let Some(contact) = sheet.contact { div { dt { (lang.pick("Liên hệ", "Contact")) } dd dir="auto" { (contact) } } }
                @if let Some(answer) = &report.answer { div { dt { (lang.pick("Đã trả lời", "Answered")) } dd dir="auto" { (answer) } } }
            }
            (steps(&report.steps, lang))
        }
        @if ctx.visitor.is_some_and(|visitor| visitor.enters) { (next_step(sheet, ctx)) }
    };
    document(title, Room::Reports, &main, ctx)
}

fn steps(steps: &[Step], lang: Lang) -> Markup {
    html! {
        @if !steps.is_empty() {
            h2 { (lang.pick("Đã làm gì", "What was done")) }
            ul class="rows" {
                @for step in steps {
                    li {
                        (moment(step.at, lang)) " · " (step.by) " · " (step.state.say(lang))
                        @if let Some(why) = &step.why { p class="of" dir="auto" { (why) } }
                    }
                }
            }
        }
    }
}

fn next_step(sheet: &ReportSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let (report, lang) = (sheet.report, ctx.lang);
    let form = Form { wrongs: sheet.wrongs, lang };
    html! {
        section class="ask desk-form" {
            h2 { (lang.pick("Bước tiếp theo", "The next step")) }
            (form.summary())
            form action=(ctx.to(&format!("/desk/reports/{}", report.number))) method="post" {
                input type="hidden" name="version" value=(report.version);
                (form.area(&Field {
                    name: "answer",
                    label: lang.pick("Trả lời người gửi", "Answer to the reporter"),
                    hint: lang.pick("Người gửi đọc được bằng biên nhận.", "The reporter reads it with the receipt."),
                    value: sheet.answer,
                    needed: false,
                }, 4))
                (form.area(&Field {
                    name: "why",
                    label: lang.pick("Ghi chú nội bộ", "Note for ourselves"),
                    hint: lang.pick("Người gửi không thấy.", "The reporter does not see it."),
                    value: sheet.why,
                    needed: false,
                }, 2))
                div class="acts" {
                    @for (state, label) in [
                        (ReportState::Answered, lang.pick("Gửi trả lời", "Send the answer")),
                        (ReportState::Read, lang.pick("Ghi là đã đọc", "Mark as read")),
                        (ReportState::Closed, lang.pick("Khép lại", "Close")),
                    ] {
                        button type="submit" name="status" value=(state.as_str())
                            class=(if state == ReportState::Answered { "send" } else { "send second" }) { (label) }
                    }
                }
            }
        }
    }
}

/// What the service noticed by itself, newest first. `None`: checks are not counted here.
#[must_use]
pub fn alerts(alerts: Option<&[(u64, Alert)]>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Cảnh báo", "Alerts");
    let main = html! {
        section class="ask" {
            h1 { (title) }
            p { a href=(ctx.to("/desk/reports?status=received")) { (lang.pick("Về phản ánh", "Back to reports")) } }
            @match alerts {
                None => p class="empty" { (lang.pick("Hệ thống này chưa đếm lần kiểm tra.", "This service counts no checks.")) },
                Some([]) => p class="empty" { (lang.pick("Chưa có cảnh báo nào.", "There are no alerts.")) },
                Some(alerts) => {
                    ul class="rows" {
                        @for (number, alert) in alerts {
                            li {
                                div class="head" { strong { (number) ". " (alert_kind(&alert.kind, lang)) } }
                                p class="of" {
                                    (moment(alert.at, lang))
                                    @if let Some(unit) = &alert.unit { " · " (unit.gtin) " · " (unit.serial) }
                                }
                                p class="of" dir="auto" { (alert.text) }
                            }
                        }
                    }
                }
            }
        }
    };
    document(title, Room::Reports, &main, ctx)
}

fn alert_kind(kind: &str, lang: Lang) -> &str {
    match kind {
        "clone" => lang.pick("Mã có thể bị chép lại", "A code may have been copied"),
        "check_before_activation" => lang.pick("Kiểm tra trước khi bán", "Checked before it was on sale"),
        "probing" => lang.pick("Dò mã", "Probing"),
        "cleared" => lang.pick("Đã gỡ nghi ngờ", "Cleared"),
        other => other,
    }
}
