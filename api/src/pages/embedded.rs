//! Cards for pages of somebody else's: as nodes that `<origin-card>` draws, and as HTML for pages that are made on a
//! server.

use maud::{Markup, PreEscaped, Render as _, html};
use nguon_openapi::{Card, CardView, Node, Tone};

use super::nodes::nodes;

/// The card as nodes.
#[must_use]
pub fn view(card: &Card) -> CardView {
    // A card is made of strings, numbers and lists; such a value always has a JSON form.
    let nodes = nodes(&serde_json::to_value(card).unwrap_or_default());
    let style = nguon_bundle::CARD_STYLE.to_owned();
    CardView { lang: card.lang, verdict: card.verdict, tone: card.tone, stale: card.stale, nodes, style }
}

/// `<origin-card>` with its card in it, shown before any script has come and taken over by the element when it has.
///
/// The card stands in a declarative shadow root (HTML, "The template element": `shadowrootmode`), its style with it.
/// Where a browser does not know those, the link beside it is what shows. A card with nothing on record is left to
/// the element, which shows it only where the page asks for it.
#[must_use]
pub fn fragment(card: &Card, base_url: &str) -> Markup {
    let code = card.code.canonical.as_deref().unwrap_or(&card.code.input);
    let link = card.links.as_ref().and_then(|links| links.card.as_deref());
    html! {
        origin-card code=(code) lang=(card.lang.as_str()) {
            @if card.tone != Tone::Neutral {
                template shadowrootmode="open" {
                    style { (PreEscaped(nguon_bundle::STYLE)) }
                    (print(&view(card).nodes, base_url))
                }
            }
            @if let Some(link) = link {
                a href=(link) { (card.lang.pick("Xem nguồn gốc", "See where it comes from")) }
            }
        }
    }
}

/// Nodes as HTML. Names of elements and attributes are `nguon_view`'s own; everything else is escaped.
fn print(nodes: &[Node], base_url: &str) -> Markup {
    let mut out = String::with_capacity(8 * 1024);
    let mut open = Vec::new();
    for node in nodes {
        match node {
            Node::Open(element) => {
                let [tag, part, attributes @ ..] = element.as_slice() else { continue };
                let tag = heading(tag);
                out.push('<');
                out.push_str(tag);
                if !part.is_empty() {
                    attribute(&mut out, "class", "", part);
                    attribute(&mut out, "part", "", part);
                }
                for pair in attributes.chunks_exact(2) {
                    let origin = if pair[1].starts_with('/') { base_url } else { "" };
                    attribute(&mut out, &pair[0], origin, &pair[1]);
                }
                out.push('>');
                open.push(tag);
            }
            Node::Text(text) => text.render_to(&mut out),
            Node::Close => {
                if let Some(tag) = open.pop().filter(|tag| *tag != "img") {
                    out.push_str("</");
                    out.push_str(tag);
                    out.push('>');
                }
            }
        }
    }
    PreEscaped(out)
}

/// As the element does where the page does not say otherwise: the page's own title is the first heading.
fn heading(tag: &str) -> &str {
    match tag {
        "h1" => "h2",
        "h2" => "h3",
        other => other,
    }
}

fn attribute(out: &mut String, name: &str, before: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    before.render_to(out);
    value.render_to(out);
    out.push('"');
}
