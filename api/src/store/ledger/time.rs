//! Times as the ledger keeps them: to the millisecond, in days of UTC for what it destroys and of Vietnam for what it
//! counts.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::CLIENT_KEY_KEPT_S;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// `Asia/Ho_Chi_Minh`, without daylight saving since 1975.
const HOURS_EAST: i8 = 7;

/// Milliseconds since 1970. What is before counts as then.
pub(crate) fn ms(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or_default()
}

/// The instant so many milliseconds after 1970; `None` past the year 9999.
pub(crate) fn at_ms(ms: u64) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()
}

/// The instant as it is kept.
pub(crate) fn kept(at: Timestamp) -> Timestamp {
    at_ms(ms(at)).unwrap_or(at)
}

/// Whether what is kept for so many seconds is over.
pub(crate) fn is_over(at: Timestamp, kept_s: i64, now: Timestamp) -> bool {
    ms(at) + 1_000 * kept_s.unsigned_abs() <= ms(now)
}

/// The hour since 1970.
pub(crate) fn hour(at: Timestamp) -> u64 {
    ms(at) / HOUR_MS
}

/// The day since 1970 (UTC).
pub(crate) fn day(at: Timestamp) -> u64 {
    ms(at) / DAY_MS
}

/// The day on which a check counts.
pub(crate) fn tally_day(at: Timestamp) -> Date {
    Offset::constant(HOURS_EAST).to_datetime(at).date()
}

/// When the key of a day (UTC) is destroyed.
pub(crate) fn client_key_ends(day: Date) -> Timestamp {
    let starts = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
    starts.saturating_add(jiff::SignedDuration::from_secs(CLIENT_KEY_KEPT_S)).unwrap_or(Timestamp::MAX)
}
