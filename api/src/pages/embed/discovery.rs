//! How a content system that was given the address of a card finds its oEmbed answer (oEmbed 1.0 §4).

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::pages::PageContext;

/// The link for the head of a card page; nothing on any other page.
#[must_use]
pub fn discovery(ctx: &PageContext<'_>) -> Markup {
    let is_card = ctx.this_path.strip_prefix("/card").is_some_and(|rest| rest.starts_with(['/', '?']));
    let address = format!("{}{}", ctx.base_url, ctx.this_path);
    let address = utf8_percent_encode(&address, NON_ALPHANUMERIC);
    html! {
        @if is_card {
            link rel="alternate" type="application/json+oembed"
                href=(format!("{}/oembed?url={address}&format=json&lang={}", ctx.base_url, ctx.lang.as_str()));
        }
    }
}
