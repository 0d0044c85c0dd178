//! Rows of the AI table: amounts payable, prices and coupons: 37 to 3955. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, n_to, row};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("37", &[n_to(8)]).attribute().with("00+02 00+8026"), // COUNT
    row("3900-3909", &[n_to(15)]).attribute().with("255 8020").without("390. 391. 394. 8111"), // AMOUNT
    row("3910-3919", &[n(3).lint(&[Lint::Iso4217]), n_to(15)]).attribute().with("8020").without("391."), // AMOUNT
    row("3920-3929", &[n_to(15)]).attribute().with("01+30 01+31.. 01+32.. 01+35.. 01+36..").without("392. 393."), // PRICE
    row("3930-3939", &[n(3).lint(&[Lint::Iso4217]), n_to(15)]).attribute().with("30 31.. 32.. 35.. 36..").without("393."), // PRICE
    row("3940-3943", &[n(4)]).attribute().with("255").without("394. 8111"), // PRCNT OFF
    row("3950-3955", &[n(6)]).attribute().with("30 31.. 32.. 35.. 36..").without("392. 393. 395. 8005"), // PRICE/UoM
];
