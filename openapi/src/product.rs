//! Product, producer, batch and unit, as a reader sees them.

use serde::{Deserialize, Serialize};

/// On what basis a statement stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SourceLevel {
    /// The publisher says so.
    #[default]
    Declared,
    /// A document was shown.
    Evidenced,
    /// Somebody else checked.
    Verified,
}

/// Who stands behind a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"level":"declared","by":"HTX Mẫu 01"})))]
pub struct Source {
    /// Declared, evidenced or verified.
    pub level: SourceLevel,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A kind of product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"name":"Nước mắm cá cơm 40 độ đạm, chai 500 ml","name_is_claim":false,"category":"food","images":["/v1/media/9f8d…"],"source":{"level":"declared","by":"HTX Mẫu 01"}})
    )
)]
pub struct Product {
    /// Name in the reader's language, as the producer declares it. May hold anything a producer may write:
    /// show it as text.
    pub name: String,
    /// The name makes a claim about the goods: show it in quotes, and never as a heading, title or preview.
    pub name_is_claim: bool,
    /// Brand or mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Model or type designation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Product group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Where it was made or last finished, as declared. Never derived from the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Content, weight or size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_content: Option<String>,
    /// Standards and technical regulations applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
    /// Safety warnings, in the reader's language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Pictures: paths on this service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Who stands behind this.
    pub source: Source,
}

/// Producer or trader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"name":"HTX Mẫu 01","gln":"9520000019006","place":{"address":"Xã Mẫu (minh hoạ), Hải Phòng","province_code":"31"},"phone":"1900 0000","source":{"level":"declared","by":"HTX Mẫu 01"}})
    )
)]
pub struct Producer {
    /// Name of the cooperative, company or household.
    pub name: String,
    /// Global Location Number, 13 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gln: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Telephone for customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail for customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Web site (https).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Who stands behind this.
    pub source: Source,
}

/// An address. Labels printed before 2025-07-01 carry the old units; both are shown and never compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"address":"Xã Mẫu (minh hoạ), Hải Phòng","province_code":"31"})))]
pub struct Place {
    /// Address as it is written today.
    pub address: String,
    /// Commune, ward or special zone: 5 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ward_code: Option<String>,
    /// Province or city: 2 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province_code: Option<String>,
    /// Address as older labels carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legacy_address: Option<String>,
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"lot":"L01A","produced":"2026-03-12","expires":"2029-03-12","source":{"level":"declared","by":"HTX Mẫu 01"}})
    )
)]
pub struct Batch {
    /// Lot number on record.
    pub lot: String,
    /// Production date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub produced: Option<jiff::civil::Date>,
    /// Last day of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub expires: Option<jiff::civil::Date>,
    /// Best before; only warns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub best_before: Option<jiff::civil::Date>,
    /// Who stands behind this.
    pub source: Source,
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"serial":"3165QFD13Z41","state":"active"})))]
pub struct Item {
    /// Serial number on record.
    pub serial: String,
    /// Where the unit stands in its life.
    pub state: ItemState,
    /// Since when, where it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub since: Option<jiff::civil::Date>,
    /// The unit's own last day of use, where it differs from its lot's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub expires: Option<jiff::civil::Date>,
}

/// State of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Serial issued, unit not yet on sale.
    Issued,
    /// On sale.
    Active,
    /// For training or display.
    Specimen,
    /// Used up or redeemed.
    Consumed,
    /// Cancelled.
    Revoked,
}
