//! Element strings: AIs and values run together, with FNC1 where a length is not predefined.
//!
//! General Specifications 7.8.4 to 7.8.6.

use crate::ai::Ai;
use crate::elements::{Elements, Source, Span, Written};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;

/// FNC1 as scanners transmit it: the group separator.
pub(crate) const GS: u8 = 0x1d;

/// FNC1 as it is written for people to see.
pub(crate) const CARET: u8 = b'^';

/// Parses an element string of `source` from `at`, behind its first FNC1. `fnc1` are the bytes that
/// stand for the separator.
pub(crate) fn parse<'a>(
    source: Source<'a>,
    at: usize,
    fnc1: &[u8],
    options: Options,
) -> Result<Elements<'a>, ParseError> {
    let end = source.bytes().len();
    let mut elements = Elements::of(source);
    let mut at = at;
    if at >= end {
        return Err(ParseError::new(ErrorCode::ValueEmpty, at));
    }
    while at < end {
        let text = elements.source().get(at..).unwrap_or_default();
        let span = first(text, at, fnc1, options)?;
        let next = usize::from(span.start) + usize::from(span.len);
        elements.push(span)?;
        let separated = elements.source().get(next).is_some_and(|byte| fnc1.contains(byte));
        at = next + usize::from(separated);
    }
    Ok(elements)
}

/// The element that `text`, which stands at `at`, begins with.
fn first(text: &[u8], at: usize, fnc1: &[u8], options: Options) -> Result<Span, ParseError> {
    let unknown = ParseError::new(ErrorCode::UnknownAi, at);
    let ai = Ai::at_start_of(text).ok_or(unknown)?;
    let row = ai.row();
    if row.is_none() && !options.permit_unknown_ais {
        return Err(unknown);
    }
    let start = at + ai.len();
    let value = text.get(ai.len()..).unwrap_or_default();
    // No further than a predefined length goes, lest every element look for one far FNC1.
    let most = match row {
        Some(row) if row.is_predefined() => row.length().1,
        _ => value.len(),
    };
    let within = value.get(..most).unwrap_or(value);
    let len = within.iter().position(|byte| fnc1.contains(byte)).unwrap_or(within.len());
    span(ai, start, len, Written::Plain)
}

/// A span, if it lies within the bounds of what is parsed at all.
pub(crate) fn span(ai: Ai, start: usize, len: usize, written: Written) -> Result<Span, ParseError> {
    match (u16::try_from(start), u16::try_from(len)) {
        (Ok(start), Ok(len)) => Ok(Span { ai, start, len, written, padded: false }),
        _ => Err(ParseError::new(ErrorCode::TooLong, start)),
    }
}
