//! Checks of dates. What a two-digit year means is `AiDate::resolve`'s to say.

use super::{Fault, Verdict, digits, text};
use crate::charset::Charset;
use crate::error::ErrorCode;

/// A date of six digits. The leap year is that of the century rule's sliding window: within fifty
/// years of now no year that ends in 00 is anything but a leap year, since 2000 was one.
pub(super) fn yymmdd(value: &[u8], last_of_month: bool) -> Verdict {
    sized(value, 6)?;
    month_and_day(value, 2, last_of_month)
}

pub(super) fn yyyymmdd(value: &[u8], last_of_month: bool) -> Verdict {
    sized(value, 8)?;
    month_and_day(value, 4, last_of_month)
}

fn sized(value: &[u8], digits: usize) -> Verdict {
    if value.len() < digits {
        return Err(Fault::whole(ErrorCode::DateTooShort, value));
    }
    if value.len() > digits {
        return Err(Fault::whole(ErrorCode::DateTooLong, value));
    }
    text::members(Charset::Numeric, value)
}

fn month_and_day(value: &[u8], year_digits: usize, last_of_month: bool) -> Verdict {
    let part = |from: usize, to: usize| digits::number(value.get(from..to).unwrap_or_default());
    let year = part(0, year_digits);
    let month = part(year_digits, year_digits + 2);
    let day = part(year_digits + 2, year_digits + 4);
    let Some(days) = days_in(year, month) else {
        return Err(Fault::at(ErrorCode::Month, year_digits, 2));
    };
    if day > days || (day == 0 && !last_of_month) {
        return Err(Fault::at(ErrorCode::Day, year_digits + 2, 2));
    }
    Ok(())
}

/// Days of a month, of a year with or without its century.
fn days_in(year: u64, month: u64) -> Option<u64> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (year < 100 || !year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return None,
    })
}
