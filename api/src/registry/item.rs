//! Units: serials that were issued, and where each stands in its life.

use gs1::{Gtin14, Lot, Serial};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::{Text, schema};

/// Where a unit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Serial issued, unit not yet on sale.
    #[default]
    Issued,
    /// On sale.
    Active,
    /// For training or display.
    Specimen,
    /// Used up.
    Consumed,
    /// Cancelled.
    Revoked,
}

impl ItemState {
    /// Whether the unit was put on sale: it is, or has been used since.
    #[must_use]
    pub const fn was_put_on_sale(self) -> bool {
        matches!(self, Self::Active | Self::Consumed)
    }
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Item {
    /// The product; that record comes first and keeps serials.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Serial as on the pack: 1–20 characters of GS1's set 82, upper and lower case differ.
    #[schemars(with = "schema::SerialNumber")]
    pub serial: Serial,
    /// Its lot; that record comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::LotNumber>")]
    pub lot: Option<Lot>,
    /// Where it stands.
    #[serde(default)]
    pub state: ItemState,
    /// Since when it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub since: Option<jiff::civil::Date>,
    /// Its own last day of use, where it differs from its lot's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub expires: Option<jiff::civil::Date>,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Many units of one lot in one state: one line of an import instead of thousands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Items {
    /// The product; that record comes first and keeps serials.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Their lot; that record comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::LotNumber>")]
    pub lot: Option<Lot>,
    /// Where they stand.
    #[serde(default)]
    pub state: ItemState,
    /// Since when they stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub since: Option<jiff::civil::Date>,
    /// The serials; 1 to 1,000.
    #[schemars(with = "Vec<schema::SerialNumber>")]
    #[schemars(length(min = 1, max = 1000))]
    pub serials: Vec<Serial>,
}

deserialise_faultless!(Item);
deserialise_faultless!(Items);

/// The first day that `since` can name. An item is stored in eight bytes, two of them for the day.
pub const FIRST_DAY: jiff::civil::Date = jiff::civil::date(2020, 1, 1);

/// The last day that `since` can name: 65,533 days later.
pub const LAST_DAY: jiff::civil::Date = jiff::civil::date(2199, 6, 4);

fn since(faults: &mut Faults, since: Option<jiff::civil::Date>) {
    if since.is_some_and(|day| !(FIRST_DAY..=LAST_DAY).contains(&day)) {
        faults.add("since", FaultCode::Value, format!("lies between {FIRST_DAY} and {LAST_DAY}"));
    }
}

impl Declared for Item {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        since(&mut faults, self.since);
        faults.combination(
            self.reason.is_some() && self.state != ItemState::Revoked,
            "reason",
            "says why a unit was cancelled: give it with state `revoked` alone",
        );
        faults
    }
}

impl Declared for Items {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        since(&mut faults, self.since);
        if self.serials.is_empty() {
            faults.add("serials", FaultCode::Count, "is empty: give 1 to 1,000 serials");
        }
        faults.at_most("serials", self.serials.len(), 1000);
        faults
    }
}
