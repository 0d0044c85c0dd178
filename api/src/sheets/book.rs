//! A file as records, each with its place; and the report of their import in the words of the file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nguon_openapi::Lang;
use sha2::{Digest as _, Sha256};

use super::columns::{Reads, Table, Words};
use super::gather::{self, At, Ties};
use super::grid::{Cell, Grid, letters};
use super::headings::{self, Headings, Sheet};
use super::pictures::Album;
use super::row::{self, Among, Look};
use super::trouble::{Trouble, fault_vi, warning_vi};
use super::unreadable::Unreadable;
use super::{SheetFormat, cells, csv, merged, xlsx};
use crate::registry::import::{Document, Finding, Report, WarningCode};
use crate::registry::media::hex;
use crate::registry::read::Read;
use crate::registry::{Fault, FaultCode, Id, Record};

/// What a row usually takes in memory once it is read, in bytes.
const ROW_BYTES: usize = 1_024;

/// Columns without a heading that are told of.
const FEW_COLUMNS: usize = 8;

/// How to read a file.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// What the file is.
    pub format: SheetFormat,
    /// On whose behalf: identifiers that are made of names hold it.
    pub publisher: &'a Id,
    /// Language of what is said about it.
    pub lang: Lang,
}

/// A file that was read.
#[derive(Debug)]
pub struct Book {
    sha256: String,
    parts: String,
    reads: Arc<[Read]>,
    legend: Legend,
}

/// Where things stand in a file, and what had to be said about it before its records were looked at.
#[derive(Debug)]
pub struct Legend {
    lang: Lang,
    /// The sheets that were read, by name.
    sheets: HashMap<Option<String>, Headings>,
    /// Rows whose troubles are in words of ours already.
    told: HashSet<At>,
    /// What hangs on what, so that one fault is told once.
    ties: Ties,
    remarks: Vec<Finding<WarningCode>>,
}

impl Book {
    /// Read a file, and the pictures that it names. Blocks for as long as those take to draw.
    ///
    /// # Errors
    /// When nothing of it can be read.
    pub fn read(bytes: &[u8], reading: Reading<'_>, album: &mut Album) -> Result<Self, Unreadable> {
        if bytes.len() as u64 > super::MAX_BYTES {
            return Err(Unreadable::TooManyBytes);
        }
        let mut grids = match reading.format {
            SheetFormat::Xlsx => xlsx::grids(bytes)?,
            SheetFormat::Csv => vec![csv::grid(bytes)?],
        };
        let mut legend = Legend {
            lang: reading.lang,
            sheets: HashMap::new(),
            told: HashSet::new(),
            ties: Ties::default(),
            remarks: Vec::new(),
        };
        let mut reads = Vec::new();
        let mut tables: Vec<(usize, Headings)> = Vec::new();
        for (at, grid) in grids.iter().enumerate() {
            legend.sheet(at, grid, &mut tables, &mut reads);
        }
        if tables.is_empty() && reads.is_empty() {
            return Err(Unreadable::NoTable);
        }
        // Referenced ones first; sheets of one kind stay in their order.
        tables.sort_by_key(|(_, headings)| headings.table.kind);
        let mut among = Among {
            publisher: reading.publisher,
            lang: reading.lang,
            is_1904: false,
            producers: HashMap::new(),
            stages: HashMap::new(),
        };
        let mut drained = 0;
        for (at, headings) in tables {
            let Some(grid) = grids.get_mut(at) else { continue };
            among.is_1904 = grid.is_1904;
            let across = merged::spread(grid, &headings)?;
            let found = legend.rows(grid, &headings, &across, &mut among, album, &mut drained);
            reads.extend(found);
            legend.sheets.insert(grid.name.as_deref().map(str::to_owned), headings);
        }
        legend.contradictions(&mut reads);
        for read in &reads {
            let at = (read.sheet.as_deref().map(str::to_owned), read.line);
            match &read.record {
                Ok(record) => legend.ties.record(at, record),
                Err(_) => {
                    legend.told.insert(at);
                }
            }
        }
        reads.sort_by_key(|read| read.record.as_ref().map_or(0, Record::rank));
        Ok(Self { sha256: hex(&Sha256::digest(bytes)), parts: album.digest(), reads: reads.into(), legend })
    }

    /// How many records, and rows that are none, it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reads.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }

    /// The one record of a book that has one row.
    #[cfg(test)]
    pub(super) fn only(self) -> Option<Record> {
        self.reads.first().cloned().and_then(|read| read.record.ok())
    }

    /// What is to be imported.
    #[must_use]
    pub fn document(&self) -> Document {
        Document::records(self.sha256.clone(), &self.parts, Arc::clone(&self.reads))
    }

    /// How to read the report of its import.
    #[must_use]
    pub const fn legend(&self) -> &Legend {
        &self.legend
    }

    /// About what it takes in memory, in bytes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let record = |read: &Read| match &read.record {
            Ok(Record::Media(media)) => ROW_BYTES + media.base64.len(),
            _ => ROW_BYTES,
        };
        self.reads.iter().map(record).sum()
    }
}

