//! The registry as a directory of CSV files (RFC 4180), one for each kind of record, and its pictures.
//!
//! Headings are the fields' names, those of parts with a dot (`name.vi`). A list has a line of the cell for each entry:
//! a text, or JSON where the entries have parts. A cell that a spreadsheet would take for a formula begins with an
//! apostrophe.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{ExportError, records};
use crate::coverage::inert;
use crate::registry::{Item, Media, Record};
use crate::store::Store;

/// So that a spreadsheet reads it as UTF-8.
const MARK: &str = "\u{feff}";

/// A file for each kind: its name and headings.
const FILES: [(&str, &[&str]); 10] = [
    (
        "producer",
        &[
            "id",
            "name.vi",
            "name.en",
            "address.text",
            "address.ward_code",
            "address.province_code",
            "address.legacy",
            "phone",
            "email",
            "website",
            "source.level",
            "source.by",
            "withdrawn",
        ],
    ),
    ("media", &["hash", "media_type", "file"]),
    (
        "product",
        &[
            "gtin",
            "name.vi",
            "name.en",
            "producer",
            "brand",
            "model",
            "category.vi",
            "category.en",
            "origin.vi",
            "origin.en",
            "net_content",
            "shelf_life.vi",
            "shelf_life.en",
            "standards",
            "warnings",
            "images",
            "compare",
            "hosts",
            "keeps_serials",
            "not_applicable",
            "registered_until",
            "demo",
            "source.level",
            "source.by",
            "withdrawn",
        ],
    ),
    (
        "batch",
        &["gtin", "lot", "produced", "expires", "best_before", "inputs", "source.level", "source.by", "withdrawn"],
    ),
    ("item", &["gtin", "serial", "lot", "state", "since", "expires", "reason"]),
    (
        "certificate",
        &[
            "id",
            "gtins",
            "producer",
            "kind",
            "name.vi",
            "name.en",
            "stars",
            "number",
            "issuer",
            "scope.vi",
            "scope.en",
            "from",
            "to",
            "url",
            "source.level",
            "source.by",
            "withdrawn",
        ],
    ),
    (
        "event",
        &[
            "id",
            "gtin",
            "lot",
            "stage",
            "text.vi",
            "text.en",
            "date",
            "place",
            "location",
            "source.level",
            "source.by",
            "withdrawn",
        ],
    ),
    (
        "recall",
        &[
            "id",
            "scope.gtin",
            "scope.whole_product",
            "scope.lots",
            "scope.serials",
            "status",
            "class",
            "reason.vi",
            "reason.en",
            "hazard.vi",
            "hazard.en",
            "where_to_find_lot.vi",
            "where_to_find_lot.en",
            "remedy.vi",
            "remedy.en",
            "return_to.vi",
            "return_to.en",
            "phone",
            "issuer",
            "document_no",
            "from",
            "ended",
            "ended_reason",
        ],
    ),
    ("link", &["id", "gtin", "lot", "link_type", "href", "title", "hreflang", "type", "withdrawn"]),
    ("opaque", &["code", "gtin", "lot", "serial", "withdrawn"]),
];

/// Write the files into a directory, which is made.
pub(super) async fn export(store: &dyn Store, directory: &Path) -> Result<(), ExportError> {
    fs::create_dir(directory)?;
    let mut tables = Tables::make(directory)?;
    records(store, |record| tables.record(record)).await?;
    tables.finish()
}

