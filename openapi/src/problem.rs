//! Errors as a caller sees them: problem details after RFC 9457.

use serde::{Deserialize, Serialize};

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
