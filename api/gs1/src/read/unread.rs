//! Stands in for `epc` where that is left out (feature `epc`): a tag is recognised, and left to somebody who reads it.

use crate::elements::Elements;
use crate::error::{ErrorCode, ParseError};

const UNREAD: ParseError = ParseError::new(ErrorCode::EpcScheme, 0);

pub(super) fn from_urn(_: &str) -> Result<Elements<'static>, ParseError> {
    Err(UNREAD)
}

pub(super) fn from_hex(_: &[u8]) -> Result<Elements<'static>, ParseError> {
    Err(UNREAD)
}

pub(super) fn from_base64url(_: &[u8]) -> Result<Elements<'static>, ParseError> {
    Err(UNREAD)
}
