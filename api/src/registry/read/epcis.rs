//! An EPCIS 2.0 document (JSON) as records.
//!
//! What makes a lot declares the lot: a `TransformationEvent` with its inputs, an `ObjectEvent` that adds a class with
//! `creating_class_instance` or `commissioning`; the production date is the event's, other dates come from its `ilmd`. That
//! completes what is on record of the lot, and replaces nothing of it. Every other event of a lot, and an `AggregationEvent` for the lots in
//! it, is a stage. Units that are commissioned or encoded are issued. What else an event holds (quantities, parties,
//! documents, sensors, extensions of others) has no place here and is passed over, which is said for each event. An event that
//! makes no record is refused, by its place in the list and its field.

use gs1::{Gln, Gtin14, Lot, Outcome, Serial, TradeItem};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use nguon_openapi::{Source, Stage};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::Read;
use super::document::Places;
use crate::registry::media::hex;
use crate::registry::{Batch, Event, Fault, FaultCode, Id, ItemState, Items, Localised, LotRef, Record, Text};

/// Units of one record.
const TOGETHER: usize = 1_000;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(rename = "epcisBody", borrow)]
    body: Body<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(borrow)]
    event_list: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    #[serde(rename = "type")]
    kind: String,
    event_time: Option<String>,
    action: Option<String>,
    biz_step: Option<String>,
    read_point: Option<Place>,
    biz_location: Option<Place>,
    #[serde(default)]
    epc_list: Vec<String>,
    #[serde(default)]
    quantity_list: Vec<Class>,
    #[serde(default)]
    input_quantity_list: Vec<Class>,
    #[serde(default)]
    output_quantity_list: Vec<Class>,
    #[serde(default)]
    child_quantity_list: Vec<Class>,
    #[serde(default)]
    ilmd: Master,
    #[serde(rename = "nguon:id")]
    id: Option<Id>,
    #[serde(rename = "nguon:stage")]
    stage: Option<Stage>,
    #[serde(rename = "nguon:state")]
    state: Option<ItemState>,
    #[serde(rename = "nguon:place")]
    place: Option<Text>,
    #[serde(rename = "nguon:text")]
    text: Option<Localised>,
}

#[derive(Deserialize)]
struct Place {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Class {
    epc_class: String,
}

/// What an event says of the things that it begins, in the words of the Web Vocabulary or of CBV.
#[derive(Default, Deserialize)]
struct Master {
    #[serde(rename = "gs1:productionDate")]
    produced: Option<Date>,
    #[serde(rename = "gs1:expirationDate", alias = "cbvmda:itemExpirationDate")]
    expires: Option<Date>,
    #[serde(rename = "gs1:bestBeforeDate", alias = "cbvmda:bestBeforeDate")]
    best_before: Option<Date>,
    #[serde(rename = "cbvmda:lotNumber", alias = "gs1:hasBatchLotNumber")]
    lot: Option<Lot>,
}

/// Whether a JSON document says that it is one.
pub(super) fn is_epcis(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    serde_json::from_str::<Kind>(text).is_ok_and(|document| document.kind == "EPCISDocument")
}

/// The records of a document's events, those that others refer to first, with the lines on which the events begin.
///
/// # Errors
/// When the document has no list of events.
pub(super) fn document(text: &str) -> Result<Vec<Read>, Fault> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| {
        Fault::new("epcisBody.eventList", FaultCode::Json, format!("is no list of events: {error}"))
    })?;
    let mut places = Places::of(text);
    let mut reads = Vec::new();
    for (n, raw) in document.body.event_list.into_iter().enumerate() {
        let line = places.line_of(raw.get());
        match records(raw.get()) {
            Ok(records) => {
                let first = reads.len();
                reads.extend(records.into_iter().map(|record| Read { completes: true, ..Read::at(line, Ok(record)) }));
                if let (Some(read), Some(note)) = (reads.get_mut(first), passed_over::note(n, raw.get())) {
                    read.notes.push(note);
                }
            }
            Err(fault) => {
                let dot = if fault.field.is_empty() { "" } else { "." };
                let fault = Fault { field: format!("eventList[{n}]{dot}{}", fault.field), ..fault };
                reads.push(Read::at(line, Err(vec![fault])));
            }
        }
    }
    reads.sort_by_key(|read| read.record.as_ref().map_or(0, Record::rank));
    Ok(reads)
}

