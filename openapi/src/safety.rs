//! Safety: what a till needs without decoding precedence, and the recalls behind it.

use serde::{Deserialize, Serialize};

use crate::is_zero;

/// One word for a till, and every recall that has to do with this code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"status":"none_known","recalls":[]})))]
pub struct Safety {
    /// The word.
    pub status: SafetyStatus,
    /// The recalls, those that match first; at most 20.
    pub recalls: Vec<RecallNotice>,
    /// How many more there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_recalls: u64,
}

/// What is known of the safety of what carries this code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SafetyStatus {
    /// Nothing on record. That is not a promise.
    NoneKnown,
    /// Other lots or an input lot are recalled: look at the lot on the pack.
    Possible,
    /// Past its date. An active or closed recall says `affected` even then.
    Expired,
    /// A recall matches: do not sell, do not use.
    Affected,
}

/// A recall, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"id":"R-DEMO-001","status":"active","matched_by":"lot","class":"A","reason":"Histamin vượt mức cho phép","hazard":"Có thể gây dị ứng, buồn nôn","gtin":"09520000040017","whole_product":false,"lots":["K04A"],"where_to_find_lot":"Số lô in dưới đáy hộp","remedy":"Mang trả nơi mua, được hoàn tiền","phone":"1900 0000","issuer":"Cơ quan minh hoạ","document_no":"00/MH","from":"2026-11-18"})
    )
)]
pub struct RecallNotice {
    /// Identifier of the recall.
    pub id: String,
    /// Active, closed or withdrawn.
    pub status: RecallStatus,
    /// How it touches this code.
    pub matched_by: MatchedBy,
    /// Severity class, as its issuer gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<RecallClass>,
    /// Why.
    pub reason: String,
    /// What may happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<String>,
    /// GTIN of the recalled product, 14 digits.
    pub gtin: String,
    /// Every lot of the product.
    pub whole_product: bool,
    /// The recalled lots, those that match first; at most 200.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<String>,
    /// The recalled serials, those that match first; at most 200 ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<RecalledSerials>,
    /// How many more lots and ranges there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
    /// Where on the pack the lot stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub where_to_find_lot: Option<String>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Where to bring it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who recalls.
    pub issuer: String,
    /// Number of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_no: Option<String>,
    /// Since when.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = Date))]
    pub from: jiff::civil::Date,
    /// Day on which it was closed or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub ended: Option<jiff::civil::Date>,
    /// For a recalled input: the way from this lot to the recalled one, as canonical paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
}

/// An inclusive range of serials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"from":"0001","to":"0500"})))]
pub struct RecalledSerials {
    /// First.
    pub from: String,
    /// Last; the same as the first for one serial.
    pub to: String,
}

/// State of a recall. Closed is not safe; only a withdrawn recall is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecallStatus {
    /// In force.
    Active,
    /// The campaign is over; units left over should still not be used.
    Closed,
    /// Issued in error and lifted; stays visible for 30 days.
    Withdrawn,
}

/// How a recall touches a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// The serial.
    Serial,
    /// The lot, in the code or on record.
    Lot,
    /// The whole product.
    Product,
    /// A lot that this one was made from.
    Input,
    /// Not this code: other lots or serials of the product.
    OtherLots,
}

/// Severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub enum RecallClass {
    /// Serious.
    A,
    /// Moderate.
    B,
    /// Slight.
    C,
}
