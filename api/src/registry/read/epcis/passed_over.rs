//! What an event says that has no place in a record.

use serde_json::{Map, Value};

use crate::registry::import::{Warning, WarningCode};

/// Fields of an event that are read, or that name it and say nothing of the goods.
const READ: [&str; 21] = [
    "@context",
    "type",
    "eventID",
    "eventTime",
    "eventTimeZoneOffset",
    "recordTime",
    "action",
    "bizStep",
    "readPoint",
    "bizLocation",
    "epcList",
    "quantityList",
    "inputQuantityList",
    "outputQuantityList",
    "childQuantityList",
    "ilmd",
    "nguon:id",
    "nguon:stage",
    "nguon:state",
    "nguon:place",
    "nguon:text",
];
/// Fields of `ilmd` that are read.
const MASTER: [&str; 7] = [
    "gs1:productionDate",
    "gs1:expirationDate",
    "cbvmda:itemExpirationDate",
    "gs1:bestBeforeDate",
    "cbvmda:bestBeforeDate",
    "cbvmda:lotNumber",
    "gs1:hasBatchLotNumber",
];
/// Lists of classes, whose entries may have quantities.
const LISTS: [&str; 4] = ["quantityList", "inputQuantityList", "outputQuantityList", "childQuantityList"];
/// Fields that are named; more are counted.
const NAMED: usize = 12;
/// Longest name that is repeated, in characters.
const NAME_CHARS: usize = 60;

/// What is passed over of an event; `None`: nothing is.
pub(super) fn note(n: usize, raw: &str) -> Option<Warning> {
    let event: Map<String, Value> = serde_json::from_str(raw).ok()?;
    let mut names: Vec<String> =
        event.keys().filter(|name| !READ.contains(&name.as_str())).map(|it| shown(it)).collect();
    if let Some(Value::Object(master)) = event.get("ilmd") {
        names.extend(
            master.keys().filter(|name| !MASTER.contains(&name.as_str())).map(|name| format!("ilmd.{}", shown(name))),
        );
    }
    for list in LISTS {
        let entries = event.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if entries.iter().any(|entry| entry.get("quantity").is_some()) {
            names.push(format!("{list}[].quantity"));
        }
    }
    if names.is_empty() {
        return None;
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
    Some(Warning {
        field: format!("eventList[{n}]"),
        code: WarningCode::NotRead,
        message: format!("is passed over where no record has a place for it: {}{rest}", names.join(", ")),
    })
}

/// A name as it may be repeated.
fn shown(name: &str) -> String {
    name.chars().take(NAME_CHARS).collect()
}
