//! A kind of product: what every pack with this GTIN shares.

use gs1::Gtin14;
use nguon_openapi::Source;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, Faults, deserialise_faultless};
use super::{HostName, Localised, MediaHash, ProducerId, Text, schema};

/// A product, as its publisher declares it. Fields after Circular 02/2024/TT-BKHCN and Decree 37/2026/NĐ-CP art. 32.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Product {
    /// Global Trade Item Number; 8, 12, 13 or 14 digits, kept as 14.
    #[schemars(with = "schema::Gtin")]
    pub gtin: Gtin14,
    /// Name.
    pub name: Localised,
    /// Who makes or trades it; that record comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<ProducerId>,
    /// Brand or mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Text>,
    /// Model or type designation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Text>,
    /// Product group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Localised>,
    /// Where it was made or last finished. Never derived from the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Localised>,
    /// Content, weight or size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_content: Option<Text>,
    /// Shelf life in words, such as "24 tháng kể từ ngày sản xuất".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shelf_life: Option<Localised>,
    /// Standards and technical regulations applied; at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub standards: Vec<Text>,
    /// Safety warnings; at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub warnings: Vec<Localised>,
    /// Pictures, the first one first; at most 8. Their media records come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub images: Vec<MediaHash>,
    /// What to compare with the thing in the hand; at most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub compare: Vec<CompareNote>,
    /// Hosts printed in the codes on its labels. Empty: not declared, so no host is a surprise. At most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub hosts: Vec<HostName>,
    /// Every unit has a serial that is on record.
    #[serde(default)]
    pub keeps_serials: bool,
    /// "If any" items of the Circular that this product does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 2))]
    pub not_applicable: Vec<NotApplicable>,
    /// Last day of the registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub registered_until: Option<jiff::civil::Date>,
    /// Demonstration data: every card says so.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub demo: bool,
    /// On what basis it is declared.
    #[serde(default)]
    #[schemars(with = "schema::SourceWords")]
    pub source: Source,
    /// The publisher takes the record back: the card says that the registration has ended.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

/// One thing to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareNote {
    /// One sentence.
    pub text: Localised,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<MediaHash>,
}

/// An item that the Circular asks for "if any".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotApplicable {
    /// Item 8: it has no brand, mark, model or serial.
    Brand,
    /// Item 9: it does not age.
    ShelfLife,
}

deserialise_faultless!(Product);

impl Declared for Product {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        faults.at_most("standards", self.standards.len(), 20);
        faults.at_most("warnings", self.warnings.len(), 20);
        faults.at_most("images", self.images.len(), 8);
        faults.at_most("compare", self.compare.len(), 8);
        faults.at_most("hosts", self.hosts.len(), 8);
        faults.distinct("images", &self.images);
        faults.distinct("hosts", &self.hosts);
        faults.distinct("not_applicable", &self.not_applicable);
        faults.combination(
            self.not_applicable.contains(&NotApplicable::Brand) && (self.brand.is_some() || self.model.is_some()),
            "not_applicable",
            "says `brand` does not apply, and the record has a brand or a model: leave one out",
        );
        faults.combination(
            self.not_applicable.contains(&NotApplicable::ShelfLife) && self.shelf_life.is_some(),
            "not_applicable",
            "says `shelf_life` does not apply, and the record has one: leave one out",
        );
        faults.source(&self.source);
        faults
    }
}

impl Product {
    /// Every picture that it refers to.
    pub fn pictures(&self) -> impl Iterator<Item = &MediaHash> {
        self.images.iter().chain(self.compare.iter().filter_map(|note| note.image.as_ref()))
    }
}
