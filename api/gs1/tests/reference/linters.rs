//! The cases of the content checks: kind of fault, and the stretch of the value at fault.

use gs1::lint::Lint;
use gs1::{CouponFault, CouponField as F, ErrorCode as E};
use serde_json::Value;

use super::names::lint;
use super::{bytes, cases, flag, text};

/// Inputs that we answer otherwise on purpose: check, message of the reference, reason.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    (
        "couponcode",
        "The GS1 Company Prefix is invalid.",
        "run with a stand-in list of licensed company prefixes; we carry no such list",
    ),
    (
        "couponcode",
        "The data source for GCP lookups is offline.",
        "run with a stand-in list of licensed company prefixes; we carry no such list",
    ),
];

/// What the reference says, and our name for it.
const MESSAGES: &[(&str, E)] = &[
    ("A non-digit character was found where a digit is expected.", E::Digit),
    ("A non-CSET 82 character was found where a CSET 82 character is expected.", E::Cset82),
    ("A non-CSET 39 character was found where a CSET 39 character is expected.", E::Cset39),
    ("A non-CSET 64 character was found where a CSET 64 character is expected.", E::Cset64),
    ("Incorrect number of CSET 64 pad characters.", E::Cset64Padding),
    ("The numeric check digit is incorrect.", E::CheckDigit),
    ("The component is too short to perform a numeric check digit calculation.", E::CheckDigitMissing),
    ("The alphanumeric check-character pair are incorrect.", E::CheckPair),
    ("The component is too short to perform an alphanumeric check character pair calculation.", E::CheckPairMissing),
    ("The component is too long to perform an alphanumeric check character pair calculation.", E::CheckPairTooLong),
    ("The component is shorter than the minimum length GS1 Company Prefix.", E::GcpTooShort),
    ("The GS1 Company Prefix is invalid.", E::Gcp),
    ("A non-digit character is required.", E::HasNonDigit),
    ("The Importer Index is an invalid character.", E::ImporterIdx),
    ("The Importer Index must be a single character.", E::ImporterIdxLength),
    ("A non-zero value is required.", E::NonZero),
    ("A zero is required.", E::Zero),
    ("A zero prefix is not permitted.", E::NoZeroPrefix),
    ("A \"0\" or \"1\" is required.", E::YesNo),
    ("The winding direction must be either \"0\", \"1\" or \"9\".", E::Winding),
    ("A valid ISO 3166 three-digit country code is required.", E::Iso3166),
    ("A valid ISO 3166 three-digit country code or \"999\" is required.", E::Iso3166Or999),
    ("A valid ISO 3166 two-character country code is required.", E::Iso3166Alpha2),
    ("A valid ISO 4217 three-digit currency code is required.", E::Iso4217),
    ("A valid ISO/IEC 5218 biological sex code required.", E::Iso5218),
    ("A valid AIDC media type is required.", E::MediaType),
    ("A valid PackageTypeCode is required.", E::PackageType),
    ("The IBAN is too short.", E::IbanTooShort),
    ("The IBAN is too long.", E::IbanTooLong),
    ("The IBAN contains an invalid character.", E::IbanCharacter),
    ("The IBAN must start with a valid ISO 3166 two-character country code.", E::IbanCountry),
    ("The IBAN is invalid since the check characters are incorrect.", E::IbanCheck),
    ("The date is too short.", E::DateTooShort),
    ("The date is too long.", E::DateTooLong),
    ("The date contains an illegal month of the year.", E::Month),
    ("The date contains an illegal day of the month.", E::Day),
    ("The time contains an illegal hour.", E::Hour),
    ("The time contains an illegal minute.", E::Minute),
    ("The time contains an illegal seconds.", E::Second),
    ("The hour is too short for HH format.", E::TimeTooShort),
    ("The hour is too long for HH format.", E::TimeTooLong),
    ("The hour with minute is too short for HHMI format.", E::TimeTooShort),
    ("The hour with minute is too long for HHMI format.", E::TimeTooLong),
    ("The minute is too short for MI format.", E::TimeTooShort),
    ("The minute is too long for MI format.", E::TimeTooLong),
    ("The second is too short for SS format.", E::TimeTooShort),
    ("The second is too long for SS format.", E::TimeTooLong),
    ("The piece with total must have an even length, having equal-length components.", E::PieceLength),
    ("The piece number must not have a value of zero.", E::PieceZero),
    ("The piece total must not have a value of zero.", E::TotalZero),
    ("The piece number must not exceed the piece total.", E::PieceAboveTotal),
    ("The data must have the format \"<pos>/<end>\".", E::PositionForm),
    ("The position number must not exceed the end number.", E::PositionAboveEnd),
    ("The input contains an invalid percent hex-encoding \"%hh\" sequence.", E::Pcenc),
    ("The latitude is outside of the range \"0000000000\" to \"1800000000\".", E::Latitude),
    ("The latitude must be 10 digits.", E::LatitudeLength),
    ("The longitude is outside of the range \"0000000000\" to \"3600000000\".", E::Longitude),
    ("The longitude must be 10 digits.", E::LongitudeLength),
    ("Only hyphens are permitted.", E::Hyphen),
];

