//! What was declared about a product: by whom, when, from which file, and why.

use gs1::Gtin14;
use maud::{Markup, html};
use serde_json::Value;

use super::field::{Field, Form};
use super::layout::{DeskContext, Room, document};
use super::say::{act, kind};
use crate::desk::{Happened, History, Wrong};
use crate::pages::moment::moment;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct HistoryPage<'a> {
    /// As it was typed.
    pub typed: &'a str,
    /// What is to be put right.
    pub wrongs: &'a [Wrong],
    /// The product, and a part of its history.
    pub found: Option<(Gtin14, &'a History)>,
}

/// The page.
#[must_use]
pub fn history(page: &HistoryPage<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Lịch sử khai báo", "What was declared");
    let form = Form { wrongs: page.wrongs, lang };
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            form class="find" action="/desk/history" method="get" {
                input type="hidden" name="lang" value=(lang.as_str());
                (form.line(&Field {
                    name: "gtin",
                    label: lang.pick("Mã sản phẩm (GTIN)", "Product code (GTIN)"),
                    hint: "",
                    value: page.typed,
                    needed: true,
                }))
                button type="submit" class="send" { (lang.pick("Xem", "Show")) }
            }
            @if let Some((gtin, history)) = page.found {
                @if history.lines.is_empty() && history.next.is_none() {
                    p class="empty" { (lang.pick("Không có gì được khai báo cho sản phẩm này.", "Nothing was declared for this product.")) }
                } @else {
                    ul class="rows" { @for it in &history.lines { li { (line(it, ctx)) } } }
                }
                @if let Some(next) = history.next {
                    p { a class="button" href=(ctx.to(&format!("/desk/history?gtin={gtin}&after={next}"))) { (lang.pick("Xem tiếp", "More")) } }
                }
            }
        }
    };
    document(title, Room::History, &main, ctx)
}

fn line(happened: &Happened, ctx: &DeskContext<'_>) -> Markup {
    let (it, lang) = (&happened.evidence, ctx.lang);
    let what = it.body.get("type").and_then(Value::as_str).unwrap_or_default();
    html! {
        div class="head" {
            strong { (act(&it.act, lang)) @if !what.is_empty() { ": " (kind(what, lang)) } }
            @if let Some(lot) = it.body.get("lot").and_then(Value::as_str) { span { (lang.pick("lô ", "lot ")) (lot) } }
            @if let Some(units) = it.body.get("serials").and_then(Value::as_array) {
                span { (units.len()) (lang.pick(" mã", " units")) }
            }
        }
        p class="of" {
            (moment(it.at, lang)) " · " (it.publisher)
            @if let Some(by) = &it.by { " · " (by) }
            @if let Some(approved) = &it.approved_by { (lang.pick(" · duyệt: ", " · approved by ")) span dir="auto" { (approved) } }
        }
        @if let Some(why) = &it.why { p class="of" dir="auto" { (lang.pick("Vì sao: ", "Why: ")) (why) } }
        @if let Some(file) = &it.file {
            p class="of" {
                (lang.pick("Tệp ", "File ")) code { (file.get(..12).unwrap_or(file)) "…" }
                @if let Some(sheet) = &it.sheet { " · " bdi { (sheet) } }
                @if let Some(line) = it.line.filter(|line| *line > 0) { (lang.pick(", dòng ", ", line ")) (line) }
            }
        }
        details {
            summary { (lang.pick("Nội dung khai báo", "What was declared")) }
            pre class="quoted" { (serde_json::to_string_pretty(&it.body).unwrap_or_default()) }
        }
    }
}
