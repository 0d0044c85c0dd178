//! Producer or trader.

use core::fmt;

use gs1::Gln;
use nguon_openapi::Source;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::event::gln_fault;
use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::{Digits, HttpsUrl, Id, Localised, Text, schema};

/// Name of a producer inside the registry: its GLN where it has one, else an identifier of the publisher's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ProducerId(pub Id);

impl ProducerId {
    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The GLN, where the identifier is one.
    #[must_use]
    pub fn gln(&self) -> Option<Gln> {
        Gln::try_from(self.as_str()).ok()
    }
}

impl fmt::Display for ProducerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A producer or trader, as its publisher declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Producer {
    /// GLN (13 digits, right check digit) or an identifier of the publisher's.
    pub id: ProducerId,
    /// Name.
    pub name: Localised,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Telephone for customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// E-mail for customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Web site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<HttpsUrl>,
    /// On what basis it is declared.
    #[serde(default)]
    #[schemars(with = "schema::SourceWords")]
    pub source: Source,
    /// The publisher takes the record back.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

/// An address of today and, where labels carry it, the one from before 2025-07-01.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// As it is written today.
    pub text: Text,
    /// Commune, ward or special zone, 5 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ward_code: Option<Digits>,
    /// Province or city, 2 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province_code: Option<Digits>,
    /// As older labels carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legacy: Option<Text>,
}

deserialise_faultless!(Producer);

impl Declared for Producer {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        if let Some(why) = gln_fault(&self.id.0) {
            faults.add("id", FaultCode::Value, why);
        }
        if let Some(address) = &self.address {
            digits(&mut faults, "address.ward_code", address.ward_code.as_ref(), 5);
            digits(&mut faults, "address.province_code", address.province_code.as_ref(), 2);
        }
        if self.email.as_ref().is_some_and(|email| !looks_like_email(email.as_str())) {
            faults.add("email", FaultCode::Value, "is no e-mail address: one name, one @, one host name");
        }
        faults.source(&self.source);
        faults
    }
}

fn digits(faults: &mut Faults, field: &str, code: Option<&Digits>, len: usize) {
    if code.is_some_and(|code| code.as_str().len() != len) {
        faults.add(field, FaultCode::Value, format!("is a code of {len} digits; keep leading zeros"));
    }
}

/// Enough to make a `mailto:` link of it safely; whether anybody reads it is not for us to know.
fn looks_like_email(email: &str) -> bool {
    email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%'*+/=^_`{|}~-".contains(&b))
            && host
                .split('.')
                .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    })
}