/// The records of one event.
fn records(raw: &str) -> Result<Vec<Record>, Fault> {
    let told: Told = serde_json::from_str(raw).map_err(|error| Fault::new("", FaultCode::Value, error.to_string()))?;
    let day = day(&told)?;
    let step = told.biz_step.as_deref().map(word).unwrap_or_default();
    match told.kind.as_str() {
        "TransformationEvent" => {
            let inputs = lots(&told.input_quantity_list, "inputQuantityList")?;
            let outputs = lots(&told.output_quantity_list, "outputQuantityList")?;
            must_name_lots(&outputs, "outputQuantityList")?;
            made(&told, raw, &outputs, &inputs, day, Stage::Processing)
        }
        "ObjectEvent" => {
            let lots = lots(&told.quantity_list, "quantityList")?;
            let begins = told.action.as_deref() == Some("ADD");
            if !told.epc_list.is_empty() {
                return units(&told, day, step);
            }
            must_name_lots(&lots, "quantityList")?;
            if begins && matches!(step, "creating_class_instance" | "commissioning") {
                made(&told, raw, &lots, &[], day, Stage::Other)
            } else {
                stages(&told, raw, &lots, day, stage(step))
            }
        }
        "AggregationEvent" => {
            let lots = lots(&told.child_quantity_list, "childQuantityList")?;
            must_name_lots(&lots, "childQuantityList")?;
            stages(&told, raw, &lots, day, stage(step))
        }
        _ => Err(value("type", "must be one of: ObjectEvent, TransformationEvent, AggregationEvent")),
    }
}

fn value(field: impl Into<String>, message: &str) -> Fault {
    Fault::new(field, FaultCode::Value, message)
}

/// The day of an event in Viet Nam.
fn day(told: &Told) -> Result<Date, Fault> {
    let time =
        told.event_time.as_deref().ok_or_else(|| Fault::new("eventTime", FaultCode::MissingField, "is missing"))?;
    let at: Timestamp = time.parse().map_err(|_| value("eventTime", "is no time with its offset (ISO 8601)"))?;
    Ok(Offset::constant(7).to_datetime(at).date())
}

/// The last word of a term, written bare, as a URN or as a link.
fn word(term: &str) -> &str {
    let last = term.rsplit([':', '/']).next().unwrap_or(term);
    last.strip_prefix("BizStep-").unwrap_or(last)
}

/// What a business step is among our stages.
fn stage(step: &str) -> Stage {
    match step {
        "receiving" | "accepting" | "arriving" => Stage::Receiving,
        "inspecting" | "sampling" => Stage::Inspecting,
        "packing" | "repackaging" => Stage::Packing,
        "storing" | "holding" | "stocking" => Stage::Storing,
        "shipping" | "departing" | "transporting" | "loading" | "unloading" | "consigning" => Stage::Shipping,
        "retail_selling" | "dispensing" => Stage::RetailSelling,
        _ => Stage::Other,
    }
}

fn item(code: &str, field: &str) -> Result<TradeItem, Fault> {
    match gs1::read(code.as_bytes()).outcome {
        Outcome::TradeItem(item) => Ok(item),
        _ => Err(value(field, "names no product: write a Digital Link or an EPC URN with its GTIN")),
    }
}

fn lots(classes: &[Class], list: &str) -> Result<Vec<LotRef>, Fault> {
    let each = classes.iter().enumerate().map(|(n, class)| {
        let field = format!("{list}[{n}].epcClass");
        let item = item(&class.epc_class, &field)?;
        let lot = item.lot.ok_or_else(|| value(field, "names no lot"))?;
        Ok(LotRef { gtin: item.gtin, lot })
    });
    each.collect()
}

