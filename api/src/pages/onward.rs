//! Where to go from a card: another code, somebody else's phone, paper.

use gs1::{Outcome, TradeItem};
use maud::{Markup, html};
use nguon_openapi::{Card, CodeKind, Lang};

use super::layout::with_lang;

/// What a card's code names, where that is on record.
pub(super) fn trade_item(card: &Card) -> Option<TradeItem> {
    let canonical = card.code.canonical.as_deref().filter(|_| card.product.is_some())?;
    match gs1::read_link(canonical).outcome {
        Outcome::TradeItem(item) => Some(item),
        _ => None,
    }
}

/// The code to send on with a form: as it is canonically; one of another scheme as it was read, not as the unit that it
/// stands for.
pub(super) fn own_code(card: &Card) -> &str {
    let canonical = card.code.canonical.as_deref().filter(|_| card.code.kind == CodeKind::Gs1);
    canonical.unwrap_or(&card.code.input)
}

/// The page that search engines keep: the one of the product.
pub(super) fn product_page(item: &TradeItem, base_url: &str) -> String {
    page(&TradeItem::of_gtin(item.gtin), base_url)
}

/// The page to hand to others: product and lot, and all there is to say of a recall; never the serial. A code that
/// goes round by message is a code that can be copied.
fn shared_page(item: &TradeItem, base_url: &str) -> String {
    page(&shared(item), base_url)
}

/// The badge of what [`shared_page`] shows, for previews: as PNG, because Zalo and Facebook show no SVG, which a
/// product's own picture may be.
pub(super) fn shared_badge(item: &TradeItem, base_url: &str, lang: Lang) -> String {
    let mut address = format!("{base_url}/v1/codes");
    // Writing into a String cannot fail.
    let _ = shared(item).write_path(&mut address);
    address.push_str("/badge.png?scale=3&lang=");
    address.push_str(lang.as_str());
    address
}

fn shared(item: &TradeItem) -> TradeItem {
    TradeItem { lot: item.lot, ..TradeItem::of_gtin(item.gtin) }
}

fn page(item: &TradeItem, base_url: &str) -> String {
    let mut address = format!("{base_url}/card");
    // Writing into a String cannot fail.
    let _ = item.write_path(&mut address);
    address
}

/// The buttons below a card on record. Sharing and printing need a script, which shows them; without one there is the
/// address, and a browser's own menu.
pub(super) fn onward(item: Option<&TradeItem>, base_url: &str, lang: Lang) -> Markup {
    let shared = item.map(|item| shared_page(item, base_url));
    let address = shared.as_deref().map(|page| with_lang(page, lang));
    html! {
        nav class="onward" aria-label=(lang.pick("Tiếp theo", "Next")) {
            a class="button primary" href=(with_lang("/", lang)) { (lang.pick("Tra mã khác", "Look up another code")) }
            @if let Some(address) = &address {
                button class="button" type="button" data-do="share" data-address=(address)
                    data-done=(lang.pick("Đã chép địa chỉ", "Address copied")) aria-live="polite" hidden {
                    (lang.pick("Chia sẻ", "Share"))
                }
            }
            button class="button" type="button" data-do="print" hidden {
                (lang.pick("In hoặc lưu", "Print or save"))
            }
        }
        @if let (Some(shared), Some(address)) = (&shared, &address) {
            p class="share" {
                (lang.pick("Địa chỉ để gửi cho người khác: ", "Address to send to others: "))
                a href=(address) { (shared) }
            }
        }
    }
}
