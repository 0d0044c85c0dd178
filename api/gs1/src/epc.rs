//! Electronic Product Codes: what RFID tags hold, in their URN and their binary forms.
//!
//! An EPC says where the company prefix in a key ends; a barcode does not. So writing one takes the
//! length of the prefix, which is nobody's to guess, as a parameter.
//!
//! GS1 EPC Tag Data Standard 2.3: section 6 (pure identity URNs), 12 (tag URIs), 14 (binary).

mod alphanumeric;
mod bits;
mod identity;
mod layout;
mod partition;
mod plus;
mod scheme;
mod tag;
mod urn;

pub use bits::{Binary, MAX_BYTES};
pub use scheme::Scheme;

use core::fmt;

use crate::elements::Elements;
use crate::error::{ErrorCode, ParseError};
use identity::Identity;

/// How a tag is to be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// The shortest encoding before TDS 2 that holds the value: 96 bits where the serial number is
    /// a small integer. The company prefix has this many digits.
    Partitioned {
        /// 6 to 12.
        prefix_digits: u8,
    },
    /// That of TDS 2, which needs no company prefix.
    Plus,
}

/// The elements that an EPC URN stands for: `urn:epc:id:…`, `urn:epc:class:lgtin:…`,
/// `urn:epc:idpat:…` with an asterisk for what is left open, `urn:epc:tag:…` or `urn:epc:raw:…`.
///
/// # Errors
/// A scheme without a GS1 key, or a URN that is not written as its scheme wants.
pub fn from_urn(text: &str) -> Result<Elements<'static>, ParseError> {
    urn::parse(text)?.elements()
}

/// The elements that an EPC in binary form stands for. What follows behind the EPC is not looked at.
///
/// # Errors
/// An unknown header, or fewer bits than its scheme wants, or values outside their bounds.
pub fn from_binary(bytes: &[u8]) -> Result<Elements<'static>, ParseError> {
    let header = bytes.first().copied();
    let header = header.ok_or(ParseError::new(ErrorCode::EpcForm, 0))?;
    if plus::is_header(header) { plus::decode(bytes) } else { tag::decode(bytes)?.elements() }
}

/// The elements of an EPC in hexadecimal digits, as behind `/eh` in a link.
///
/// # Errors
/// As [`from_binary`], and characters that are no hexadecimal digits.
pub fn from_hex(text: &[u8]) -> Result<Elements<'static>, ParseError> {
    from_binary(Binary::from_hex(text)?.as_bytes())
}

/// The elements of an EPC in file-safe base 64, as behind `/ex` in a link.
///
/// # Errors
/// As [`from_binary`], and characters that are no base 64.
pub fn from_base64url(text: &[u8]) -> Result<Elements<'static>, ParseError> {
    from_binary(Binary::from_base64url(text)?.as_bytes())
}

/// Writes the URN of the first key among `elements`, whose company prefix has `prefix_digits`
/// digits: of an instance, of a lot (`class:lgtin`), or of a class (`idpat`, with an asterisk).
///
/// # Errors
/// No key that has a URN, or a company prefix that does not fit it.
pub fn write_urn(elements: &Elements<'_>, prefix_digits: u8, w: &mut impl fmt::Write) -> Result<(), ParseError> {
    let identity = Identity::of(elements, prefix_digits)?;
    urn::write(&identity, w).map_err(|_| ParseError::new(ErrorCode::TooLong, 0))
}

/// The binary form of the first key among `elements`, with a filter value of 0 to 7.
///
/// # Errors
/// No key that can be encoded, or a value that the encoding has no room for.
pub fn to_binary(elements: &Elements<'_>, filter: u8, coding: Coding) -> Result<Binary, ParseError> {
    match coding {
        Coding::Plus => plus::encode(elements, filter),
        Coding::Partitioned { prefix_digits } => tag::encode(&Identity::of(elements, prefix_digits)?, filter),
    }
}
