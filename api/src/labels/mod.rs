//! Labels on sheets of A4, as PDF: a QR code, what it says for people, the product, its lot and dates, a PIN to be covered.
//! Pure: no I/O, no clock; the same codes give the same file.
//!
//! `layout` is how labels lie on a sheet, `wording` what stands on one, `place` where; `face` is the font, cut down to the
//! letters that are used, so that texts can be searched and stay small; `pdf` writes the file.
//!
//! The symbol follows the GS1 General Specifications 5.12.3.1 for QR codes with a Digital Link at a till: a module of
//! 0.396 to 0.990 mm, four of them white on each side, all of it on the label. What does not fit is refused, not shrunk.

mod face;
mod layout;
mod pdf;
mod place;
mod wording;

#[cfg(test)]
mod tests;

pub use layout::{LAYOUTS, Layout};

use crate::drawing::Bars;
use crate::issue::Codes;
use face::Fonts;
use pdf::Sheets;
use place::Placed;
use wording::Wording;

/// Why labels cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The QR code would be finer than a till may be asked to read.
    #[error("the QR code does not fit labels of this size: choose larger ones, or a service with a shorter address")]
    TooSmall,
    /// The font that comes with the binary cannot be used.
    #[error("the font cannot be read")]
    Font,
}

/// The labels of an order's codes.
///
/// # Errors
/// `TooSmall` when a QR code does not fit the layout's labels.
pub fn labels(codes: &Codes, layout: Layout) -> Result<Vec<u8>, LabelError> {
    let mut fonts = Fonts::new().ok_or(LabelError::Font)?;
    let mut sheets = Sheets::new();
    for units in codes.units.chunks(layout.per_sheet()) {
        let mut sheet = pdf::Sheet::new();
        for (n, unit) in units.iter().enumerate() {
            let bars = Bars::of(&unit.link).ok_or(LabelError::TooSmall)?;
            let placed =
                Placed::of(&Wording::of(codes, unit), bars.side, layout, &fonts).ok_or(LabelError::TooSmall)?;
            sheet.label(layout.corner(n), &placed, &bars, &mut fonts);
        }
        sheets.push(sheet);
    }
    let title = format!("{} – {}", codes.product.vi, codes.lot);
    sheets.finish(&fonts, &title).ok_or(LabelError::Font)
}
