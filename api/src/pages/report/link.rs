//! The way from a card to the form.

use maud::{Markup, html};
use nguon_openapi::{Card, Lang};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::pages::layout::with_lang;
use crate::pages::onward::own_code;

/// Address of the form for a code, without a language.
#[must_use]
pub fn report_path(code: &str) -> String {
    if code.is_empty() {
        return "/report".to_owned();
    }
    format!("/report?code={}", utf8_percent_encode(code, NON_ALPHANUMERIC))
}

/// The link on a card's page.
pub(in crate::pages) fn report_link(card: &Card, lang: Lang) -> Markup {
    html! {
        p class="to-report" {
            a href=(with_lang(&report_path(own_code(card)), lang)) rel="nofollow" {
                (lang.pick("Thấy điều gì đáng ngờ? Phản ánh", "Does something look wrong? Report it"))
            }
        }
    }
}
