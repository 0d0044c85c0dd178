//! Checks of "n of m": piece of total, position in sequence.

use super::{Fault, Verdict, digits, text};
use crate::charset::Charset;
use crate::error::ErrorCode;

/// Piece and total, of equally many digits.
pub(super) fn piece_of_total(value: &[u8]) -> Verdict {
    if value.is_empty() || !value.len().is_multiple_of(2) {
        return Err(Fault::whole(ErrorCode::PieceLength, value));
    }
    text::members(Charset::Numeric, value)?;
    let half = value.len() / 2;
    let (piece, total) = value.split_at(half);
    if digits::number(piece) == 0 {
        return Err(Fault::at(ErrorCode::PieceZero, 0, half));
    }
    if digits::number(total) == 0 {
        return Err(Fault::at(ErrorCode::TotalZero, half, half));
    }
    // Of equal length, so the order of the digits is the order of the numbers, however long.
    if piece > total {
        return Err(Fault::whole(ErrorCode::PieceAboveTotal, value));
    }
    Ok(())
}

/// `position/end`, neither with a zero in front.
pub(super) fn position_in_sequence(value: &[u8]) -> Verdict {
    let form = Fault::whole(ErrorCode::PositionForm, value);
    let slash = value.iter().position(|&byte| byte == b'/').ok_or(form)?;
    let (position, rest) = value.split_at(slash);
    let end = rest.get(1..).unwrap_or_default();
    for number in [position, end] {
        if number.is_empty() || !number.iter().all(u8::is_ascii_digit) {
            return Err(form);
        }
    }
    if position.first() == Some(&b'0') {
        return Err(Fault::at(ErrorCode::NoZeroPrefix, 0, position.len()));
    }
    if end.first() == Some(&b'0') {
        return Err(Fault::at(ErrorCode::NoZeroPrefix, slash + 1, end.len()));
    }
    if (position.len(), position) > (end.len(), end) {
        return Err(Fault::whole(ErrorCode::PositionAboveEnd, value));
    }
    Ok(())
}
