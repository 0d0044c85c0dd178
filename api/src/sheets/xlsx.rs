//! An Excel workbook (ECMA-376) as cells.
//!
//! A workbook is a ZIP archive that a stranger may have packed, and its reader takes whole parts into memory. So every
//! part is unpacked once beforehand, counted and thrown away; what a part says of its own size is never believed.
//! Cells are then read one by one: a cell in the last row of a sheet costs as much as one in the first.

mod bounds;
mod display;

use std::collections::HashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::grid::{Cell, Grid, MAX_CELLS, Merged, Row, Taken};
use super::unreadable::Unreadable;
use display::Display;

/// Most sheets that are looked at.
const MAX_SHEETS: usize = 64;

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The sheets of a workbook, in their order.
///
/// # Errors
/// When it is no workbook of this kind, is damaged, or holds more than is taken.
pub(super) fn grids(bytes: &[u8]) -> Result<Vec<Grid>, Unreadable> {
    bounds::look(bytes)?;
    // A reader that panics over a file that somebody made for it has read nothing.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(Unreadable::Damaged))
}

fn read(bytes: &[u8]) -> Result<Vec<Grid>, Unreadable> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    })?;
    let sheets = workbook.sheets_metadata().to_vec();
    let is_1904 = workbook.has_1904_epoch();
    let mut taken = Taken::default();
    let mut grids = Vec::new();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).take(MAX_SHEETS) {
        let is_hidden = sheet.visible != SheetVisible::Visible;
        let mut grid = Grid { name: Some(sheet.name.as_str().into()), is_1904, is_hidden, ..Grid::default() };
        if !is_hidden {
            grid.rows = rows(&mut workbook, &sheet.name, &mut taken)?;
            grid.merged = merged(&mut workbook, &sheet.name)?;
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn rows(workbook: &mut Workbook<'_>, sheet: &str, taken: &mut Taken) -> Result<Vec<Row>, Unreadable> {
    let uncalculated = uncalculated(workbook, sheet)?;
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| Unreadable::Damaged)?;
    let displays: Vec<Display> =
        cells.styles().iter().map(|style| style.number_format.as_ref().map(Display::of).unwrap_or_default()).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut refused = 0_usize;
    loop {
        let (position, cell) = match cells.next_cell_with_style_id() {
            Ok(None) => break,
            Ok(Some((cell, style))) => {
                let position = cell.get_position();
                let display = displays.get(style).copied().unwrap_or_default();
                (position, known(cell.get_value(), display, uncalculated.contains(&position)))
            }
            // An error value that the reader does not know (`#SPILL!`) ends the cell, not the sheet.
            Err(XlsxError::CellError(_)) if refused < MAX_CELLS => {
                refused += 1;
                continue;
            }
            Err(_) => return Err(Unreadable::Damaged),
        };
        let Some(cell) = cell else { continue };
        if !taken.cell(&cell) {
            return Err(Unreadable::TooManyCells);
        }
        let number = position.0.saturating_add(1);
        match rows.last_mut() {
            Some(row) if row.number == number => row.cells.push((position.1, cell)),
            _ => {
                if !taken.row() {
                    return Err(Unreadable::TooManyCells);
                }
                rows.push(Row { number, cells: vec![(position.1, cell)] });
            }
        }
    }
    in_order(&mut rows);
    Ok(rows)
}

/// A file may name its cells in any order.
fn in_order(rows: &mut Vec<Row>) {
    rows.sort_by_key(|row| row.number);
    rows.dedup_by(|later, earlier| {
        let same = later.number == earlier.number;
        if same {
            earlier.cells.append(&mut later.cells);
        }
        same
    });
    for row in rows {
        row.cells.sort_by_key(|(column, _)| *column);
    }
}

/// What stands in a cell; `None` when it is blank.
fn known(value: &DataRef<'_>, display: Display, is_uncalculated: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()));
    match value {
        DataRef::Empty => is_uncalculated.then_some(Cell::Uncalculated),
        DataRef::String(it) => text(it),
        DataRef::SharedString(it) => text(it),
        DataRef::Int(it) => it.to_string().parse().ok().map(|it| display.number(it)),
        DataRef::Float(it) => Some(display.number(*it)),
        DataRef::Bool(it) => Some(Cell::Bool(*it)),
        DataRef::DateTime(it) if it.is_duration() => Some(Cell::Number(it.as_f64())),
        DataRef::DateTime(it) => Some(Cell::Day { serial: it.as_f64(), shown: display.day() }),
        DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => Some(Cell::Iso(it.clone())),
        DataRef::Error(_) => Some(Cell::Error(Data::from(value.clone()).to_string())),
    }
}

/// The cells whose formula has no value in the file, which its reader takes for blank.
fn uncalculated(workbook: &mut Workbook<'_>, sheet: &str) -> Result<HashSet<(u32, u32)>, Unreadable> {
    let mut found = HashSet::new();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| Unreadable::Damaged)?;
    let mut refused = 0_usize;
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(None) => return Ok(found),
            Ok(Some(cell)) => {
                if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                    found.insert(cell.pos);
                }
            }
            Err(XlsxError::CellError(_)) if refused < MAX_CELLS => refused += 1,
            Err(_) => return Err(Unreadable::Damaged),
        }
        if found.len() > MAX_CELLS {
            return Err(Unreadable::TooManyCells);
        }
    }
}

fn merged(workbook: &mut Workbook<'_>, sheet: &str) -> Result<Vec<Merged>, Unreadable> {
    let merged = workbook.merge_cells_by_sheet_name(sheet).map_err(|_| Unreadable::Damaged)?;
    let known = merged.into_iter().map(|it| Merged {
        rows: (it.start.0.saturating_add(1), it.end.0.saturating_add(1)),
        columns: (it.start.1, it.end.1),
    });
    Ok(known.collect())
}
