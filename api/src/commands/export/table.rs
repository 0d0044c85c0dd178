//! The registry as a directory of CSV files (RFC 4180) and its pictures, which are imported again in the order of their names.
//!
//! Producers, products, lots, certificates and stages are the sheets of the template, under its headings, with one more column
//! for what has none (`sheets::Pages`). Pictures, units, recalls, links and codes of other schemes have no sheet: they are
//! lines of JSON before and after those, and for whoever looks at them CSV beside. There headings are the fields' names, those of
//! parts with a dot (`scope.gtin`); a list has a line of the cell for each entry. A cell that a spreadsheet would take for a
//! formula begins with an apostrophe.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_openapi::Lang;
use serde_json::Value;

use super::{ExportError, records};
use crate::coverage::inert;
use crate::registry::{Id, Item, Media, Record};
use crate::sheets::{Kind, Pages};
use crate::store::Store;

/// So that a spreadsheet reads it as UTF-8.
const MARK: &str = "\u{feff}";

/// Records that come before the sheets, because products name them; and those that come after.
const LINES: [(&str, &[&str]); 2] =
    [("0-pictures.ndjson", &["media"]), ("6-others.ndjson", &["item", "items", "recall", "link", "opaque"])];

/// A file to look at for each kind that has no sheet: its name and headings.
const FILES: [(&str, &[&str]); 5] = [
    ("media", &["hash", "media_type", "file"]),
    ("item", &["gtin", "serial", "lot", "state", "since", "expires", "reason"]),
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
pub(super) async fn export(store: &dyn Store, lang: Lang, directory: &Path) -> Result<(), ExportError> {
    fs::create_dir(directory)?;
    let mut tables = Tables::make(directory, lang)?;
    records(store, |record| tables.record(record)).await?;
    tables.finish()
}

type Table = (&'static str, &'static [&'static str], csv::Writer<BufWriter<File>>);

struct Tables<'d> {
    directory: &'d Path,
    pages: Pages,
    sheets: Vec<(Kind, csv::Writer<BufWriter<File>>)>,
    lines: Vec<(&'static [&'static str], BufWriter<File>)>,
    /// Files to look at.
    plain: Vec<Table>,
}

impl<'d> Tables<'d> {
    fn make(directory: &'d Path, lang: Lang) -> Result<Self, ExportError> {
        let reader = Id::try_from("export").map_err(|error| io::Error::other(error.to_string()))?;
        let pages = Pages::new(lang, reader);
        let mut sheets = Vec::new();
        for sheet in pages.sheets() {
            let mut writer = writer(&directory.join(&sheet.name), sheet.separator)?;
            writer.write_record(&sheet.headings).map_err(io::Error::from)?;
            sheets.push((sheet.table.kind, writer));
        }
        let mut lines = Vec::new();
        for (name, kinds) in LINES {
            lines.push((kinds, BufWriter::new(File::create_new(directory.join(name))?)));
        }
        let mut plain = Vec::with_capacity(FILES.len());
        for (kind, headings) in FILES {
            let mut writer = writer(&directory.join(kind).with_extension("csv"), b',')?;
            writer.write_record(headings).map_err(io::Error::from)?;
            plain.push((kind, headings, writer));
        }
        Ok(Self { directory, pages, sheets, lines, plain })
    }

    fn record(&mut self, record: &Record) -> Result<(), ExportError> {
        if let Some((kind, cells)) = self.pages.row(record) {
            let sheet = self.sheets.iter_mut().find(|(known, _)| *known == kind);
            let (_, writer) = sheet.ok_or_else(|| no_column(record.kind()))?;
            writer.write_record(&cells).map_err(io::Error::from)?;
            return Ok(());
        }
        let lines = self.lines.iter_mut().find(|(kinds, _)| kinds.contains(&record.kind()));
        let (_, lines) = lines.ok_or_else(|| no_column(record.kind()))?;
        serde_json::to_writer(&mut *lines, record).map_err(io::Error::from)?;
        io::Write::write_all(lines, b"\n")?;
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
            Record::Item(it) => self.row("item", &json(it)?),
            Record::Recall(it) => self.row("recall", &json(it)?),
            Record::Link(it) => self.row("link", &json(it)?),
            Record::Opaque(it) => self.row("opaque", &json(it)?),
            _ => Ok(()),
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
        let table = self.plain.iter_mut().find(|(name, ..)| *name == kind);
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
        let plain = self.plain.into_iter().map(|(.., writer)| writer);
        for writer in plain.chain(self.sheets.into_iter().map(|(_, writer)| writer)) {
            let file = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        for (_, file) in self.lines {
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        Ok(())
    }
}

/// A file that a spreadsheet reads as UTF-8.
fn writer(path: &Path, separator: u8) -> Result<csv::Writer<BufWriter<File>>, ExportError> {
    let mut file = BufWriter::new(File::create_new(path)?);
    io::Write::write_all(&mut file, MARK.as_bytes())?;
    let mut builder = csv::WriterBuilder::new();
    Ok(builder.delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(file))
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
