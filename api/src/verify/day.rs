//! Days in Viet Nam: a date on a label ends at midnight there, wherever the reader is.
//!
//! `Asia/Ho_Chi_Minh` has been UTC+7 without daylight saving since 1975; a fixed offset needs no time-zone table.

use jiff::civil::{Date, DateTime};
use jiff::tz::{self, TimeZone};
use jiff::{Span, Timestamp};

const INDOCHINA: tz::Offset = tz::offset(7);

/// The day it is in Viet Nam.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    clock_time(now).date()
}

/// Day and time in Viet Nam.
pub(super) fn clock_time(at: Timestamp) -> DateTime {
    INDOCHINA.to_datetime(at)
}

/// The first instant of a day in Viet Nam. A day at the edge of time is clamped to it.
pub(super) fn start_of(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::fixed(INDOCHINA)).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The first instant after a day in Viet Nam.
pub(super) fn end_of(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, start_of)
}

/// A day some days after another; the last day there is, where that is past it.
pub(super) fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
}

/// The date that a code prints with two digits for the year (General Specifications §7.12). `None` for a day that no month has.
pub(super) fn printed(date: gs1::AiDate, now: Timestamp) -> Option<Date> {
    let (year, month, day) = date.resolve(today(now).year());
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The instant at which the century of a printed date is read anew, where the turn of the year changes it.
pub(super) fn century_changes_at(date: gs1::AiDate, now: Timestamp) -> Option<Timestamp> {
    let year = today(now).year();
    if date.resolve(year) == date.resolve(year.checked_add(1)?) {
        return None;
    }
    Date::new(year + 1, 1, 1).ok().map(start_of)
}
