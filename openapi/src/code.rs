//! The code as it was understood.

use serde::{Deserialize, Serialize};

/// What the caller's string was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"input":"/01/09520000010010/10/L01A","kind":"gs1","canonical":"https://id.example.vn/01/09520000010010/10/L01A","gtin":"09520000010010","lot":"L01A"})
    )
)]
pub struct CodeInfo {
    /// The code as it was given, blanks around it removed. Empty where it must not be repeated (payment codes,
    /// personal documents).
    pub input: String,
    /// What kind of code it is.
    pub kind: CodeKind,
    /// The canonical form: for a GS1 code its uncompressed Digital Link on this service's origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// GTIN, 14 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// Batch or lot number, AI (10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Serial number, AI (21).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Expiry date printed in the code, AI (17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub expiry: Option<jiff::civil::Date>,
    /// Best-before date printed in the code, AI (15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub best_before: Option<jiff::civil::Date>,
}

/// Kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// A GS1 code that names a trade item.
    Gs1,
    /// A GS1 code that names something else (a pallet, a place, an asset).
    Gs1Other,
    /// A code of another scheme, matched as it was registered.
    Opaque,
    /// Not the code of a product.
    NotProduct,
    /// Claims to be a code and is not.
    Malformed,
}
