//! The registry as one EPCIS 2.0 document: JSON-LD, written event by event, never held as a whole.
//!
//! What makes a lot is a `TransformationEvent` where its inputs are on record and an `ObjectEvent` where they are not;
//! its stages and the issue of its units are `ObjectEvent`s. The registry holds no record of what is packed in what, so
//! there is no `AggregationEvent`. What has no date has no `eventTime` and is left out, and counted. Which words stand for
//! what is in `epcis_event`.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::epcis_event::{Names, made, stage, units};
use super::{ExportError, units as walk_units, walk};
use crate::registry::Record;
use crate::store::{Entry, Kind, Store};

/// The context of EPCIS and CBV 2.0.
const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld";

/// Write the document. Returns how many lots and groups of units were left out because nothing says when they were made.
pub(super) async fn export(
    store: &dyn Store,
    base_url: &str,
    now: Timestamp,
    out: &mut impl Write,
) -> Result<u64, ExportError> {
    let names = Names { base_url };
    let context = json!([CONTEXT, { "nguon": format!("{base_url}/docs/records#") }]);
    write!(
        out,
        "{{\"@context\":{context},\n\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"creationDate\":\"{now:.3}\",\n\
         \"epcisBody\":{{\"eventList\":["
    )?;
    let mut list = List { out, first: true, left_out: 0 };
    walk(store, Kind::Lot, async |_, entry| match entry {
        Entry::Lot(lot) if !lot.batch.withdrawn => {
            list.event(made(&names, &lot.batch))?;
            lot.events.iter().try_for_each(|event| list.event(Some(stage(&names, event))))
        }
        _ => Ok(()),
    })
    .await?;
    walk_units::each(store, &mut |record: &Record| match record {
        Record::Items(items) => list.event(units(&names, items)),
        _ => Ok(()),
    })
    .await?;
    let List { out, left_out, .. } = list;
    out.write_all(b"\n]}}\n")?;
    out.flush()?;
    Ok(left_out)
}

/// The events of the document, with commas between them.
struct List<'a, W> {
    out: &'a mut W,
    first: bool,
    left_out: u64,
}

impl<W: Write> List<'_, W> {
    fn event(&mut self, event: Option<Value>) -> Result<(), ExportError> {
        let Some(event) = event else {
            self.left_out += 1;
            return Ok(());
        };
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer(&mut *self.out, &event).map_err(io::Error::from)?)
    }
}
