//! The form of the coverage check.

use maud::{Markup, html};
use nguon_openapi::Lang;

use crate::coverage::MAX_CODES;

/// The form. `codes` stand in the box.
pub(super) fn coverage_form(codes: &str, lang: Lang) -> Markup {
    html! {
        section class="ask" id="coverage" {
            h2 { (lang.pick("Kiểm tra danh mục", "Check a catalogue")) }
            p {
                (lang.pick("Dán hoặc tải lên tối đa ", "Paste or upload up to "))
                (thousands(MAX_CODES, lang))
                (lang.pick(
                    " mã, mỗi dòng một mã, hoặc tệp CSV/TXT xuất từ bảng tính. Kết quả cho biết mã nào có thẻ, chưa có thẻ, chưa đúng và vì sao, và mã nào có thu hồi.",
                    " codes, one a line, or a CSV or TXT file from a spreadsheet. The result says which have a card, which have none, which are not valid and why, and which have a recall.",
                ))
            }
            form class="coverage" action="/embed" method="post" enctype="multipart/form-data" {
                label for="codes" { (lang.pick("Danh sách mã", "List of codes")) }
                textarea id="codes" name="codes" rows="6" autocomplete="off" autocapitalize="none" spellcheck="false"
                    placeholder="09520000010010\n952 0000 04001 7" { (codes) }
                label for="file" { (lang.pick("hoặc tệp", "or a file")) }
                input id="file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain";
                input type="hidden" name="lang" value=(lang.as_str());
                div class="field" {
                    button type="submit" { (lang.pick("Kiểm tra", "Check")) }
                    button type="submit" class="second" name="format" value="csv" { (lang.pick("Tải kết quả (CSV)", "Result as CSV")) }
                }
            }
            p class="hint" { (lang.pick(
                "Danh sách không được lưu lại. Tra cứu không tính là một lần kiểm tra sản phẩm.",
                "The list is not kept. Looking codes up does not count as checking a product.",
            )) }
        }
    }
}

/// A number of four digits or more, grouped as the language does.
pub(super) fn thousands(number: usize, lang: Lang) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 2);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push_str(lang.pick(".", ","));
        }
        out.push(digit);
    }
    out
}
