//! The page with the receipt.

use jiff::civil::Date;
use maud::{Markup, html};

use super::day;
use crate::pages::PageContext;
use crate::pages::layout::{self, Page, with_lang};

/// The page. `receipt` is shown this once. `passed_on`: the report is where it is read; if not, it still has to come
/// there.
#[must_use]
pub fn report_done(receipt: &str, reader: &str, by_when: Date, passed_on: bool, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Đã nhận phản ánh", "The report is received");
    let description = lang.pick("Phản ánh đã được lưu.", "The report is kept.");
    let main = html! {
        section class="ask report done" {
            h1 { (title) }
            p class="lead" { (lang.pick("Biên nhận của phản ánh này:", "The receipt of this report:")) }
            p class="receipt" { strong { (receipt) } }
            p {
                (lang.pick(
                    "Hãy chụp màn hình hoặc ghi lại: biên nhận chỉ hiện một lần, không ai khác có nó.",
                    "Take a screenshot or write it down: it is shown once, and nobody else has it.",
                ))
            }
            @if !passed_on {
                p class="note" {
                    (lang.pick(
                        "Phản ánh đã được lưu và sẽ được chuyển đi: hiện chưa nối được với nơi đọc. Không cần gửi lại. Trước đó, tra biên nhận có thể chưa thấy.",
                        "The report is kept, and will be passed on: where it is read cannot be reached just now. There is no need to send it again. Until then the receipt may not be found.",
                    ))
                }
            }
            dl class="terms" {
                div { dt { (lang.pick("Người đọc", "Read by")) } dd dir="auto" { (reader) } }
                div { dt { (lang.pick("Chậm nhất ngày", "By")) } dd { (day(by_when, lang)) } }
            }
            nav class="onward" aria-label=(lang.pick("Tiếp theo", "Next")) {
                a class="button primary" href=(with_lang(&format!("/report/{receipt}"), lang)) {
                    (lang.pick("Xem phản ánh đã đến đâu", "See how far it has come"))
                }
                button class="button" type="button" data-do="print" hidden {
                    (lang.pick("In hoặc lưu", "Print or save"))
                }
                a class="button" href=(with_lang("/", lang)) { (lang.pick("Tra mã khác", "Look up another code")) }
            }
            p class="hint" {
                (lang.pick(
                    "Giữ sản phẩm, bao bì và hoá đơn cho đến khi có trả lời.",
                    "Keep the product, the pack and the receipt of the shop until there is an answer.",
                ))
            }
        }
    };
    layout::document(&Page { title, description, noindex: true, main }, ctx)
}
