//! What goes into the evidence log: every declaration that changed something, and who stands behind it.
//!
//! Units are many: those of one lot that came to the same state in one commit share a line, at most 1,000 a line, as
//! the `items` record that would declare them. A picture is named by its hash; its bytes are in the registry.

use std::collections::BTreeMap;

use gs1::{Gtin14, Lot, Serial};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::fold::Told;
use super::report::Place;
use super::{Author, DeskError};
use crate::registry::{ItemState, Items, Record};
use crate::store::{Evidence, StoreError};

/// Units of one line.
const UNITS: usize = 1_000;

type Group = (Gtin14, Option<Lot>, ItemState, Option<Date>);

/// The lines of one commit.
pub(super) struct Log {
    at: Timestamp,
    author: Author,
    file: Option<String>,
    lines: Vec<Evidence>,
    units: BTreeMap<Group, Units>,
}

struct Units {
    place: Place,
    serials: Vec<Serial>,
}

impl Log {
    pub(super) fn new(at: Timestamp, author: &Author, file: Option<&str>) -> Self {
        Self { at, author: author.clone(), file: file.map(str::to_owned), lines: Vec::new(), units: BTreeMap::new() }
    }

    /// An accepted record that changed something.
    pub(super) fn tell(&mut self, place: &Place, record: &Record, told: Told) -> Result<(), DeskError> {
        match (told, record) {
            (Told::Units(serials), Record::Items(items)) => {
                let group = (items.gtin, items.lot, items.state, items.since);
                let units =
                    self.units.entry(group).or_insert_with(|| Units { place: place.clone(), serials: Vec::new() });
                units.serials.extend(serials);
                Ok(())
            }
            (Told::Units(_), Record::Item(item)) if item.expires.is_none() && item.reason.is_none() => {
                let group = (item.gtin, item.lot, item.state, item.since);
                let units =
                    self.units.entry(group).or_insert_with(|| Units { place: place.clone(), serials: Vec::new() });
                units.serials.push(item.serial);
                Ok(())
            }
            (Told::Units(_), record) => self.act("declare", place, record),
            (Told::Act(act), record) => self.act(act, place, record),
        }
    }

    fn act(&mut self, act: &str, place: &Place, record: &Record) -> Result<(), DeskError> {
        let body = match record {
            Record::Media(media) => json!({
                "type": "media", "hash": media.hash, "media_type": media.media_type, "sizes": media.sizes,
            }),
            other => serde_json::to_value(other)
                .map_err(|error| StoreError::Corrupt(format!("a record without a JSON form: {error}")))?,
        };
        let why = match record {
            Record::Recall(recall) if matches!(act, "close" | "withdraw") => recall.ended_reason.as_ref(),
            _ => None,
        };
        let why = self.author.why.as_ref().or(why).map(ToString::to_string);
        let evidence = Evidence { why, line: Some(place.line), sheet: place.sheet(), ..self.evidence(act, body) };
        self.lines.push(evidence);
        Ok(())
    }

    /// Something that is no record: the end of an import, the cancelling of units.
    pub(super) fn note(&mut self, act: &str, body: Value) {
        let evidence = self.evidence(act, body);
        self.lines.push(evidence);
    }

    fn evidence(&self, act: &str, body: Value) -> Evidence {
        Evidence {
            at: self.at,
            revision: 0,
            publisher: self.author.publisher.to_string(),
            by: self.author.by.as_ref().map(ToString::to_string),
            act: act.to_owned(),
            why: self.author.why.as_ref().map(ToString::to_string),
            approved_by: self.author.approved_by.as_ref().map(ToString::to_string),
            file: self.file.clone(),
            line: None,
            sheet: None,
            body,
        }
    }

    /// Every line, units last.
    pub(super) fn into_lines(mut self) -> Result<Vec<Evidence>, DeskError> {
        for ((gtin, lot, state, since), units) in core::mem::take(&mut self.units) {
            for serials in units.serials.chunks(UNITS) {
                let items = Items { gtin, lot, state, since, serials: serials.to_vec() };
                self.act("declare", &units.place, &Record::Items(items))?;
            }
        }
        Ok(self.lines)
    }
}
