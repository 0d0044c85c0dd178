//! Step 1: the form.

use maud::{Markup, html};
use nguon_openapi::RecallStatus;

use crate::desk::{RecallForm, Scope, Wrong};
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::label::label;
use crate::pages::desk::layout::{DeskContext, Room, document};

/// What the form shows.
#[derive(Clone, Copy, Debug)]
pub struct RecallSheet<'a> {
    /// As it was typed.
    pub form: &'a RecallForm,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
    /// Of one that is on record: its state.
    pub amends: Option<RecallStatus>,
}

/// The page.
#[must_use]
pub fn recall_form(sheet: &RecallSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = match sheet.amends {
        None => lang.pick("Công bố thu hồi", "Publish a recall"),
        Some(_) => lang.pick("Sửa đợt thu hồi", "Change a recall"),
    };
    let path = way(sheet.form, sheet.amends.is_some());
    let form = Form { wrongs: sheet.wrongs, lang };
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            p class="lead" {
                (lang.pick(
                    "Bước 1 trong 2. Bước sau cho xem trước thẻ và những lô bị ảnh hưởng; chưa có gì được công bố.",
                    "Step 1 of 2. The next one shows the card and the lots it reaches; nothing is published yet.",
                ))
            }
            (form.summary())
            form action=(ctx.to(&path)) method="post" {
                input type="hidden" name="id" value=(sheet.form.id);
                input type="hidden" name="over" value=(sheet.form.over);
                (what(&form, sheet))
                (why(&form, sheet.form))
                (to_do(&form, sheet.form))
                (who(&form, sheet.form))
                @if let Some(status) = sheet.amends { (state(&form, sheet.form, status)) }
                button type="submit" class="send" name="step" value="preview" { (lang.pick("Xem trước", "Preview")) }
            }
        }
    };
    document(title, Room::Recalls, &main, ctx)
}

