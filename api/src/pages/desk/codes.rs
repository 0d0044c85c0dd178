//! Codes of units: cancel them, or mark them as specimens; with what that will touch before the button.

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::field::{Field, Form, carried};
use super::layout::{DeskContext, Room, document};
use super::say::number;
use crate::desk::{Codes, CodesForm, Wrong};

/// What the form shows.
#[derive(Clone, Copy, Debug)]
pub struct CodesPage<'a> {
    /// As it was typed.
    pub form: &'a CodesForm,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
}

/// What a form touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Units that change.
    pub changed: u64,
    /// Units that are so already.
    pub already: u64,
    /// Serials that are not on record; the first of them.
    pub not_on_record: Vec<String>,
}

/// The form.
#[must_use]
pub fn codes_form(page: &CodesPage<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs: page.wrongs, lang };
    let it = page.form;
    let main = html! {
        section class="ask desk-form" {
            h1 { (lang.pick("Mã từng sản phẩm", "Unit codes")) }
            p class="lead" { (lang.pick("Bước 1 trong 2. Bước sau cho biết bao nhiêu mã sẽ đổi.", "Step 1 of 2. The next one says how many codes will change.")) }
            p { a class="button" href=(ctx.to("/desk/codes/issue")) { (lang.pick("Cấp mã mới và in tem", "Issue new codes and labels")) } }
            (form.summary())
            form action=(ctx.to("/desk/codes")) method="post" {
                fieldset {
                    legend { (lang.pick("Việc cần làm", "What is to be done")) }
                    @for (what, label) in [
                        (Codes::Specimen, lang.pick("Đánh dấu hàng mẫu, hàng trưng bày", "Mark as specimens or display units")),
                        (Codes::Cancel, lang.pick("Huỷ mã (mất tem, in hỏng)", "Cancel codes (labels lost or misprinted)")),
                    ] {
                        label class="choice" {
                            input type="radio" name="what" value=(what.as_str()) checked[it.what == what];
                            span { (label) }
                        }
                    }
                }
                (form.line(&Field {
                    name: "gtin",
                    label: lang.pick("Mã sản phẩm (GTIN)", "Product code (GTIN)"),
                    hint: lang.pick("Dãy số dưới mã vạch.", "The digits under the barcode."),
                    value: &it.gtin,
                    needed: true,
                }))
                (form.area(&Field {
                    name: "serials",
                    label: lang.pick("Số sê-ri", "Serials"),
                    hint: lang.pick(
                        "Mỗi dòng một số. Khi huỷ mã, một dòng có thể là một dải: số đầu và số cuối, cách nhau một dấu cách.",
                        "One a line. To cancel, a line may be a range: first and last with a blank between them.",
                    ),
                    value: &it.serials,
                    needed: true,
                }, 6))
                (form.area(&Field {
                    name: "reason",
                    label: lang.pick("Lý do", "Why"),
                    hint: lang.pick("Khi huỷ mã, người tra mã sẽ đọc được câu này.", "Of a cancelled code whoever looks it up reads this."),
                    value: &it.reason,
                    needed: true,
                }, 2))
                button type="submit" class="send" name="step" value="preview" { (lang.pick("Xem sẽ đổi gì", "See what changes")) }
            }
        }
    };
    document(lang.pick("Mã từng sản phẩm", "Unit codes"), Room::Codes, &main, ctx)
}

/// What it will touch.
#[must_use]
pub fn codes_preview(form: &CodesForm, touched: &Touched, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Sẽ đổi những mã nào", "What will change");
    let (button, class) = match form.what {
        Codes::Cancel => (lang.pick("Huỷ các mã này", "Cancel these codes"), "send grave"),
        Codes::Specimen => (lang.pick("Đánh dấu hàng mẫu", "Mark as specimens"), "send"),
    };
    let main = html! {
        section class="ask" {
            h1 { (title) }
            p class="lead" { strong { (lang.pick("Chưa có gì thay đổi.", "Nothing has changed yet.")) } }
            (counts(touched, form.what, lang))
            @if form.what == Codes::Cancel {
                p class="hint" { (lang.pick("Mã đã huỷ không khôi phục được.", "A cancelled code cannot be restored.")) }
            }
            form action=(ctx.to("/desk/codes")) method="post" {
                (carried(&form.fields()))
                div class="acts" {
                    @if touched.changed > 0 {
                        button type="submit" class=(class) name="step" value="do" { (button) }
                    }
                    button type="submit" class="send second" name="step" value="edit" { (lang.pick("Sửa lại", "Change it")) }
                }
            }
        }
    };
    document(title, Room::Codes, &main, ctx)
}

/// It is done.
#[must_use]
pub fn codes_done(what: Codes, touched: &Touched, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = match what {
        Codes::Cancel => lang.pick("Đã huỷ mã", "Codes were cancelled"),
        Codes::Specimen => lang.pick("Đã đánh dấu hàng mẫu", "Specimens were marked"),
    };
    let main = html! {
        section class="ask" {
            h1 { (title) }
            (counts(touched, what, lang))
            p { a class="button" href=(ctx.to("/desk/codes")) { (lang.pick("Làm tiếp", "Another one")) } }
        }
    };
    document(title, Room::Codes, &main, ctx)
}

fn counts(touched: &Touched, what: Codes, lang: Lang) -> Markup {
    let already = match what {
        Codes::Cancel => lang.pick("Đã huỷ từ trước", "Cancelled before"),
        Codes::Specimen => lang.pick("Không thay đổi", "As they were"),
    };
    html! {
        dl class="facts" {
            div { dt { (lang.pick("Mã đổi trạng thái", "Codes that change")) } dd { strong { (number(touched.changed, lang)) } } }
            @if touched.already > 0 { div { dt { (already) } dd { (number(touched.already, lang)) } } }
            @if !touched.not_on_record.is_empty() {
                div {
                    dt { (lang.pick("Không có trong hồ sơ", "Not on record")) }
                    dd { ul class="lots" { @for serial in &touched.not_on_record { li { (serial) } } } }
                }
            }
        }
    }
}
