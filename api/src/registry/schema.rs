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

/// Every family of certificates, in the order in which lists show them.
pub(crate) const KINDS: [CertificateKind; 12] = [
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

/// Every stage, in the order of a lot's life.
pub(crate) const STAGES: [Stage; 10] = [
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

    /// One line of each kind, with every field that it may have.
    const EXAMPLES: [&str; 11] = [
        r#"{"type":"producer","id":"9520000019006","name":{"vi":"HTX","en":"Coop"},"address":{"text":"Xã Mẫu","ward_code":"11410","province_code":"31","legacy":"Huyện Mẫu"},"phone":"1900","email":"a@example.vn","website":"https://example.vn","source":{"level":"declared","by":"HTX"},"withdrawn":true}"#,
        r#"{"type":"media","hash":"aac91c9c4fa88bafba1eb0f4b8bca81c2bb1eb2bd0b1b2d5d3aa84c0a4c7f1ae","media_type":"image/png","base64":"AA==","sizes":[{"side":320,"hash":"00"}]}"#,
        r#"{"type":"product","gtin":"9520000010010","name":{"vi":"Nước mắm"},"producer":"P","brand":"B","model":"M","category":{"vi":"A"},"origin":{"vi":"A"},"net_content":"1 l","shelf_life":{"vi":"A"},"standards":["S"],"warnings":[{"vi":"A"}],"images":[],"compare":[{"text":{"vi":"A"},"image":"00"}],"hosts":["id.example.vn"],"keeps_serials":true,"not_applicable":["brand"],"registered_until":"2027-01-01","demo":true,"source":{"level":"verified"},"withdrawn":true}"#,
        r#"{"type":"batch","gtin":"9520000010010","lot":"L","produced":"2026-01-01","expires":"2027-01-01","best_before":"2026-12-01","inputs":[{"gtin":"9520000010010","lot":"A"}],"source":{"level":"declared"},"withdrawn":true}"#,
        r#"{"type":"item","gtin":"9520000010010","serial":"S","lot":"L","state":"revoked","since":"2026-01-01","expires":"2027-01-01","reason":"R"}"#,
        r#"{"type":"items","gtin":"9520000010010","lot":"L","state":"active","since":"2026-01-01","serials":["S"]}"#,
        r#"{"type":"certificate","id":"C","gtins":["9520000010010"],"producer":"P","kind":"ocop","name":{"vi":"A"},"stars":3,"number":"N","issuer":"I","scope":{"vi":"A"},"from":"2026-01-01","to":"2027-01-01","url":"https://example.vn","source":{"level":"declared"},"withdrawn":true}"#,
        r#"{"type":"event","id":"E","gtin":"9520000010010","lot":"L","stage":"packing","text":{"vi":"A"},"date":"2026-01-01","place":"P","location":"L","source":{"level":"declared"},"withdrawn":true}"#,
        r#"{"type":"recall","id":"R","scope":{"gtin":"9520000010010","whole_product":true,"lots":["L"],"serials":[{"from":"A","to":"B"}]},"status":"closed","class":"A","reason":{"vi":"A"},"hazard":{"vi":"A"},"where_to_find_lot":{"vi":"A"},"remedy":{"vi":"A"},"return_to":{"vi":"A"},"phone":"1900","issuer":"I","document_no":"D","from":"2026-01-01","ended":"2026-01-02","ended_reason":"R"}"#,
        r#"{"type":"link","id":"K","gtin":"9520000010010","lot":"L","link_type":"pip","href":"https://example.vn","title":"T","hreflang":["vi"],"withdrawn":true}"#,
        r#"{"type":"opaque","code":"C","gtin":"9520000010010","lot":"L","serial":"S","withdrawn":true}"#,
    ];

    /// Follow a reference into the definitions.
    fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(reference) => resolved(root, root.pointer(reference.trim_start_matches('#')).expect(reference)),
            None => schema,
        }
    }

    /// The schema of an object, behind `anyOf` with null and references.
    fn object<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
        let schema = resolved(root, schema);
        match schema["anyOf"].as_array() {
            Some(any) => object(root, any.iter().find(|one| one["type"] != "null").expect("something but null")),
            None => schema,
        }
    }

    /// Every key of the value is in the schema, and every key that the schema requires is in the value.
    fn agree(root: &Value, schema: &Value, value: &Value, path: &str) {
        let schema = object(root, schema);
        match value {
            Value::Object(fields) => {
                let known = schema["properties"].as_object().unwrap_or_else(|| panic!("{path}: {schema}"));
                for (name, value) in fields {
                    let field = known.get(name).unwrap_or_else(|| panic!("{path}.{name} is not in the schema"));
                    agree(root, field, value, &format!("{path}.{name}"));
                }
                for name in schema["required"].as_array().into_iter().flatten() {
                    assert!(fields.contains_key(name.as_str().expect("a name")), "{path} lacks {name}");
                }
            }
            Value::Array(list) => list.iter().for_each(|one| agree(root, &schema["items"], one, path)),
            Value::String(word) => {
                if let Some(words) = schema["enum"].as_array() {
                    assert!(words.iter().any(|known| known == word), "{path}: {word} is not one of {words:?}");
                }
            }
            _ => {}
        }
    }

    #[test]
    fn records_with_every_field_agree_with_the_schema() {
        let schema = json_schema();
        for example in EXAMPLES {
            let mut value: Value = serde_json::from_str(example).expect(example);
            let kind = value["type"].clone();
            let of_kind = schema["oneOf"]
                .as_array()
                .expect("one schema for each type")
                .iter()
                .find(|one| one["properties"]["type"]["const"] == kind)
                .expect("the kind is in the schema");
            // The record's own fields may stand beside the tag or behind a reference.
            let mut whole = resolved(&schema, of_kind).clone();
            if let Some(own) = of_kind.get("$ref").map(|_| resolved(&schema, of_kind)) {
                whole = own.clone();
                value.as_object_mut().expect("an object").remove("type");
            }
            agree(&schema, &whole, &value, kind.as_str().expect("a word"));
        }
    }
}
