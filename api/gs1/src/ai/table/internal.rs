//! Rows of the AI table: coupons, links and company internal use: 8110 to 99. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, row, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("8110", &[x_to(70).lint(&[Lint::CouponCode])]).attribute(), // 
    row("8111", &[n(4)]).attribute().with("255"), // POINTS
    row("8112", &[x_to(70).lint(&[Lint::CouponPosOffer])]).attribute(), // 
    row("8200", &[x_to(70)]).with("01"), // PRODUCT URL
    row("90", &[x_to(30)]).attribute(), // INTERNAL
    row("91-99", &[x_to(90)]).attribute(), // INTERNAL
];
