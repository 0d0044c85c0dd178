//! Codes of units to be marked: as specimens, or as cancelled.

use gs1::Serial;
use serde::Deserialize;

use super::recall::{no_such, ranges};
use super::wrong::{Wrong, gtin, needed};
use crate::registry::import::Revocation;
use crate::registry::{ItemState, Items, Text};

/// Most serials that are marked as specimens in one go.
const MOST: usize = 1_000;

/// What is to become of the codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Codes {
    /// For training or display.
    #[default]
    Specimen,
    /// Cancelled.
    Cancel,
}

impl Codes {
    /// The word in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Specimen => "specimen",
            Self::Cancel => "cancel",
        }
    }
}

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CodesForm {
    /// What is to become of them.
    pub what: Codes,
    /// The product.
    pub gtin: String,
    /// Serials, one a line; to be cancelled also ranges.
    pub serials: String,
    /// Why.
    pub reason: String,
}

impl CodesForm {
    /// Every field with its value, as they go from one step to the next.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &str); 4] {
        [("what", self.what.as_str()), ("gtin", &self.gtin), ("serials", &self.serials), ("reason", &self.reason)]
    }

    /// Codes to be cancelled.
    ///
    /// # Errors
    /// What is to be put right.
    pub fn revocation(&self) -> Result<Revocation, Vec<Wrong>> {
        let mut wrongs = Vec::new();
        let gtin = gtin("gtin", &self.gtin, &mut wrongs);
        let lines = ranges("serials", &self.serials, &mut wrongs);
        let reason = needed("reason", &self.reason, &mut wrongs);
        let (Some(gtin), Some(reason), true) = (gtin, reason, wrongs.is_empty()) else { return Err(wrongs) };
        let (single, ranges): (Vec<_>, Vec<_>) = lines.into_iter().partition(|range| range.from == range.to);
        let serials = single.into_iter().map(|range| range.from).collect();
        Ok(Revocation { gtin, serials, ranges, reason })
    }

    /// Units to be marked as specimens, and why. What is on record of their lots stays.
    ///
    /// # Errors
    /// What is to be put right.
    pub fn specimens(&self) -> Result<(Items, Text), Vec<Wrong>> {
        let mut wrongs = Vec::new();
        let gtin = gtin("gtin", &self.gtin, &mut wrongs);
        let serials = serials(&self.serials, &mut wrongs);
        let reason = needed("reason", &self.reason, &mut wrongs);
        let (Some(gtin), Some(reason), true) = (gtin, reason, wrongs.is_empty()) else { return Err(wrongs) };
        let items = Items { gtin, lot: None, state: ItemState::Specimen, since: None, serials };
        Ok((items, reason))
    }

    /// The field of the form that a path of what is declared stands in.
    #[must_use]
    pub fn field_of(path: &str) -> &'static str {
        match path {
            "gtin" => "gtin",
            path if path.starts_with("serial") || path.starts_with("ranges") => "serials",
            "reason" => "reason",
            _ => "",
        }
    }
}

fn serials(raw: &str, wrongs: &mut Vec<Wrong>) -> Vec<Serial> {
    let mut found: Vec<Serial> = Vec::new();
    for word in raw.split_whitespace() {
        let Ok(serial) = Serial::try_from(word) else {
            wrongs.push(no_such("serials", "Số sê-ri", "The serial", word));
            return found;
        };
        found.push(serial);
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        wrongs.push(Wrong::at("serials", "Ghi ít nhất một số sê-ri.", "Give at least one serial."));
    } else if found.len() > MOST {
        wrongs.push(Wrong::at(
            "serials",
            "Tối đa 1.000 số một lần: hãy chia ra.",
            "At most 1,000 at a time: divide them.",
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(serials: &str) -> CodesForm {
        let what = Codes::Cancel;
        CodesForm { what, gtin: "9520000010010".into(), serials: serials.into(), reason: "Mất cuộn tem".into() }
    }

    #[test]
    fn single_serials_and_ranges_stand_in_one_box() {
        let revocation = form("A1\nB001\tB099").revocation().unwrap();
        assert_eq!((revocation.serials.len(), revocation.ranges.len()), (1, 1));
        assert_eq!(form("").revocation().unwrap_err()[0].field, "serials");
    }

    #[test]
    fn specimens_are_named_one_by_one_and_counted_once() {
        let (items, why) = form("A1 A1\nB2").specimens().unwrap();
        assert_eq!((items.serials.len(), why.as_str()), (2, "Mất cuộn tem"));
        let many = (0..=1_000).map(|n| format!("S{n}")).collect::<Vec<_>>().join(" ");
        assert!(form(&many).specimens().is_err() && form("é").specimens().is_err());
    }
}
