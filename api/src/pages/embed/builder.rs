//! `GET /embed`: how to put a card on a shop page.

use maud::{Markup, PreEscaped, html};
use nguon_openapi::{Card, Lang, Verdict};

use super::choice::{CardTheme, Choice, Variant, WhenUnknown};
use super::coverage_form::coverage_form;
use super::files::{embed_css, embed_js};
use super::place::{Place, has_card};
use super::shops::for_shops;
use super::snippet::{Snippet, Widget, for_code};
use crate::pages::PageContext;
use crate::pages::layout::{self, Page};
use crate::pages::print::Printer;

/// The code that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Preview<'a> {
    /// The code as it was typed.
    pub given: &'a str,
    /// Its card, as a shop page gets it.
    pub card: &'a Card,
}

/// The page.
#[must_use]
pub fn builder(preview: Option<Preview<'_>>, choice: Choice, widget: Widget<'_>, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Gắn thẻ nguồn gốc lên trang bán hàng", "Put the origin card on a shop page");
    let description = lang.pick(
        "Tạo mã nhúng, xem trước thẻ, và kiểm tra những mã nào trong danh mục đã có hồ sơ.",
        "Get the snippet, see the card, and check which codes of a catalogue are on record.",
    );
    let place = preview.and_then(|preview| Place::of(preview.card, ctx.base_url));
    let main = html! {
        (loads(preview.is_some()))
        div class="retail" {
            section class="ask" {
                h1 { (title) }
                p class="lead" {
                    (lang.pick(
                        "Khách thấy ngay ai làm sản phẩm, từ đâu, có cảnh báo nào không. Nhẹ hơn một tấm ảnh, không cookie, không theo dõi ai.",
                        "Customers see at once who made the product, where it comes from, and whether there is a warning. Lighter than a picture; no cookie, nobody is followed.",
                    ))
                }
                p class="promise" {
                    strong { (lang.pick("Thẻ không thể bị chỉnh để giấu thu hồi.", "The card cannot be made to hide a recall.")) }
                    " "
                    (lang.pick(
                        "Thu hồi và cảnh báo luôn hiện, dù chọn kiểu thẻ nào.",
                        "Recalls and warnings always show, whichever look is chosen.",
                    ))
                }
                nav class="parts" aria-label=(lang.pick("Trong trang này", "On this page")) {
                    @if place.is_some() { a href="#snippets" { (lang.pick("Mã nhúng", "Snippets")) } }
                    a href="#shops" { (lang.pick("Cho cả cửa hàng", "For a whole shop")) }
                    a href="#policy" { "Content-Security-Policy" }
                    a href="#optimisers" { (lang.pick("Plugin tăng tốc", "Optimiser plugins")) }
                    a href="#coverage" { (lang.pick("Kiểm tra danh mục", "Check a catalogue")) }
                }
                (choice_form(preview.map_or("", |preview| preview.given), choice, lang))
            }
            @if let Some(preview) = preview {
                (preview_section(preview, place.as_ref(), choice, lang))
            }
            @if let Some(place) = &place {
                section class="ask" id="snippets" {
                    h2 { (lang.pick("Mã nhúng cho mã này", "Snippets for this code")) }
                    (list(&for_code(place, choice, lang, widget), true, lang))
                }
            }
            section class="ask" id="shops" {
                h2 { (lang.pick("Cho cả cửa hàng", "For a whole shop")) }
                p { (lang.pick(
                    "Dán một lần: thẻ lấy mã từ ô mã vạch của từng sản phẩm.",
                    "Paste once: the card takes the code from each product's barcode field.",
                )) }
                (list(&for_shops(choice, lang, widget), false, lang))
            }
            (conditions(lang, widget))
            (coverage_form("", lang))
        }
    };
    layout::document(&Page { title, description, noindex: preview.is_some(), main }, ctx)
}

