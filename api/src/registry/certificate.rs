//! Certificates and protected names.

use gs1::Gtin14;
use nguon_openapi::{CertificateKind, Source};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::{HttpsUrl, Id, Localised, ProducerId, Text, schema};

/// A certificate, mark or protected name, as its publisher declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Certificate {
    /// Identifier of the record.
    pub id: Id,
    /// The products it covers; at most 100, each on record. Either this or `producer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<schema::Gtin>")]
    #[schemars(length(max = 100))]
    pub gtins: Vec<Gtin14>,
    /// The producer it covers, with everything that producer makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<ProducerId>,
    /// Family.
    #[schemars(with = "schema::CertificateWord")]
    pub kind: CertificateKind,
    /// Name to show; the family's name where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Localised>,
    /// OCOP stars, 3 to 5; only and always with `ocop`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 3, max = 5))]
    pub stars: Option<u8>,
    /// Number of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Text>,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Localised>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub from: Option<jiff::civil::Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<schema::Day>")]
    pub to: Option<jiff::civil::Date>,
    /// Where it can be looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<HttpsUrl>,
    /// On what basis it is declared.
    #[serde(default)]
    #[schemars(with = "schema::SourceWords")]
    pub source: Source,
    /// The publisher takes the record back: it leaves the card.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

deserialise_faultless!(Certificate);

impl Declared for Certificate {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        let ocop = self.kind == CertificateKind::Ocop;
        if self.gtins.is_empty() == self.producer.is_none() {
            faults.add("gtins", FaultCode::Combination, "give either `gtins` or `producer`, and not both");
        }
        faults.at_most("gtins", self.gtins.len(), 100);
        faults.distinct("gtins", &self.gtins);
        match self.stars {
            Some(_) if !ocop => {
                faults.add("stars", FaultCode::Combination, "belongs to kind `ocop` alone: leave it out");
            }
            Some(stars) if !(3..=5).contains(&stars) => faults.add("stars", FaultCode::Value, "is 3, 4 or 5"),
            None if ocop => faults.add("stars", FaultCode::Combination, "is needed with kind `ocop`: 3, 4 or 5"),
            _ => {}
        }
        faults.in_order((self.from, self.to), "to", "is before `from`: correct one of the two");
        faults.source(&self.source);
        faults
    }
}
