//! Rows of the AI table: transport and delivery instructions: 4300 to 4333. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, row, x, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("4300", &[x_to(35).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO COMP
    row("4301", &[x_to(35).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO NAME
    row("4302", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO ADD1
    row("4303", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("4302"), // SHIP TO ADD2
    row("4304", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO SUB
    row("4305", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO LOC
    row("4306", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // SHIP TO REG
    row("4307", &[x(2).lint(&[Lint::Iso3166Alpha2])]).attribute().with("00"), // SHIP TO COUNTRY
    row("4308", &[x_to(30)]).attribute().with("00"), // SHIP TO PHONE
    row("4309", &[n(10).lint(&[Lint::Latitude]), n(10).lint(&[Lint::Longitude])]).attribute().with("00"), // SHIP TO GEO
    row("4310", &[x_to(35).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO COMP
    row("4311", &[x_to(35).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO NAME
    row("4312", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO ADD1
    row("4313", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("4312"), // RTN TO ADD2
    row("4314", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO SUB
    row("4315", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO LOC
    row("4316", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("00"), // RTN TO REG
    row("4317", &[x(2).lint(&[Lint::Iso3166Alpha2])]).attribute().with("00"), // RTN TO COUNTRY
    row("4318", &[x_to(20)]).attribute().with("00"), // RTN TO POST
    row("4319", &[x_to(30)]).attribute().with("00"), // RTN TO PHONE
    row("4320", &[x_to(35).lint(&[Lint::Pcenc])]).attribute().with("00"), // SRV DESCRIPTION
    row("4321", &[n(1).lint(&[Lint::YesNo])]).attribute().with("00"), // DANGEROUS GOODS
    row("4322", &[n(1).lint(&[Lint::YesNo])]).attribute().with("00"), // AUTH TO LEAVE
    row("4323", &[n(1).lint(&[Lint::YesNo])]).attribute().with("00"), // SIG REQUIRED
    row("4324", &[n(6).lint(&[Lint::Yymmd0]), n(4).lint(&[Lint::Hhmi])]).attribute().with("00"), // NOT BEF DEL DT
    row("4325", &[n(6).lint(&[Lint::Yymmd0]), n(4).lint(&[Lint::Hhmi])]).attribute().with("00"), // NOT AFT DEL DT
    row("4326", &[n(6).lint(&[Lint::Yymmdd])]).attribute().with("00"), // REL DATE
    row("4330", &[n(6), x(1).optional().lint(&[Lint::Hyphen])]).attribute().with("00").without("4331"), // MAX TEMP F.
    row("4331", &[n(6), x(1).optional().lint(&[Lint::Hyphen])]).attribute().with("00").without("4330"), // MAX TEMP C.
    row("4332", &[n(6), x(1).optional().lint(&[Lint::Hyphen])]).attribute().with("00").without("4333"), // MIN TEMP F.
    row("4333", &[n(6), x(1).optional().lint(&[Lint::Hyphen])]).attribute().with("00").without("4332"), // MIN TEMP C.
];