/// Style and scripts of the retailer's pages.
pub(super) fn loads(with_widget: bool) -> Markup {
    html! {
        link rel="stylesheet" href=(embed_css().path);
        script type="module" src=(embed_js().path) {}
        @if with_widget { script type="module" src="/widget/v1/origin-card.js" {} }
    }
}

fn choice_form(code: &str, choice: Choice, lang: Lang) -> Markup {
    html! {
        form class="code-form choices" action="/embed" method="get" {
            label for="code" { (lang.pick("Mã của một sản phẩm để xem thử", "A product's code, to try")) }
            div class="field" {
                input id="code" name="code" type="text" value=(code) required maxlength="2048" autocomplete="off"
                    autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go";
                button type="submit" { (lang.pick("Lấy mã nhúng", "Get the snippet")) }
            }
            div class="options" {
                (select("variant", lang.pick("Kiểu thẻ", "Look"), &Variant::ALL.iter().map(|word| {
                    (word.as_str(), variant_name(*word, lang), *word == choice.variant)
                }).collect::<Vec<_>>()))
                (select("theme", lang.pick("Nền", "Colours"), &CardTheme::ALL.iter().map(|word| {
                    (word.as_str(), theme_name(*word, lang), *word == choice.theme)
                }).collect::<Vec<_>>()))
                (select("when-unknown", lang.pick("Khi chưa có dữ liệu", "Where there is no data"), &WhenUnknown::ALL.iter().map(|word| {
                    (word.as_str(), unknown_name(*word, lang), *word == choice.when_unknown)
                }).collect::<Vec<_>>()))
            }
            input type="hidden" name="lang" value=(lang.as_str());
        }
    }
}

fn select(name: &str, label: &str, words: &[(&str, &str, bool)]) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for (word, text, is_chosen) in words { option value=(word) selected[*is_chosen] { (text) } }
            }
        }
    }
}

const fn variant_name(variant: Variant, lang: Lang) -> &'static str {
    match variant {
        Variant::Full => lang.pick("Đầy đủ", "Full"),
        Variant::Compact => lang.pick("Gọn", "Compact"),
        Variant::Badge => lang.pick("Một dòng", "One line"),
    }
}

const fn theme_name(theme: CardTheme, lang: Lang) -> &'static str {
    match theme {
        CardTheme::Auto => lang.pick("Theo máy của khách", "As the customer's screen"),
        CardTheme::Light => lang.pick("Sáng", "Light"),
        CardTheme::Dark => lang.pick("Tối", "Dark"),
    }
}

const fn unknown_name(choice: WhenUnknown, lang: Lang) -> &'static str {
    match choice {
        WhenUnknown::Hide => lang.pick("Không hiện gì", "Show nothing"),
        WhenUnknown::Link => lang.pick("Hiện đường dẫn", "Show the link"),
        WhenUnknown::Card => lang.pick("Hiện thẻ nói rõ", "Show a card that says so"),
    }
}

fn preview_section(preview: Preview<'_>, place: Option<&Place>, choice: Choice, lang: Lang) -> Markup {
    let Preview { card, .. } = preview;
    html! {
        section class="ask" id="preview" {
            h2 { (lang.pick("Khách sẽ thấy", "What customers see")) }
            @if place.is_none() {
                p class="note" {
                    (if card.verdict == Verdict::Malformed {
                        lang.pick("Mã chưa đúng nên chưa có mã nhúng. Sửa mã rồi xem lại.", "The code is not valid, so there is no snippet. Correct it and try again.")
                    } else {
                        lang.pick("Đây không phải mã sản phẩm nên không có mã nhúng.", "This is no product's code, so there is no snippet.")
                    })
                }
            } @else if !has_card(card) {
                p class="note" {
                    (lang.pick(
                        "Mã này chưa có trong hồ sơ. Trên trang bán hàng sẽ không hiện gì cho tới khi nhà sản xuất khai báo; từ lúc đó thẻ tự hiện.",
                        "This code is not on record. A shop page shows nothing until its producer declares it; from then on the card shows by itself.",
                    ))
                }
            }
            div class="preview-stage" tabindex="0" role="region" aria-label=(lang.pick("Xem trước thẻ", "Preview of the card")) {
                @match place {
                    // The widget itself, where scripts run; what stands inside it, where they do not.
                    Some(place) if has_card(card) => {
                        origin-card code=(place.raw_code()) lang=(lang.as_str()) variant=(choice.variant.as_str()) theme=(choice.theme.as_str())
                            when-unknown="card" heading-level="3" { (printed(card)) }
                    }
                    _ => (printed(card)),
                }
            }
        }
    }
}

