//! The kinds of error, and their stable names. Those of coupons are in `error::coupon`.

pub use super::coupon::{CouponFault, CouponField};

/// A kind of error. Its name is part of the contract; new ones may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// Nothing, or nothing but blanks.
    Empty,
    /// More than 2,048 bytes.
    TooLong,
    /// Bytes that are no UTF-8.
    Utf8,
    /// A symbology identifier that is not known, or carries nothing of the kind.
    Symbology,
    /// A GTIN that has neither 8, 12, 13 nor 14 digits.
    GtinLength,
    /// No FNC1 where an element string begins.
    Fnc1,
    /// Brackets that do not enclose an AI.
    Bracket,
    /// An AI that is not assigned.
    UnknownAi,
    /// More than 64 elements.
    TooManyElements,
    /// An AI without a value.
    ValueEmpty,
    /// A value that ends too early.
    ValueShort,
    /// A value that goes on too long.
    ValueLong,
    /// One AI twice, with different values.
    RepeatedAi,
    /// An AI without the AI that it must stand beside.
    With,
    /// Two AIs that must not stand together.
    Without,
    /// AI 8030 beside a key without its serial component.
    DigsigSerial,
    /// A link that begins neither http:// nor https://.
    Scheme,
    /// A link without a proper host.
    Host,
    /// A character that may not stand in a URI.
    UriCharacter,
    /// No GS1 primary key.
    NoKey,
    /// Key qualifiers that do not belong to the key, or stand in the wrong order.
    PathOrder,
    /// A data attribute in the path of a link.
    NotInPath,
    /// An AI in the query of a link that may not stand there.
    NotAttribute,
    /// An EPC of a scheme that is not known.
    EpcScheme,
    /// An EPC that is cut short or not written as its scheme wants.
    EpcForm,
    /// An EPC whose company prefix and reference do not fit its partition.
    EpcPartition,
    /// Something else where a digit belongs.
    Digit,
    /// A character outside CSET 82.
    Cset82,
    /// A character outside CSET 39.
    Cset39,
    /// A character outside CSET 64.
    Cset64,
    /// Wrong number of CSET 64 pad characters.
    Cset64Padding,
    /// A wrong check digit.
    CheckDigit,
    /// Nothing to compute a check digit of.
    CheckDigitMissing,
    /// A wrong check character pair.
    CheckPair,
    /// Too short for a check character pair.
    CheckPairMissing,
    /// Too long for a check character pair.
    CheckPairTooLong,
    /// No GS1 Company Prefix where one belongs.
    Gcp,
    /// Too short to hold a GS1 Company Prefix.
    GcpTooShort,
    /// Digits only, where something else is required.
    HasNonDigit,
    /// Something else than hyphens.
    Hyphen,
    /// A wrong importer index.
    ImporterIdx,
    /// An importer index that is not one character.
    ImporterIdxLength,
    /// Zero, where it may not be.
    NonZero,
    /// Something else than zero.
    Zero,
    /// A zero in front.
    NoZeroPrefix,
    /// Neither 0 nor 1.
    YesNo,
    /// No winding direction.
    Winding,
    /// No ISO/IEC 5218 code.
    Iso5218,
    /// No ISO 3166 number of a country.
    Iso3166,
    /// Neither a country number nor 999.
    Iso3166Or999,
    /// No ISO 3166 two-letter code of a country.
    Iso3166Alpha2,
    /// No ISO 4217 number of a currency.
    Iso4217,
    /// Too short for an IBAN.
    IbanTooShort,
    /// Too long for an IBAN.
    IbanTooLong,
    /// A character that may not stand in an IBAN.
    IbanCharacter,
    /// An IBAN of no country.
    IbanCountry,
    /// Wrong check digits of an IBAN.
    IbanCheck,
    /// A date with too few digits.
    DateTooShort,
    /// A date with too many digits.
    DateTooLong,
    /// No month of the year.
    Month,
    /// No day of that month.
    Day,
    /// A time with too few digits.
    TimeTooShort,
    /// A time with too many digits.
    TimeTooLong,
    /// No hour of the day.
    Hour,
    /// No minute of the hour.
    Minute,
    /// No second of the minute.
    Second,
    /// Piece and total that are not equally long.
    PieceLength,
    /// Piece number zero.
    PieceZero,
    /// A total of zero.
    TotalZero,
    /// A piece number above the total.
    PieceAboveTotal,
    /// Not `position/end`.
    PositionForm,
    /// A position beyond the end.
    PositionAboveEnd,
    /// A percent sign without two hexadecimal digits.
    Pcenc,
    /// A latitude beyond the poles.
    Latitude,
    /// A latitude that has not ten digits.
    LatitudeLength,
    /// A longitude beyond the circle.
    Longitude,
    /// A longitude that has not ten digits.
    LongitudeLength,
    /// No AIDC media type.
    MediaType,
    /// No package type code.
    PackageType,
    /// A coupon: which field, and what about it.
    Coupon(CouponField, CouponFault),
}