/// One text in both languages, side by side where there is room.
fn pair(
    form: &Form<'_>,
    names: [&'static str; 2],
    label: [&str; 2],
    hint: &str,
    values: [&str; 2],
    needed: bool,
) -> Markup {
    let vi = Field { name: names[0], label: label[0], hint, value: values[0], needed };
    let en = Field { name: names[1], label: label[1], hint: "", value: values[1], needed: false };
    html! { div class="both" { (form.area(&vi, 3)) (form.area(&en, 3)) } }
}

/// Where the form goes.
pub(super) fn way(form: &RecallForm, amends: bool) -> String {
    if amends { format!("/desk/recalls/{}/amend", form.id) } else { "/desk/recalls/new".to_owned() }
}

/// What becomes of a recall that is on record.
fn state(form: &Form<'_>, it: &RecallForm, status: RecallStatus) -> Markup {
    let lang = form.lang;
    let (active, closed, withdrawn) = (RecallStatus::Active, RecallStatus::Closed, RecallStatus::Withdrawn);
    let choices = [
        ("active", active, lang.pick("Đang thu hồi", "Active")),
        (
            "closed",
            closed,
            lang.pick(
                "Kết thúc: việc thu hồi đã xong, thẻ vẫn khuyên không dùng",
                "Closed: the measure is complete, cards still advise against use",
            ),
        ),
        (
            "withdrawn",
            withdrawn,
            lang.pick(
                "Rút lại: lẽ ra không thu hồi, thẻ thôi cảnh báo",
                "Withdrawn: it should not have been issued, cards stop warning",
            ),
        ),
    ];
    let is_chosen =
        |value: &str, of: RecallStatus| if it.status.is_empty() { of == status } else { it.status == value };
    html! {
        h2 { (lang.pick("Trạng thái", "State")) }
        div class="ask-for" {
            label for="status" { (label("status", lang)) }
            (form.wrong_here("status"))
            select id="status" name="status" {
                // A recall never goes back: one that was closed is issued anew.
                @for (value, of, label) in choices.into_iter().filter(|(_, of, _)| status == active || *of != active) {
                    option value=(value) selected[is_chosen(value, of)] { (label) }
                }
            }
        }
        (form.area(&Field {
            name: "ended_reason",
            label: label("ended_reason", lang),
            hint: lang.pick("Cần ghi khi kết thúc hoặc rút lại.", "Needed where it is closed or withdrawn."),
            value: &it.ended_reason,
            needed: false,
        }, 2))
    }
}

fn what(form: &Form<'_>, sheet: &RecallSheet<'_>) -> Markup {
    let (lang, it) = (form.lang, sheet.form);
    html! {
        @if sheet.amends.is_some() {
            input type="hidden" name="gtin" value=(it.gtin);
            dl class="facts" { div { dt { (label("gtin", lang)) } dd { (it.gtin) } } }
        } @else {
            (form.line(&Field {
                name: "gtin",
                label: label("gtin", lang),
                hint: lang.pick("Dãy số dưới mã vạch.", "The digits under the barcode."),
                value: &it.gtin,
                needed: true,
            }))
        }
        fieldset {
            legend { (lang.pick("Thu hồi những gì", "What is recalled")) }
            @for (scope, label) in [
                (Scope::Lots, lang.pick("Các lô ghi dưới đây", "The lots below")),
                (Scope::Serials, lang.pick("Các số sê-ri ghi dưới đây", "The serials below")),
                (Scope::Whole, lang.pick("Mọi lô của sản phẩm", "Every lot of the product")),
            ] {
                label class="choice" {
                    input type="radio" name="scope" value=(scope.as_str()) checked[it.scope == scope];
                    span { (label) }
                }
            }
        }
        div class="both" {
            (form.area(&Field {
                name: "lots",
                label: label("lots", lang),
                hint: if sheet.amends.is_some() {
                    lang.pick("Thêm lô: mỗi lô một dòng. Lô đã thu hồi thì không bỏ ra được.", "Add lots, one a line. Those recalled already stay.")
                } else {
                    lang.pick("Mỗi lô một dòng; dán được cả cột từ Excel.", "One a line; a column of a spreadsheet can be pasted.")
                },
                value: &it.lots,
                needed: false,
            }, 5))
            (form.area(&Field {
                name: "serials",
                label: label("serials", lang),
                hint: lang.pick(
                    "Mỗi dòng một số, hoặc số đầu và số cuối của một dải, cách nhau một dấu cách.",
                    "One a line, or first and last of a range with a blank between them.",
                ),
                value: &it.serials,
                needed: false,
            }, 5))
        }
    }
}

fn why(form: &Form<'_>, it: &RecallForm) -> Markup {
    let lang = form.lang;
    html! {
        h2 { (lang.pick("Vì sao", "Why")) }
        (pair(
            form,
            ["reason_vi", "reason_en"],
            [label("reason_vi", lang), label("reason_en", lang)],
            lang.pick("Một câu người mua hiểu ngay.", "One sentence that a consumer understands."),
            [&it.reason_vi, &it.reason_en],
            true,
        ))
        (pair(
            form,
            ["hazard_vi", "hazard_en"],
            [label("hazard_vi", lang), label("hazard_en", lang)],
            "",
            [&it.hazard_vi, &it.hazard_en],
            false,
        ))
    }
}

fn to_do(form: &Form<'_>, it: &RecallForm) -> Markup {
    let lang = form.lang;
    html! {
        h2 { (lang.pick("Người mua cần làm gì", "What a consumer is to do")) }
        (pair(
            form,
            ["where_vi", "where_en"],
            [label("where_vi", lang), label("where_en", lang)],
            lang.pick("Ví dụ: in ở đáy hũ, bắt đầu bằng chữ L.", "For example: on the bottom of the jar, it begins with L."),
            [&it.where_vi, &it.where_en],
            false,
        ))
        (pair(
            form,
            ["remedy_vi", "remedy_en"],
            [label("remedy_vi", lang), label("remedy_en", lang)],
            lang.pick("Ví dụ: ngừng dùng, trả lại nơi mua để được hoàn tiền.", "For example: stop using it, return it for a refund."),
            [&it.remedy_vi, &it.remedy_en],
            true,
        ))
        (pair(
            form,
            ["return_vi", "return_en"],
            [label("return_vi", lang), label("return_en", lang)],
            "",
            [&it.return_vi, &it.return_en],
            false,
        ))
        (form.line(&Field { name: "phone", label: label("phone", lang), hint: "", value: &it.phone, needed: false }))
    }
}

fn who(form: &Form<'_>, it: &RecallForm) -> Markup {
    let lang = form.lang;
    html! {
        h2 { (lang.pick("Ai thu hồi", "Who recalls")) }
        (form.line(&Field { name: "issuer", label: label("issuer", lang), hint: "", value: &it.issuer, needed: true }))
        div class="both" {
            (form.line(&Field { name: "document_no", label: label("document_no", lang), hint: "", value: &it.document_no, needed: false }))
            (form.day(&Field { name: "from", label: label("from", lang), hint: "", value: &it.from, needed: true }))
        }
        div class="ask-for" {
            label for="class" { (label("class", lang)) span class="may" { (lang.pick(" (không bắt buộc)", " (optional)")) } }
            (form.wrong_here("class"))
            select id="class" name="class" {
                @for (value, label) in [
                    ("", lang.pick("Không ghi", "Not given")),
                    ("A", lang.pick("A: nghiêm trọng", "A: serious")),
                    ("B", lang.pick("B: vừa", "B: moderate")),
                    ("C", lang.pick("C: nhẹ", "C: slight")),
                ] {
                    option value=(value) selected[it.class == value] { (label) }
                }
            }
        }
    }
}
