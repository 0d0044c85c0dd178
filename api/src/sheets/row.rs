//! A row as a record.

use std::collections::HashMap;

use nguon_openapi::Lang;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::cells::{self, Said, shown};
use super::columns::{Kind, Reads};
use super::fold::{folded, slug};
use super::gather;
use super::grid::{Cell, Row};
use super::headings::Headings;
use super::pictures::Album;
use super::trouble::{Trouble, Understood, fault_vi};
use crate::registry::import::{Warning, WarningCode};
use crate::registry::media::hex;
use crate::registry::read;
use crate::registry::{Fault, FaultCode, Id, Record};

/// What rows know of each other.
#[derive(Debug)]
pub(super) struct Among<'a> {
    pub(super) publisher: &'a Id,
    pub(super) lang: Lang,
    pub(super) is_1904: bool,
    /// Identifiers of the producers of this file, by their folded names.
    pub(super) producers: HashMap<String, String>,
    /// How many stages of one lot, kind and day there have been.
    pub(super) stages: HashMap<String, u32>,
}

/// What became of a row.
pub(super) struct Made {
    pub(super) record: Result<Record, Vec<Fault>>,
    pub(super) notes: Vec<Warning>,
    /// What it is about, as far as that can be told although it was refused.
    pub(super) about: Option<String>,
}

/// What the cells around a row say of its own.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    /// Whether the cell of a column is merged over several columns of the table.
    pub(super) is_across: &'l dyn Fn(u32) -> bool,
    /// A cell of that column that has its month first.
    pub(super) month_first: &'l dyn Fn(u32) -> Option<String>,
}

/// Whether a row says that it is the template's example.
pub(super) fn is_example(text: &str) -> bool {
    let upper = text.trim_start().to_uppercase();
    ["VÍ DỤ:", "EXAMPLE:"].iter().any(|mark| upper.starts_with(mark))
}

/// A row under construction.
struct Draft<'m, 'a> {
    headings: &'m Headings,
    among: &'m mut Among<'a>,
    fields: Map<String, Value>,
    faults: Vec<Fault>,
    notes: Vec<Warning>,
}

/// Make a record of a row.
pub(super) fn record(row: &Row, headings: &Headings, look: Look<'_>, among: &mut Among<'_>, album: &mut Album) -> Made {
    let mut draft = Draft { headings, among, fields: Map::new(), faults: Vec::new(), notes: Vec::new() };
    let mut ends = Vec::new();
    let rest = draft.rest(row);
    for (column, place) in headings.table.columns.iter().zip(&headings.columns) {
        if rest.contains_key(top(column.fills)) || column.reads == Reads::Rest {
            continue;
        }
        let cell = place.and_then(|place| row.cell(place).map(|cell| (place, cell)));
        let said = match cell {
            Some((place, _)) if (look.is_across)(place) => Err(Trouble::MergedAcross),
            Some((place, Cell::Text(text)))
                if matches!(column.reads, Reads::Day | Reads::LastDay) && cells::may_be_month_first(text) =>
            {
                match (look.month_first)(place) {
                    Some(proof) => Err(Trouble::MonthAnywhere(proof)),
                    None => cells::read(column, &Cell::Text(text.clone()), draft.among.is_1904),
                }
            }
            Some((_, cell)) => cells::read(column, cell, draft.among.is_1904),
            None => Ok(Said::Nothing),
        };
        match said {
            Ok(Said::After(span)) => ends.push((column.fills, span)),
            Ok(Said::Nothing) if column.required && place.is_some() => draft.missing(column.fills),
            Ok(said) => draft.take(column.fills, said, album),
            Err(trouble) => draft.fault(column.fills, &trouble),
        }
    }
    for (fills, span) in ends {
        draft.count_from_production(fills, span);
    }
    draft.fields.extend(rest.into_iter().filter(|(field, value)| field != "type" && !value.is_null()));
    draft.finish()
}

impl Draft<'_, '_> {
    fn fault(&mut self, field: &str, trouble: &Trouble) {
        self.faults.push(Fault::new(field, trouble.code(), trouble.say(self.among.lang)));
    }

    /// Fields that the row tells in a column of their own.
    fn rest(&mut self, row: &Row) -> Map<String, Value> {
        let columns = self.headings.table.columns.iter().zip(&self.headings.columns);
        let place =
            columns.filter(|(column, _)| column.reads == Reads::Rest).find_map(|(column, at)| Some((column, (*at)?)));
        let Some((column, cell)) = place.and_then(|(column, at)| Some((column, row.cell(at)?))) else {
            return Map::new();
        };
        match cells::read(column, cell, self.among.is_1904) {
            Ok(Said::Rest(rest)) => rest,
            Ok(_) => Map::new(),
            Err(trouble) => {
                self.fault(column.fills, &trouble);
                Map::new()
            }
        }
    }

    fn missing(&mut self, field: &str) {
        let message = match self.among.lang {
            Lang::Vi => fault_vi(FaultCode::MissingField, field),
            Lang::En => "is missing: give a value",
        };
        self.faults.push(Fault::new(field, FaultCode::MissingField, message));
    }

    fn note(&mut self, field: &str, understood: &Understood) {
        self.notes.push(Warning {
            field: field.to_owned(),
            code: WarningCode::Understood,
            message: understood.say(self.among.lang),
        });
    }