impl ErrorCode {
    /// Its stable name, in `snake_case`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Utf8 => "utf8",
            Self::Symbology => "symbology",
            Self::GtinLength => "gtin_length",
            Self::Fnc1 => "fnc1",
            Self::Bracket => "bracket",
            Self::UnknownAi => "unknown_ai",
            Self::TooManyElements => "too_many_elements",
            Self::ValueEmpty => "value_empty",
            Self::ValueShort => "value_too_short",
            Self::ValueLong => "value_too_long",
            Self::RepeatedAi => "repeated_ai",
            Self::With => "requires_another_ai",
            Self::Without => "excluded_ai",
            Self::DigsigSerial => "digsig_needs_serial",
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::UriCharacter => "uri_character",
            Self::NoKey => "no_primary_key",
            Self::PathOrder => "path_order",
            Self::NotInPath => "not_in_path",
            Self::NotAttribute => "not_a_data_attribute",
            Self::EpcScheme => "epc_scheme",
            Self::EpcForm => "epc_form",
            Self::EpcPartition => "epc_partition",
            Self::Digit => "digit",
            Self::Cset82 => "cset_82",
            Self::Cset39 => "cset_39",
            Self::Cset64 => "cset_64",
            Self::Cset64Padding => "cset_64_padding",
            Self::CheckDigit => "check_digit",
            Self::CheckDigitMissing => "check_digit_missing",
            Self::CheckPair => "check_pair",
            Self::CheckPairMissing => "check_pair_missing",
            Self::CheckPairTooLong => "check_pair_too_long",
            Self::Gcp => "gs1_company_prefix",
            Self::GcpTooShort => "gs1_company_prefix_too_short",
            Self::HasNonDigit => "non_digit_required",
            Self::Hyphen => "hyphen",
            Self::ImporterIdx => "importer_index",
            Self::ImporterIdxLength => "importer_index_length",
            Self::NonZero => "non_zero",
            Self::Zero => "zero",
            Self::NoZeroPrefix => "zero_prefix",
            Self::YesNo => "yes_no",
            Self::Winding => "winding_direction",
            Self::Iso5218 => "sex_code",
            Self::Iso3166 => "country_number",
            Self::Iso3166Or999 => "country_number_or_999",
            Self::Iso3166Alpha2 => "country_letters",
            Self::Iso4217 => "currency_number",
            Self::IbanTooShort => "iban_too_short",
            Self::IbanTooLong => "iban_too_long",
            Self::IbanCharacter => "iban_character",
            Self::IbanCountry => "iban_country",
            Self::IbanCheck => "iban_check",
            Self::DateTooShort => "date_too_short",
            Self::DateTooLong => "date_too_long",
            Self::Month => "month",
            Self::Day => "day",
            Self::TimeTooShort => "time_too_short",
            Self::TimeTooLong => "time_too_long",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::PieceLength => "piece_length",
            Self::PieceZero => "piece_zero",
            Self::TotalZero => "total_zero",
            Self::PieceAboveTotal => "piece_above_total",
            Self::PositionForm => "position_form",
            Self::PositionAboveEnd => "position_above_end",
            Self::Pcenc => "percent_encoding",
            Self::Latitude => "latitude",
            Self::LatitudeLength => "latitude_length",
            Self::Longitude => "longitude",
            Self::LongitudeLength => "longitude_length",
            Self::MediaType => "media_type",
            Self::PackageType => "package_type",
            Self::Coupon(_, fault) => fault.as_str(),
        }
    }
}

impl core::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}
