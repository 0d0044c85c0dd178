//! Stages of a lot's life.

use gs1::{Gln, Gtin14, Lot};
use nguon_openapi::{Source, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::{Id, Localised, Text, schema};

/// One stage (item 5 of the Circular): what, where, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Event {
    /// Identifier of the record, unique within the lot.
    pub id: Id,
    /// The product.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// The lot; that record comes first. A lot keeps 20 stages.
    #[schemars(with = "schema::LotNumber")]
    pub lot: Lot,
    /// What happened.
    #[schemars(with = "schema::StageWord")]
    pub stage: Stage,
    /// The publisher's own words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Localised>,
    /// When: a day in Viet Nam.
    #[schemars(with = "schema::Day")]
    pub date: jiff::civil::Date,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// Where, as a GLN or an identifier of the place (mã truy vết địa điểm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Id>,
    /// On what basis it is declared.
    #[serde(default)]
    #[schemars(with = "schema::SourceWords")]
    pub source: Source,
    /// The publisher takes the record back: it leaves the timeline.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

deserialise_faultless!(Event);

impl Declared for Event {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        if let Some(why) = self.location.as_ref().and_then(gln_fault) {
            faults.add("location", FaultCode::Value, why);
        }
        faults.source(&self.source);
        faults
    }
}

/// 13 digits claim to be a GLN, and then the check digit has to be right.
pub(super) fn gln_fault(id: &Id) -> Option<String> {
    let id = id.as_str();
    let claims = id.len() == 13 && id.bytes().all(|b| b.is_ascii_digit());
    if claims {
        Gln::try_from(id).err().map(|why| format!("has 13 digits like a GLN and is none: {why}"))
    } else {
        None
    }
}
