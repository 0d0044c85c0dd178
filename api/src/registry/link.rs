//! Links that a resolver serves for a product or lot.

use gs1::{Gtin14, Lot};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, Faults, deserialise_faultless};
use super::{HttpsUrl, Id, Text, schema};

/// A link, after RFC 9264 and the GS1 Web Vocabulary's link types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Link {
    /// Identifier of the record, unique within the product.
    pub id: Id,
    /// The product; that record comes first.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Only for this lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::LotNumber>")]
    pub lot: Option<Lot>,
    /// Link type of the GS1 Web Vocabulary, without prefix, such as `pip` or `traceability`.
    pub link_type: Id,
    /// Target.
    pub href: HttpsUrl,
    /// Title.
    pub title: Text,
    /// Languages of the target, such as `vi`; at most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub hreflang: Vec<Id>,
    /// Media type of the target.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Text>,
    /// The publisher takes the record back.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

deserialise_faultless!(Link);

impl Declared for Link {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        faults.at_most("hreflang", self.hreflang.len(), 8);
        faults.distinct("hreflang", &self.hreflang);
        faults
    }
}
