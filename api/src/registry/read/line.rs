//! One record from one JSON object.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::de::StrRead;

use super::untagged::Untagged;
use crate::registry::{
    Batch, Certificate, Declared, Event, Fault, FaultCode, Item, Items, Link, Media, OpaqueRecord, Producer, Product,
    Recall, Record,
};

type Json<'a, 'b> = serde_path_to_error::Deserializer<'a, 'b, &'a mut serde_json::Deserializer<StrRead<'b>>>;
type JsonError = serde_path_to_error::Error<serde_json::Error>;

/// What a record is, read before the rest of it.
#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
}

/// A record from the text of one JSON object.
///
/// # Errors
/// Everything wrong with it, field by field. Where the text is no JSON, or a value has the wrong form, that is the
/// first such place.
pub fn record(text: &str) -> Result<Record, Vec<Fault>> {
    let tag: Tag<'_> = serde_json::from_str(text).map_err(|error| vec![no_object(&error)])?;
    let Some(kind) = tag.kind else {
        return Err(vec![Fault::new("type", FaultCode::MissingField, format!("is missing: {}", kinds()))]);
    };
    match kind.as_ref() {
        "producer" => typed(text, |json| Producer::deserialize(json)).map(Record::Producer),
        "media" => typed(text, |json| Media::deserialize(json)).map(Record::Media),
        "product" => typed(text, |json| Product::deserialize(json)).map(Record::Product),
        "batch" => typed(text, |json| Batch::deserialize(json)).map(Record::Batch),
        "item" => typed(text, |json| Item::deserialize(json)).map(Record::Item),
        "items" => typed(text, |json| Items::deserialize(json)).map(Record::Items),
        "certificate" => typed(text, |json| Certificate::deserialize(json)).map(Record::Certificate),
        "event" => typed(text, |json| Event::deserialize(json)).map(Record::Event),
        "recall" => typed(text, |json| Recall::deserialize(json)).map(Record::Recall),
        "link" => typed(text, |json| Link::deserialize(json)).map(Record::Link),
        "opaque" => typed(text, |json| OpaqueRecord::deserialize(json)).map(Record::Opaque),
        _ => Err(vec![Fault::new("type", FaultCode::Value, format!("is no kind of record: {}", kinds()))]),
    }
}

fn kinds() -> String {
    format!("one of {}", Record::KINDS.join(", "))
}

/// Reads without looking, then looks: so that every fault is reported with its field, and not as one sentence.
fn typed<T: Declared>(
    text: &str,
    read: impl for<'a, 'b> FnOnce(Untagged<Json<'a, 'b>>) -> Result<T, serde_json::Error>,
) -> Result<T, Vec<Fault>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let record = match read(Untagged(Json::new(&mut json, &mut track))) {
        Ok(record) => record,
        Err(error) => return Err(vec![fault(&JsonError::new(track.path(), error))]),
    };
    let faults = record.faults().into_vec();
    if faults.is_empty() { Ok(record) } else { Err(faults) }
}

/// The record as a whole could not be read.
fn no_object(error: &serde_json::Error) -> Fault {
    if error.is_data() {
        Fault::new("", FaultCode::Json, format!("is no record: {}", without_place(&error.to_string())))
    } else {
        Fault::new("", FaultCode::Json, format!("is not JSON: {error}"))
    }
}

/// serde names a missing or unknown field in its sentence, and the path ends before it.
fn fault(error: &JsonError) -> Fault {
    let sentence = error.inner().to_string();
    let sentence = without_place(&sentence);
    let path = match error.path().to_string() {
        root if root == "." => String::new(),
        path => path,
    };
    if !error.inner().is_data() {
        return Fault::new(path, FaultCode::Json, format!("is not JSON: {}", error.inner()));
    }
    let named = |code, message: &str| {
        let name = sentence.split('`').nth(1).unwrap_or_default();
        let known = path == name || path.ends_with(&format!(".{name}"));
        let field = match (path.is_empty(), known) {
            (_, true) => path.clone(),
            (true, false) => name.to_owned(),
            (false, false) => format!("{path}.{name}"),
        };
        Fault::new(field, code, message)
    };
    if sentence.starts_with("unknown field") {
        let expected = sentence.split_once(", ").map_or("no field at all", |(_, rest)| rest);
        named(FaultCode::UnknownField, &format!("is no field of this record; {expected}"))
    } else if sentence.starts_with("missing field") {
        named(FaultCode::MissingField, "is missing: give a value")
    } else if sentence.starts_with("duplicate field") {
        named(FaultCode::Combination, "stands there twice: keep one")
    } else {
        Fault::new(path, FaultCode::Value, sentence)
    }
}

/// `serde_json` ends a sentence with the place in the line; the field says it better.
fn without_place(sentence: &str) -> &str {
    sentence.rsplit_once(" at line ").map_or(sentence, |(before, _)| before)
}
