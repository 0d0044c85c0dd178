//! The path of a link: a stem, a primary key, its key qualifiers in order.

use super::names;
use crate::ai::Ai;
use crate::element_string::span;
use crate::elements::{Elements, Written};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::tidied::Tidied;

/// A segment of a path, as offsets.
type Segment = (usize, usize);

/// The last segment before `end`, and where the one before it ends.
fn last(text: &[u8], start: usize, end: usize) -> (Segment, Option<usize>) {
    let slash =
        text.get(start..end).and_then(|path| path.iter().rposition(|&byte| byte == b'/')).map(|found| start + found);
    ((slash.map_or(start, |slash| slash + 1), end), slash.filter(|&slash| slash > start))
}

fn bytes(text: &[u8], (from, to): Segment) -> &[u8] {
    text.get(from..to).unwrap_or_default()
}

/// The AI that a segment names, and whether in letters.
fn ai(segment: &[u8], options: Options) -> Option<(Ai, bool)> {
    if let Some(ai) = Ai::from_digits(segment) {
        return Some((ai, false));
    }
    if !options.permit_convenience_alphas {
        return None;
    }
    names::ai(segment).map(|ai| (ai, true))
}

fn is_key(ai: Ai) -> bool {
    ai.row().is_some_and(crate::ai::Row::is_key)
}

/// Parses the path between two offsets of the source of `elements`.
pub(super) fn parse(
    (start, end): Segment,
    options: Options,
    tidied: &mut Tidied,
    elements: &mut Elements<'_>,
) -> Result<(), ParseError> {
    let mut at = key_at(elements.source(), (start, end), options)?;
    let mut named = false;
    while at < end {
        let text = elements.source();
        let name = segment_at(text, at, end);
        let (ai, in_letters) = ai(bytes(text, name), options).ok_or(ParseError::new(ErrorCode::UnknownAi, name.0))?;
        named |= in_letters;
        if ai.row().is_none() {
            return Err(ParseError::new(ErrorCode::UnknownAi, name.0));
        }
        let value = segment_at(text, name.1 + 1, end);
        let mut span = span(ai, value.0, value.1.saturating_sub(value.0), Written::Path)?;
        if ai.is(1) && options.permit_zero_suppressed_gtin {
            span.padded = matches!(span.len, 8 | 12 | 13);
            tidied.add_if(Tidied::PADDED, span.padded);
        }
        if let Some(code) = out_of_order(elements, ai) {
            return Err(ParseError::in_ai(code, name.0, ai));
        }
        elements.push(span)?;
        at = value.1 + 1;
    }
    tidied.add_if(Tidied::NAMED_KEYS, named);
    Ok(())
}

/// Where the name of the rightmost primary key begins. The path is read in pairs from its end, so
/// that a lot `01` is not taken for a key.
fn key_at(text: &[u8], (start, end): Segment, options: Options) -> Result<usize, ParseError> {
    let mut end_of_pair = Some(end);
    while let Some(end) = end_of_pair {
        let (_, end_of_name) = last(text, start, end);
        let Some(end_of_name) = end_of_name else {
            break;
        };
        let (name, end_before) = last(text, start, end_of_name);
        if ai(bytes(text, name), options).is_some_and(|(ai, _)| is_key(ai)) {
            return Ok(name.0);
        }
        end_of_pair = end_before;
    }
    Err(ParseError::new(ErrorCode::NoKey, start))
}

fn segment_at(text: &[u8], at: usize, end: usize) -> Segment {
    let at = at.min(end);
    let to =
        text.get(at..end).and_then(|rest| rest.iter().position(|&byte| byte == b'/')).map_or(end, |slash| at + slash);
    (at, to)
}

/// Whether `next` may not follow the key and the qualifiers so far.
fn out_of_order(so_far: &Elements<'_>, next: Ai) -> Option<ErrorCode> {
    if so_far.is_empty() || fits(so_far, next) {
        return None;
    }
    let row = next.row()?;
    let of_the_key = so_far
        .iter()
        .next()
        .and_then(|key| key.ai().row()?.sequences)
        .is_some_and(|sequences| sequences.iter().flat_map(|s| s.iter()).any(|&q| next.is(q)));
    if row.is_attribute() && !of_the_key { Some(ErrorCode::NotInPath) } else { Some(ErrorCode::PathOrder) }
}

/// Whether the qualifiers after a key, and `next` behind them, follow one of the key's sequences.
fn fits(so_far: &Elements<'_>, next: Ai) -> bool {
    let mut ais = so_far.iter().map(|element| element.ai());
    let Some(sequences) = ais.next().and_then(|key| key.row()?.sequences) else {
        return false;
    };
    sequences.iter().any(|sequence| {
        let mut left = sequence.iter();
        ais.clone().chain(core::iter::once(next)).all(|ai| left.any(|&qualifier| ai.is(qualifier)))
    })
}

/// Whether a path claims to be a Digital Link: some primary key is followed by a value that looks
/// like one. Four digits and something more do in a web address; in a path of ours, anything.
///
/// GS1 Digital Link Standard: URI Syntax 5.12 (structural patterns).
pub(crate) fn claims(path: &[u8], any_value: bool) -> bool {
    let path = path.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
    let values = path.split(|&byte| byte == b'/').skip(1);
    path.split(|&byte| byte == b'/').zip(values).any(|(name, value)| {
        ai(name, Options::ORDINARY).is_some_and(|(ai, _)| is_key(ai))
            && if any_value {
                !value.is_empty()
            } else {
                value.len() > 4 && value.iter().take(4).all(u8::is_ascii_digit)
            }
    })
}
