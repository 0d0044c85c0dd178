//! Checks of digits: check digits and pairs, zeros, degrees.

use super::{Fault, Verdict, text};
use crate::charset::Charset;
use crate::check_digit;
use crate::error::ErrorCode;

pub(super) fn csum(value: &[u8]) -> Verdict {
    let Some((&last, before)) = value.split_last() else {
        return Err(Fault::at(ErrorCode::CheckDigitMissing, 0, 0));
    };
    text::members(Charset::Numeric, value)?;
    let right = check_digit::modulo_10(before);
    if last == right {
        return Ok(());
    }
    let mut fault = Fault::at(ErrorCode::CheckDigit, before.len(), 1);
    fault.expected = Some([right, 0]);
    Err(fault)
}

pub(super) fn csumalpha(value: &[u8]) -> Verdict {
    let Some((before, pair)) = value.split_last_chunk::<2>() else {
        return Err(Fault::whole(ErrorCode::CheckPairMissing, value));
    };
    if before.len() > check_digit::PAIR_MAX {
        return Err(Fault::whole(ErrorCode::CheckPairTooLong, value));
    }
    text::members(Charset::Cset82, before)?;
    let right = check_digit::pair(before);
    if right == Some(*pair) {
        return Ok(());
    }
    let mut fault = Fault::at(ErrorCode::CheckPair, before.len(), 2);
    fault.expected = right;
    Err(fault)
}

pub(super) fn non_zero(value: &[u8]) -> Verdict {
    text::members(Charset::Numeric, value)?;
    if value.iter().all(|&digit| digit == b'0') {
        return Err(Fault::whole(ErrorCode::NonZero, value));
    }
    Ok(())
}

pub(super) fn zero(value: &[u8]) -> Verdict {
    if value.is_empty() || value.iter().any(|&digit| digit != b'0') {
        return Err(Fault::whole(ErrorCode::Zero, value));
    }
    Ok(())
}

pub(super) fn no_zero_prefix(value: &[u8]) -> Verdict {
    text::members(Charset::Numeric, value)?;
    if value.first() == Some(&b'0') {
        return Err(Fault::at(ErrorCode::NoZeroPrefix, 0, 1));
    }
    Ok(())
}

/// Ten digits of a latitude or longitude, none above `most`.
pub(super) fn degrees(value: &[u8], most: u64, code: ErrorCode) -> Verdict {
    if value.len() != 10 {
        let code =
            if matches!(code, ErrorCode::Latitude) { ErrorCode::LatitudeLength } else { ErrorCode::LongitudeLength };
        return Err(Fault::whole(code, value));
    }
    text::members(Charset::Numeric, value)?;
    if number(value) > most {
        return Err(Fault::whole(code, value));
    }
    Ok(())
}

/// The number that digits spell; callers have looked at the characters. Saturates.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |sum: u64, &digit| sum.saturating_mul(10).saturating_add(u64::from(digit.wrapping_sub(b'0'))))
}