impl Legend {
    fn remark(&mut self, grid: &Grid, row: u32, column: Option<(u32, String)>, code: WarningCode, words: (&str, &str)) {
        let (letter, heading) = column.map(|(column, heading)| (letters(column), heading)).unzip();
        let heading = heading.filter(|heading| !heading.is_empty());
        self.remarks.push(Finding {
            sheet: grid.name.as_deref().map(str::to_owned),
            cell: letter.map(|letter| format!("{letter}{row}")),
            heading,
            ..Finding::at(u64::from(row), String::new(), code, self.lang.pick(words.0, words.1).to_owned())
        });
    }

    /// What a sheet is, and what is wrong with its headings.
    fn sheet(&mut self, at: usize, grid: &Grid, tables: &mut Vec<(usize, Headings)>, reads: &mut Vec<Read>) {
        if grid.is_hidden {
            let words = ("là trang ẩn: không đọc", "is hidden: it was not read");
            return self.remark(grid, 1, None, WarningCode::NotRead, words);
        }
        let first = grid.rows.first().map_or(1, |row| row.number);
        let trouble = |line: u32, field: &str, trouble: &Trouble| Read {
            line: u64::from(line),
            sheet: grid.name.clone(),
            record: Err(vec![Fault::new(field, trouble.code(), trouble.say(self.lang))]),
            notes: Vec::new(),
            completes: false,
        };
        match headings::find(grid) {
            _ if grid.rows.is_empty() => {}
            Sheet::Headless => reads.push(trouble(first, "", &Trouble::NoHeadings)),
            Sheet::Other if super::template::is_guide(grid.name.as_deref()) => {}
            Sheet::Other => {
                let words = (
                    "không có tiêu đề cột nào đã biết: trang này không được đọc",
                    "has no known headings: it was not read",
                );
                self.remark(grid, first, None, WarningCode::NotRead, words);
            }
            Sheet::Table(headings) => {
                let columns = headings.table.columns;
                reads.extend(headings.troubles.iter().filter_map(|(column, it)| {
                    columns.get(*column).map(|column| trouble(headings.row, column.fills, it))
                }));
                for (column, heading) in headings.unknown.clone() {
                    let words = (
                        "là tiêu đề chưa biết: cột này không được đọc",
                        "is a heading that is not known: the column was not read",
                    );
                    self.remark(grid, headings.row, Some((column, heading)), WarningCode::UnknownColumn, words);
                }
                tables.push((at, headings));
            }
        }
    }

    fn rows(
        &mut self,
        grid: &Grid,
        headings: &Headings,
        across: &HashSet<(u32, u32)>,
        among: &mut Among<'_>,
        album: &mut Album,
        drained: &mut usize,
    ) -> Vec<Read> {
        let mut reads = Vec::new();
        let known: Vec<u32> = headings.columns.iter().flatten().copied().collect();
        let months_first = months_first(grid, headings);
        for (column, row) in headless(grid, headings) {
            let words = (
                "có chữ dưới cột không có tiêu đề: cột này không được đọc",
                "stands in a column without a heading: the column was not read",
            );
            self.remark(grid, row, Some((column, String::new())), WarningCode::UnknownColumn, words);
        }
        for row in grid.rows.iter().filter(|row| row.number > headings.row) {
            let mut cells = row.cells.iter().filter(|(column, _)| known.contains(column)).peekable();
            match cells.peek() {
                None => continue,
                Some((_, Cell::Text(text))) if row::is_example(text) => {
                    let own = cells.filter_map(|(_, cell)| cells::plain(cell).ok());
                    if !own.skip(1).all(|text| super::template::is_of_example(headings.table, &text)) {
                        let words = (
                            "là dòng ví dụ nhưng đã sửa: xoá chữ VÍ DỤ ở ô đầu nếu muốn nạp dòng này",
                            "is the example and was changed: take EXAMPLE out of its first cell to have it read",
                        );
                        self.remark(grid, row.number, None, WarningCode::NotRead, words);
                    }
                    continue;
                }
                Some(_) => {}
            }
            let look = Look {
                is_across: &|column| across.contains(&(row.number, column)),
                month_first: &|column| months_first.get(&column).map(|proof| format!("{}{proof}", letters(column))),
            };
            let made = row::record(row, headings, look, among, album);
            if let (Err(_), Some(about)) = (&made.record, made.about) {
                self.ties.refused((grid.name.as_deref().map(str::to_owned), u64::from(row.number)), about);
            }
            let read = |record, notes| Read {
                line: u64::from(row.number),
                sheet: grid.name.clone(),
                record,
                notes,
                completes: false,
            };
            reads.extend(album.drain(drained).into_iter().map(|media| read(Ok(Record::Media(media)), Vec::new())));
            reads.push(read(made.record, made.notes));
        }
        reads
    }

