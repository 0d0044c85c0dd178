//! Errors as a caller sees them: problem details after RFC 9457.

use serde::{Deserialize, Serialize};

use crate::product::{Batch, Producer, Product};
use crate::safety::RecallNotice;

/// A problem document. A problem is never a verdict: it says nothing about any product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"type":"https://id.example.vn/docs/problems#no_code","title":"No code given","status":400,"code":"no_code","detail":"Put the code in the path, /v1/verify/{code}, or in ?code=."})
    )
)]
pub struct Problem {
    /// Address of the problem's description.
    #[serde(rename = "type")]
    pub kind: String,
    /// What went wrong, for people.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable name of the problem.
    pub code: String,
    /// What to do.
    pub detail: String,
    /// Faults by field, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What was on record before about the product in the code, where it is still at hand while the registry cannot be
    /// asked. It is no answer to the question: whether anything is wrong with the product is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Box<Origin>>,
}

/// What a product is and where it comes from, without a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"product":{"name":"Nước mắm cốt","source":{"level":"declared"}},"checked_at":"2026-11-23T03:00:00Z"})
    )
)]
pub struct Origin {
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Who makes or trades it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Producer>,
    /// The lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
    /// Recalls that are known and may concern the product: compare the lot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recalls: Vec<RecallNotice>,
    /// When the registry said so.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = DateTime))]
    pub checked_at: jiff::Timestamp,
}

/// One fault in a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"field":"lang","message":"must be one of: vi, en"})))]
pub struct FieldError {
    /// Which field.
    pub field: String,
    /// What to do.
    pub message: String,
}
