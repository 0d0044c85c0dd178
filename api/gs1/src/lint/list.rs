//! Checks against closed lists: countries, currencies, media and package types.
//!
//! ISO 3166-1, ISO 4217, ISO/IEC 5218, the GS1 AIDC media types and package type codes (UN/ECE
//! Recommendation 21 and GS1's additions).

use super::packages::CODES;
use super::{Fault, Verdict};
use crate::error::ErrorCode;

/// A set of three-digit numbers, one bit each.
type Numbers = [u64; 16];

/// ISO 3166-1 numeric.
static COUNTRIES: Numbers = [
    0x111d_1111_9111_1510,
    0x1111_1111_1450_1551,
    0x9114_c444_5111_1110,
    0x4544_c784_4451_1811,
    0x1111_1111_0018_5454,
    0x1111_1111_1111_5111,
    0x4544_5446_4511_4111,
    0x111d_1011_4444_4444,
    0x4444_4410_10e9_1111,
    0x4445_1111_1140_87b4,
    0xc045_4444_44d8_504c,
    0x1511_1110_1310_1047,
    0x8404_0091_5911_1111,
    0x4084_1000_5444_0107,
    0x0000_0000_0000_0000,
    0x0000_0000_0000_0000,
];

/// ISO 4217 numeric.
static CURRENCIES: Numbers = [
    0x101d_1011_0000_1100,
    0x1010_1101_0410_0111,
    0x1000_4400_1101_0110,
    0x0004_4140_4041_0801,
    0x0000_0010_0000_4040,
    0x0101_1111_1110_1111,
    0x4004_4446_4511_5110,
    0x0105_0011_0000_4440,
    0x0040_4410_0030_1011,
    0x0400_0001_1140_4404,
    0x4004_0400_0000_4048,
    0x1111_1000_0100_0045,
    0x0404_0081_0011_1100,
    0x0044_0000_1400_0104,
    0xfbfd_b567_f000_0020,
    0x0000_00a4_473f_bfbf,
];

/// ISO 3166-1 alpha-2: for each first letter, the second letters.
static COUNTRY_LETTERS: [&[u8]; 26] = [
    b"DEFGILMOQRSTUWXZ",
    b"ABDEFGHIJLMNOQRSTVWYZ",
    b"ACDFGHIKLMNORUVWXYZ",
    b"EJKMOZ",
    b"CEGHRST",
    b"IJKMOR",
    b"ABDEFGHILMNPQRSTUWY",
    b"KMNRTU",
    b"DELMNOQRST",
    b"EMOP",
    b"EGHIMNPRWYZ",
    b"ABCIKRSTUVY",
    b"ACDEFGHKLMNOPQRSTUVWXYZ",
    b"ACEFGILOPRUZ",
    b"M",
    b"AEFGHKLMNRSTWY",
    b"A",
    b"EOSUW",
    b"ABCDEGHIJKLMNORSTVXYZ",
    b"CDFGHJKLMNORTVWZ",
    b"AGMSYZ",
    b"ACEGINU",
    b"FS",
    b"",
    b"ET",
    b"AMW",
];

/// The bit of a three-digit number.
fn has(numbers: &Numbers, value: &[u8]) -> bool {
    let &[a, b, c] = value else { return false };
    if !value.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = usize::from(a - b'0') * 100 + usize::from(b - b'0') * 10 + usize::from(c - b'0');
    numbers.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
}

fn all_or_nothing(right: bool, code: ErrorCode, value: &[u8]) -> Verdict {
    if right {
        return Ok(());
    }
    Err(Fault::whole(code, value))
}

pub(super) fn iso3166(value: &[u8]) -> Verdict {
    all_or_nothing(has(&COUNTRIES, value), ErrorCode::Iso3166, value)
}

pub(super) fn iso3166_or_999(value: &[u8]) -> Verdict {
    let right = value == b"999" || has(&COUNTRIES, value);
    all_or_nothing(right, ErrorCode::Iso3166Or999, value)
}

pub(super) fn iso3166_alpha2(value: &[u8]) -> Verdict {
    let right = match value {
        &[first @ b'A'..=b'Z', second] => {
            COUNTRY_LETTERS.get(usize::from(first - b'A')).is_some_and(|seconds| seconds.contains(&second))
        }
        _ => false,
    };
    all_or_nothing(right, ErrorCode::Iso3166Alpha2, value)
}

pub(super) fn iso4217(value: &[u8]) -> Verdict {
    all_or_nothing(has(&CURRENCIES, value), ErrorCode::Iso4217, value)
}

/// One character of a few.
pub(super) fn one_of(members: &[u8], value: &[u8], code: ErrorCode) -> Verdict {
    let right = matches!(value, [one] if members.contains(one));
    all_or_nothing(right, code, value)
}

/// 01 to 10 and, of a company's own choosing, 80 to 99.
pub(super) fn media_type(value: &[u8]) -> Verdict {
    let right = match value {
        [b'0', b'1'..=b'9'] | [b'1', b'0'] => true,
        [b'8' | b'9', ones] => ones.is_ascii_digit(),
        _ => false,
    };
    all_or_nothing(right, ErrorCode::MediaType, value)
}

pub(super) fn package_type(value: &[u8]) -> Verdict {
    let right = !value.is_empty() && CODES.split(|&byte| byte == b' ').any(|code| code == value);
    all_or_nothing(right, ErrorCode::PackageType, value)
}
