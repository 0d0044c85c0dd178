//! Before a submission is taken back: what that will do, and what it cannot.

use maud::{Markup, html};
use nguon_openapi::Lang;

use crate::desk::{TakenBack, Wrong};
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::desk::say::kind;
use crate::registry::Record;
use crate::store::submissions::Submission;

/// Records that are written out.
const WRITTEN: usize = 200;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct UndoSheet<'a> {
    /// The submission.
    pub submission: &'a Submission,
    /// What taking it back comes to.
    pub back: &'a TakenBack,
    /// What was typed as a reason.
    pub why: &'a str,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
}

/// The page.
#[must_use]
pub fn submission_undo(sheet: &UndoSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = format!("{} {}", lang.pick("Hoàn tác hồ sơ số", "Take back submission"), sheet.submission.number);
    let form = Form { wrongs: sheet.wrongs, lang };
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            p class="lead" { strong { (lang.pick("Chưa có gì thay đổi.", "Nothing has changed yet.")) } }
            h2 { (lang.pick("Sẽ làm", "What it will do")) }
            @if sheet.back.records.is_empty() {
                p { (lang.pick("Không còn gì để hoàn tác.", "There is nothing left to take back.")) }
            } @else {
                (listed(&sheet.back.records, lang))
            }
            @if !sheet.back.kept.is_empty() {
                h2 { (lang.pick("Giữ nguyên, vì đã được khai báo lại sau đó", "Kept, because it was declared anew since then")) }
                (listed(&sheet.back.kept, lang))
            }
            h2 { (lang.pick("Không hoàn tác được", "What cannot be taken back")) }
            ul class="plain" {
                li { (lang.pick("Thu hồi: rút lại ở phần Thu hồi.", "Recalls: withdraw them under Recalls.")) }
                li { (lang.pick("Mã từng sản phẩm đã cấp: huỷ ở phần Mã.", "Units that were issued: cancel their codes under Unit codes.")) }
            }
            (form.summary())
            form action=(ctx.to(&format!("/desk/submissions/{}/undo", sheet.submission.number))) method="post" {
                input type="hidden" name="version" value=(sheet.submission.version);
                @if let Some(basis) = &sheet.back.basis { input type="hidden" name="basis" value=(basis); }
                (form.area(&Field { name: "why", label: lang.pick("Lý do", "Why"), hint: "", value: sheet.why, needed: true }, 3))
                div class="acts" {
                    button type="submit" class="send grave" { (lang.pick("Hoàn tác", "Take it back")) }
                    a class="button" href=(ctx.to(&format!("/desk/submissions/{}", sheet.submission.number))) { (lang.pick("Thôi", "Leave it")) }
                }
            }
        }
    };
    document(&title, Room::Submissions, &main, ctx)
}

fn listed(records: &[Record], lang: Lang) -> Markup {
    html! {
        ul class="plain" { @for record in records.iter().take(WRITTEN) { li { (line(record, lang)) } } }
        @if records.len() > WRITTEN { p class="hint" { "… " (records.len()) } }
    }
}

fn line(record: &Record, lang: Lang) -> Markup {
    let (withdrawn, name) = match record {
        Record::Producer(it) => (it.withdrawn, it.name.pick(lang).to_owned()),
        Record::Product(it) => (it.withdrawn, format!("{} · {}", it.gtin, it.name.pick(lang))),
        Record::Batch(it) => (it.withdrawn, format!("{} · {}", it.gtin, it.lot)),
        Record::Event(it) => (it.withdrawn, format!("{} · {} · {}", it.gtin, it.lot, it.id)),
        Record::Certificate(it) => (it.withdrawn, it.id.to_string()),
        Record::Link(it) => (it.withdrawn, it.id.to_string()),
        Record::Opaque(it) => (it.withdrawn, it.code.as_str().to_owned()),
        other => (false, other.kind().to_owned()),
    };
    let act = if withdrawn {
        lang.pick("Rút ", "Withdraw ")
    } else {
        lang.pick("Khai lại như trước: ", "Declare as before: ")
    };
    html! { (act) (kind(record.kind(), lang)) " " bdi { (name) } }
}
