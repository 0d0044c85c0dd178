//! Percent-encoding of values in the path and the query of a link.
//!
//! RFC 3986 section 2, GS1 Digital Link Standard: URI Syntax 4. Only the unreserved characters stay
//! as they are; what is no escape is taken literally, as the reference parser does.

use core::fmt;

/// Where in a link a value stands: in a query, a plus sign is a blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A segment of the path.
    Path,
    /// A value of the query.
    Query,
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// The decoded bytes of a value, each with its offset in the encoded text.
pub fn decode(encoded: &[u8], part: Part) -> impl Iterator<Item = (usize, u8)> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let &byte = encoded.get(at)?;
        let start = at;
        if byte == b'%'
            && let Some(&[high, low]) = encoded.get(at + 1..at + 3)
            && let (Some(high), Some(low)) = (hex(high), hex(low))
        {
            at += 3;
            return Some((start, high << 4 | low));
        }
        at += 1;
        let blank = byte == b'+' && part == Part::Query;
        Some((start, if blank { b' ' } else { byte }))
    })
}

/// Writes a value so that it can stand in `part` of a link.
///
/// # Errors
/// Those of the writer.
pub fn encode(value: &[u8], part: Part, w: &mut impl fmt::Write) -> fmt::Result {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in value {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                w.write_char(char::from(byte))?;
            }
            b' ' if part == Part::Query => w.write_char('+')?,
            _ => {
                w.write_char('%')?;
                w.write_char(char::from(HEX[usize::from(byte >> 4)]))?;
                w.write_char(char::from(HEX[usize::from(byte & 15)]))?;
            }
        }
    }
    Ok(())
}

/// Whether `byte` may stand in a URI at all.
pub(crate) const fn is_uri_character(byte: u8) -> bool {
    matches!(byte,
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?'
        | b'#' | b'[' | b']' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
        | b',' | b';' | b'=' | b'%')
}
