//! A moment as a reader writes it, in the time of Viet Nam.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use maud::{Markup, html};
use nguon_openapi::Lang;

/// Viet Nam keeps one time, UTC+7, the whole year.
const HOURS_EAST: i8 = 7;

/// Hour, minute and day.
pub(super) fn moment(at: Timestamp, lang: Lang) -> Markup {
    let local = at.to_zoned(TimeZone::fixed(Offset::constant(HOURS_EAST)));
    html! {
        time datetime=(at) { (local.strftime(lang.pick("%H:%M ngày %d/%m/%Y", "%H:%M on %-d %b %Y"))) }
    }
}