/// A card inside another page: its headings are below that page's.
pub(super) fn printed(card: &Card) -> Markup {
    // A card is made of strings, numbers and lists; such a value always has a JSON form.
    let value = serde_json::to_value(card).unwrap_or_default();
    // Every `<` of a text is escaped: what is left of them begins an element of ours.
    let html = Printer::print(&value, "").0;
    let html = html.replace("<h2", "<h4").replace("</h2>", "</h4>").replace("<h1", "<h3").replace("</h1>", "</h3>");
    PreEscaped(html)
}

/// Snippets as a list to open; the first of them stands open if `first` is set.
fn list(snippets: &[Snippet], first: bool, lang: Lang) -> Markup {
    html! {
        @for (n, snippet) in snippets.iter().enumerate() {
            details class="snippet" id=(snippet.id) open[first && n == 0] {
                summary { (snippet.title) }
                p { (snippet.note) }
                (code(&snippet.text, lang))
            }
        }
    }
}

/// Text to copy, with a button where copying works.
fn code(text: &str, lang: Lang) -> Markup {
    html! {
        div class="copy" {
            button type="button" hidden data-done=(lang.pick("Đã chép", "Copied"))
                data-select=(lang.pick("Đã chọn: nhấn Ctrl+C", "Selected: press Ctrl+C")) { (lang.pick("Chép", "Copy")) }
            span role="status" {}
        }
        pre tabindex="0" { code { (text) } }
    }
}

fn conditions(lang: Lang, widget: Widget<'_>) -> Markup {
    html! {
        section class="ask" id="policy" {
            h2 { (lang.pick("Nếu trang có Content-Security-Policy", "If the page has a Content-Security-Policy")) }
            p { (lang.pick(
                "Thêm những nguồn này, không cần gì hơn. Nếu không muốn cho phép 'wasm-unsafe-eval', bỏ nó ra: thẻ vẫn được vẽ.",
                "Add these sources; nothing more is needed. If you would rather not allow 'wasm-unsafe-eval', leave it out: the card is drawn all the same.",
            )) }
            div class="snippet" { (code(&widget.policy(), lang)) }
            p { (lang.pick("Với khung iframe:", "For a frame:")) }
            div class="snippet" { (code(&format!("frame-src {}", widget.base_url), lang)) }
        }
        section class="ask" id="optimisers" {
            h2 { (lang.pick("Nếu dùng plugin tăng tốc", "If you use an optimiser plugin")) }
            p { (lang.pick(
                "Plugin gộp, nén hoặc trì hoãn script (WP Rocket, LiteSpeed Cache, Autoptimize, SG Optimizer, Rocket Loader của Cloudflare) làm hỏng script kiểu module: mã băm sai nên trình duyệt không chạy, hoặc thẻ chỉ hiện sau cú chạm đầu tiên. Hãy đưa vào danh sách loại trừ:",
                "Plugins that combine, minify, defer or delay scripts (WP Rocket, LiteSpeed Cache, Autoptimize, SG Optimizer, Cloudflare's Rocket Loader) break module scripts: the hash no longer fits and the browser refuses, or the card waits for the first touch. Put this on their list of exclusions:",
            )) }
            div class="snippet" { (code("origin-card.js", lang)) }
        }
    }
}
