//! Rows of the AI table: attributes of items, processors and certificates: 7001 to 7239. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, n_to, row, x, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("7001", &[n(13)]).attribute().with("01 02 8006 8026"), // NSN
    row("7002", &[x_to(30)]).attribute().with("01 02"), // MEAT CUT
    row("7003", &[n(6).lint(&[Lint::Yymmdd]), n(4).lint(&[Lint::Hhmi])]).attribute().with("01 02 03"), // EXPIRY TIME
    row("7004", &[n_to(4)]).attribute().with("01+10 03+10"), // ACTIVE POTENCY
    row("7005", &[x_to(12)]).attribute().with("01 02"), // CATCH AREA
    row("7006", &[n(6).lint(&[Lint::Yymmdd])]).attribute().with("01 02"), // FIRST FREEZE DATE
    row("7007", &[n(6).lint(&[Lint::Yymmdd]), n(6).optional().lint(&[Lint::Yymmdd])]).attribute().with("01 02"), // HARVEST DATE
    row("7008", &[x_to(3)]).attribute().with("01 02"), // AQUATIC SPECIES
    row("7009", &[x_to(10)]).attribute().with("01 02"), // FISHING GEAR TYPE
    row("7010", &[x_to(2)]).attribute().with("01 02 03"), // PROD METHOD
    row("7011", &[n(6).lint(&[Lint::Yymmdd]), n(4).optional().lint(&[Lint::Hhmi])]).attribute().with("01 02 03"), // TEST BY DATE
    row("7020", &[x_to(20)]).attribute().with("01+416 03+416 8006+416"), // REFURB LOT
    row("7021", &[x_to(20)]).attribute().with("01 03 8006"), // FUNC STAT
    row("7022", &[x_to(20)]).attribute().with("01+7021 03+7021 8006+7021"), // REV STAT
    row("7023", &[x_to(30).lint(&[Lint::GcpPos1])]).attribute(), // GIAI - ASSEMBLY
    row("7030", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 0
    row("7031", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 1
    row("7032", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 2
    row("7033", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 3
    row("7034", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 4
    row("7035", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 5
    row("7036", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 6
    row("7037", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 7
    row("7038", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 8
    row("7039", &[n(3).lint(&[Lint::Iso3166Or999]), x_to(27)]).attribute().with("01 02"), // PROCESSOR # 9
    row("7040", &[n(1), x(1), x(1), x(1).lint(&[Lint::ImporterIdx])]), // UIC+EXT
    row("7041", &[x_to(4).lint(&[Lint::PackageType])]).with("00"), // UFRGT UNIT TYPE
    row("710", &[x_to(20)]).attribute().with("01"), // NHRN PZN
    row("711", &[x_to(20)]).attribute().with("01"), // NHRN CIP
    row("712", &[x_to(20)]).attribute().with("01"), // NHRN CN
    row("713", &[x_to(20)]).attribute().with("01"), // NHRN DRN
    row("714", &[x_to(20)]).attribute().with("01"), // NHRN AIM
    row("715", &[x_to(20)]).attribute().with("01"), // NHRN NDC
    row("716", &[x_to(20)]).attribute().with("01"), // NHRN AIC
    row("717", &[x_to(20)]).attribute().with("01"), // NHRN SRN
    row("7230", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 1
    row("7231", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 2
    row("7232", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 3
    row("7233", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 4
    row("7234", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 5
    row("7235", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 6
    row("7236", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 7
    row("7237", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 8
    row("7238", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 9
    row("7239", &[x(2), x_to(28)]).attribute().with("01 8004"), // CERT # 10
];
