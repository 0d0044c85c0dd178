//! Before a submission is taken back: what that will do, and what it cannot.

use maud::{Markup, html};
use nguon_openapi::Lang;

use crate::desk::{TakenBack, Wrong};
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::desk::say::{kind, number};
use crate::registry::Record;
use crate::store::submissions::Submission;
use crate::verify::stage;

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

/// Records in the order of their lines: kind by kind, a product's lots together.
fn listed(records: &[Record], lang: Lang) -> Markup {
    let mut lines: Vec<Line> = records.iter().map(|record| Line::of(record, lang)).collect();
    lines.sort_unstable();
    html! {
        ul class="plain" { @for line in lines.iter().take(WRITTEN) { li { (line.said(lang)) } } }
        @if lines.len() > WRITTEN { p class="hint" { "… " (number(lines.len() as u64, lang)) } }
    }
}

/// What is said of a record.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    withdrawn: bool,
    kind: &'static str,
    name: String,
}

impl Line {
    fn of(record: &Record, lang: Lang) -> Self {
        let (withdrawn, name) = match record {
            Record::Producer(it) => (it.withdrawn, it.name.pick(lang).to_owned()),
            Record::Product(it) => (it.withdrawn, format!("{} · {}", it.gtin, it.name.pick(lang))),
            Record::Batch(it) => (it.withdrawn, format!("{} · {}", it.gtin, it.lot)),
            Record::Event(it) => {
                (it.withdrawn, format!("{} · {} · {} · {}", it.gtin, it.lot, it.date, stage(it.stage, lang)))
            }
            Record::Certificate(it) => (it.withdrawn, it.id.to_string()),
            Record::Link(it) => (it.withdrawn, it.id.to_string()),
            Record::Opaque(it) => (it.withdrawn, it.code.as_str().to_owned()),
            other => (false, other.kind().to_owned()),
        };
        Self { withdrawn, kind: record.kind(), name }
    }

    fn said(&self, lang: Lang) -> Markup {
        let act = if self.withdrawn {
            lang.pick("Rút ", "Withdraw ")
        } else {
            lang.pick("Khai lại như trước: ", "Declare as before: ")
        };
        html! { (act) (kind(self.kind, lang)) " " bdi { (self.name) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_kind_by_kind_and_a_stage_by_its_day_and_name() {
        let record = |json: serde_json::Value| serde_json::from_value::<Record>(json).unwrap();
        let stage = |id: &str, date: &str| {
            record(
                serde_json::json!({"type": "event", "id": id, "gtin": "09520000010010", "lot": "L1", "stage": "packing",
                "date": date, "withdrawn": true}),
            )
        };
        let lot =
            record(serde_json::json!({"type": "batch", "gtin": "09520000010010", "lot": "L1", "withdrawn": true}));
        let page = listed(&[stage("z9", "2026-11-02"), lot, stage("a1", "2026-11-01")], Lang::Vi).into_string();
        let places = ["L1</bdi>", "2026-11-01 · Đóng gói", "2026-11-02 · Đóng gói"].map(|said| page.find(said));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}");
        assert!(!page.contains("z9"), "{page}");
    }
}
