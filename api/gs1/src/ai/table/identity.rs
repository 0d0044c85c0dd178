//! Rows of the AI table: keys of trade and logistic units and what qualifies them: 00 to 255. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, n_to, row, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("00", &[n(18).lint(&[Lint::Csum, Lint::GcpPos2])]).predefined().attribute().key(&[]), // SSCC
    row("01", &[n(14).lint(&[Lint::Csum, Lint::GcpPos2])]).predefined().attribute().without("255 37").key(&[&[22, 10, 21], &[235]]), // GTIN
    row("02", &[n(14).lint(&[Lint::Csum, Lint::GcpPos2])]).predefined().attribute().without("01 03").with("37"), // CONTENT
    row("03", &[n(14).lint(&[Lint::Csum, Lint::GcpPos2])]).predefined().without("01 02 37 235"), // MTO GTIN
    row("10", &[x_to(20)]).attribute().with("01 02 03 8006 8026"), // BATCH/LOT
    row("11", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("01 02 03 8006 8026"), // PROD DATE
    row("12", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("8020"), // DUE DATE
    row("13", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("01 02 03 8006 8026"), // PACK DATE
    row("15", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("01 02 03 8006 8026"), // BEST BEFORE or BEST BY
    row("16", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("01 02 03 8006 8026"), // SELL BY
    row("17", &[n(6).lint(&[Lint::Yymmd0])]).predefined().attribute().with("01 02 03 255 8006 8026"), // USE BY or EXPIRY
    row("20", &[n(2)]).predefined().attribute().with("01 02 03 8006 8026"), // VARIANT
    row("21", &[x_to(20)]).with("01 03 8006").without("235"), // SERIAL
    row("22", &[x_to(20)]).with("01"), // CPV
    row("235", &[x_to(28)]).with("01"), // TPX
    row("240", &[x_to(30)]).attribute().with("01 02 03 8006 8026"), // ADDITIONAL ID
    row("241", &[x_to(30)]).attribute().with("01 02 03 8006 8026"), // CUST. PART No.
    row("242", &[n_to(6)]).attribute().with("01 02 8006 8026"), // MTO VARIANT
    row("243", &[x_to(20)]).attribute().with("01 03"), // PCN
    row("250", &[x_to(30)]).attribute().with("01+21 03+21 8006+21"), // SECONDARY SERIAL
    row("251", &[x_to(30)]).attribute().with("01 03 8006"), // REF. TO SOURCE
    row("253", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1]), x_to(17).optional()]).attribute().key(&[]), // GDTI
    row("254", &[x_to(20)]).with("414"), // GLN EXTENSION COMPONENT
    row("255", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1]), n_to(12).optional()]).attribute().key(&[]).without("01 02 415 8006 8020 8026"), // GCN
];
