//! Codes for units: an order as it is filled in.

use gs1::Lot;
use serde::Deserialize;

use super::wrong::{Wrong, gtin};
use crate::issue::{MAX_UNITS, Order, OrderName};
use crate::labels::Layout;
use crate::registry::ItemState;
use crate::registry::text::TextError;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IssueForm {
    /// The name of the order: what is sent again under it gives the same codes and issues nothing twice.
    pub order: String,
    /// The product.
    pub gtin: String,
    /// The lot.
    pub lot: String,
    /// How many.
    pub count: String,
    /// `yes` where each unit gets a PIN.
    pub pins: String,
    /// How the sheets of labels are divided.
    pub sheet: String,
}

impl IssueForm {
    /// The order, its name, and the sheets.
    ///
    /// # Errors
    /// What is to be put right.
    pub fn read(&self) -> Result<(Order, OrderName, Layout), Vec<Wrong>> {
        let mut wrongs = Vec::new();
        let gtin = gtin("gtin", &self.gtin, &mut wrongs);
        let lot = lot(&self.lot, &mut wrongs);
        let count = count(&self.count, &mut wrongs);
        let layout = if self.sheet.is_empty() { Ok(Layout::default()) } else { self.sheet.parse() };
        let layout =
            layout.map_err(|_| wrongs.push(Wrong::at("sheet", "Chọn một loại tờ tem.", "Choose a sheet."))).ok();
        // It stands in a hidden field, and nobody types it.
        let name = self.order.parse().map_err(|_| {
            wrongs.push(Wrong::at("", "Tải lại trang rồi gửi lại.", "Load this page anew, then send again."));
        });
        let (Some(gtin), Some(lot), Some(count), Some(layout), Ok(name)) = (gtin, lot, count, layout, name) else {
            return Err(wrongs);
        };
        let order = Order { gtin, lot, count, state: ItemState::Issued, pins: self.pins == "yes", space: None };
        Ok((order, name, layout))
    }

    /// The field of the form that a path of an order stands in.
    #[must_use]
    pub fn field_of(path: &str) -> &'static str {
        ["gtin", "lot", "count", "sheet"].into_iter().find(|field| *field == path).unwrap_or_default()
    }
}

fn lot(raw: &str, wrongs: &mut Vec<Wrong>) -> Option<Lot> {
    let raw = raw.trim();
    if raw.is_empty() {
        wrongs.push(Wrong::of_text("lot", &TextError::Empty));
        return None;
    }
    let wrong = |_| {
        Wrong::at(
            "lot",
            "Số lô có 1 đến 20 chữ cái không dấu, chữ số hoặc dấu như - / .",
            "A lot has 1 to 20 letters without accents, digits or signs such as - / .",
        )
    };
    Lot::try_from(raw).map_err(|error| wrongs.push(wrong(error))).ok()
}

fn count(raw: &str, wrongs: &mut Vec<Wrong>) -> Option<u32> {
    let count = raw.trim().parse().ok().filter(|count| (1..=MAX_UNITS).contains(count));
    if count.is_none() {
        wrongs.push(Wrong::at("count", "Ghi một số từ 1 đến 100000.", "Give a number from 1 to 100000."));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> IssueForm {
        IssueForm {
            order: "roll-7".to_owned(),
            gtin: " 9520000010010 ".to_owned(),
            lot: "L01A ".to_owned(),
            count: "21".to_owned(),
            pins: "yes".to_owned(),
            sheet: "4x10".to_owned(),
        }
    }

    #[test]
    fn an_order_is_read_as_a_hand_types_it() {
        let (order, name, layout) = form().read().unwrap();
        assert_eq!((order.lot.as_str(), order.count, order.pins), ("L01A", 21, true));
        assert_eq!((order.state, name.as_str()), (ItemState::Issued, "roll-7"));
        assert_eq!(layout, "4x10".parse().unwrap());
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = IssueForm {
            order: "a b".to_owned(),
            gtin: "9520000010011".to_owned(),
            lot: "lô".to_owned(),
            count: "100001".to_owned(),
            pins: String::new(),
            sheet: "9x9".to_owned(),
        };
        let fields: Vec<&str> = wrong.read().unwrap_err().iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["gtin", "lot", "count", "sheet", ""]);
    }
}
