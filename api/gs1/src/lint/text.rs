//! Checks of characters: sets, hyphens, percent-encoding, the importer index.

use super::{Fault, Verdict};
use crate::charset::Charset;
use crate::error::ErrorCode;

const fn outside(set: Charset) -> ErrorCode {
    match set {
        Charset::Numeric => ErrorCode::Digit,
        Charset::Cset82 => ErrorCode::Cset82,
        Charset::Cset39 => ErrorCode::Cset39,
        Charset::Cset64 => ErrorCode::Cset64,
    }
}

pub(super) fn members(set: Charset, value: &[u8]) -> Verdict {
    match set.first_outside(value) {
        Some(at) => Err(Fault::at(outside(set), at, 1)),
        None => Ok(()),
    }
}

/// Padding is optional; where it is given, there is exactly as much as the length needs: a group of
/// three is full, two want one `=`, and one wants two.
pub(super) fn cset64(value: &[u8]) -> Verdict {
    let data = value.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last + 1);
    members(Charset::Cset64, value.get(..data).unwrap_or(value))?;
    let padding = value.len() - data;
    let right = match data % 3 {
        0 => 0,
        1 => 2,
        _ => 1,
    };
    if padding == 0 || padding == right { Ok(()) } else { Err(Fault::at(ErrorCode::Cset64Padding, data, padding)) }
}

pub(super) fn has_non_digit(value: &[u8]) -> Verdict {
    if value.iter().all(u8::is_ascii_digit) {
        return Err(Fault::whole(ErrorCode::HasNonDigit, value));
    }
    Ok(())
}

pub(super) fn hyphen(value: &[u8]) -> Verdict {
    if !value.is_empty() && value.iter().all(|&byte| byte == b'-') {
        return Ok(());
    }
    Err(Fault::whole(ErrorCode::Hyphen, value))
}

pub(super) fn importer_index(value: &[u8]) -> Verdict {
    match value {
        [one] if Charset::Cset64.has(*one) => Ok(()),
        [_] => Err(Fault::whole(ErrorCode::ImporterIdx, value)),
        _ => Err(Fault::whole(ErrorCode::ImporterIdxLength, value)),
    }
}

/// Every `%` is followed by two hexadecimal digits.
pub(super) fn percent_encoded(value: &[u8]) -> Verdict {
    let mut at = 0;
    while let Some(found) = value.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == b'%')) {
        let start = at + found;
        let hex = value.get(start + 1..start + 3);
        if !hex.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) {
            let len = value.len().min(start + 3) - start;
            return Err(Fault::at(ErrorCode::Pcenc, start, len));
        }
        at = start + 3;
    }
    Ok(())
}