/// The fields of a coupon in the reference's messages.
const FIELDS: &[(&str, F)] = &[
    ("Format Code", F::Format),
    ("Funder VLI", F::FunderVli),
    ("Funder", F::Funder),
    ("Offer Code", F::OfferCode),
    ("Serial Number VLI", F::SerialVli),
    ("Serial Number", F::Serial),
    ("primary GS1 Company Prefix VLI", F::PrimaryPrefixVli),
    ("primary GS1 Company Prefix", F::PrimaryPrefix),
    ("Save Value VLI", F::SaveValueVli),
    ("Save Value Code", F::SaveValueCode),
    ("Save Value Applies to Item", F::SaveValueAppliesTo),
    ("Save Value", F::SaveValue),
    ("Additional Purchase Rules Code", F::PurchaseRules),
    ("Retailer GCP/GLN VLI", F::RetailerVli),
    ("Retailer GCP/GLN", F::Retailer),
    ("Store Coupon Flag", F::StoreCouponFlag),
    ("Don't Multiply Flag", F::DontMultiplyFlag),
    ("expiration date", F::Expiry),
    ("start date", F::Start),
    ("primary purchase Requirement VLI", F::PrimaryRequirementVli),
    ("primary purchase Requirement Code", F::PrimaryRequirementCode),
    ("primary purchase Requirement", F::PrimaryRequirement),
    ("primary purchase Family Code", F::PrimaryFamily),
    ("second purchase Requirement VLI", F::SecondRequirementVli),
    ("second purchase Requirement Code", F::SecondRequirementCode),
    ("second purchase Requirement", F::SecondRequirement),
    ("second purchase Family Code", F::SecondFamily),
    ("second purchase GS1 Company Prefix VLI", F::SecondPrefixVli),
    ("second purchase GS1 Company Prefix", F::SecondPrefix),
    ("third purchase Requirement VLI", F::ThirdRequirementVli),
    ("third purchase Requirement Code", F::ThirdRequirementCode),
    ("third purchase Requirement", F::ThirdRequirement),
    ("third purchase Family Code", F::ThirdFamily),
    ("third purchase GS1 Company Prefix VLI", F::ThirdPrefixVli),
    ("third purchase GS1 Company Prefix", F::ThirdPrefix),
];

/// Our name for a message of the reference; `None` if nothing is wrong.
pub(crate) fn expected(message: &str) -> Option<E> {
    if message.starts_with("No issues") {
        return None;
    }
    if let Some((_, code)) = MESSAGES.iter().find(|(known, _)| *known == message) {
        return Some(*code);
    }
    Some(coupon(message).unwrap_or_else(|| panic!("a message that is not known: {message}")))
}

fn coupon(message: &str) -> Option<E> {
    if message.starts_with("The coupon contains excess data") {
        return Some(E::Coupon(F::Whole, CouponFault::Excess));
    }
    let rest = message.strip_prefix("The coupon's ")?;
    let faults = [
        (" is missing.", CouponFault::Missing),
        (" must be ", CouponFault::Value),
        (" is invalid.", CouponFault::Value),
        (" is shorter than ", CouponFault::Short),
        (" is too short ", CouponFault::Short),
        (" precede the start date.", CouponFault::Order),
    ];
    faults.iter().find_map(|(words, fault)| {
        let (name, _) = rest.split_once(words)?;
        let (_, field) = FIELDS.iter().find(|(known, _)| *known == name)?;
        Some(E::Coupon(*field, *fault))
    })
}

/// Kind of fault and the value with the stretch at fault between asterisks, as the cases write it.
fn answer(lint: Lint, value: &[u8]) -> (Option<E>, Option<String>) {
    let Err(fault) = lint.check(value) else {
        return (None, None);
    };
    let end = fault.start + fault.len;
    let parts = [&value[..fault.start], &value[fault.start..end], &value[end..]];
    let marked = parts.map(|part| part.iter().map(|&byte| char::from(byte)).collect::<String>());
    (Some(fault.code), Some(marked.join("*")))
}

fn holds(record: &Value) -> bool {
    let input = bytes(text(record, "in"));
    let Some(lint) = lint(short_name(record)) else {
        return flag(record, "ok");
    };
    let (code, marked) = answer(lint, &input);
    code == expected_of(record) && marked.as_deref() == record["mark"].as_str()
}

fn expected_of(record: &Value) -> Option<E> {
    match text(record, "err") {
        "The data source for GCP lookups is offline." => Some(E::Gcp),
        message => expected(message),
    }
}

fn short_name(record: &Value) -> &str {
    text(record, "linter").trim_start_matches("gs1_lint_")
}

#[test]
fn the_content_checks_answer_as_the_reference_linters_do() {
    let Some(records) = cases("linter-vectors.jsonl") else {
        return;
    };
    let mut right = 0;
    let mut deviations = 0;
    let mut unlisted = Vec::new();
    for record in &records {
        let holds = holds(record);
        right += usize::from(holds);
        let listed =
            DEVIATIONS.iter().any(|(of, message, _)| *of == short_name(record) && *message == text(record, "err"));
        deviations += usize::from(listed);
        if holds == listed {
            unlisted.push(record);
        }
    }
    println!("linters: {right} of {}, {deviations} deviations", records.len());
    assert!(unlisted.is_empty(), "unlisted: {unlisted:#?}");
}
