//! The contract: committed, served and printed alike, and complete enough to write a client from.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use nguon_tests::{demo, nguon, workspace};
use serde_json::Value;

fn committed() -> String {
    let path = workspace().join("openapi/openapi.json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document() -> Value {
    serde_json::from_str(&committed()).unwrap()
}

/// Every object in a document, with its place.
fn each<'a>(value: &'a Value, place: &str, look: &mut impl FnMut(&str, &'a Value)) {
    look(place, value);
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| each(value, &format!("{place}/{name}"), look)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, value)| each(value, &format!("{place}/{n}"), look)),
        _ => {}
    }
}

#[test]
fn the_committed_document_is_what_the_binary_prints() {
    let printed = Command::new(nguon()).arg("openapi").output().unwrap();
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(
        committed() == printed,
        "openapi/openapi.json is not what the code says. Look at the change, then make it anew: \
         cargo run -- openapi > openapi/openapi.json"
    );
}

#[test]
fn the_served_document_is_the_committed_one() {
    let server = demo();
    let reply = server.get("/openapi.json");
    assert_eq!((reply.status, reply.media_type()), (200, "application/json"));
    assert_eq!(reply.json(), document());
}

#[test]
fn it_is_openapi_3_1_and_every_reference_leads_somewhere() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut references = 0;
    each(&document, "", &mut |place, value| {
        let Some(target) = value.get("$ref").and_then(Value::as_str) else { return };
        references += 1;
        assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{place} refers to {target}");
    });
    assert!(references > 20, "{references}");
}

#[test]
fn every_schema_has_a_description_and_an_example_that_fits() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in ["Card", "Problem", "Verdict", "Safety", "Reason", "RecallNotice"] {
        assert!(schemas.contains_key(name), "{name}");
    }
    for (name, schema) in schemas {
        assert!(schema["description"].as_str().is_some_and(|text| text.len() > 3), "{name} has no description");
        let examples = schema.get("examples").and_then(Value::as_array);
        let example = schema.get("example").or_else(|| examples.and_then(|list| list.first()));
        let Some(properties) = schema["properties"].as_object() else {
            assert!(
                schema.get("enum").or(schema.get("oneOf")).is_some(),
                "{name} is neither an object nor a closed list"
            );
            continue;
        };
        let example = example.unwrap_or_else(|| panic!("{name} has no example"));
        let fields = example.as_object().unwrap_or_else(|| panic!("{name}'s example is no object: {example}"));
        for field in fields.keys() {
            assert!(properties.contains_key(field), "{name}'s example has {field}, its schema has not");
        }
        for needed in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(fields.contains_key(needed), "{name}'s example lacks {needed}");
        }
        for (field, property) in properties {
            // A reference, or a choice between one and nothing, is described where it leads.
            let refers = property.get("$ref").is_some() || property.get("oneOf").is_some();
            let said = refers || property["description"].as_str().is_some();
            assert!(said, "{name}.{field} has no description");
        }
    }
}

#[test]
fn every_operation_is_named_and_says_how_it_fails() {
    let document = document();
    let mut names = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let place = format!("{method} {path}");
            names.push(operation["operationId"].as_str().unwrap_or_else(|| panic!("{place} has no name")).to_owned());
            let responses = operation["responses"].as_object().unwrap();
            for class in ["20", "4", "503"] {
                assert!(responses.keys().any(|status| status.starts_with(class)), "{place} tells nothing of {class}…");
            }
            for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
                assert!(response["content"].get("application/problem+json").is_some(), "{place} {status}");
            }
        }
    }
    assert!(names.len() >= 2);
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_card_has_no_field_that_the_contract_does_not_name() {
    let server = demo();
    let document = document();
    let schemas = &document["components"]["schemas"];
    for scan in nguon::demo::scans() {
        fits(&server.card(scan.path), "Card", schemas, scan.path);
    }
    fits(&server.get("/v1/verify/1?lang=fr").json(), "Problem", schemas, "a problem");
}

/// A value against a schema of the document: names and needed fields, all the way down.
fn fits(value: &Value, name: &str, schemas: &Value, place: &str) {
    let schema = &schemas[name];
    if let Some(closed) = schema["enum"].as_array() {
        assert!(closed.contains(value), "{place}: {value} is no {name}");
        return;
    }
    let Some(fields) = value.as_object() else { return };
    for needed in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(fields.contains_key(needed), "{place}: {name} without {needed}");
    }
    for (field, value) in fields {
        let property = &schema["properties"][field];
        assert!(!property.is_null(), "{place}: {name}.{field} is not in the contract");
        let values = value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
        if let Some(next) = referred(property) {
            for value in values {
                fits(value, next, schemas, place);
            }
        }
    }
}

/// The schema that a property, or each of its items, refers to.
fn referred(property: &Value) -> Option<&str> {
    let direct = property.get("$ref").or_else(|| property["items"].get("$ref"));
    let nullable = || property["oneOf"].as_array()?.iter().find_map(|option| option.get("$ref"));
    direct.or_else(nullable)?.as_str()?.rsplit('/').next()
}
