//! What a printer gets: the codes of an order, once its units are on record.

use core::fmt;

use gs1::{Gtin14, Lot, Serial, TradeItem};
use jiff::civil::Date;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::registry::{ItemState, Items, Localised, Record, Revision};

/// Units of one record.
const TOGETHER: usize = 1_000;

/// What stands for itself in the single segment of a path that holds a code.
const SEGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'/').add(b'%').add(b'?').add(b'#').add(b':');

/// The codes of an order. Every unit in it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// The name of the order: the same order again gives the same codes.
    pub order: String,
    /// The order had been carried out before; nothing was written.
    pub repeated: bool,
    /// The commit, unless it was a repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// The product.
    pub gtin: Gtin14,
    /// Its name.
    pub product: Localised,
    /// The lot.
    pub lot: Lot,
    /// Production date of the lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub produced: Option<Date>,
    /// Last day of use of the lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Best before, of the lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_before: Option<Date>,
    /// Where the units were put. A repeat says where the order put them, not where they stand by now.
    pub state: ItemState,
    /// One for each unit.
    pub units: Vec<UnitCode>,
}

impl Codes {
    /// The records that put the units on sale, as NDJSON.
    ///
    /// # Errors
    /// None that a list of codes can cause: every record has a JSON form.
    pub fn on_sale(&self) -> serde_json::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for units in self.units.chunks(TOGETHER) {
            let serials = units.iter().map(|unit| unit.serial).collect();
            let (gtin, lot, state) = (self.gtin, Some(self.lot), ItemState::Active);
            serde_json::to_writer(&mut lines, &Record::Items(Items { gtin, lot, state, since: None, serials }))?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

/// The code of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCode {
    /// Its serial.
    pub serial: Serial,
    /// Its code in the publisher's own scheme, where the order asked for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What its QR code holds.
    pub link: String,
    /// The same for people: application identifiers in brackets (GS1 General Specifications 4.14), or the code of the
    /// publisher's own scheme.
    pub text: String,
    /// Its PIN, where the order asked for them and the unit has not got another one since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<PrintedPin>,
}

impl UnitCode {
    /// The code of a unit, as links on an origin.
    #[must_use]
    pub fn of(gtin: Gtin14, lot: Lot, serial: Serial, code: Option<String>, base_url: &str) -> Self {
        let (link, text) = match &code {
            None => {
                let item = TradeItem { lot: Some(lot), serial: Some(serial), ..TradeItem::of_gtin(gtin) };
                let mut link = base_url.to_owned();
                // Writing into a String cannot fail.
                let _ = item.write_canonical(&mut link);
                (link, format!("(01){gtin}(10){lot}(21){serial}"))
            }
            Some(code) if code.starts_with("https://") || code.starts_with("http://") => (code.clone(), code.clone()),
            Some(code) => (format!("{base_url}/card/{}", utf8_percent_encode(code, SEGMENT)), code.clone()),
        };
        Self { serial, code, link, text, pin: None }
    }
}

/// A PIN as it is printed. It is in no log: not even its debug form shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrintedPin(pub(super) String);

impl PrintedPin {
    /// The digits, in groups.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrintedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrintedPin")
    }
}
