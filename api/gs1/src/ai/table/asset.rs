//! Rows of the AI table: dimensions, assets, parts, payment slips, and signatures: 8001 to 8043. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, n_to, row, x_to, y_to, z_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("8001", &[n(4).lint(&[Lint::NonZero]), n(5).lint(&[Lint::NonZero]), n(3).lint(&[Lint::NonZero]), n(1).lint(&[Lint::Winding]), n(1)]).attribute().with("01"), // DIMENSIONS
    row("8002", &[x_to(20)]).attribute(), // CMT No.
    row("8003", &[n(1).lint(&[Lint::Zero]), n(13).lint(&[Lint::Csum, Lint::GcpPos1]), x_to(16).optional()]).attribute().key(&[]), // GRAI
    row("8004", &[x_to(30).lint(&[Lint::GcpPos1])]).attribute().key(&[&[7040]]), // GIAI
    row("8005", &[n(6)]).attribute().with("01 02"), // PRICE PER UNIT
    row("8006", &[n(14).lint(&[Lint::Csum, Lint::GcpPos2]), n(4).lint(&[Lint::PieceOfTotal])]).attribute().without("01 03 37").key(&[&[22, 10, 21]]), // ITIP
    row("8007", &[x_to(34).lint(&[Lint::Iban])]).attribute().with("415"), // IBAN
    row("8008", &[n(6).lint(&[Lint::Yymmdd]), n(2).lint(&[Lint::Hh]), n(2).optional().lint(&[Lint::Mi]), n(2).optional().lint(&[Lint::Ss])]).attribute().with("01 02 03"), // PROD TIME
    row("8009", &[x_to(50)]).attribute().with("00 01 03"), // OPTSEN
    row("8010", &[y_to(30).lint(&[Lint::GcpPos1])]).attribute().key(&[&[8011]]), // CPID
    row("8011", &[n_to(12).lint(&[Lint::NoZeroPrefix])]).with("8010"), // CPID SERIAL
    row("8012", &[x_to(20)]).attribute().with("01 03 8006"), // VERSION
    row("8013", &[x_to(25).lint(&[Lint::CsumAlpha, Lint::GcpPos1])]).attribute().key(&[]), // GMN
    row("8014", &[x_to(25).lint(&[Lint::CsumAlpha, Lint::GcpPos1, Lint::HasNonDigit])]).with("01"), // MUDI
    row("8017", &[n(18).lint(&[Lint::Csum, Lint::GcpPos1])]).attribute().without("8018").key(&[&[8019]]), // GSRN - PROVIDER
    row("8018", &[n(18).lint(&[Lint::Csum, Lint::GcpPos1])]).attribute().without("8017").key(&[&[8019]]), // GSRN - RECIPIENT
    row("8019", &[n_to(10)]).with("8017 8018"), // SRIN
    row("8020", &[x_to(25)]).with("415"), // REF No.
    row("8026", &[n(14).lint(&[Lint::Csum, Lint::GcpPos2]), n(4).lint(&[Lint::PieceOfTotal])]).attribute().with("37").without("02 03 8006"), // ITIP CONTENT
    row("8030", &[z_to(90)]).attribute().with("00 01+21 03+21 253 255 8003 8004 8006+21 8010+8011 8017 8018"), // DIGSIG
    row("8040", &[n(15)]).with("01+21"), // IMEI
    row("8041", &[n(15)]).with("01+21+8040"), // IMEI2
    row("8042", &[n(32)]).with("01+21+8040"), // ESIM
    row("8043", &[n(18), n_to(2).optional()]).with("01+21+8040"), // PSIM
];
