//! Certificates and protected names.

use serde::{Deserialize, Serialize};

use crate::Source;

/// A certificate, mark or protected name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"kind":"ocop","name":"OCOP 4 sao","stars":4,"number":"MH-01","to":"2028-07-15","state":"valid","source":{"level":"declared","by":"HTX Mẫu 01"}})
    )
)]
pub struct Certificate {
    /// Which family it belongs to.
    pub kind: CertificateKind,
    /// Name to show, in the reader's language.
    pub name: String,
    /// OCOP stars, 3 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Number of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub from: Option<jiff::civil::Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Date))]
    pub to: Option<jiff::civil::Date>,
    /// Valid, ended, or not begun. An ended certificate must look ended.
    pub state: CertificateState,
    /// Where it can be looked up (https).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who stands behind this.
    pub source: Source,
}

/// Family of certificate. Protected names are different things and stay apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// One Commune One Product (Decision 148/QĐ-TTg 2023).
    Ocop,
    /// `VietGAP`, `VietGAHP`.
    Vietgap,
    /// GLOBALG.A.P.
    Globalgap,
    /// Organic (TCVN 11041 and others).
    Organic,
    /// HACCP.
    Haccp,
    /// ISO 22000.
    Iso22000,
    /// Planting-area code.
    PlantingArea,
    /// Geographical indication (chỉ dẫn địa lý).
    GeographicalIndication,
    /// Certification mark (nhãn hiệu chứng nhận).
    CertificationMark,
    /// Collective mark (nhãn hiệu tập thể).
    CollectiveMark,
    /// Trademark.
    Trademark,
    /// Anything else.
    Other,
}

/// Where a certificate stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// In force, or without an end on record.
    Valid,
    /// Its last day has passed.
    Ended,
    /// Its first day is still to come.
    NotYet,
}
