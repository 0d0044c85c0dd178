//! The code in a request, taken from the raw target: a framework's decoded path would turn `%2F` into a
//! separator and mend bad UTF-8, and either can make another code of it.

use std::borrow::Cow;

use actix_web::HttpRequest;
use percent_encoding::percent_decode_str;

use crate::problem::{Kind, Problem};

/// Parameters of ours, which are no part of a Digital Link.
const OURS: [&str; 4] = ["lang", "fields", "context", "code"];

/// The code in a request, before it is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given<'a> {
    /// Decoded once: any string.
    Text(Cow<'a, [u8]>),
    /// Still percent-encoded: a path, or a whole link, with the query that belongs to it.
    Link(Cow<'a, str>),
}

/// How a path begins that names a product: neither a document of a person nor a payment does.
const PRODUCT: &str = "01/";

impl<'a> Given<'a> {
    /// The code behind a route's prefix, or in `?code=`.
    pub(super) fn of(request: &'a HttpRequest, prefix: &str) -> Result<Self, Problem> {
        let uri = request.uri();
        // The router decodes before it matches; what it matched must also stand in the raw target.
        let path = uri.path().strip_prefix(prefix).ok_or(Kind::NotFound)?;
        Self::within(path, uri.query())
    }

    /// The code in a part of a path, still as it came, or in `?code=` where that part is empty.
    pub(super) fn within(path: &'a str, query: Option<&'a str>) -> Result<Self, Problem> {
        let given = Self::from_target(path, query).ok_or(Kind::NoCode)?;
        if given.len() > gs1::MAX_BYTES { Err(Kind::CodeTooLong.into()) } else { Ok(given) }
    }

    /// A code in a body.
    pub(super) fn of_text(code: &'a str) -> Result<Self, Problem> {
        match code.trim().len() {
            0 => Err(Kind::NoCode.into()),
            _ if code.len() > gs1::MAX_BYTES => Err(Kind::CodeTooLong.into()),
            _ => Ok(Self::Text(Cow::Borrowed(code.as_bytes()))),
        }
    }

    /// The code in a path (what follows a route's prefix) and its query.
    pub(super) fn from_target(path: &'a str, query: Option<&'a str>) -> Option<Self> {
        let rest = path.strip_prefix('/').unwrap_or(path);
        if rest.is_empty() {
            return parameter(query, "code").map(Self::Text).filter(|given| given.len() > 0);
        }
        if !rest.contains('/') {
            return Some(Self::Text(percent_decode_str(rest).into()));
        }
        if !rest.starts_with(PRODUCT) {
            // What belongs to a person or a bank is recognised even where it holds a slash, and goes no further.
            let decoded: Cow<'a, [u8]> = percent_decode_str(rest).into();
            if matches!(&gs1::read(&decoded).outcome, gs1::Outcome::NotProduct(not) if not.text.is_none()) {
                return Some(Self::Text(decoded));
            }
        }
        // A link that was put into the path as it is keeps its scheme; everything else is a path of ours.
        let is_link = ["http:/", "https:/"].iter().any(|scheme| starts_with_ignoring_case(rest, scheme));
        let mut link = match () {
            () if is_link => Cow::Owned(with_both_slashes(rest)),
            () if path.len() > rest.len() => Cow::Borrowed(path),
            () => Cow::Owned(format!("/{rest}")),
        };
        // A link keeps its own query; to a path only AIs belong, and whatever trackers add is none.
        let own = foreign(query).filter(|pair| is_link || is_ai(name(pair)));
        for (index, pair) in own.enumerate() {
            let link = link.to_mut();
            link.push(if index == 0 { '?' } else { '&' });
            link.push_str(pair);
        }
        Some(Self::Link(link))
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Link(link) => link.len(),
        }
    }

    /// What it means. A plain path is read the short way and without its elements, which say nothing more.
    pub(super) fn read(&self) -> gs1::Reading<'_> {
        if let Some(item) = self.plain() {
            let (outcome, elements) = (gs1::Outcome::TradeItem(item), gs1::Elements::none());
            return gs1::Reading { outcome, tidied: gs1::Tidied::default(), host: None, elements };
        }
        match self {
            Self::Text(text) => gs1::read(text),
            Self::Link(link) => gs1::read_link(link),
        }
    }

    /// The trade item that it names, where that can be told at a glance.
    fn plain(&self) -> Option<gs1::TradeItem> {
        let path = match self {
            Self::Text(text) => core::str::from_utf8(text).ok()?,
            Self::Link(link) => link,
        };
        gs1::TradeItem::of_plain_path(path)
    }

    /// The code as it was given, for people to compare.
    pub(super) fn echo(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => String::from_utf8_lossy(text),
            Self::Link(link) => Cow::Borrowed(link),
        }
    }
}

/// A link whose double slash was merged on the way, as some proxies do.
fn with_both_slashes(link: &str) -> String {
    match link.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
        _ => link.to_owned(),
    }
}

fn is_ai(name: &str) -> bool {
    (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_digit())
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn pairs(query: Option<&str>) -> impl Iterator<Item = &str> {
    query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
}

fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

fn foreign(query: Option<&str>) -> impl Iterator<Item = &str> {
    pairs(query).filter(|pair| !OURS.contains(&name(pair)))
}

/// A parameter as a form sends it (WHATWG URL §5.1): `+` is a blank, then percent-decoded once. The first counts.
pub(super) fn parameter<'a>(query: Option<&'a str>, wanted: &str) -> Option<Cow<'a, [u8]>> {
    // Forms separate with `&` alone: a `;` belongs to the value.
    let mut pairs = query.unwrap_or_default().split('&');
    let value = pairs.find_map(|pair| pair.split_once('=').filter(|(name, _)| *name == wanted))?.1;
    Some(if value.contains('+') {
        let blanks = value.replace('+', " ");
        Cow::Owned(percent_decode_str(&blanks).collect())
    } else {
        percent_decode_str(value).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(given: &str) -> Given<'_> {
        Given::Text(Cow::Borrowed(given.as_bytes()))
    }

    #[test]
    fn a_segment_is_decoded_once() {
        assert_eq!(Given::from_target("/https%3A%2F%2Fx.vn%2F10%2FA%252FB", None), Some(text("https://x.vn/10/A%2FB")));
        assert_eq!(Given::from_target("/(01)09520000010010", Some("lang=vi")), Some(text("(01)09520000010010")));
    }

    #[test]
    fn a_path_stays_encoded_and_keeps_its_own_query() {
        let given = Given::from_target("/01/09520000010010/10/A%2FB", Some("lang=vi&17=261231&fields=product"));
        assert_eq!(given, Some(Given::Link("/01/09520000010010/10/A%2FB?17=261231".into())));
        let given = Given::from_target("/HTTPS://x.vn/01/09520000010010", Some("lang=en"));
        assert_eq!(given, Some(Given::Link("HTTPS://x.vn/01/09520000010010".into())));
    }

    #[test]
    fn a_form_field_has_plus_for_blank() {
        assert_eq!(Given::from_target("", Some("code=952+0000+0100+1")), Some(text("952 0000 0100 1")));
        assert_eq!(Given::from_target("/", Some("code=%28010%29+A%2BB")), Some(text("(010) A+B")));
        assert_eq!(Given::from_target("", Some("lang=vi")), None);
        assert_eq!(Given::from_target("", Some("code=")), None);
    }
}
