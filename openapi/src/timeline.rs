//! Stages of a lot's life.

use serde::{Deserialize, Serialize};

use crate::Source;

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"stage":"packing","text":"Đóng gói, gán mã","date":"2026-03-12","source":{"level":"declared","by":"HTX Mẫu 01"}})
    )
)]
pub struct TimelineEvent {
    /// What happened, from a closed list.
    pub stage: Stage,
    /// The stage in the reader's language, or the publisher's own words for it.
    pub text: String,
    /// When, as a day in Viet Nam.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = Date))]
    pub date: jiff::civil::Date,
    /// Where, as declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who stands behind this.
    pub source: Source,
}

/// Stage, after the business steps of CBV 2.0 and TCVN 12850.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Planting, stocking, rearing.
    Growing,
    /// Harvest or catch.
    Harvesting,
    /// Raw material comes in.
    Receiving,
    /// Processing.
    Processing,
    /// Test or inspection.
    Inspecting,
    /// Packing and marking.
    Packing,
    /// Storage.
    Storing,
    /// Transport.
    Shipping,
    /// Goes on sale.
    RetailSelling,
    /// Anything else; see the text.
    Other,
}
