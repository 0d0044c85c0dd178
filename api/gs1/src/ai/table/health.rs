//! Rows of the AI table: protocols and people in health care: 7240 to 7259. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, row, x, x_to};
use crate::lint::Lint;

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("7240", &[x_to(20)]).attribute().with("01 8006").without("03"), // PROTOCOL
    row("7241", &[n(2).lint(&[Lint::MediaType])]).attribute().with("8017 8018"), // AIDC MEDIA TYPE
    row("7242", &[x_to(25)]).attribute().with("8017 8018"), // VCN
    row("7250", &[n(8).lint(&[Lint::Yyyymmdd])]).attribute().with("8018").without("7251"), // DOB
    row("7251", &[n(8).lint(&[Lint::Yyyymmdd]), n(4).lint(&[Lint::Hhmi])]).attribute().with("8018").without("7250"), // DOB TIME
    row("7252", &[n(1).lint(&[Lint::Iso5218])]).attribute().with("8018"), // BIO SEX
    row("7253", &[x_to(40).lint(&[Lint::Pcenc])]).attribute().with("8017 8018").without("7256 7259"), // FAMILY NAME
    row("7254", &[x_to(40).lint(&[Lint::Pcenc])]).attribute().with("8017 8018").without("7256 7259"), // GIVEN NAME
    row("7255", &[x_to(10)]).attribute().with("8017 8018").without("7256 7259"), // SUFFIX
    row("7256", &[x_to(90).lint(&[Lint::Pcenc])]).attribute().with("8017 8018"), // FULL NAME
    row("7257", &[x_to(70).lint(&[Lint::Pcenc])]).attribute().with("8018"), // PERSON ADDR
    row("7258", &[x(3).lint(&[Lint::PosInSeqSlash])]).attribute().with("8018+7259"), // BIRTH SEQUENCE
    row("7259", &[x_to(40).lint(&[Lint::Pcenc])]).attribute().with("8018").without("7256"), // BABY
];
