//! Rows of the AI table: orders, consignments, locations and countries: 400 to 427. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, row, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("400", &[x_to(30)]).attribute(), // ORDER NUMBER
    row("401", &[x_to(30).lint(&[Lint::GcpPos1])]).attribute().key(&[]), // GINC
    row("402", &[n(17).lint(&[Lint::Csum, Lint::GcpPos1])]).attribute().key(&[]), // GSIN
    row("403", &[x_to(30)]).attribute().with("00"), // ROUTE
    row("410", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute(), // SHIP TO LOC
    row("411", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute(), // BILL TO
    row("412", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute(), // PURCHASE FROM
    row("413", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute(), // SHIP FOR LOC
    row("414", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute().key(&[&[254], &[7040]]), // LOC No.
    row("415", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute().with("8020").key(&[&[8020]]), // PAY TO
    row("416", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute(), // PROD/SERV LOC
    row("417", &[n(13).lint(&[Lint::Csum, Lint::GcpPos1])]).predefined().attribute().key(&[&[7040]]), // PARTY
    row("420", &[x_to(20)]).attribute().without("421"), // SHIP TO POST
    row("421", &[n(3).lint(&[Lint::Iso3166]), x_to(9)]).attribute().without("4307"), // SHIP TO POST
    row("422", &[n(3).lint(&[Lint::Iso3166])]).attribute().with("01 02 03 8006 8026").without("426"), // ORIGIN
    row("423", &[n(3).lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166])]).attribute().with("01 02 03").without("426"), // COUNTRY - INITIAL PROCESS
    row("424", &[n(3).lint(&[Lint::Iso3166])]).attribute().with("01 02 03").without("426"), // COUNTRY - PROCESS
    row("425", &[n(3).lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166]), n(3).optional().lint(&[Lint::Iso3166])]).attribute().with("01 02 03").without("426"), // COUNTRY - DISASSEMBLY
    row("426", &[n(3).lint(&[Lint::Iso3166])]).attribute().with("01 02 03"), // COUNTRY - FULL PROCESS
    row("427", &[x_to(3)]).attribute().with("01+422 02+422 03+422"), // ORIGIN SUBDIVISION
];
