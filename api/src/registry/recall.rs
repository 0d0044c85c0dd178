//! Recalls. A recall changes state and never disappears.

use core::fmt;

use gs1::{Gtin14, Lot, Serial};
use nguon_openapi::{RecallClass, RecallStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::{Id, Localised, Text, schema};

/// Identifier of a recall.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RecallId(pub Id);

impl RecallId {
    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for RecallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A recall, as its issuer declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Recall {
    /// Identifier.
    pub id: RecallId,
    /// What is recalled.
    pub scope: RecallScope,
    /// Active, closed or withdrawn.
    #[schemars(with = "schema::RecallStatusWord")]
    pub status: RecallStatus,
    /// Severity, as the issuer gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::RecallClassWord>")]
    pub class: Option<RecallClass>,
    /// Why.
    pub reason: Localised,
    /// What may happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Localised>,
    /// Where on the pack the lot stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub where_to_find_lot: Option<Localised>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Localised>,
    /// Where to bring it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<Localised>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// Who recalls.
    pub issuer: Text,
    /// Number of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_no: Option<Text>,
    /// First day. A recall is in force from the moment it is on record, whatever the day says.
    #[schemars(with = "schema::Day")]
    pub from: jiff::civil::Date,
    /// Day on which it was closed or withdrawn; only and always with these two states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub ended: Option<jiff::civil::Date>,
    /// Why it was closed or withdrawn; kept for whoever asks later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_reason: Option<Text>,
}

/// What is recalled. Exactly one of `whole_product`, or `lots` and `serials` of which one is not empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecallScope {
    /// The product. It need not be on record.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Every lot.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub whole_product: bool,
    /// Lots; at most 1,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<schema::LotNumber>")]
    #[schemars(length(max = 1000))]
    pub lots: Vec<Lot>,
    /// Serials; at most 1,000 ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub serials: Vec<SerialRange>,
}

/// An inclusive range of serials of one length, in the order of their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SerialRange {
    /// First.
    #[schemars(with = "schema::SerialNumber")]
    pub from: Serial,
    /// Last; as long as the first and not before it.
    #[schemars(with = "schema::SerialNumber")]
    pub to: Serial,
}

impl SerialRange {
    /// What is wrong with it, if anything.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let (from, to) = (self.from.as_str(), self.to.as_str());
        if from.len() != to.len() {
            Some("has ends of different length: serials of one length make a range")
        } else if from > to {
            Some("ends before it begins: exchange `from` and `to`")
        } else {
            None
        }
    }

    /// Whether a serial lies in the range. Serials of another length never do.
    #[must_use]
    pub fn contains(&self, serial: &Serial) -> bool {
        let (from, to, it) = (self.from.as_str(), self.to.as_str(), serial.as_str());
        it.len() == from.len() && from <= it && it <= to
    }
}

deserialise_faultless!(Recall);

impl Declared for Recall {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        let scope = &self.scope;
        let listed = !scope.lots.is_empty() || !scope.serials.is_empty();
        if scope.whole_product == listed {
            faults.add("scope", FaultCode::Combination, "give either `whole_product`, or `lots` or `serials`");
        }
        faults.at_most("scope.lots", scope.lots.len(), 1000);
        faults.distinct("scope.lots", &scope.lots);
        faults.at_most("scope.serials", scope.serials.len(), 1000);
        for (n, range) in scope.serials.iter().enumerate() {
            if let Some(why) = range.fault() {
                faults.add(format!("scope.serials[{n}]"), FaultCode::Combination, why);
            }
        }
        let over = self.status != RecallStatus::Active;
        faults.combination(over && self.ended.is_none(), "ended", "is needed when the recall is closed or withdrawn");
        faults.combination(
            !over && self.ended.is_some(),
            "ended",
            "belongs to a closed or withdrawn recall: leave it out",
        );
        faults.combination(
            !over && self.ended_reason.is_some(),
            "ended_reason",
            "belongs to a closed or withdrawn recall: leave it out",
        );
        faults
    }
}
