//! Element strings as they are printed under a barcode, with brackets around the AIs.
//!
//! General Specifications 4.15 (human readable interpretation). A bracket that belongs to a value
//! has a backslash in front.

use crate::ai::Ai;
use crate::element_string::span;
use crate::elements::{Elements, Source, Written};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::tidied::Tidied;

/// Parses a bracketed string.
pub(crate) fn parse<'a>(text: &'a [u8], options: Options, tidied: &mut Tidied) -> Result<Elements<'a>, ParseError> {
    let mut elements = Elements::of(Source::Text(text));
    let mut at = 0;
    if text.is_empty() {
        return Err(ParseError::new(ErrorCode::Empty, 0));
    }
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let bracket = ParseError::new(ErrorCode::Bracket, at);
        if rest.first() != Some(&b'(') {
            return Err(bracket);
        }
        // Two to four digits, so that a missing bracket is not looked for to the end.
        let close = rest.iter().take(6).position(|&byte| byte == b')');
        let close = close.ok_or(bracket)?;
        let ai = rest.get(1..close).and_then(Ai::from_digits).ok_or(bracket)?;
        let known = ai.row().is_some();
        if !known && (!options.permit_unknown_ais || ai.contradicts_its_prefix()) {
            return Err(ParseError::new(ErrorCode::UnknownAi, at + 1));
        }
        let start = at + close + 1;
        let value = text.get(start..).unwrap_or_default();
        let len = value_len(value);
        let (from, to) = if options.tolerant { trimmed(value.get(..len).unwrap_or_default()) } else { (0, len) };
        tidied.add_if(Tidied::TRIMMED, from > 0 || to < len);
        elements.push(span(ai, start + from, to - from, Written::Bracketed)?)?;
        at = start + len;
    }
    Ok(elements)
}

/// How far a value goes: to the next bracket without a backslash in front.
fn value_len(value: &[u8]) -> usize {
    let mut before = 0;
    for (i, &byte) in value.iter().enumerate() {
        if byte == b'(' && before != b'\\' {
            return i;
        }
        before = byte;
    }
    value.len()
}

/// A value without the blanks around it.
fn trimmed(value: &[u8]) -> (usize, usize) {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let from = value.iter().take_while(|byte| is_blank(byte)).count();
    let blanks_after = value.iter().rev().take_while(|byte| is_blank(byte)).count();
    (from, value.len().saturating_sub(blanks_after).max(from))
}
