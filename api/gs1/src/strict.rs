//! The strict engine: what GS1's reference parser accepts, under its switches, and nothing else.
//!
//! Each function parses one form whole or says where it fails. What AIs demand of each other is
//! looked at separately, by [`Elements::check_associations`], as in the reference parser.

pub use crate::link_write::{GS1_RESOLVER, Link};
pub use crate::scan::{Content, Scan};
pub use crate::symbology::Symbology;

use crate::bracketed;
use crate::element_string;
use crate::elements::{Elements, Source};
use crate::error::{ErrorCode, ParseError};
use crate::link;
use crate::options::Options;
use crate::scan;
use crate::tidied::Tidied;

/// Parses an element string that begins with FNC1, written as `fnc1` there and between elements.
///
/// # Errors
/// The first fault.
pub fn element_string(text: &[u8], fnc1: u8, options: Options) -> Result<Elements<'_>, ParseError> {
    if text.first() != Some(&fnc1) {
        return Err(ParseError::new(ErrorCode::Fnc1, 0));
    }
    element_string::parse(Source::Text(text), 1, &[fnc1], options)
}

/// Parses a bracketed string, such as `(01)09520000010010(10)L01A`.
///
/// # Errors
/// The first fault.
pub fn bracketed(text: &[u8], options: Options) -> Result<Elements<'_>, ParseError> {
    bracketed::parse(text, options, &mut Tidied::default())
}

/// Parses a Digital Link with scheme and host.
///
/// # Errors
/// The first fault.
pub fn link(text: &[u8], options: Options) -> Result<Elements<'_>, ParseError> {
    link::parse(text, options, &mut Tidied::default())
}

/// Parses what a scanner transmits, from its symbology identifier on.
///
/// # Errors
/// The first fault.
pub fn scan(text: &[u8], options: Options) -> Result<Scan<'_>, ParseError> {
    scan::parse(text, options)
}
