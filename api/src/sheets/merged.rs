//! Cells that were merged: one value for several rows is the value of each; over several columns it is nobody's.

use std::collections::HashSet;

use super::grid::{Grid, MAX_CELLS, Merged};
use super::headings::Headings;
use super::unreadable::Unreadable;

/// Give each row below the headings what was merged over it, and say which cells span several columns of the table.
pub(super) fn spread(grid: &mut Grid, headings: &Headings) -> Result<HashSet<(u32, u32)>, Unreadable> {
    let merged = core::mem::take(&mut grid.merged);
    let mut across = HashSet::new();
    let mut spent = 0_usize;
    for Merged { rows: (first, last), columns: (left, right) } in merged {
        if first <= headings.row || last < first {
            continue;
        }
        let begin = grid.rows.partition_point(|row| row.number < first);
        let end = grid.rows.partition_point(|row| row.number <= last);
        spent += 1 + end.saturating_sub(begin);
        if spent > MAX_CELLS {
            return Err(Unreadable::TooManyCells);
        }
        let is_of_table = |column: &u32| (left..=right).contains(column);
        let value = grid.rows.get(begin).filter(|row| row.number == first).and_then(|row| row.cell(left)).cloned();
        let Some(value) = value else { continue };
        if headings.columns.iter().flatten().filter(|column| is_of_table(column)).count() > 1 {
            across.insert((first, left));
        }
        for row in grid.rows.get_mut(begin..end).into_iter().flatten() {
            if row.cell(left).is_none() {
                row.cells.push((left, value.clone()));
                row.cells.sort_by_key(|(column, _)| *column);
            }
        }
    }
    Ok(across)
}
