//! How a content system that was given the address of a card finds its oEmbed answer (oEmbed 1.0 §4).

use maud::{Markup, html};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::pages::PageContext;

/// What ends a value in a query, or means something else there (RFC 3986 §3.4).
const VALUE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'+').add(b'<').add(b'>');

/// The link for the head of the page of a card that there is something to show of.
#[must_use]
pub fn discovery(ctx: &PageContext<'_>) -> Markup {
    let address = format!("{}{}", ctx.base_url, ctx.this_path);
    let address = utf8_percent_encode(&address, VALUE);
    html! {
        link rel="alternate" type="application/json+oembed"
            href=(format!("{}/oembed?url={address}&format=json&lang={}", ctx.base_url, ctx.lang.as_str()));
    }
}
