//! The JSON Schema of the records, made from the types.
//!
//! What lives here: how the types of other crates (codes, days, words of closed lists) read in the schema. The
//! schema describes fields one by one; rules between fields are in each type's documentation and are checked
//! when a record is read.

use std::borrow::Cow;

use nguon_openapi::{CertificateKind, RecallClass, RecallStatus, SourceLevel, Stage};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;

use super::Record;

/// JSON Schema (2020-12) of one record: one line of an NDJSON import.
#[must_use]
pub fn json_schema() -> Value {
    schemars::schema_for!(Record).to_value()
}

macro_rules! described {
    ($($(#[$doc:meta])* $name:ident => $schema:expr;)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

/// The wire names of a closed list.
fn words<T: Serialize>(list: &[T]) -> Vec<Value> {
    // A unit variant always serialises as its name; one that did not would fail the test below.
    list.iter().map(|word| serde_json::to_value(word).unwrap_or_default()).collect()
}

const SET_82: &str = r#"^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$"#;

const LEVELS: [SourceLevel; 3] = [SourceLevel::Declared, SourceLevel::Evidenced, SourceLevel::Verified];

const KINDS: [CertificateKind; 12] = [
    CertificateKind::Ocop,
    CertificateKind::Vietgap,
    CertificateKind::Globalgap,
    CertificateKind::Organic,
    CertificateKind::Haccp,
    CertificateKind::Iso22000,
    CertificateKind::PlantingArea,
    CertificateKind::GeographicalIndication,
    CertificateKind::CertificationMark,
    CertificateKind::CollectiveMark,
    CertificateKind::Trademark,
    CertificateKind::Other,
];

const STAGES: [Stage; 10] = [
    Stage::Growing,
    Stage::Harvesting,
    Stage::Receiving,
    Stage::Processing,
    Stage::Inspecting,
    Stage::Packing,
    Stage::Storing,
    Stage::Shipping,
    Stage::RetailSelling,
    Stage::Other,
];

const STATUSES: [RecallStatus; 3] = [RecallStatus::Active, RecallStatus::Closed, RecallStatus::Withdrawn];

const CLASSES: [RecallClass; 3] = [RecallClass::A, RecallClass::B, RecallClass::C];

described! {
    /// A day, such as `2026-07-01`.
    Day => json_schema!({ "type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
    /// A GTIN with its check digit.
    Gtin => json_schema!({ "type": "string", "pattern": r"^([0-9]{8}|[0-9]{12,14})$" });
    /// A lot number, AI (10).
    LotNumber => json_schema!({ "type": "string", "pattern": SET_82 });
    /// A serial number, AI (21).
    SerialNumber => json_schema!({ "type": "string", "pattern": SET_82 });
    /// A certificate's family.
    CertificateWord => json_schema!({ "type": "string", "enum": words(&KINDS) });
    /// A stage.
    StageWord => json_schema!({ "type": "string", "enum": words(&STAGES) });
    /// A recall's state.
    RecallStatusWord => json_schema!({ "type": "string", "enum": words(&STATUSES) });
    /// A recall's severity.
    RecallClassWord => json_schema!({ "type": "string", "enum": words(&CLASSES) });
    /// Who stands behind a statement.
    SourceWords => json_schema!({
        "type": "object",
        "properties": {
            "level": { "type": "string", "enum": words(&LEVELS) },
            "by": { "type": ["string", "null"], "maxLength": 500 },
        },
        "required": ["level"],
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new variant does not compile here until it stands in the list above.
    #[test]
    fn every_word_of_a_closed_list_is_in_the_schema() {
        for kind in KINDS {
            match kind {
                CertificateKind::Ocop
                | CertificateKind::Vietgap
                | CertificateKind::Globalgap
                | CertificateKind::Organic
                | CertificateKind::Haccp
                | CertificateKind::Iso22000
                | CertificateKind::PlantingArea
                | CertificateKind::GeographicalIndication
                | CertificateKind::CertificationMark
                | CertificateKind::CollectiveMark
                | CertificateKind::Trademark
                | CertificateKind::Other => {}
            }
        }
        for stage in STAGES {
            match stage {
                Stage::Growing
                | Stage::Harvesting
                | Stage::Receiving
                | Stage::Processing
                | Stage::Inspecting
                | Stage::Packing
                | Stage::Storing
                | Stage::Shipping
                | Stage::RetailSelling
                | Stage::Other => {}
            }
        }
        for list in [words(&LEVELS), words(&KINDS), words(&STAGES), words(&STATUSES), words(&CLASSES)] {
            assert!(list.iter().all(Value::is_string), "{list:?}");
        }
    }

    #[test]
    fn every_kind_of_record_is_described_and_closed() {
        let schema = json_schema();
        let kinds = schema["oneOf"].as_array().expect("one schema for each type");
        assert_eq!(kinds.len(), Record::KINDS.len());
        let text = schema.to_string();
        for kind in Record::KINDS {
            assert!(text.contains(&format!("\"const\":\"{kind}\"")), "{kind}");
        }
    }
}