    /// Rows that say different things of one record: none of them is taken, because nobody can tell which is right.
    fn contradictions(&self, reads: &mut [Read]) {
        let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, read) in reads.iter().enumerate() {
            if let Some(name) = read.record.as_ref().ok().and_then(gather::name) {
                rows.entry(name).or_default().push(at);
            }
        }
        for rows in rows.into_values().filter(|rows| rows.len() > 1) {
            let record = |at: usize| reads.get(at).and_then(|read| read.record.as_ref().ok());
            let Some((first, rest)) = rows.split_first() else { continue };
            if rest.iter().all(|at| record(*at) == record(*first)) {
                continue;
            }
            let places: Vec<String> = rows
                .iter()
                .filter_map(|at| reads.get(*at))
                .map(|read| place(read.sheet.as_ref(), read.line, self.lang))
                .collect();
            for at in &rows {
                let Some(read) = reads.get_mut(*at) else { continue };
                let own = place(read.sheet.as_ref(), read.line, self.lang);
                let other = places.iter().find(|place| **place != own).unwrap_or(&own);
                let trouble = Trouble::Contradiction(other.clone());
                read.record = Err(vec![Fault::new("", trouble.code(), trouble.say(self.lang))]);
            }
        }
    }

    /// Put a report into the words of the file: each finding with its cell and heading, in the reader's language, and
    /// with what had to be said before.
    pub fn explain(&self, report: &mut Report) {
        for finding in &mut report.rejected.list {
            let is_told = self.told.contains(&(finding.sheet.clone(), finding.line));
            let has_column = self.put_in_place(finding);
            let lacks = if has_column { None } else { self.lacking(finding) };
            if let Some(heading) = lacks {
                finding.message = Trouble::HeadingMissing(heading).say(self.lang);
            } else if self.lang == Lang::Vi && !is_told {
                fault_vi(finding.code, &finding.field).clone_into(&mut finding.message);
            }
        }
        gather::once(&mut report.rejected, |it| it.cell.is_none() && self.lacking(it).is_some());
        self.ties.gather(&mut report.rejected, self.lang);
        gather::alike(&mut report.rejected, self.lang);
        for finding in &mut report.warnings.list {
            let _ = self.put_in_place(finding);
            if self.lang == Lang::Vi
                && let Some(words) = warning_vi(finding.code)
            {
                words.clone_into(&mut finding.message);
            }
        }
        gather::understood(&mut report.warnings, self.lang);
        for remark in &self.remarks {
            report.warnings.record([remark.clone()]);
        }
    }

    /// The heading of the column that a finding asks for and the sheet has not.
    fn lacking(&self, finding: &Finding<FaultCode>) -> Option<Words> {
        let headings = self.sheets.get(&finding.sheet)?;
        let column = headings.table.filling(&finding.field)?;
        let is_lacking = finding.code == FaultCode::MissingField && headings.columns.get(column)?.is_none();
        headings.table.columns.get(column).filter(|_| is_lacking).map(|column| column.heading)
    }

    /// Name the cell of a finding. `false`: the sheet has no column for it.
    fn put_in_place<Code>(&self, finding: &mut Finding<Code>) -> bool {
        let Some(headings) = self.sheets.get(&finding.sheet) else { return true };
        let table: &Table = headings.table;
        let Some(column) = table.filling(&finding.field) else { return true };
        finding.heading = table.columns.get(column).map(|column| column.heading.pick(self.lang).to_owned());
        let place = headings.columns.get(column).copied().flatten();
        finding.cell = place.map(|place| format!("{}{}", letters(place), finding.line));
        place.is_some()
    }
}

/// Where a row stands.
fn place(sheet: Option<&Arc<str>>, line: u64, lang: Lang) -> String {
    match sheet {
        Some(sheet) => format!("{sheet}!{line}"),
        None => format!("{} {line}", lang.pick("dòng", "row")),
    }
}

/// Columns of days in which some day has its month first, with the row that shows it: nobody can tell there which of two
/// small numbers is the month.
fn months_first(grid: &Grid, headings: &Headings) -> HashMap<u32, u32> {
    let columns = headings.table.columns.iter().zip(&headings.columns);
    let days = columns.filter(|(column, _)| matches!(column.reads, Reads::Day | Reads::LastDay));
    let shows = |column: u32| {
        let mut rows = grid.rows.iter().filter(|row| row.number > headings.row);
        rows.find(|row| matches!(row.cell(column), Some(Cell::Text(text)) if cells::is_month_first(text)))
    };
    days.filter_map(|(_, place)| Some(((*place)?, shows((*place)?)?.number))).collect()
}

/// Columns without a heading that hold something below the headings, with the first row in which they do.
fn headless(grid: &Grid, headings: &Headings) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for row in grid.rows.iter().filter(|row| row.number > headings.row) {
        for (column, _) in &row.cells {
            if !headings.headed.contains(column) && !found.iter().any(|(known, _)| known == column) {
                found.push((*column, row.number));
            }
            // A sheet may have thousands of columns; a clerk who sees these sees the rest.
            if found.len() >= FEW_COLUMNS {
                return found;
            }
        }
    }
    found
}