fn must_name_lots(lots: &[LotRef], list: &str) -> Result<(), Fault> {
    if lots.is_empty() {
        Err(Fault::new(list, FaultCode::MissingField, "names no lot: nothing here is of one"))
    } else {
        Ok(())
    }
}

/// The lots that an event makes, and where it did so if it says.
fn made(
    told: &Told,
    raw: &str,
    outputs: &[LotRef],
    inputs: &[LotRef],
    day: Date,
    otherwise: Stage,
) -> Result<Vec<Record>, Fault> {
    let mut records: Vec<Record> = outputs
        .iter()
        .map(|LotRef { gtin, lot }| {
            let Master { produced, expires, best_before, .. } = told.ilmd;
            let (gtin, lot, produced) = (*gtin, *lot, produced.or(Some(day)));
            let (inputs, source) = (inputs.to_vec(), Source::default());
            Record::Batch(Batch { gtin, lot, produced, expires, best_before, inputs, source, withdrawn: false })
        })
        .collect();
    if location(told).is_some() {
        records.extend(stages(told, raw, outputs, day, otherwise)?);
    }
    Ok(records)
}

/// A stage for each lot.
fn stages(told: &Told, raw: &str, lots: &[LotRef], day: Date, otherwise: Stage) -> Result<Vec<Record>, Fault> {
    let digest = hex(&Sha256::digest(raw.as_bytes()));
    let drawn = format!("epcis-{}", digest.get(..16).unwrap_or_default());
    let drawn = Id::try_from(drawn).map_err(|error| value("", &error.to_string()))?;
    let stage = lots.iter().map(|LotRef { gtin, lot }| {
        Record::Event(Event {
            id: told.id.clone().unwrap_or_else(|| drawn.clone()),
            gtin: *gtin,
            lot: *lot,
            stage: told.stage.unwrap_or(otherwise),
            text: told.text.clone(),
            date: day,
            place: told.place.clone(),
            location: location(told),
            source: Source::default(),
            withdrawn: false,
        })
    });
    Ok(stage.collect())
}

/// The GLN of where it was, or the identifier that an export of ours wrote.
fn location(told: &Told) -> Option<Id> {
    [&told.read_point, &told.biz_location].into_iter().flatten().find_map(|place| {
        if let Some((_, id)) = place.id.split_once("/docs/records#place-") {
            return Id::try_from(id).ok();
        }
        let gln = match gs1::read(place.id.as_bytes()).outcome {
            Outcome::Key(key) => Gln::try_from(key.value()).ok()?,
            _ => return None,
        };
        Id::try_from(gln.as_str()).ok()
    })
}

/// Units of one product and lot.
type Group = ((Gtin14, Option<Lot>), Vec<Serial>);

/// Units that an event begins.
fn units(told: &Told, day: Date, step: &str) -> Result<Vec<Record>, Fault> {
    let state = match (told.state, told.action.as_deref(), step) {
        (Some(state), ..) => state,
        (None, Some("ADD"), "commissioning") => ItemState::Active,
        (None, Some("ADD"), "encoding") => ItemState::Issued,
        _ => return Err(value("epcList", "names units: a stage belongs to a lot, so name that in quantityList")),
    };
    let mut groups: Vec<Group> = Vec::new();
    for (n, epc) in told.epc_list.iter().enumerate() {
        let field = format!("epcList[{n}]");
        let item = item(epc, &field)?;
        let serial = item.serial.ok_or_else(|| value(field, "names no unit"))?;
        let of = (item.gtin, item.lot.or(told.ilmd.lot));
        match groups.last_mut() {
            Some((known, serials)) if *known == of && serials.len() < TOGETHER => serials.push(serial),
            _ => groups.push((of, vec![serial])),
        }
    }
    let since = Some(day);
    let records =
        groups.into_iter().map(|((gtin, lot), serials)| Record::Items(Items { gtin, lot, state, since, serials }));
    Ok(records.collect())
}

mod passed_over;

#[cfg(test)]
mod tests;
