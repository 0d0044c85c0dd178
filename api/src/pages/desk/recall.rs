//! Recalls: the list, the form, the preview before one is published, and one that is on record.

mod form;
mod list;
mod one;
mod preview;

pub use form::{RecallSheet, recall_form};
pub use list::{RecallRow, recall_list};
pub use one::recall_one;
pub use preview::{RecallPreview, recall_preview};

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::say::number;
use crate::registry::{LotRef, RecallEntry};

/// Lots that are written out; more are counted.
const LOTS: usize = 60;

/// What a recall names, and what it reaches through inputs.
fn reach(entry: &RecallEntry, lang: Lang) -> Markup {
    let scope = &entry.recall.scope;
    html! {
        dl class="facts" {
            div {
                dt { (lang.pick("Sản phẩm", "Product")) }
                dd { (scope.gtin) }
            }
            @if scope.whole_product {
                div { dt { (lang.pick("Phạm vi", "Scope")) } dd { strong { (lang.pick("Mọi lô của sản phẩm này", "Every lot of this product")) } } }
            }
            @if !scope.lots.is_empty() {
                div {
                    dt { (count(scope.lots.len(), lang.pick("lô được nêu", "lots named"), lang)) }
                    dd { (names(scope.lots.iter().map(ToString::to_string), scope.lots.len(), lang)) }
                }
            }
            @if !scope.serials.is_empty() {
                div {
                    dt { (count(scope.serials.len(), lang.pick("dải số sê-ri", "ranges of serials"), lang)) }
                    dd {
                        (names(
                            scope.serials.iter().map(|it| {
                                if it.from == it.to { it.from.to_string() } else { format!("{} … {}", it.from, it.to) }
                            }),
                            scope.serials.len(),
                            lang,
                        ))
                    }
                }
            }
            div {
                dt { (lang.pick("Lô làm từ hàng thu hồi", "Lots made from it")) }
                dd { (derived(entry, lang)) }
            }
        }
    }
}

fn derived(entry: &RecallEntry, lang: Lang) -> Markup {
    let lots = &entry.derived;
    let own = entry.recall.scope.gtin;
    let named = |it: &LotRef| if it.gtin == own { it.lot.to_string() } else { format!("{} · {}", it.gtin, it.lot) };
    html! {
        @if !entry.recall.scope.serials.is_empty() && entry.recall.scope.lots.is_empty() {
            (lang.pick(
                "Thu hồi theo số sê-ri không lan sang lô khác: hồ sơ không ghi đơn vị nào đã vào lô nào.",
                "A recall of serials reaches no other lot: it is not on record which units went into what.",
            ))
        } @else if lots.is_empty() {
            (lang.pick("Không có lô nào trong hồ sơ.", "None on record."))
        } @else {
            p {
                strong { (number(lots.len() as u64, lang)) @if entry.derived_cut { "+" } (lang.pick(" lô", " lots")) }
                (lang.pick(": thẻ của các lô này sẽ nói nguyên liệu bị thu hồi.", ": their cards will say that an input is recalled."))
            }
            (names(lots.iter().map(named), lots.len(), lang))
        }
    }
}

fn count(n: usize, what: &str, lang: Lang) -> Markup {
    html! { strong { (number(n as u64, lang)) } " " (what) }
}

fn names(names: impl Iterator<Item = String>, of: usize, lang: Lang) -> Markup {
    html! {
        ul class="lots" { @for name in names.take(LOTS) { li { (name) } } }
        @if of > LOTS {
            p class="hint" { (lang.pick("và ", "and ")) (number((of - LOTS) as u64, lang)) (lang.pick(" nữa.", " more.")) }
        }
    }
}
