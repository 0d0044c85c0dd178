//! A lot: what was made together.

use gs1::{Gtin14, Lot};
use nguon_openapi::Source;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::schema;

/// A lot, as its publisher declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Batch {
    /// The product; that record comes first.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Lot number as on the pack: 1–20 characters of GS1's set 82.
    #[schemars(with = "schema::LotNumber")]
    pub lot: Lot,
    /// Production date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub produced: Option<jiff::civil::Date>,
    /// Last day of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub expires: Option<jiff::civil::Date>,
    /// Best before; only warns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub best_before: Option<jiff::civil::Date>,
    /// Lots that it was made from; at most 64. They need not be on record yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 64))]
    pub inputs: Vec<LotRef>,
    /// On what basis it is declared.
    #[serde(default)]
    #[schemars(with = "schema::SourceWords")]
    pub source: Source,
    /// The publisher takes the record back: the lot is no longer on record.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

/// A lot, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LotRef {
    /// The product.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// The lot.
    #[schemars(with = "schema::LotNumber")]
    pub lot: Lot,
}

deserialise_faultless!(Batch);

impl Declared for Batch {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        faults.in_order((self.produced, self.expires), "expires", "is before `produced`: correct one of the two");
        faults.in_order(
            (self.produced, self.best_before),
            "best_before",
            "is before `produced`: correct one of the two",
        );
        faults.at_most("inputs", self.inputs.len(), 64);
        faults.distinct("inputs", &self.inputs);
        if self.inputs.contains(&LotRef { gtin: self.gtin, lot: self.lot }) {
            faults.add("inputs", FaultCode::Combination, "names the lot itself: a lot is not made from itself");
        }
        faults.source(&self.source);
        faults
    }
}
