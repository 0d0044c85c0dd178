//! What stands on a label: as labels in Viet Nam have it.

use gs1::Lot;
use jiff::civil::Date;

use crate::issue::{Codes, UnitCode};

/// What the coating is to be scratched off for.
pub(super) const SCRATCH: &str = "Cào để xem mã";

/// The words of one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// The product's name.
    pub(super) name: String,
    /// Lot and dates, a line each; those at the end are left out first.
    pub(super) lines: Vec<String>,
    /// The code for people, below the symbol: parts that stay on one line each.
    pub(super) below: Vec<String>,
    /// The PIN, to be covered.
    pub(super) pin: Option<String>,
}

impl Wording {
    pub(super) fn of(codes: &Codes, unit: &UnitCode) -> Self {
        let dated = |word: &str, date: Option<Date>| date.map(|date| format!("{word}: {}", date.strftime("%d/%m/%Y")));
        let lines = [
            Some(lot(&codes.lot)),
            dated("HSD", codes.expires).or_else(|| dated("Dùng tốt nhất trước", codes.best_before)),
            dated("NSX", codes.produced),
        ];
        Self {
            name: codes.product.vi.to_string(),
            lines: lines.into_iter().flatten().collect(),
            below: parts(codes, unit),
            pin: unit.pin.as_ref().map(|pin| pin.as_str().to_owned()),
        }
    }
}

fn lot(lot: &Lot) -> String {
    format!("Số lô: {lot}")
}

/// An application identifier stays with its value. A code of another scheme may be cut anywhere.
fn parts(codes: &Codes, unit: &UnitCode) -> Vec<String> {
    match &unit.code {
        None => vec![format!("(01){}", codes.gtin), format!("(10){}", codes.lot), format!("(21){}", unit.serial)],
        Some(code) => {
            let letters: Vec<char> = code.chars().collect();
            letters.chunks(24).map(|part| part.iter().collect()).collect()
        }
    }
}
