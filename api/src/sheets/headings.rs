//! Where the table of a sheet begins, what it is about, and which column is which.

use std::collections::HashSet;

use super::columns::{TABLES, Table};
use super::fold::folded;
use super::grid::{Cell, Grid, Row, letters};
use super::trouble::Trouble;

/// Rows that are looked at to find the headings: titles may stand above them.
const ROWS_LOOKED_AT: usize = 30;
/// Headings that a row has to hold to be the row of headings.
const LEAST: usize = 2;
/// Headings that nobody expects to be read.
const PASSED_OVER: [&str; 5] = ["stt", "tt", "so thu tu", "no", "so tt"];

/// The headings of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Headings {
    pub(super) table: &'static Table,
    /// The row in which they stand, from 1.
    pub(super) row: u32,
    /// The column of the sheet for each column of the table.
    pub(super) columns: Vec<Option<u32>>,
    /// Columns whose heading is not known.
    pub(super) unknown: Vec<(u32, String)>,
    /// Columns that are read, or whose heading says that nobody expects it.
    pub(super) headed: HashSet<u32>,
    /// What is wrong with them: the column of the table, and the trouble.
    pub(super) troubles: Vec<(usize, Trouble)>,
}

/// What a sheet is.
#[derive(Debug)]
pub(super) enum Sheet {
    /// A table of ours.
    Table(Headings),
    /// One of ours by its name, without headings.
    Headless,
    /// Something else.
    Other,
}

/// Find the headings of a sheet. Its name says what it is about; where it does not, its headings do.
pub(super) fn find(grid: &Grid) -> Sheet {
    let named = grid.name.as_deref().and_then(Table::named);
    let tables = || TABLES.iter().filter(|table| named.is_none_or(|named| named.kind == table.kind));
    let mut best: Option<(usize, bool, &Row, &'static Table)> = None;
    for row in grid.rows.iter().take(ROWS_LOOKED_AT) {
        for table in tables() {
            let known = known(row, table);
            let whole = table.columns.iter().enumerate().all(|(at, column)| !column.required || known.contains(&at));
            let found = known.len();
            if found >= LEAST && best.as_ref().is_none_or(|(most, was_whole, ..)| (whole, found) > (*was_whole, *most))
            {
                best = Some((found, whole, row, table));
            }
        }
    }
    match (best, named) {
        (Some((_, whole, row, table)), _) if whole || named.is_some() => Sheet::Table(headings(row, table)),
        (_, Some(_)) => Sheet::Headless,
        _ => Sheet::Other,
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}

/// The columns of a table that a row names, each once.
fn known(row: &Row, table: &Table) -> Vec<usize> {
    let mut known: Vec<usize> = row.cells.iter().filter_map(|(_, cell)| table.column(text(cell))).collect();
    known.sort_unstable();
    known.dedup();
    known
}

fn headings(row: &Row, table: &'static Table) -> Headings {
    let mut columns = vec![None; table.columns.len()];
    let (mut unknown, mut troubles) = (Vec::new(), Vec::new());
    let headed = row.cells.iter().map(|(at, _)| *at).collect();
    for (at, cell) in &row.cells {
        let heading = text(cell);
        match table.column(heading) {
            Some(column) if columns.get(column).is_some_and(Option::is_some) => {
                troubles.push((column, Trouble::HeadingTwice(letters(*at))));
            }
            Some(column) => {
                if let Some(place) = columns.get_mut(column) {
                    *place = Some(*at);
                }
            }
            None if PASSED_OVER.contains(&folded(heading).as_str()) => {}
            None => unknown.push((*at, heading.trim().chars().take(60).collect())),
        }
    }
    for (column, (place, known)) in columns.iter().zip(table.columns).enumerate() {
        if known.required && place.is_none() {
            troubles.push((column, Trouble::HeadingMissing(known.heading)));
        }
    }
    Headings { table, row: row.number, columns, unknown, headed, troubles }
}
