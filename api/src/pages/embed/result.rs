//! `POST /embed`: which codes of a list have a card.

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::builder::loads;
use super::coverage_form::{coverage_form, thousands};
use crate::coverage::{Finding, Row};
use crate::pages::PageContext;
use crate::pages::layout::{self, Page, with_lang};

/// What came of a list.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// A row for each code, in the list's order.
    pub rows: &'a [Row],
    /// How many codes more the list held than are taken.
    pub more: usize,
}

impl Outcome<'_> {
    fn count(&self, finding: Finding) -> usize {
        self.rows.iter().filter(|row| row.finding == finding).count()
    }
}

/// The page.
#[must_use]
pub fn result(outcome: Outcome<'_>, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Kết quả kiểm tra danh mục", "Result of the catalogue check");
    let description =
        lang.pick("Mã nào có thẻ nguồn gốc, mã nào chưa.", "Which codes have an origin card, and which have none.");
    // What must not be repeated is not in the rows, and so not in the box either.
    let codes = outcome
        .rows
        .iter()
        .map(|row| row.given.as_str())
        .filter(|given| !given.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let with_card = outcome.rows.iter().filter(|row| row.card.is_some() && row.product.is_some()).count();
    let main = html! {
        (loads(false))
        div class="retail" {
            section class="ask" {
                h1 { (title) }
                p class="lead" {
                    strong { (thousands(with_card, lang)) }
                    (lang.pick(" trên ", " of "))
                    strong { (thousands(outcome.rows.len(), lang)) }
                    (lang.pick(" mã có thẻ.", " codes have a card."))
                }
                @if outcome.more > 0 {
                    p class="note" {
                        (lang.pick("Danh sách dài hơn: ", "The list is longer: "))
                        strong { (thousands(outcome.more, lang)) }
                        (lang.pick(" mã cuối chưa được kiểm tra. Hãy gửi chúng trong một lần nữa.", " codes at its end were not checked. Send them once more."))
                    }
                }
                ul class="counts" {
                    @for finding in Finding::ALL {
                        @let count = outcome.count(finding);
                        @if count > 0 {
                            li data-finding=(finding.as_str()) {
                                a href=(format!("#{}", finding.as_str())) {
                                    strong { (thousands(count, lang)) }
                                    span { (finding.name(lang)) }
                                }
                            }
                        }
                    }
                }
                form class="coverage" action="/embed" method="post" enctype="multipart/form-data" {
                    input type="hidden" name="codes" value=(codes);
                    input type="hidden" name="lang" value=(lang.as_str());
                    input type="hidden" name="format" value="csv";
                    div class="field" { button type="submit" { (lang.pick("Tải kết quả (CSV)", "Result as CSV")) } }
                }
            }
            @for finding in Finding::ALL {
                @if outcome.count(finding) > 0 { (group(outcome, finding, lang)) }
            }
            (coverage_form("", lang))
        }
    };
    layout::document(&Page { title, description, noindex: true, main }, ctx)
}

fn group(outcome: Outcome<'_>, finding: Finding, lang: Lang) -> Markup {
    html! {
        section class="ask" {
            // What needs a hand stands open; what is well can be looked at.
            details class="group" id=(finding.as_str()) data-finding=(finding.as_str()) open[finding < Finding::NoCard] {
                summary { h2 { (finding.name(lang)) " (" (thousands(outcome.count(finding), lang)) ")" } }
                table {
                    thead {
                        tr {
                            th scope="col" { (lang.pick("Dòng", "Line")) }
                            th scope="col" { (lang.pick("Mã", "Code")) }
                            th scope="col" { (lang.pick("Sản phẩm, ghi chú", "Product, note")) }
                        }
                    }
                    tbody {
                        @for row in outcome.rows.iter().filter(|row| row.finding == finding) { (line(row, lang)) }
                    }
                }
            }
        }
    }
}

fn line(row: &Row, lang: Lang) -> Markup {
    html! {
        tr {
            td { (row.line) }
            td class="given" {
                @if row.given.is_empty() {
                    em { (lang.pick("(không hiển thị)", "(not shown)")) }
                } @else {
                    bdi { (row.given) }
                    @if let Some(gtin) = row.gtin.as_ref().filter(|gtin| **gtin != row.given) {
                        br;
                        span class="gtin" { "GTIN " (gtin) }
                    }
                }
            }
            td {
                @if let Some(product) = &row.product {
                    @match &row.card {
                        Some(card) => a href=(with_lang(card, lang)) dir="auto" { (product) },
                        None => bdi { (product) },
                    }
                }
                @if !row.why.is_empty() { p { (row.why) } }
                @if let Some(line) = row.repeats {
                    p { (lang.pick("Trùng với dòng ", "The same as line ")) (line) "." }
                }
            }
        }
    }
}
