//! The button of a consumer with the unit in hand, and the page that answers it. A form that works without script.

use jiff::Timestamp;
use maud::{Markup, html};
use nguon_openapi::{Card, Checks, ChecksState, CodeKind, Lang, ReasonCode};

use super::PageContext;
use super::card::{article, is_recalled, title};
use super::layout::{self, Page};
use super::moment::moment;
use super::onward::{onward, own_code, trade_item};
use super::report::report_link;

/// Longest PIN that the box takes, in characters: blanks and hyphens are typed too.
const PIN_MAX: u8 = 48;

/// Longest receipt that the box takes, in characters.
const RECEIPT_MAX: u8 = 32;

/// The form, where the card says that checks are offered; elsewhere nothing.
pub(super) fn check_form(card: &Card, lang: Lang) -> Option<Markup> {
    let offered = card.checks.as_ref().is_some_and(|checks| checks.state == ChecksState::Available);
    offered.then(|| {
        let hint = lang.pick(
            "Chỉ bấm khi đang cầm sản phẩm: mỗi lần bấm được đếm. Không cần tài khoản.",
            "Tap only with the product in your hand: each tap is counted. No account needed.",
        );
        html! {
            form class="section check" action="/check" method="post" {
                (common_fields(card, lang))
                details {
                    summary { (lang.pick("Có mã PIN dưới lớp phủ?", "Is there a PIN under a coating?")) }
                    (pin_fields(lang))
                }
                button type="submit" class="button primary" { (lang.pick("Kiểm tra mã này", "Check this code")) }
                p class="hint" { (hint) }
            }
        }
    })
}

/// The form once more, for a PIN that did not match or could not be compared.
fn again_form(card: &Card, receipt: &str, lang: Lang) -> Markup {
    html! {
        form class="section check" action="/check" method="post" {
            (common_fields(card, lang))
            // If the PIN was used after all, this shows by whom.
            input type="hidden" name="receipt" value=(receipt);
            (pin_field(lang))
            button type="submit" class="button primary" { (lang.pick("Thử lại mã PIN", "Try the PIN again")) }
        }
    }
}

fn common_fields(card: &Card, lang: Lang) -> Markup {
    html! {
        input type="hidden" name="code" value=(own_code(card));
        input type="hidden" name="lang" value=(lang.as_str());
        // The page's script fills it: a page that is loaded again is then the same check.
        input type="hidden" name="key" value="" data-new-key;
    }
}

fn pin_fields(lang: Lang) -> Markup {
    let receipt_hint = lang.pick(
        "Chỉ cần khi mã PIN này đã được nhập trước đó bởi chính người đang kiểm tra.",
        "Only needed when the PIN was entered before by the same person.",
    );
    html! {
        (pin_field(lang))
        label for="receipt" { (lang.pick("Biên nhận lần trước, nếu có", "Receipt of an earlier check, if any")) }
        input id="receipt" name="receipt" type="text" maxlength=(RECEIPT_MAX) autocomplete="off"
            autocapitalize="characters" autocorrect="off" spellcheck="false" aria-describedby="receipt-hint";
        p id="receipt-hint" class="hint" { (receipt_hint) }
    }
}

fn pin_field(lang: Lang) -> Markup {
    html! {
        label for="pin" { (lang.pick("Mã PIN", "PIN")) }
        input id="pin" name="pin" type="text" maxlength=(PIN_MAX) autocomplete="off" autocapitalize="none"
            autocorrect="off" spellcheck="false";
    }
}

/// What came of a check: the card, how often the unit was checked, and the receipt.
#[must_use]
pub fn check_page(card: &Card, now: Timestamp, ctx: &PageContext<'_>) -> Markup {
    let item = trade_item(card);
    let result = card.checks.as_ref().and_then(|checks| result(card, checks, now, ctx.lang));
    // A recall stands above everything, also above the count.
    let (first, last) = if is_recalled(card) { (None, result) } else { (result, None) };
    let after_head = html! { @if let Some(result) = first { (result) } };
    let main = html! {
        (article(card, &after_head))
        @if let Some(result) = last { div class="check-last" { (result) } }
        (report_link(card, ctx.lang))
        (onward(item.as_ref(), ctx.base_url, ctx.lang))
    };
    let title = title(card, ctx.lang);
    let page = Page { title: &title, description: &card.advice, noindex: true, main };
    layout::document(&page, ctx)
}

fn result(card: &Card, checks: &Checks, now: Timestamp, lang: Lang) -> Option<Markup> {
    let has = |reason| card.reasons.iter().any(|it| it.code == reason);
    if matches!(checks.state, ChecksState::Available | ChecksState::NotPossible) {
        return None;
    }
    let receipt = checks.receipt.as_deref();
    let again = has(ReasonCode::PinMismatch) || has(ReasonCode::PinNotCompared);
    Some(html! {
        section class="section check-result" aria-label=(lang.pick("Kết quả kiểm tra", "Result of the check")) {
            p class="lead" { (lead(checks, lang)) }
            @if again { (again_form(card, receipt.unwrap_or_default(), lang)) }
            @if let Some(receipt) = receipt {
                dl {
                    dt { (lang.pick("Biên nhận", "Receipt")) }
                    dd class="receipt" { (receipt) }
                    dt { (lang.pick("Lúc", "At")) }
                    dd { (moment(now, lang)) }
                }
                p class="hint" {
                    (lang.pick(
                        "Chụp lại hoặc in trang này nếu cần đổi trả hay phản ánh: biên nhận chứng tỏ lần kiểm tra này.",
                        "Keep a picture or a print of this page for a refund or a report: the receipt proves this check.",
                    ))
                }
            }
        }
    })
}

/// How often, and since when. No word about who: that is not known.
fn lead(checks: &Checks, lang: Lang) -> Markup {
    html! {
        @if checks.first_check == Some(true) {
            (lang.pick("Lần kiểm tra đầu tiên của mã này.", "The first check of this code."))
        } @else if let (ChecksState::Counted, Some(count), Some(first_at)) = (checks.state, checks.count, checks.first_at) {
            (lang.pick("Mã này đã được kiểm tra ", "Checks of this code so far: "))
            strong { (count) }
            (lang.pick(" lần, lần đầu lúc ", ", the first at "))
            (moment(first_at, lang))
            (lang.pick(".", ", Viet Nam time."))
        } @else {
            (lang.pick(
                "Lần kiểm tra này chưa được tính vì hệ thống đang bận.",
                "This check was not counted: the service is busy.",
            ))
        }
    }
}

/// Where the card of this code is: what a change of language leads to, because the answer to a check has no address.
#[must_use]
pub fn card_path(card: &Card) -> String {
    let canonical = card.code.canonical.as_deref().filter(|_| card.code.kind == CodeKind::Gs1);
    let path =
        canonical.and_then(|link| link.split_once("://")).and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.map_or_else(|| "/".to_owned(), |path| format!("/card{path}"))
}
