//! What a dry run found: errors and remarks, each with its cell, and how complete each product would be.

use maud::{Markup, html};
use nguon_openapi::Lang;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::pages::desk::layout::DeskContext;
use crate::pages::desk::say::number;
use crate::registry::import::{Finding, Findings, ProductCompleteness, Report};
use crate::verify::record_item;

/// Findings that are written out.
const WRITTEN: usize = 200;

/// In short: what it would do.
pub(super) fn summary(report: &Report, lang: Lang) -> Markup {
    let facts = [
        (lang.pick("Dòng đã đọc", "Records read"), report.read),
        (lang.pick("Sẽ thay đổi hồ sơ", "Would change the record"), report.changed),
        (lang.pick("Đã có như vậy", "On record as they are"), report.unchanged),
        (lang.pick("Dòng có lỗi", "Records with errors"), report.rejected.records),
    ];
    html! {
        dl class="facts" {
            @for (label, count) in facts { div { dt { (label) } dd { strong { (number(count, lang)) } } } }
        }
    }
}

/// Errors and remarks.
pub(super) fn findings(report: &Report, lang: Lang) -> Markup {
    html! {
        @if report.read == 0 && report.rejected.total == 0 {
            p class="empty" {
                (lang.pick(
                    "Tệp chưa có dòng nào để nạp: điền vào dưới dòng VÍ DỤ rồi tải lên lại.",
                    "The file holds no rows yet: fill them in below the EXAMPLE, then upload it again.",
                ))
            }
        }
        @if report.rejected.total > 0 {
            h2 { (lang.pick("Cần sửa", "To be corrected")) }
            p class="hint" {
                (lang.pick(
                    "Sửa các ô này trong tệp rồi tải lên lại. Có lỗi thì chưa gửi duyệt được.",
                    "Correct these cells in the file and upload it again. With errors it cannot be sent.",
                ))
            }
            (listed(&report.rejected, lang))
        }
        @if report.warnings.total > 0 {
            h2 { (lang.pick("Nên xem lại", "Worth a look")) }
            (listed(&report.warnings, lang))
        }
    }
}

fn listed<Code>(findings: &Findings<Code>, lang: Lang) -> Markup {
    let more = findings.total.saturating_sub(findings.list.len().min(WRITTEN) as u64);
    html! {
        ul class="rows findings" {
            @for finding in findings.list.iter().take(WRITTEN) {
                li { strong { (place(finding, lang)) } p dir="auto" { (finding.message) } }
            }
        }
        @if more > 0 { p class="hint" { (lang.pick("và ", "and ")) (number(more, lang)) (lang.pick(" mục nữa.", " more.")) } }
    }
}

/// Where it stands: sheet, cell and heading; else line and field.
fn place<Code>(finding: &Finding<Code>, lang: Lang) -> Markup {
    html! {
        @if let Some(sheet) = &finding.sheet { bdi { (sheet) } " · " }
        @match &finding.cell {
            Some(cell) => { (lang.pick("ô ", "cell ")) (cell) }
            None => {
                @if finding.line > 0 { (lang.pick("dòng ", "line ")) (finding.line) }
            }
        }
        @match &finding.heading {
            Some(heading) => { " · " bdi { (heading) } }
            None => { @if !finding.field.is_empty() { " · " (finding.field) } }
        }
    }
}

/// How complete each product would be, each leading to its card.
pub(super) fn completeness(number: u64, products: &[ProductCompleteness], ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        @if !products.is_empty() {
            h2 { (lang.pick("Từng sản phẩm", "Product by product")) }
            ul class="rows" {
                @for product in products.iter().take(WRITTEN) {
                    li {
                        div class="head" {
                            a href=(ctx.to(&card_path(number, product))) { bdi { (product.name) } }
                            span class="count" { (product.present) "/10" }
                        }
                        p class="of" {
                            (product.gtin)
                            @if let Some(lot) = &product.lot { (lang.pick(" · lô ", " · lot ")) (lot) }
                        }
                        @if product.missing.is_empty() {
                            p class="of" { (lang.pick("Đủ 10 mục của Thông tư 02/2024.", "All ten items of Circular 02/2024.")) }
                        } @else {
                            p class="of" {
                                (lang.pick("Còn thiếu: ", "Missing: "))
                                (product.missing.iter().map(|item| record_item(*item, lang)).collect::<Vec<_>>().join("; "))
                                "."
                            }
                        }
                    }
                }
            }
        }
    }
}

fn card_path(number: u64, product: &ProductCompleteness) -> String {
    let lot = product.lot.as_ref().map(|lot| format!("&lot={}", utf8_percent_encode(lot, NON_ALPHANUMERIC)));
    format!("/desk/submissions/{number}/card?gtin={}{}", product.gtin, lot.unwrap_or_default())
}