    fn take(&mut self, fills: &'static str, said: Said, album: &mut Album) {
        match said {
            Said::Nothing | Said::After(_) | Said::Rest(_) => {}
            Said::Value(value) => set(&mut self.fields, fills, value),
            Said::Understood(value, understood) => {
                self.note(fills, &understood);
                set(&mut self.fields, fills, value);
            }
            Said::NotApplicable(word) => {
                let list = self.fields.entry("not_applicable").or_insert_with(|| json!([]));
                if let Value::Array(list) = list {
                    list.push(json!(word));
                }
            }
            Said::Family(kind, stars) => {
                set(&mut self.fields, fills, kind);
                if let Some(stars) = stars {
                    set(&mut self.fields, "stars", json!(stars));
                }
            }
            Said::Producer(name) => {
                let id = self.producer(&name);
                set(&mut self.fields, fills, json!(id));
            }
            Said::Pictures(names) => {
                let mut hashes = Vec::new();
                for name in names {
                    match album.take(&name) {
                        Ok(hash) => hashes.push(json!(hash)),
                        Err(trouble) => self.fault(fills, &trouble),
                    }
                }
                set(&mut self.fields, fills, Value::Array(hashes));
            }
        }
    }

    /// The identifier of a producer that is named: of a row of this file, else the text itself where it could be one and
    /// is in capitals or digits as identifiers are, else the one that is made of the name.
    fn producer(&self, name: &str) -> String {
        if let Some(id) = self.among.producers.get(&folded(name)) {
            return id.clone();
        }
        let is_known = self.among.producers.values().any(|id| id == name);
        let looks_like_id =
            Id::try_from(name).is_ok() && name.bytes().any(|b| b.is_ascii_digit() || b == b'-' || b == b'_');
        if is_known || looks_like_id { name.to_owned() } else { made_id(name, self.among.publisher) }
    }

    fn count_from_production(&mut self, fills: &'static str, span: jiff::SpanFieldwise) {
        let produced = self.fields.get("produced").and_then(Value::as_str).and_then(|day| day.parse().ok());
        match produced.and_then(|produced| cells::last_day(produced, span)) {
            Some(last) => {
                self.note(fills, &Understood::Counted(shown(last)));
                set(&mut self.fields, fills, json!(last));
            }
            // What is wrong with the production date is told already.
            None if self.faults.iter().any(|fault| fault.field == "produced") => {}
            None => self.fault(fills, &Trouble::NoProduction),
        }
    }

    /// The identifier of a row that was given none.
    fn name_it(&mut self) {
        if self.fields.contains_key("id") {
            return;
        }
        let text = |path: &str| {
            let found = path.split('.').try_fold(None, |at: Option<&Value>, key| {
                Some(Some(match at {
                    None => self.fields.get(key)?,
                    Some(value) => value.get(key)?,
                }))
            });
            found
                .flatten()
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                .unwrap_or_default()
        };
        let id = match self.headings.table.kind {
            Kind::Producers => made_id(&text("name.vi"), self.among.publisher),
            Kind::Certificates => {
                let (kind, number) = (text("kind"), text("number"));
                let whole = if number.is_empty() {
                    [text("producer"), text("gtins"), text("from"), text("name.vi")].join("\n")
                } else {
                    folded(&number)
                };
                let parts = [kind.replace('_', "-"), slug(&number, 24), digest(self.among.publisher, &[&kind, &whole])];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
            }
            Kind::Events => {
                let name = format!("{}-{}", text("stage").replace('_', "-"), text("date"));
                let lot = format!("{}/{}/{name}", text("gtin"), text("lot"));
                let count = self.among.stages.entry(lot).or_default();
                *count += 1;
                if *count == 1 { name } else { format!("{name}-{count}") }
            }
            Kind::Products | Kind::Lots => return,
        };
        set(&mut self.fields, "id", json!(id));
    }

    /// What a row is about: what rows that refer to it name.
    fn about(&self) -> Option<String> {
        let text = |field: &str| self.fields.get(field).and_then(Value::as_str);
        match self.headings.table.kind {
            Kind::Producers => text("id").map(gather::producer),
            Kind::Products => text("gtin").map(gather::product),
            Kind::Lots => Some(gather::lot(text("gtin")?, text("lot")?)),
            Kind::Certificates | Kind::Events => None,
        }
    }

    fn finish(mut self) -> Made {
        self.name_it();
        let about = self.about();
        if !self.faults.is_empty() {
            return Made { record: Err(self.faults), notes: Vec::new(), about };
        }
        self.fields.insert("type".to_owned(), json!(self.headings.table.record));
        let vi = self.among.lang == Lang::Vi;
        let record = read::record(&Value::Object(self.fields).to_string()).map_err(|faults| {
            let worded = faults.into_iter().map(|fault| {
                if vi { Fault { message: fault_vi(fault.code, &fault.field).to_owned(), ..fault } } else { fault }
            });
            worded.collect()
        });
        if let (Kind::Producers, Ok(Record::Producer(producer))) = (self.headings.table.kind, &record) {
            self.among.producers.insert(folded(producer.name.vi.as_str()), producer.id.to_string());
        }
        Made { record, notes: self.notes, about }
    }
}

/// An identifier made of a name. The publisher is in it, so that two cooperatives of one name stay two.
fn made_id(name: &str, publisher: &Id) -> String {
    let digest = digest(publisher, &[&folded(name)]);
    let slug = slug(name, 40);
    if slug.is_empty() { format!("don-vi-{digest}") } else { format!("{slug}-{digest}") }
}

/// Eight digits that tell apart what a slug does not.
fn digest(publisher: &Id, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(publisher.as_str());
    for part in parts {
        hash.update([0]);
        hash.update(part);
    }
    let mut digits = hex(&hash.finalize());
    digits.truncate(8);
    digits
}

/// The field of a record that a path begins with.
pub(super) fn top(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

/// Put a value under a path.
fn set(fields: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            fields.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            if let Value::Object(inner) = fields.entry(first).or_insert_with(|| Value::Object(Map::new())) {
                set(inner, rest, value);
            }
        }
    }
}
