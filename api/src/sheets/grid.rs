//! A sheet as cells: what a workbook and a CSV file have in common.

use std::sync::Arc;

/// Most rows of a file that hold anything.
pub(super) const MAX_ROWS: usize = 50_000;
/// Most cells of a file that hold anything.
pub(super) const MAX_CELLS: usize = 1_000_000;
/// Most bytes of text in the cells of a file.
pub(super) const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;

/// What stands in a cell that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Text, as it was written.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown as a power of ten: `1.00E+05`.
    Power(f64),
    /// A number that is shown as a day: days since the epoch of the workbook, and how it is shown.
    Day { serial: f64, shown: Shown },
    /// A day as ISO 8601 writes it.
    Iso(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// What a formula came to that could not be worked out, such as `#N/A`.
    Error(String),
    /// A formula whose value the file does not hold.
    Uncalculated,
}

/// How a cell shows a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// With day, month and year.
    #[default]
    Whole,
    /// Without the day.
    Month,
    /// With the month before the day.
    MonthFirst,
}

/// A row that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its cells that are not blank, by column from 0, in order.
    pub(super) cells: Vec<(u32, Cell)>,
}

impl Row {
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell)
    }
}

/// Cells that are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// First and last row, from 1.
    pub(super) rows: (u32, u32),
    /// First and last column, from 0.
    pub(super) columns: (u32, u32),
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// Its name; `None` in a file that has one sheet without a name.
    pub(super) name: Option<Arc<str>>,
    /// Its rows that are not blank, in order.
    pub(super) rows: Vec<Row>,
    /// Days are counted from 1904-01-01.
    pub(super) is_1904: bool,
    /// Nobody sees it.
    pub(super) is_hidden: bool,
    /// Cells that are one, in the order of the file.
    pub(super) merged: Vec<Merged>,
}

/// The letters of a column, from 0: A, …, Z, AA, …
pub(super) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// How much a file has taken of what it may.
#[derive(Debug, Default)]
pub(super) struct Taken {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Taken {
    /// One more row. `false` when that is one too many.
    pub(super) fn row(&mut self) -> bool {
        self.rows += 1;
        self.rows <= MAX_ROWS
    }

    /// One more cell. `false` when that is one too many.
    pub(super) fn cell(&mut self, cell: &Cell) -> bool {
        self.cells += 1;
        if let Cell::Text(text) | Cell::Iso(text) | Cell::Error(text) = cell {
            self.text += text.len();
        }
        self.cells <= MAX_CELLS && self.text <= MAX_TEXT_BYTES
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(super::letters(column), letters);
        }
    }
}
