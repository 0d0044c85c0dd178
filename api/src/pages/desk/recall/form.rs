//! Step 1: the form.

use maud::{Markup, html};

use crate::desk::{RecallForm, Scope, Wrong};
use crate::pages::desk::field::{Field, Form};
use crate::pages::desk::layout::{DeskContext, Room, document};

/// What the form shows.
#[derive(Clone, Copy, Debug)]
pub struct RecallSheet<'a> {
    /// As it was typed.
    pub form: &'a RecallForm,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
}

/// The page.
#[must_use]
pub fn recall_form(sheet: &RecallSheet<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Công bố thu hồi", "Publish a recall");
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
            form action=(ctx.to("/desk/recalls/new")) method="post" {
                input type="hidden" name="id" value=(sheet.form.id);
                (what(&form, sheet.form))
                (why(&form, sheet.form))
                (to_do(&form, sheet.form))
                (who(&form, sheet.form))
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

fn what(form: &Form<'_>, it: &RecallForm) -> Markup {
    let lang = form.lang;
    html! {
        (form.line(&Field {
            name: "gtin",
            label: lang.pick("Mã sản phẩm (GTIN)", "Product code (GTIN)"),
            hint: lang.pick("Dãy số dưới mã vạch.", "The digits under the barcode."),
            value: &it.gtin,
            needed: true,
        }))
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
                label: lang.pick("Số lô", "Lots"),
                hint: lang.pick("Mỗi lô một dòng; dán được cả cột từ Excel.", "One a line; a column of a spreadsheet can be pasted."),
                value: &it.lots,
                needed: false,
            }, 5))
            (form.area(&Field {
                name: "serials",
                label: lang.pick("Số sê-ri", "Serials"),
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
            [lang.pick("Lý do", "Reason, in Vietnamese"), lang.pick("Lý do, tiếng Anh", "Reason, in English")],
            lang.pick("Một câu người mua hiểu ngay.", "One sentence that a consumer understands."),
            [&it.reason_vi, &it.reason_en],
            true,
        ))
        (pair(
            form,
            ["hazard_vi", "hazard_en"],
            [lang.pick("Có thể gây hại gì", "What may happen, in Vietnamese"), lang.pick("Có thể gây hại gì, tiếng Anh", "What may happen, in English")],
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
            [lang.pick("Tìm số lô ở đâu trên bao bì", "Where the lot is on the pack, in Vietnamese"), lang.pick("Tìm số lô ở đâu, tiếng Anh", "Where the lot is, in English")],
            lang.pick("Ví dụ: in ở đáy hũ, bắt đầu bằng chữ L.", "For example: on the bottom of the jar, it begins with L."),
            [&it.where_vi, &it.where_en],
            false,
        ))
        (pair(
            form,
            ["remedy_vi", "remedy_en"],
            [lang.pick("Việc cần làm", "What to do, in Vietnamese"), lang.pick("Việc cần làm, tiếng Anh", "What to do, in English")],
            lang.pick("Ví dụ: ngừng dùng, trả lại nơi mua để được hoàn tiền.", "For example: stop using it, return it for a refund."),
            [&it.remedy_vi, &it.remedy_en],
            true,
        ))
        (pair(
            form,
            ["return_vi", "return_en"],
            [lang.pick("Trả lại ở đâu", "Where to return it, in Vietnamese"), lang.pick("Trả lại ở đâu, tiếng Anh", "Where to return it, in English")],
            "",
            [&it.return_vi, &it.return_en],
            false,
        ))
        (form.line(&Field { name: "phone", label: lang.pick("Điện thoại hỏi đáp", "Telephone"), hint: "", value: &it.phone, needed: false }))
    }
}

fn who(form: &Form<'_>, it: &RecallForm) -> Markup {
    let lang = form.lang;
    html! {
        h2 { (lang.pick("Ai thu hồi", "Who recalls")) }
        (form.line(&Field { name: "issuer", label: lang.pick("Đơn vị thu hồi", "Issuer"), hint: "", value: &it.issuer, needed: true }))
        div class="both" {
            (form.line(&Field { name: "document_no", label: lang.pick("Số văn bản", "Document number"), hint: "", value: &it.document_no, needed: false }))
            (form.day(&Field { name: "from", label: lang.pick("Từ ngày", "From"), hint: "", value: &it.from, needed: true }))
        }
        div class="ask-for" {
            label for="class" { (lang.pick("Mức độ", "Class")) span class="may" { (lang.pick(" (không bắt buộc)", " (optional)")) } }
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
