//! The binary encodings before TDS 2: header, scheme, and how reference and serial are written.
//!
//! EPC Tag Data Standard 14.2 (headers) and 14.6 (encodings).

use super::partition::{self as p, ReferenceBits};
use super::scheme::Scheme;

/// How a reference is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// Digits, as many as the company prefix leaves.
    Digits,
    /// An integer, no zeros in front.
    Integer,
    /// Characters of seven bits, zeros behind.
    Ascii,
    /// Characters of six bits, six zero bits behind.
    SixBit,
}

/// How a serial number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Serial {
    /// There is none; so many bits are reserved.
    Reserved(u8),
    /// An integer, no zeros in front.
    Integer(u8),
    /// Digits with a 1 in front, so that zeros count.
    Digits(u8),
    /// Characters of seven bits, so many in all.
    Ascii(u8),
}

/// One encoding.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) header: u8,
    pub(super) scheme: Scheme,
    pub(super) reference_bits: ReferenceBits,
    pub(super) reference: Reference,
    pub(super) serial: Serial,
}

const fn layout(
    header: u8,
    scheme: Scheme,
    reference_bits: ReferenceBits,
    reference: Reference,
    serial: Serial,
) -> Layout {
    Layout { header, scheme, reference_bits, reference, serial }
}

use Reference as R;
use Serial as S;

/// Shorter encodings of a scheme before longer ones.
#[rustfmt::skip]
pub(super) const LAYOUTS: [Layout; 19] = [
    layout(0x30, Scheme::Sgtin, p::OF_44, R::Digits, S::Integer(38)),
    layout(0x36, Scheme::Sgtin, p::OF_44, R::Digits, S::Ascii(20)),
    layout(0x31, Scheme::Sscc, p::OF_58, R::Digits, S::Reserved(24)),
    layout(0x32, Scheme::Sgln, p::OF_41, R::Digits, S::Integer(41)),
    layout(0x39, Scheme::Sgln, p::OF_41, R::Digits, S::Ascii(20)),
    layout(0x33, Scheme::Grai, p::OF_44, R::Digits, S::Integer(38)),
    layout(0x37, Scheme::Grai, p::OF_44, R::Digits, S::Ascii(16)),
    layout(0x34, Scheme::Giai, p::OF_82, R::Integer, S::Reserved(0)),
    layout(0x38, Scheme::Giai, p::OF_188, R::Ascii, S::Reserved(0)),
    layout(0x2d, Scheme::Gsrn, p::OF_58, R::Digits, S::Reserved(24)),
    layout(0x2e, Scheme::Gsrnp, p::OF_58, R::Digits, S::Reserved(24)),
    layout(0x2c, Scheme::Gdti, p::OF_41, R::Digits, S::Integer(41)),
    layout(0x3e, Scheme::Gdti, p::OF_41, R::Digits, S::Ascii(17)),
    layout(0x3a, Scheme::Gdti, p::OF_41, R::Digits, S::Digits(58)),
    layout(0x3c, Scheme::Cpi, p::OF_51, R::Integer, S::Integer(31)),
    layout(0x3d, Scheme::Cpi, p::CPI_VAR, R::SixBit, S::Integer(40)),
    layout(0x3f, Scheme::Sgcn, p::OF_41, R::Digits, S::Digits(41)),
    layout(0x40, Scheme::Itip, p::OF_44, R::Digits, S::Integer(38)),
    layout(0x41, Scheme::Itip, p::OF_44, R::Digits, S::Ascii(20)),
];
