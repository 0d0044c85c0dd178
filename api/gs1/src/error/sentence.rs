//! Puts an error into one sentence. The sentences themselves are in `error::english` and
//! `error::vietnamese`.

use core::fmt;

use super::{ErrorCode, ParseError, english, vietnamese};
use crate::language::Language;

pub(super) fn write(error: &ParseError, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(ai) = error.ai {
        write!(f, "({ai}) ")?;
    }
    let sentence = match language {
        Language::Vi => vietnamese::of(error.code),
        Language::En => english::of(error.code),
    };
    let Some((before, after)) = sentence.split_once("{}") else {
        f.write_str(sentence)?;
        return match (error.code, language) {
            (ErrorCode::Coupon(field, _), Language::En) => write!(f, " ({})", field.name()),
            _ => Ok(()),
        };
    };
    f.write_str(before)?;
    for &byte in error.expected.iter().flatten() {
        if byte != 0 {
            fmt::Write::write_char(f, char::from(byte))?;
        }
    }
    f.write_str(after)
}
