//! Records as events of EPCIS 2.0, in the words of the Core Business Vocabulary 2.0. Pure.

use gs1::{Gln, Gtin14, Lot, TradeItem};
use jiff::civil::Date;
use nguon_openapi::Stage;
use serde_json::{Map, Value, json};

use crate::registry::{Batch, Event, Id, ItemState, Items};

/// Viet Nam has had one offset since 1975; a record names a day there.
const OFFSET: &str = "+07:00";

/// How things are named: as Digital Links of the service.
pub(super) struct Names<'a> {
    pub(super) base_url: &'a str,
}

impl Names<'_> {
    fn item(&self, item: &TradeItem) -> String {
        let mut link = self.base_url.to_owned();
        // Writing into a String cannot fail.
        let _ = item.write_canonical(&mut link);
        link
    }

    fn lot(&self, gtin: Gtin14, lot: Lot) -> String {
        self.item(&TradeItem { lot: Some(lot), ..TradeItem::of_gtin(gtin) })
    }

    /// A place: its GLN (AI 414), or an identifier of the publisher's.
    fn place(&self, id: &Id) -> String {
        match Gln::try_from(id.as_str()) {
            Ok(gln) => format!("{}/414/{}", self.base_url, gln.as_str()),
            Err(_) => format!("{}/docs/records#place-{id}", self.base_url),
        }
    }
}

/// What every event has: its type and when it was.
fn event(kind: &str, day: Date) -> Map<String, Value> {
    let mut event = Map::new();
    event.insert("type".to_owned(), json!(kind));
    event.insert("eventTime".to_owned(), json!(format!("{day}T00:00:00{OFFSET}")));
    event.insert("eventTimeZoneOffset".to_owned(), json!(OFFSET));
    event
}

/// A lot is made: of its inputs, where they are on record. `None` when nothing says when.
pub(super) fn made(names: &Names<'_>, batch: &Batch) -> Option<Value> {
    let class = |gtin, lot| json!({ "epcClass": names.lot(gtin, lot) });
    let kind = if batch.inputs.is_empty() { "ObjectEvent" } else { "TransformationEvent" };
    let mut event = event(kind, batch.produced?);
    if batch.inputs.is_empty() {
        event.insert("action".to_owned(), json!("ADD"));
        event.insert("quantityList".to_owned(), json!([class(batch.gtin, batch.lot)]));
    } else {
        let inputs: Vec<Value> = batch.inputs.iter().map(|input| class(input.gtin, input.lot)).collect();
        event.insert("inputQuantityList".to_owned(), json!(inputs));
        event.insert("outputQuantityList".to_owned(), json!([class(batch.gtin, batch.lot)]));
    }
    event.insert("bizStep".to_owned(), json!("creating_class_instance"));
    event.insert("disposition".to_owned(), json!("active"));
    let dates = [
        ("gs1:productionDate", batch.produced),
        ("gs1:bestBeforeDate", batch.best_before),
        ("gs1:expirationDate", batch.expires),
    ];
    let master: Map<String, Value> =
        dates.into_iter().filter_map(|(name, date)| Some((name.to_owned(), json!(date?)))).collect();
    event.insert("ilmd".to_owned(), Value::Object(master));
    Some(Value::Object(event))
}

/// A stage of a lot's life.
pub(super) fn stage(names: &Names<'_>, stage: &Event) -> Value {
    let mut event = event("ObjectEvent", stage.date);
    event.insert("action".to_owned(), json!("OBSERVE"));
    event.insert("quantityList".to_owned(), json!([{ "epcClass": names.lot(stage.gtin, stage.lot) }]));
    event.insert("bizStep".to_owned(), json!(biz_step(stage.stage)));
    if let Some(location) = &stage.location {
        event.insert("readPoint".to_owned(), json!({ "id": names.place(location) }));
    }
    event.insert("nguon:id".to_owned(), json!(stage.id));
    event.insert("nguon:stage".to_owned(), json!(stage.stage));
    if let Some(place) = &stage.place {
        event.insert("nguon:place".to_owned(), json!(place));
    }
    if let Some(text) = &stage.text {
        event.insert("nguon:text".to_owned(), json!(text));
    }
    Value::Object(event)
}

/// Units come to be, or cease to count. `None` when nothing says when.
pub(super) fn units(names: &Names<'_>, items: &Items) -> Option<Value> {
    let epcs: Vec<String> = items
        .serials
        .iter()
        .map(|serial| names.item(&TradeItem { serial: Some(*serial), ..TradeItem::of_gtin(items.gtin) }))
        .collect();
    let (action, step, disposition) = match items.state {
        ItemState::Issued => ("ADD", "encoding", "encoded"),
        ItemState::Active | ItemState::Specimen => ("ADD", "commissioning", "active"),
        ItemState::Consumed => ("DELETE", "decommissioning", "inactive"),
        ItemState::Revoked => ("DELETE", "decommissioning", "disposed"),
    };
    let mut event = event("ObjectEvent", items.since?);
    event.insert("action".to_owned(), json!(action));
    event.insert("epcList".to_owned(), json!(epcs));
    event.insert("bizStep".to_owned(), json!(step));
    event.insert("disposition".to_owned(), json!(disposition));
    if let Some(lot) = items.lot {
        event.insert("ilmd".to_owned(), json!({ "cbvmda:lotNumber": lot }));
    }
    event.insert("nguon:state".to_owned(), json!(items.state));
    // ILMD belongs to the beginning of things alone (EPCIS 2.0 7.3.8).
    if action != "ADD" {
        event.remove("ilmd");
    }
    Some(Value::Object(event))
}

