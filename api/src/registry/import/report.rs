//! What an import has to say when it is done.

use std::sync::Arc;

use nguon_openapi::RecordItem;
use serde::{Deserialize, Serialize};

use crate::registry::read::Read;
use crate::registry::{Fault, FaultCode, Revision};

/// Most findings that a report lists; it counts all of them.
pub(super) const MAX_LISTED: usize = 1_000;

/// What has to be said about a record that loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// The product's name makes a claim about the goods.
    ClaimInName,
    /// Another publisher declared this product first; both stay on file.
    OwnershipDisputed,
    /// Another publisher declared this producer first; what that one said stays.
    OtherPublisher,
    /// The chain behind a lot is longer than 256 lots; the far end is not kept.
    AncestorsCut,
    /// A recall reaches more lots than it can list.
    DerivedCut,
    /// A sheet, or a part of one, that was not read.
    NotRead,
    /// A column whose heading is not known; it was not read.
    UnknownColumn,
    /// A cell that a spreadsheet had changed, or that says less than it should; what was understood is said.
    Understood,
}

/// Where a record stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) sheet: Option<Arc<str>>,
}

impl Place {
    pub(super) fn of(read: &Read) -> Self {
        Self { line: read.line, sheet: read.sheet.clone() }
    }

    pub(super) fn sheet(&self) -> Option<String> {
        self.sheet.as_deref().map(str::to_owned)
    }
}

/// A warning about a record that loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Path of the field; empty for the record as a whole.
    pub field: String,
    /// Its stable name.
    pub code: WarningCode,
    /// What it means.
    pub message: String,
}

/// Something found at a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding<Code> {
    /// Line in the document, from 1; in a spreadsheet the row of its sheet.
    pub line: u64,
    /// The sheet, in a spreadsheet that names its sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cell in a spreadsheet, such as `C7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The heading of its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Path of the field; empty for the record as a whole.
    pub field: String,
    /// Its stable name.
    pub code: Code,
    /// What to do, or what it means.
    pub message: String,
}

/// Findings: all counted, the first ones listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings<Code> {
    /// How many records they concern.
    pub records: u64,
    /// How many there are.
    pub total: u64,
    /// The first 1,000.
    pub list: Vec<Finding<Code>>,
}

impl<Code> Default for Findings<Code> {
    fn default() -> Self {
        Self { records: 0, total: 0, list: Vec::new() }
    }
}

impl<Code> Finding<Code> {
    /// Something found at a line of text.
    pub(crate) const fn at(line: u64, field: String, code: Code, message: String) -> Self {
        Self { line, sheet: None, cell: None, heading: None, field, code, message }
    }
}

impl<Code> Findings<Code> {
    /// Everything found in one record.
    pub(crate) fn record(&mut self, found: impl IntoIterator<Item = Finding<Code>>) {
        let mut any = false;
        for finding in found {
            any = true;
            self.total += 1;
            if self.list.len() < MAX_LISTED {
                self.list.push(finding);
            }
        }
        self.records += u64::from(any);
    }

    fn absorb(&mut self, other: Self) {
        self.records += other.records;
        self.total += other.total;
        let room = MAX_LISTED.saturating_sub(self.list.len());
        self.list.extend(other.list.into_iter().take(room));
    }
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// SHA-256 of the document.
    pub file: String,
    /// Publisher on whose behalf.
    pub publisher: String,
    /// Nothing was to be written.
    #[serde(default)]
    pub dry_run: bool,
    /// Nothing was to be written if anything was refused.
    #[serde(default)]
    pub strict: bool,
    /// An earlier import of this document was cut short after this line; this one continued there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed_after: Option<u64>,
    /// Records read.
    pub read: u64,
    /// Units that they speak of.
    pub units: u64,
    /// Records that changed the registry (would change it, in a dry run).
    pub changed: u64,
    /// Records that said what was on record already.
    pub unchanged: u64,
    /// Records that were refused, and why.
    pub rejected: Findings<FaultCode>,
    /// Records that loaded, and what has to be said about them.
    pub warnings: Findings<WarningCode>,
    /// The last commit; `None` when nothing was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// In a dry run: how much of what Circular 02/2024/TT-BKHCN asks for would be on record, for each product that the
    /// document speaks of, in the order of their GTINs; the first 1,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completeness: Vec<ProductCompleteness>,
}

/// Which of the ten items of Circular 02/2024/TT-BKHCN a product would have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCompleteness {
    /// The product, 14 digits.
    pub gtin: String,
    /// Its name, in Vietnamese.
    pub name: String,
    /// The lot that was looked at: the one of the document that lacks most, else the latest on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// How many of the ten are there.
    pub present: u8,
    /// The missing ones, in the order of the Circular.
    pub missing: Vec<RecordItem>,
}

impl Report {
    pub(super) fn reject(&mut self, place: &Place, faults: Vec<Fault>) {
        self.rejected.record(faults.into_iter().map(|Fault { field, code, message }| Finding {
            sheet: place.sheet(),
            ..Finding::at(place.line, field, code, message)
        }));
    }

    pub(super) fn warn(&mut self, place: &Place, warnings: Vec<Warning>) {
        self.warnings.record(warnings.into_iter().map(|Warning { field, code, message }| Finding {
            sheet: place.sheet(),
            ..Finding::at(place.line, field, code, message)
        }));
    }

    /// Add what one portion found.
    pub(super) fn absorb(&mut self, portion: Self) {
        self.read += portion.read;
        self.units += portion.units;
        self.changed += portion.changed;
        self.unchanged += portion.unchanged;
        self.rejected.absorb(portion.rejected);
        self.warnings.absorb(portion.warnings);
        self.revision = portion.revision.or(self.revision);
        self.completeness.extend(portion.completeness);
    }
}

/// What became of one declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whether it changed the registry.
    pub changed: bool,
    /// The commit, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// What has to be said about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}
