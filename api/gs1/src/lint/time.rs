//! Checks of times of day.

use super::{Fault, Verdict, digits, text};
use crate::charset::Charset;
use crate::error::ErrorCode;

fn sized(value: &[u8], digits: usize) -> Verdict {
    if value.len() < digits {
        return Err(Fault::whole(ErrorCode::TimeTooShort, value));
    }
    if value.len() > digits {
        return Err(Fault::whole(ErrorCode::TimeTooLong, value));
    }
    text::members(Charset::Numeric, value)
}

fn below(value: &[u8], limit: u64, code: ErrorCode, at: usize) -> Verdict {
    if digits::number(value) < limit {
        return Ok(());
    }
    Err(Fault::at(code, at, 2))
}

pub(super) fn hh(value: &[u8]) -> Verdict {
    sized(value, 2)?;
    below(value, 24, ErrorCode::Hour, 0)
}

pub(super) fn mi(value: &[u8]) -> Verdict {
    sized(value, 2)?;
    below(value, 60, ErrorCode::Minute, 0)
}

pub(super) fn ss(value: &[u8]) -> Verdict {
    sized(value, 2)?;
    below(value, 60, ErrorCode::Second, 0)
}

pub(super) fn hhmi(value: &[u8]) -> Verdict {
    sized(value, 4)?;
    let (hour, minute) = value.split_at(2);
    below(hour, 24, ErrorCode::Hour, 0)?;
    below(minute, 60, ErrorCode::Minute, 2)
}
