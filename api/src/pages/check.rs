//! The button of a consumer with the unit in hand. A form that works without script; `POST /check` answers it.

use maud::{Markup, html};
use nguon_openapi::{Card, ChecksState, Lang};

/// Longest PIN that the box takes, in characters.
const PIN_MAX: u8 = 32;

/// The form, where the card says that checks are offered; elsewhere nothing.
pub(super) fn check_form(card: &Card, lang: Lang) -> Option<Markup> {
    let offered = card.checks.as_ref().is_some_and(|checks| checks.state == ChecksState::Available);
    // A code of another scheme is checked as it was registered, not as the unit it stands for.
    let code = match card.code.kind {
        nguon_openapi::CodeKind::Gs1 => card.code.canonical.as_deref().unwrap_or(&card.code.input),
        _ => &card.code.input,
    };
    offered.then(|| {
        html! {
            form class="section check" action="/check" method="post" {
                input type="hidden" name="code" value=(code);
                input type="hidden" name="lang" value=(lang.as_str());
                details {
                    summary { (lang.pick("Có mã PIN dưới lớp phủ?", "Is there a PIN under a coating?")) }
                    label for="pin" { (lang.pick("Mã PIN", "PIN")) }
                    input id="pin" name="pin" type="text" maxlength=(PIN_MAX) autocomplete="off"
                        autocapitalize="none" autocorrect="off" spellcheck="false";
                }
                button type="submit" class="button primary" { (lang.pick("Kiểm tra mã này", "Check this code")) }
                p class="hint" {
                    (lang.pick(
                        "Chỉ bấm khi đang cầm sản phẩm: mỗi lần bấm được đếm. Không cần tài khoản.",
                        "Tap only with the product in your hand: each tap is counted. No account needed.",
                    ))
                }
            }
        }
    })
}
