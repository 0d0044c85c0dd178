//! The box for a code: on the first page, and wherever another try is the next step.

use maud::{Markup, html};
use nguon_openapi::Lang;

/// A form that works without script. `code` stands in the box, to be corrected.
pub(super) fn code_form(code: &str, lang: Lang) -> Markup {
    html! {
        form class="code-form" action="/card" method="get" role="search" {
            label for="code" { (lang.pick("Mã trên bao bì", "Code on the pack")) }
            div class="field" {
                input id="code" name="code" type="text" value=[Some(code).filter(|code| !code.is_empty())]
                    required maxlength="2048" autocomplete="off" autocapitalize="none" autocorrect="off"
                    spellcheck="false" enterkeyhint="search" aria-describedby="code-hint";
                input type="hidden" name="lang" value=(lang.as_str());
                button type="submit" { (lang.pick("Tra cứu", "Look up")) }
            }
            p id="code-hint" class="hint" {
                (lang.pick(
                    "Dãy số dưới mã vạch, đường dẫn trong mã QR, hoặc mã in trên tem.",
                    "The digits under the barcode, the address in the QR code, or the code on the label.",
                ))
            }
        }
    }
}
