//! Content checks of AI components, under GS1's own names for them ("linters").
//!
//! One file per family; each check takes the bytes of one component and answers with the first
//! fault and the stretch of bytes it concerns. Lengths and character sets of components are looked
//! at in `content`, demands of one AI on another in `associations`.
//!
//! GS1 Barcode Syntax Tests, one for one.

mod banking;
mod coupon;
mod date;
mod digits;
mod list;
mod packages;
mod pieces;
mod prefix;
mod text;
mod time;

use crate::charset::Charset;
use crate::error::ErrorCode;

/// What a check found wrong, and where in the component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault.
    pub code: ErrorCode,
    /// Where the offending stretch begins, in bytes.
    pub start: usize,
    /// How long it is, in bytes; 0 where something is missing.
    pub len: usize,
    /// The check digit, or the second of a pair, that would have been right.
    pub expected: Option<[u8; 2]>,
}

impl Fault {
    pub(crate) const fn at(code: ErrorCode, start: usize, len: usize) -> Self {
        Self { code, start, len, expected: None }
    }

    /// The whole component is at fault.
    const fn whole(code: ErrorCode, value: &[u8]) -> Self {
        Self::at(code, 0, value.len())
    }

    pub(crate) const fn shifted(mut self, by: usize) -> Self {
        self.start += by;
        self
    }
}

/// The outcome of a check.
pub type Verdict = Result<(), Fault>;

/// A content check, by GS1's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lint {
    /// Characters of CSET 39.
    Cset39,
    /// Characters of CSET 64, padded to a multiple of three or not at all.
    Cset64,
    /// Characters of CSET 82.
    Cset82,
    /// Digits.
    CsetNumeric,
    /// Modulo-10 check digit at the end.
    Csum,
    /// Check character pair at the end.
    CsumAlpha,
    /// A North American coupon code (AI 8110).
    CouponCode,
    /// A positive offer file coupon (AI 8112).
    CouponPosOffer,
    /// Begins with a GS1 Company Prefix.
    GcpPos1,
    /// A GS1 Company Prefix after one character.
    GcpPos2,
    /// Not digits only.
    HasNonDigit,
    /// Hour.
    Hh,
    /// Hour and minute.
    Hhmi,
    /// Hyphens only.
    Hyphen,
    /// International bank account number.
    Iban,
    /// Importer index: one character of CSET 64.
    ImporterIdx,
    /// ISO 3166 number of a country.
    Iso3166,
    /// The same, or 999.
    Iso3166Or999,
    /// ISO 3166 two-letter code of a country.
    Iso3166Alpha2,
    /// ISO 4217 number of a currency.
    Iso4217,
    /// ISO/IEC 5218 code of sex.
    Iso5218,
    /// Degrees north of the south pole, times ten million.
    Latitude,
    /// Degrees east of the 180th meridian, times ten million.
    Longitude,
    /// AIDC media type.
    MediaType,
    /// Minute.
    Mi,
    /// Not all zeros.
    NonZero,
    /// No zero in front.
    NoZeroPrefix,
    /// UN/ECE and GS1 package type code.
    PackageType,
    /// Percent-encoded text.
    Pcenc,
    /// Piece number and total, of equal length.
    PieceOfTotal,
    /// `position/end`.
    PosInSeqSlash,
    /// Second.
    Ss,
    /// Winding direction: 0, 1 or 9.
    Winding,
    /// 0 or 1.
    YesNo,
    /// Date; a day of 00 is the last of the month.
    Yymmd0,
    /// Date.
    Yymmdd,
    /// Date with century; a day of 00 is the last of the month.
    Yyyymmd0,
    /// Date with century.
    Yyyymmdd,
    /// All zeros.
    Zero,
}

impl Lint {
    /// Checks one component.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(self, value: &[u8]) -> Verdict {
        match self {
            Self::Cset39 => text::members(Charset::Cset39, value),
            Self::Cset64 => text::cset64(value),
            Self::Cset82 => text::members(Charset::Cset82, value),
            Self::CsetNumeric => text::members(Charset::Numeric, value),
            Self::Csum => digits::csum(value),
            Self::CsumAlpha => digits::csumalpha(value),
            Self::CouponCode => coupon::code(value),
            Self::CouponPosOffer => coupon::positive_offer(value),
            Self::GcpPos1 => prefix::gcp(value, 0),
            Self::GcpPos2 => prefix::gcp(value, 1),
            Self::HasNonDigit => text::has_non_digit(value),
            Self::Hh => time::hh(value),
            Self::Hhmi => time::hhmi(value),
            Self::Hyphen => text::hyphen(value),
            Self::Iban => banking::iban(value),
            Self::ImporterIdx => text::importer_index(value),
            Self::Iso3166 => list::iso3166(value),
            Self::Iso3166Or999 => list::iso3166_or_999(value),
            Self::Iso3166Alpha2 => list::iso3166_alpha2(value),
            Self::Iso4217 => list::iso4217(value),
            Self::Iso5218 => list::one_of(b"0129", value, ErrorCode::Iso5218),
            Self::Latitude => digits::degrees(value, 1_800_000_000, ErrorCode::Latitude),
            Self::Longitude => digits::degrees(value, 3_600_000_000, ErrorCode::Longitude),
            Self::MediaType => list::media_type(value),
            Self::Mi => time::mi(value),
            Self::NonZero => digits::non_zero(value),
            Self::NoZeroPrefix => digits::no_zero_prefix(value),
            Self::PackageType => list::package_type(value),
            Self::Pcenc => text::percent_encoded(value),
            Self::PieceOfTotal => pieces::piece_of_total(value),
            Self::PosInSeqSlash => pieces::position_in_sequence(value),
            Self::Ss => time::ss(value),
            Self::Winding => list::one_of(b"019", value, ErrorCode::Winding),
            Self::YesNo => list::one_of(b"01", value, ErrorCode::YesNo),
            Self::Yymmd0 => date::yymmdd(value, true),
            Self::Yymmdd => date::yymmdd(value, false),
            Self::Yyyymmd0 => date::yyyymmdd(value, true),
            Self::Yyyymmdd => date::yyyymmdd(value, false),
            Self::Zero => digits::zero(value),
        }
    }
}

/// The check of a component's character set.
pub(crate) fn charset(set: Charset, value: &[u8]) -> Verdict {
    match set {
        Charset::Cset64 => text::cset64(value),
        _ => text::members(set, value),
    }
}
