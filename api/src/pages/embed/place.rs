//! Where a code stands on this service, and how it is written on a shop's page.

use core::fmt::Write as _;

use nguon_openapi::{Card, CodeKind, Level, Verdict};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986 §2.3: what stays as it is in a segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A code that a shop can put on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    base_url: String,
    /// Begins with a slash.
    path: String,
    /// Data attributes of a Digital Link, such as `17=261231`; empty for none.
    query: String,
    /// What goes into the element's `code`.
    code: String,
    /// Where the link inside the element leads.
    link: String,
}

impl Place {
    /// The place of a card's code. `None` where there is nothing to put on a page: no code at all, or one that must
    /// not be repeated.
    #[must_use]
    pub fn of(card: &Card, base_url: &str) -> Option<Self> {
        let is_code = card.verdict != Verdict::Malformed && card.code.kind != CodeKind::NotProduct;
        if !is_code || card.code.input.is_empty() {
            return None;
        }
        let own = card.code.canonical.as_deref().and_then(|link| Some((link, link.strip_prefix(base_url)?)));
        if let Some((link, rest)) = own {
            let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
            return Some(Self {
                base_url: base_url.to_owned(),
                path: path.to_owned(),
                query: query.to_owned(),
                code: link.to_owned(),
                link: link.to_owned(),
            });
        }
        let path = format!("/{}", utf8_percent_encode(&card.code.input, SEGMENT));
        Some(Self {
            link: format!("{base_url}/card{path}"),
            base_url: base_url.to_owned(),
            path,
            query: String::new(),
            code: card.code.input.clone(),
        })
    }

    /// The code as it is. Not escaped.
    #[must_use]
    pub fn raw_code(&self) -> &str {
        &self.code
    }

    /// The code as it goes into an attribute, escaped.
    #[must_use]
    pub fn code(&self) -> String {
        attribute(&self.code)
    }

    /// The link of the code, escaped: what people see until the card is drawn.
    #[must_use]
    pub fn link(&self) -> String {
        attribute(&self.link)
    }

    /// An address below a prefix of this service, such as `/embed`, with parameters. Not escaped.
    #[must_use]
    pub fn address(&self, prefix: &str, ending: &str, parameters: &str) -> String {
        format!("{}{}", self.base_url, self.path_under(prefix, ending, parameters))
    }

    /// The same without the origin.
    #[must_use]
    pub fn path_under(&self, prefix: &str, ending: &str, parameters: &str) -> String {
        let mut address = format!("{prefix}{}{ending}", self.path);
        let both = [self.query.as_str(), parameters];
        for (n, part) in both.into_iter().filter(|part| !part.is_empty()).enumerate() {
            address.push(if n == 0 { '?' } else { '&' });
            address.push_str(part);
        }
        address
    }
}

/// Whether there is a card to show for this. A recall that is told from memory alone has no record beside it, and is on
/// record all the same.
#[must_use]
pub fn has_card(card: &Card) -> bool {
    card.level != Level::None || card.verdict == Verdict::Recalled
}

/// A text as it goes into an attribute in double quotes, in HTML and in JSX. What cannot be seen is written as a
/// number: a code that is copied from a page must be the code, and show that there is something in it.
#[must_use]
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // In JSX and templates these begin an expression.
            '{' | '}' => _ = write!(out, "&#{};", u32::from(c)),
            _ if is_unseen(c) => _ = write!(out, "&#x{:X};", u32::from(c)),
            _ => out.push(c),
        }
    }
    out
}

/// Control characters, blanks that are none, marks of direction and of width zero (Unicode: Cc, Cf, Zl, Zp, Zs).
fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}
