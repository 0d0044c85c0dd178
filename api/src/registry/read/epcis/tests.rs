//! Documents of our own and the published examples.

use super::*;
use serde_json::json;

fn read(events: &serde_json::Value) -> Vec<Read> {
    let text = json!({"type": "EPCISDocument", "epcisBody": {"eventList": events}}).to_string();
    assert!(is_epcis(&text));
    document(&text).unwrap()
}

#[test]
fn a_transformation_declares_its_outputs_with_their_inputs() {
    let class =
        |lot: &str| json!({"epcClass": format!("https://id.gs1.org/01/09520000010010/10/{lot}"), "quantity": 1});
    let reads = read(&json!([{
        "type": "TransformationEvent", "eventTime": "2026-11-01T20:00:00Z", "bizStep": "creating_class_instance",
        "inputQuantityList": [class("A")], "outputQuantityList": [class("B")],
        "ilmd": {"gs1:expirationDate": "2027-11-01", "other:thing": 1}, "readPoint": {"id": "https://id.gs1.org/414/9501101020016"}
    }]));
    let [Ok(Record::Batch(batch)), Ok(Record::Event(event))] = [&reads[0].record, &reads[1].record] else {
        panic!("{reads:?}")
    };
    assert_eq!((batch.lot.as_str(), batch.inputs[0].lot.as_str()), ("B", "A"));
    assert_eq!(batch.produced, Some(jiff::civil::date(2026, 11, 2)), "the day in Viet Nam");
    assert_eq!(batch.expires, Some(jiff::civil::date(2027, 11, 1)));
    assert_eq!((event.stage, event.location.as_ref().unwrap().as_str()), (Stage::Processing, "9501101020016"));
}

#[test]
fn what_has_no_place_in_a_record_is_named_for_each_event() {
    let reads = read(&json!([
        {"type": "ObjectEvent", "eventID": "urn:uuid:1", "eventTime": "2026-11-01T08:00:00+07:00", "action": "OBSERVE",
            "bizStep": "shipping", "disposition": "in_transit", "other:temperature": 4,
            "quantityList": [{"epcClass": "https://id.gs1.org/01/09520000010010/10/A", "quantity": 7}]},
        {"type": "ObjectEvent", "eventTime": "2026-11-01T08:00:00+07:00", "action": "ADD",
            "bizStep": "commissioning", "quantityList": [{"epcClass": "https://id.gs1.org/01/09520000010010/10/A"}]},
    ]));
    let notes: Vec<&str> = reads.iter().flat_map(|read| &read.notes).map(|note| note.message.as_str()).collect();
    let told =
        "is passed over where no record has a place for it: disposition, other:temperature, quantityList[].quantity";
    assert_eq!(notes, [told]);
    assert!(reads.iter().all(|read| read.completes));
}

#[test]
fn a_step_is_a_stage_and_the_same_event_has_the_same_name() {
    let events = json!([{
        "type": "AggregationEvent", "eventTime": "2026-11-01T08:00:00+07:00", "action": "OBSERVE",
        "bizStep": "urn:epcglobal:cbv:bizstep:shipping", "parentID": "urn:epc:id:sscc:0614141.1234567890",
        "childQuantityList": [{"epcClass": "https://id.gs1.org/01/09520000010010/10/A"}]
    }]);
    let reads = read(&events);
    let Ok(Record::Event(event)) = &reads[0].record else { panic!("{reads:?}") };
    assert_eq!((event.stage, event.date), (Stage::Shipping, jiff::civil::date(2026, 11, 1)));
    assert_eq!(read(&events), reads);
}

#[test]
fn what_makes_no_record_is_refused_by_its_place_and_field() {
    let reads = read(&json!([
        {"type": "ObjectEvent", "action": "OBSERVE", "quantityList": []},
        {"type": "ObjectEvent", "eventTime": "2026-11-01T08:00:00+07:00", "action": "OBSERVE",
            "quantityList": [{"epcClass": "https://id.gs1.org/01/09520000010010"}]},
        {"type": "AssociationEvent", "eventTime": "2026-11-01T08:00:00+07:00"},
        {"type": "ObjectEvent", "eventTime": "2026-11-01T08:00:00+07:00", "action": "OBSERVE",
            "epcList": ["https://id.gs1.org/01/09520000010010/21/S1"]},
    ]));
    let fields: Vec<&str> = reads.iter().map(|read| read.record.as_ref().unwrap_err()[0].field.as_str()).collect();
    let wrong = [
        "eventList[0].eventTime",
        "eventList[1].quantityList[0].epcClass",
        "eventList[2].type",
        "eventList[3].epcList",
    ];
    assert_eq!(fields, wrong);
}

#[test]
fn every_event_of_the_published_examples_makes_records_or_says_why_not() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/epcis");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    let (mut made, mut refused) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(is_epcis(&text));
        for read in document(&text).unwrap() {
            match read.record {
                Ok(_) => made += 1,
                Err(faults) => refused.extend(faults),
            }
        }
    }
    assert!(made >= 10, "{made} records");
    for fault in refused {
        assert!(fault.field.starts_with("eventList["), "{fault}");
    }
}