type Table = (&'static str, &'static [&'static str], csv::Writer<BufWriter<File>>);

struct Tables<'d> {
    directory: &'d Path,
    tables: Vec<Table>,
}

impl<'d> Tables<'d> {
    fn make(directory: &'d Path) -> Result<Self, ExportError> {
        let mut tables = Vec::with_capacity(FILES.len());
        for (kind, headings) in FILES {
            let mut file = BufWriter::new(File::create_new(directory.join(kind).with_extension("csv"))?);
            io::Write::write_all(&mut file, MARK.as_bytes())?;
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
            writer.write_record(headings).map_err(io::Error::from)?;
            tables.push((kind, headings, writer));
        }
        Ok(Self { directory, tables })
    }

    fn record(&mut self, record: &Record) -> Result<(), ExportError> {
        match record {
            Record::Media(media) => self.picture(media),
            Record::Items(items) => items.serials.iter().try_for_each(|serial| {
                let item = Item {
                    gtin: items.gtin,
                    serial: *serial,
                    lot: items.lot,
                    state: items.state,
                    since: items.since,
                    expires: None,
                    reason: None,
                };
                self.row("item", &json(&item)?)
            }),
            Record::Producer(it) => self.row("producer", &json(it)?),
            Record::Product(it) => self.row("product", &json(it)?),
            Record::Batch(it) => self.row("batch", &json(it)?),
            Record::Item(it) => self.row("item", &json(it)?),
            Record::Certificate(it) => self.row("certificate", &json(it)?),
            Record::Event(it) => self.row("event", &json(it)?),
            Record::Recall(it) => self.row("recall", &json(it)?),
            Record::Link(it) => self.row("link", &json(it)?),
            Record::Opaque(it) => self.row("opaque", &json(it)?),
        }
    }

    /// A picture is a file beside the tables, named by its hash.
    fn picture(&mut self, media: &Media) -> Result<(), ExportError> {
        let value = json(media)?;
        let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (hash, media_type) = (text("hash"), text("media_type"));
        let name = format!("{hash}.{}", media_type.rsplit('/').next().unwrap_or_default());
        let bytes = STANDARD.decode(text("base64")).map_err(io::Error::other)?;
        let pictures = self.directory.join("media");
        fs::create_dir_all(&pictures)?;
        fs::write(pictures.join(&name), bytes)?;
        self.row(
            "media",
            &serde_json::json!({ "hash": hash, "media_type": media_type, "file": format!("media/{name}") }),
        )
    }

    fn row(&mut self, kind: &str, record: &Value) -> Result<(), ExportError> {
        let table = self.tables.iter_mut().find(|(name, ..)| *name == kind);
        let Some((_, headings, writer)) = table else { return Err(no_column(kind)) };
        let mut cells = vec![String::new(); headings.len()];
        flatten("", record, &mut |name, text| {
            let column = headings.iter().position(|heading| *heading == name);
            let column = column.ok_or_else(|| no_column(&format!("{kind}: {name}")))?;
            cells[column] = text;
            Ok(())
        })?;
        writer.write_record(cells.iter().map(|cell| inert(cell).into_owned())).map_err(io::Error::from)?;
        Ok(())
    }

    fn finish(self) -> Result<(), ExportError> {
        for (_, _, writer) in self.tables {
            let file = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        Ok(())
    }
}

fn json(record: &impl serde::Serialize) -> Result<Value, ExportError> {
    Ok(serde_json::to_value(record).map_err(io::Error::from)?)
}

/// Better no file than one that silently lacks a field.
fn no_column(what: &str) -> ExportError {
    io::Error::other(format!("there is no column for {what}")).into()
}

/// Hand on every field that is not a record of its own, with its name.
fn flatten(
    prefix: &str,
    value: &Value,
    each: &mut impl FnMut(&str, String) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let Value::Object(fields) = value else { return each(prefix, cell(value)) };
    for (name, value) in fields {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        flatten(&name, value, each)?;
    }
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) => entries.iter().map(cell).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field that the JSON Schema has stands in a column.
    #[test]
    fn no_field_of_a_record_is_without_a_column() {
        let schema = serde_json::to_value(crate::registry::json_schema()).unwrap();
        let text = schema.to_string();
        for (kind, headings) in FILES {
            for heading in headings {
                let field = heading.split('.').next().unwrap();
                let known = text.contains(&format!("\"{field}\"")) || (kind == "media" && field == "file");
                assert!(known, "{kind}: no record has {field}");
            }
        }
    }

    #[test]
    fn parts_and_lists_are_laid_flat() {
        let value =
            serde_json::json!({"name": {"vi": "Mắm"}, "lots": ["A", "B"], "inputs": [{"gtin": "1"}], "n": true});
        let mut cells = Vec::new();
        flatten("", &value, &mut |name, text| {
            cells.push((name.to_owned(), text));
            Ok(())
        })
        .unwrap();
        cells.sort();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(cells, [("inputs", r#"{"gtin":"1"}"#), ("lots", "A\nB"), ("n", "true"), ("name.vi", "Mắm")]);
    }
}
