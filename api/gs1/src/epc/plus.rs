//! The binary encodings of TDS 2: the key digit by digit, no company prefix.
//!
//! EPC Tag Data Standard 2.3, 14.5.4 to 14.5.10 and 14.6, headers F0 to FB, and E6 to FD for the
//! same with a host name behind. That host name and further elements behind the EPC (+AIDC data)
//! are not looked at.

use core::fmt::Write as _;

use super::alphanumeric;
use super::bits::{Binary, Reader};
use super::identity::{FORM, Gather, parsed};
use crate::ai::Ai;
use crate::element_string::GS;
use crate::elements::Elements;
use crate::error::{ErrorCode, ParseError};

/// What follows the digits of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Nothing,
    /// A serial component with a length of so many bits, in the AI of this number, or behind the
    /// key itself.
    Serial(Option<u16>),
    /// A serial component of digits, behind the key itself.
    Digits,
}

/// How a key is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// So many digits of four bits.
    Digits(usize),
    /// Digits of four bits up to a mark, then anything.
    Delimited,
}

struct Plus {
    header: u8,
    ai: u16,
    body: Body,
    tail: Tail,
    dated: bool,
}

const fn plus(header: u8, ai: u16, body: Body, tail: Tail) -> Plus {
    Plus { header, ai, body, tail, dated: false }
}

const DSGTIN: Plus = Plus { header: 0xfb, ai: 1, body: Body::Digits(14), tail: Tail::Serial(Some(21)), dated: true };

const ALL: [Plus; 12] = [
    plus(0xf7, 1, Body::Digits(14), Tail::Serial(Some(21))),
    DSGTIN,
    plus(0xf9, 0, Body::Digits(18), Tail::Nothing),
    plus(0xf2, 414, Body::Digits(13), Tail::Serial(Some(254))),
    plus(0xf1, 8003, Body::Digits(14), Tail::Serial(None)),
    plus(0xfa, 8004, Body::Delimited, Tail::Nothing),
    plus(0xf4, 8018, Body::Digits(18), Tail::Nothing),
    plus(0xf5, 8017, Body::Digits(18), Tail::Nothing),
    plus(0xf6, 253, Body::Digits(13), Tail::Serial(None)),
    plus(0xf8, 255, Body::Digits(13), Tail::Digits),
    plus(0xf3, 8006, Body::Digits(18), Tail::Serial(Some(21))),
    plus(0xf0, 8010, Body::Delimited, Tail::Digits),
];

/// The dates that can stand in front of a key, by their four bits.
const DATES: [u16; 7] = [11, 13, 15, 16, 17, 7006, 7007];

/// Bits of the length of a serial component of up to 28 characters.
const LENGTH: usize = 5;
/// Bits of the length of a serial component of up to 12 digits.
const DIGITS_LENGTH: usize = 4;
/// Marks behind the digits of a delimited key: characters follow, or nothing.
const CHARACTERS_FOLLOW: u8 = 0xe;
const NOTHING_FOLLOWS: u8 = 0xf;

/// The headers of encodings with a host name behind, and of the same without.
const WITH_HOST: [(u8, u8); 12] = [
    (0xe6, 0xf0),
    (0xe7, 0xf4),
    (0xe8, 0xf5),
    (0xe9, 0xf2),
    (0xea, 0xf6),
    (0xeb, 0xf1),
    (0xec, 0xf8),
    (0xed, 0xf3),
    (0xee, 0xfa),
    (0xef, 0xf9),
    (0xfc, 0xfb),
    (0xfd, 0xf7),
];

fn without_host(header: u8) -> u8 {
    let found = WITH_HOST.iter().find(|(with, _)| *with == header);
    found.map_or(header, |&(_, without)| without)
}

pub(super) fn is_header(header: u8) -> bool {
    (0xe6..=0xfd).contains(&header)
}

fn begin(message: &mut Gather<96>, ai: u16) -> Result<(), ParseError> {
    write!(message, "{}", Ai::of(ai)).map_err(|_| FORM)
}