/// CBV 2.0 7.1; what it has no word for is `other`, and said in ours beside it.
const fn biz_step(stage: Stage) -> &'static str {
    match stage {
        Stage::Receiving => "receiving",
        Stage::Inspecting => "inspecting",
        Stage::Packing => "packing",
        Stage::Storing => "storing",
        Stage::Shipping => "shipping",
        Stage::RetailSelling => "retail_selling",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'static> = Names { base_url: "https://id.example.vn" };

    /// Fields that the published examples have, of events of a type.
    fn sample(file: &str, kind: &str) -> Option<Vec<String>> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/epcis").join(file);
        let document: Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).unwrap();
        let events = document["epcisBody"]["eventList"].as_array().unwrap().clone();
        let event = events.into_iter().find(|event| event["type"] == kind).unwrap();
        Some(event.as_object().unwrap().keys().cloned().collect())
    }

    #[test]
    fn a_lot_made_of_others_is_a_transformation_with_the_fields_of_the_published_example() {
        let batch: Batch = serde_json::from_value(json!({
            "gtin": "09520000010010", "lot": "L/1", "produced": "2026-11-01", "expires": "2027-11-01",
            "inputs": [{"gtin": "09520000020019", "lot": "A"}]
        }))
        .unwrap();
        let event = made(&NAMES, &batch).unwrap();
        assert_eq!(event["eventTime"], "2026-11-01T00:00:00+07:00");
        assert_eq!(event["inputQuantityList"][0]["epcClass"], "https://id.example.vn/01/09520000020019/10/A");
        assert_eq!(event["outputQuantityList"][0]["epcClass"], "https://id.example.vn/01/09520000010010/10/L%2F1");
        assert_eq!(event["ilmd"], json!({"gs1:productionDate": "2026-11-01", "gs1:expirationDate": "2027-11-01"}));
        if let Some(fields) = sample("transformation-cte.jsonld", "TransformationEvent") {
            for field in event.as_object().unwrap().keys() {
                assert!(fields.contains(field), "{field} is in no published transformation: {fields:?}");
            }
        }
        let undated = Batch { produced: None, ..batch };
        assert_eq!(made(&NAMES, &undated), None, "an event has a time");
    }

    #[test]
    fn a_lot_without_inputs_is_observed_to_come_to_be() {
        let batch: Batch =
            serde_json::from_value(json!({"gtin": "09520000010010", "lot": "A", "produced": "2026-11-01"})).unwrap();
        let event = made(&NAMES, &batch).unwrap();
        assert_eq!((&event["type"], &event["action"]), (&json!("ObjectEvent"), &json!("ADD")));
        if let Some(fields) = sample("harvest-cte.jsonld", "ObjectEvent") {
            for field in event.as_object().unwrap().keys().filter(|field| *field != "ilmd") {
                assert!(fields.contains(field), "{field}: {fields:?}");
            }
        }
    }

    #[test]
    fn a_stage_keeps_its_place_and_our_word_for_it() {
        let event: Event = serde_json::from_value(json!({
            "id": "e1", "gtin": "09520000010010", "lot": "A", "stage": "harvesting", "date": "2026-10-01",
            "place": "Ruộng 3", "location": "9501101020016"
        }))
        .unwrap();
        let event = stage(&NAMES, &event);
        assert_eq!((&event["bizStep"], &event["nguon:stage"]), (&json!("other"), &json!("harvesting")));
        assert_eq!(event["readPoint"]["id"], "https://id.example.vn/414/9501101020016");
        assert_eq!(event["nguon:place"], "Ruộng 3");
    }

    #[test]
    fn units_are_named_one_by_one() {
        let items = json!({"gtin": "09520000010010", "lot": "A", "state": "active", "since": "2026-11-02",
            "serials": ["S1", "S2"]});
        let event = units(&NAMES, &serde_json::from_value(items).unwrap()).unwrap();
        let epcs =
            json!(["https://id.example.vn/01/09520000010010/21/S1", "https://id.example.vn/01/09520000010010/21/S2"]);
        assert_eq!((&event["epcList"], &event["bizStep"]), (&epcs, &json!("commissioning")));
        assert_eq!(event["ilmd"], json!({"cbvmda:lotNumber": "A"}));
    }
}
