//! GS1 Digital Links: from a URI to its elements. Writing them is in `link_write`.
//!
//! GS1 Digital Link Standard: URI Syntax 1.7. The path is read from its end: the rightmost primary
//! key wins, and whatever stands before it is a stem.

mod authority;
mod names;
mod path;
mod query;

pub(crate) use authority::Authority;
pub(crate) use path::claims;

use crate::elements::{Elements, Source};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::percent;
use crate::tidied::Tidied;

/// The stretches of a link, as offsets.
struct Stretches {
    path: (usize, usize),
    query: Option<(usize, usize)>,
}

/// Parses `text` from `at`, where its path begins.
pub(crate) fn parse_from<'a>(
    text: &'a [u8],
    at: usize,
    options: Options,
    tidied: &mut Tidied,
) -> Result<Elements<'a>, ParseError> {
    let mut stretches = stretches(text, at);
    let (start, end) = stretches.path;
    if options.tolerant && end > start + 1 && text.get(end - 1) == Some(&b'/') {
        stretches.path.1 -= 1;
        tidied.add(Tidied::TRAILING_SLASH);
    }
    let mut elements = Elements::of(Source::Text(text));
    path::parse(stretches.path, options, tidied, &mut elements)?;
    if let Some(query) = stretches.query {
        query::parse(query, options, tidied, &mut elements)?;
    }
    Ok(elements)
}

/// Parses a whole link as the reference parser does.
pub(crate) fn parse<'a>(text: &'a [u8], options: Options, tidied: &mut Tidied) -> Result<Elements<'a>, ParseError> {
    if !options.tolerant
        && let Some(at) = text.iter().position(|&byte| !percent::is_uri_character(byte))
    {
        return Err(ParseError::new(ErrorCode::UriCharacter, at));
    }
    let authority = Authority::of(text).ok_or(ParseError::new(ErrorCode::Scheme, 0))?;
    if !options.tolerant {
        authority.check(text)?;
    }
    parse_from(text, authority.end, options, tidied)
}

fn stretches(text: &[u8], at: usize) -> Stretches {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.iter().position(|&byte| byte == b'#').map_or(text.len(), |found| at + found);
    let rest = text.get(at..end).unwrap_or_default();
    match rest.iter().position(|&byte| byte == b'?') {
        Some(mark) => Stretches { path: (at, at + mark), query: Some((at + mark + 1, end)) },
        None => Stretches { path: (at, end), query: None },
    }
}
