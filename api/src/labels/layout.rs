//! How labels lie on a sheet of A4 (210 × 297 mm, ISO 216), in millimetres.

use core::str::FromStr;

/// A sheet of A4.
pub(super) const SHEET_MM: (f32, f32) = (210.0, 297.0);

/// Labels of one size on a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    name: &'static str,
    columns: u16,
    rows: u16,
    /// Width and height of a label.
    pub(super) size: (f32, f32),
    /// From the sheet's corner to the first label's.
    margin: (f32, f32),
    /// Between two labels.
    gap: (f32, f32),
    /// Nothing is printed so near to a label's edge: printers leave some millimetres of a sheet white, and a sheet does
    /// not lie exactly.
    pub(super) safe: f32,
}

/// Sheets that shops sell.
pub const LAYOUTS: [Layout; 5] = [
    Layout { name: "3x7", columns: 3, rows: 7, size: (70.0, 42.3), margin: (0.0, 0.45), gap: (0.0, 0.0), safe: 4.5 },
    Layout { name: "3x8", columns: 3, rows: 8, size: (70.0, 37.0), margin: (0.0, 0.5), gap: (0.0, 0.0), safe: 4.5 },
    Layout { name: "2x4", columns: 2, rows: 4, size: (105.0, 74.2), margin: (0.0, 0.1), gap: (0.0, 0.0), safe: 4.5 },
    Layout { name: "2x7", columns: 2, rows: 7, size: (99.1, 38.1), margin: (4.65, 15.15), gap: (2.5, 0.0), safe: 2.5 },
    Layout { name: "4x10", columns: 4, rows: 10, size: (52.5, 29.7), margin: (0.0, 0.0), gap: (0.0, 0.0), safe: 4.5 },
];

impl Layout {
    /// What it is called: labels across and down.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Labels on a sheet.
    pub(super) const fn per_sheet(self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// The top left corner of a label on its sheet, from the sheet's.
    pub(super) fn corner(self, n: usize) -> (f32, f32) {
        let columns = usize::from(self.columns);
        #[expect(clippy::cast_precision_loss, reason = "a sheet has some tens of labels")]
        let (column, row) = ((n % columns) as f32, (n / columns) as f32);
        let along = |margin: f32, size: f32, gap: f32, place: f32| margin + place * (size + gap);
        (along(self.margin.0, self.size.0, self.gap.0, column), along(self.margin.1, self.size.1, self.gap.1, row))
    }
}

/// 21 labels of 70 × 42.3 mm.
impl Default for Layout {
    fn default() -> Self {
        LAYOUTS[0]
    }
}

impl FromStr for Layout {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = LAYOUTS.into_iter().find(|layout| layout.name == name);
        found.ok_or("must be one of: 3x7, 3x8, 2x4, 2x7, 4x10 (labels across and down a sheet of A4)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_lies_on_the_sheet_and_on_no_other() {
        for layout in LAYOUTS {
            let (width, height) = layout.size;
            for n in 0..layout.per_sheet() {
                let (x, y) = layout.corner(n);
                assert!(x >= 0.0 && y >= 0.0, "{layout:?}");
                assert!(x + width <= SHEET_MM.0 + 0.01 && y + height <= SHEET_MM.1 + 0.01, "{layout:?} {n}");
                for other in 0..n {
                    let (left, top) = layout.corner(other);
                    let apart = x >= left + width - 0.01 || y >= top + height - 0.01 || x + width <= left + 0.01;
                    assert!(apart, "{layout:?}: {other} and {n}");
                }
            }
        }
    }
}
