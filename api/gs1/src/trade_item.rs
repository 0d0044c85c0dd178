//! A GTIN and what came with it, and its canonical link.
//!
//! GS1 Digital Link Standard: URI Syntax 4.8 to 4.11. The canonical form is uncompressed, the GTIN
//! has 14 digits, qualifiers stand in the path in their fixed order, dates in the query by AI.

use core::fmt;

use crate::date::AiDate;
use crate::elements::Elements;
use crate::gtin::Gtin14;
use crate::percent::{self, Part};
use crate::read;
use crate::text::{Cpv, Lot, Serial, Tpx};

/// A trade item as a code names it. Small enough to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TradeItem {
    /// AI 01.
    pub gtin: Gtin14,
    /// AI 22.
    pub cpv: Option<Cpv>,
    /// AI 10.
    pub lot: Option<Lot>,
    /// AI 21.
    pub serial: Option<Serial>,
    /// AI 235; never together with a consumer product variant or a serial number.
    pub tpx: Option<Tpx>,
    /// AI 17: use by, or expiry.
    pub expiry: Option<AiDate>,
    /// AI 15.
    pub best_before: Option<AiDate>,
    /// AI 16.
    pub sell_by: Option<AiDate>,
    /// AI 11.
    pub produced: Option<AiDate>,
    /// AI 13.
    pub packed: Option<AiDate>,
}

impl TradeItem {
    /// The product as such: no lot, no serial number, no dates.
    #[must_use]
    pub const fn of_gtin(gtin: Gtin14) -> Self {
        Self {
            gtin,
            cpv: None,
            lot: None,
            serial: None,
            tpx: None,
            expiry: None,
            best_before: None,
            sell_by: None,
            produced: None,
            packed: None,
        }
    }

    /// The product that a piece (8006) belongs to, with the lot, unit and dates that the message names.
    ///
    /// A value that is no lot, serial or date leaves the bare product: a reading has refused such values before.
    #[must_use]
    pub fn of_elements(gtin: Gtin14, elements: &Elements<'_>) -> Self {
        read::trade_item(gtin, elements).unwrap_or_else(|_| Self::of_gtin(gtin))
    }

    /// The same without its serial number, nor the extension that makes a single item of it.
    #[must_use]
    pub const fn without_serial(&self) -> Self {
        Self { serial: None, tpx: None, ..*self }
    }

    /// Writes the path of the canonical link: the GTIN and its key qualifiers.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_path(&self, w: &mut impl fmt::Write) -> fmt::Result {
        w.write_str("/01/")?;
        w.write_str(self.gtin.as_str())?;
        if let Some(tpx) = &self.tpx {
            return segment(w, "/235/", tpx.as_str());
        }
        if let Some(cpv) = &self.cpv {
            segment(w, "/22/", cpv.as_str())?;
        }
        if let Some(lot) = &self.lot {
            segment(w, "/10/", lot.as_str())?;
        }
        if let Some(serial) = &self.serial {
            segment(w, "/21/", serial.as_str())?;
        }
        Ok(())
    }

    /// Writes the canonical link without a host: the path, then the data attributes by AI. Reading
    /// it gives this trade item again.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_canonical(&self, w: &mut impl fmt::Write) -> fmt::Result {
        self.write_path(w)?;
        let mut mark = '?';
        // A third-party extension takes no lot beside it in the path.
        if let (Some(_), Some(lot)) = (&self.tpx, &self.lot) {
            w.write_str("?10=")?;
            percent::encode(lot.as_str().as_bytes(), Part::Query, w)?;
            mark = '&';
        }
        let dates =
            [(11, self.produced), (13, self.packed), (15, self.best_before), (16, self.sell_by), (17, self.expiry)];
        for (ai, date) in dates {
            if let Some(date) = date {
                write!(w, "{mark}{ai}={date}")?;
                mark = '&';
            }
        }
        Ok(())
    }

    /// The unit that this may be a case of: the same digits with packaging level 0. `None` unless
    /// the indicator is 1 to 8 (General Specifications 2.1.6).
    #[must_use]
    pub fn maybe_trade_unit_of(&self) -> Option<Gtin14> {
        if !(1..=8).contains(&self.gtin.indicator()) {
            return None;
        }
        let (before, _) = self.gtin.as_bytes().split_first_chunk::<13>()?;
        let mut unit = *before;
        unit[0] = b'0';
        Gtin14::completing(&unit)
    }
}

fn segment(w: &mut impl fmt::Write, name: &str, value: &str) -> fmt::Result {
    w.write_str(name)?;
    percent::encode(value.as_bytes(), Part::Path, w)
}
