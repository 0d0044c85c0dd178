//! Codes for units: what is to be printed, as a table for a printer or on sheets of A4.

use maud::{Markup, html};

use super::field::{Field, Form, carried};
use super::layout::{DeskContext, Room, document};
use crate::desk::{IssueForm, Wrong};
use crate::labels::{LAYOUTS, Layout};

/// The form. Both buttons send one order: whichever comes second gives the same codes.
#[must_use]
pub fn issue_form(it: &IssueForm, wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs, lang };
    let title = lang.pick("Cấp mã và in tem", "Issue codes and labels");
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            p class="lead" {
                (lang.pick(
                    "Mỗi sản phẩm được một số sê-ri không đoán được. Mã chưa bán: người tra sẽ thấy “chưa đưa ra thị trường” cho đến khi lô được kích hoạt.",
                    "Each unit gets a serial that nobody can guess. The codes are not on sale: lookups say so until they are activated.",
                ))
            }
            (form.summary())
            form action=(ctx.to("/desk/codes/issue")) method="post" {
                (carried(&[("order", &it.order)]))
                (form.line(&Field {
                    name: "gtin",
                    label: lang.pick("Mã sản phẩm (GTIN)", "Product code (GTIN)"),
                    hint: lang.pick("Sản phẩm đã có trong hồ sơ và theo dõi từng số sê-ri.", "On record, and a product that keeps serials."),
                    value: &it.gtin,
                    needed: true,
                }))
                (form.line(&Field {
                    name: "lot",
                    label: lang.pick("Số lô", "Lot"),
                    hint: lang.pick("Lô đã có trong hồ sơ.", "A lot on record."),
                    value: &it.lot,
                    needed: true,
                }))
                (form.line(&Field {
                    name: "count",
                    label: lang.pick("Số lượng", "How many"),
                    hint: lang.pick("1 đến 100000 mã một lần.", "1 to 100000 at a time."),
                    value: &it.count,
                    needed: true,
                }))
                label class="choice" {
                    input type="checkbox" name="pins" value="yes" checked[it.pins == "yes"];
                    span { (lang.pick("Kèm mã PIN dưới lớp cào", "With a PIN under a coating")) }
                }
                div class="ask-for" {
                    label for="sheet" { (lang.pick("Tờ tem A4", "Sheet of A4")) }
                    (form.wrong_here("sheet"))
                    select id="sheet" name="sheet" {
                        @for name in LAYOUTS.map(Layout::name) {
                            option value=(name) selected[it.sheet == name] { (name.replace('x', " × ")) }
                        }
                    }
                }
                p class="hint" {
                    (lang.pick(
                        "Tệp CSV và tờ tem có cùng các mã; bấm cả hai nút cũng chỉ cấp một lần. Giữ tệp như giữ tiền: mã PIN chỉ có ở đó.",
                        "The CSV file and the sheets hold the same codes; pressing both buttons issues them once. Keep the files as you keep money: PINs stand nowhere else.",
                    ))
                }
                div class="acts" {
                    button type="submit" class="send" name="what" value="csv" { (lang.pick("Cấp mã, tải tệp CSV", "Issue, and take the CSV file")) }
                    button type="submit" class="send second" name="what" value="pdf" { (lang.pick("Cấp mã, tải tờ tem PDF", "Issue, and take the labels as PDF")) }
                }
            }
        }
    };
    document(title, Room::Codes, &main, ctx)
}
