//! The short way to a trade item: a path as this crate writes it, of letters and digits alone.
//!
//! Most codes that a service is asked for stand in a link that it gave out itself. Reading one as any string would
//! take several times as long, and comes to the same.

use crate::gs1_prefix::Gs1Prefix;
use crate::gtin::Gtin14;
use crate::text::{Lot, Serial};
use crate::trade_item::TradeItem;

impl TradeItem {
    /// The trade item of a path `/01/GTIN`, `/01/GTIN/10/LOT`, `/01/GTIN/21/SERIAL` or `/01/GTIN/10/LOT/21/SERIAL`
    /// with 14 digits, and a lot and a serial of ASCII letters and digits: what [`crate::read`] and
    /// [`crate::read_link`] find there, with nothing put right and no host. `None` for every other string, whatever
    /// that may mean to them.
    #[must_use]
    pub fn of_plain_path(path: &str) -> Option<Self> {
        let (digits, mut rest) = path.as_bytes().strip_prefix(b"/01/")?.split_first_chunk::<14>()?;
        let gtin = Gtin14::from_digits(digits).ok()?;
        // Such a number is none of a trade item.
        if matches!(gtin.gs1_prefix(), Gs1Prefix::RestrictedCirculation | Gs1Prefix::Coupon) {
            return None;
        }
        let mut item = Self::of_gtin(gtin);
        if let Some(behind) = rest.strip_prefix(b"/10/") {
            let (lot, left) = plain(behind)?;
            item.lot = Some(Lot::from_bytes(lot).ok()?);
            rest = left;
        }
        if let Some(behind) = rest.strip_prefix(b"/21/") {
            let (serial, left) = plain(behind)?;
            item.serial = Some(Serial::from_bytes(serial).ok()?);
            rest = left;
        }
        rest.is_empty().then_some(item)
    }
}

/// The letters and digits up to the next slash, and what is left from there on.
fn plain(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(_, left)| left.first().is_none_or(|&byte| byte == b'/'))
}