pub(super) fn decode(bytes: &[u8]) -> Result<Elements<'static>, ParseError> {
    let mut bits = Reader::new(bytes);
    let header = without_host(bits.byte(8)?);
    let plus = ALL.iter().find(|plus| plus.header == header).ok_or(ParseError::new(ErrorCode::EpcScheme, 0))?;
    let _more_behind = bits.take(1)?;
    let _filter = bits.take(3)?;
    let date = if plus.dated { Some((bits.small(4)?, bits.small(7)?, bits.small(4)?, bits.small(5)?)) } else { None };
    let mut message = Gather::new();
    begin(&mut message, plus.ai)?;
    match plus.body {
        Body::Digits(count) => {
            for _ in 0..count {
                let digit = bits.byte(4)?;
                if digit > 9 {
                    return Err(FORM);
                }
                message.push(&[b'0' + digit])?;
            }
        }
        Body::Delimited => delimited(&mut bits, &mut message)?,
    }
    let mut serial = Gather::<28>::new();
    match plus.tail {
        Tail::Nothing => {}
        Tail::Serial(_) => alphanumeric::decode(&mut bits, LENGTH, &mut serial)?,
        Tail::Digits => {
            let len = bits.small(DIGITS_LENGTH)?;
            alphanumeric::decode_integer(&mut bits, len, &mut serial)?;
        }
    }
    if let Some((kind, yy, mm, dd)) = date {
        begin(&mut message, *DATES.get(kind).ok_or(FORM)?)?;
        write!(message, "{yy:02}{mm:02}{dd:02}").map_err(|_| FORM)?;
        message.push(if kind < 5 { b"" } else { &[GS] })?;
    }
    let serial_ai = match plus.tail {
        Tail::Serial(ai) => ai,
        Tail::Digits if plus.ai == 8010 => Some(8011),
        _ => None,
    };
    if let Some(ai) = serial_ai.filter(|_| !serial.as_bytes().is_empty()) {
        let predefined = |ai| Ai::of(ai).row().is_some_and(crate::ai::Row::is_predefined);
        if !predefined(plus.ai) {
            message.push(&[GS])?;
        }
        begin(&mut message, ai)?;
    }
    message.push(serial.as_bytes())?;
    parsed(&message)
}

fn delimited(bits: &mut Reader<'_>, message: &mut Gather<96>) -> Result<(), ParseError> {
    loop {
        match bits.byte(4)? {
            digit @ 0..=9 => message.push(&[b'0' + digit])?,
            CHARACTERS_FOLLOW => return alphanumeric::decode(bits, LENGTH, message),
            NOTHING_FOLLOWS => return Ok(()),
            _ => return Err(FORM),
        }
    }
}

pub(super) fn encode(elements: &Elements<'_>, filter: u8) -> Result<Binary, ParseError> {
    let plus = elements
        .iter()
        .find_map(|element| ALL.iter().find(|plus| !plus.dated && element.ai() == Ai::of(plus.ai)))
        .ok_or(ParseError::new(ErrorCode::EpcScheme, 0))?;
    let value = elements.number(plus.ai).ok_or(FORM)?.value();
    let value = value.as_bytes();
    let mut binary = Binary::EMPTY;
    binary.push(u128::from(plus.header), 8)?;
    binary.push(0, 1)?;
    binary.push(u128::from(filter), 3)?;
    let in_key = match plus.body {
        Body::Digits(count) => {
            let (digits, rest) = value.split_at_checked(count).ok_or(FORM)?;
            push_digits(&mut binary, digits)?;
            rest
        }
        Body::Delimited => {
            let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
            let (digits, rest) = value.split_at_checked(digits).ok_or(FORM)?;
            push_digits(&mut binary, digits)?;
            if rest.is_empty() {
                binary.push(u128::from(NOTHING_FOLLOWS), 4)?;
            } else {
                binary.push(u128::from(CHARACTERS_FOLLOW), 4)?;
                alphanumeric::encode(&mut binary, rest, LENGTH)?;
            }
            b""
        }
    };
    let own = match plus.tail {
        Tail::Serial(Some(ai)) => elements.number(ai),
        Tail::Digits if plus.ai == 8010 => elements.number(8011),
        _ => None,
    };
    let own = own.map(|element| element.value());
    let serial = own.as_ref().map_or(in_key, |value| value.as_bytes());
    match plus.tail {
        Tail::Nothing => {}
        Tail::Serial(_) => alphanumeric::encode(&mut binary, serial, LENGTH)?,
        Tail::Digits => {
            let len = u128::try_from(serial.len()).map_err(|_| FORM)?;
            binary.push(len, DIGITS_LENGTH)?;
            let width = alphanumeric::integer_bits(serial.len());
            binary.push(super::tag::number(serial)?, width)?;
        }
    }
    Ok(binary)
}

fn push_digits(binary: &mut Binary, digits: &[u8]) -> Result<(), ParseError> {
    digits.iter().try_for_each(|&digit| {
        let value = digit.checked_sub(b'0').filter(|value| *value <= 9);
        binary.push(u128::from(value.ok_or(FORM)?), 4)
    })
}
