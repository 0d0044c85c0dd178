//! The query of a link: data attributes among parameters of other kinds.
//!
//! GS1 Digital Link Standard: URI Syntax 4.10. A key of digits only is an AI or an error; any other
//! key is somebody else's.

use crate::ai::Ai;
use crate::element_string::span;
use crate::elements::{Elements, Written};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::tidied::Tidied;

/// Parses the query between two offsets of the source of `elements`, which holds the path's.
pub(super) fn parse(
    (start, end): (usize, usize),
    options: Options,
    tidied: &mut Tidied,
    elements: &mut Elements<'_>,
) -> Result<(), ParseError> {
    let in_path = elements.len();
    let mut at = start;
    while at < end {
        let text = elements.source().get(at..end).unwrap_or_default();
        let len = text.iter().position(|byte| matches!(byte, b'&' | b';')).unwrap_or(text.len());
        let equals = text.get(..len).and_then(|parameter| parameter.iter().position(|&byte| byte == b'='));
        if let Some(equals) = equals {
            let name = text.get(..equals).unwrap_or_default();
            if !name.is_empty() && name.iter().all(u8::is_ascii_digit) {
                let ai = attribute(name, at, in_path, elements, options)?;
                let mut span = span(ai, at + equals + 1, len - equals - 1, Written::Query)?;
                if ai.is(1) && options.permit_zero_suppressed_gtin {
                    span.padded = matches!(span.len, 8 | 12 | 13);
                    tidied.add_if(Tidied::PADDED, span.padded);
                }
                elements.push(span)?;
                repeats(elements, at, options, tidied)?;
            }
        }
        at += len + 1;
    }
    Ok(())
}

/// The AI of a data attribute, if it may be one here.
fn attribute(
    name: &[u8],
    at: usize,
    in_path: usize,
    elements: &Elements<'_>,
    options: Options,
) -> Result<Ai, ParseError> {
    let unknown = ParseError::new(ErrorCode::UnknownAi, at);
    let ai = Ai::from_digits(name).ok_or(unknown)?;
    let Some(row) = ai.row() else {
        let may = options.permit_unknown_ais && !options.unknown_ai_not_dl_attribute;
        return if may && !ai.contradicts_its_prefix() { Ok(ai) } else { Err(unknown) };
    };
    if !row.is_attribute() || could_stand(elements, in_path, ai) {
        return Err(ParseError::in_ai(ErrorCode::NotAttribute, at, ai));
    }
    Ok(ai)
}

/// Whether a qualifier that came in the query could have stood in the path, and so must.
fn could_stand(elements: &Elements<'_>, in_path: usize, ai: Ai) -> bool {
    let mut path = elements.iter().take(in_path).map(|element| element.ai());
    let Some(sequences) = path.next().and_then(|key| key.row()?.sequences) else {
        return false;
    };
    sequences.iter().any(|sequence| {
        let has = |ai: Ai| sequence.iter().any(|&qualifier| ai.is(qualifier));
        has(ai) && path.clone().all(has)
    })
}

/// The element just added may not stand there already; tolerated with the same value.
fn repeats(elements: &mut Elements<'_>, at: usize, options: Options, tidied: &mut Tidied) -> Result<(), ParseError> {
    let Some(added) = elements.iter().next_back() else {
        return Ok(());
    };
    let ai = added.ai();
    let before = elements.iter().rev().skip(1).find(|e| e.ai() == ai);
    let Some(same) = before.map(|before| before.value() == added.value()) else {
        return Ok(());
    };
    if options.tolerant && same {
        elements.pop();
        tidied.add(Tidied::REPEATED);
        return Ok(());
    }
    Err(ParseError::in_ai(ErrorCode::RepeatedAi, at, ai))
}
