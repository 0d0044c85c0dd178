//! Reports and what is kept beside them, as bytes.

use super::{from_json, json, open, seal};
use crate::store::StoreError;
use crate::store::reports::{Photo, Report, ReporterContact};

const REPORT: u8 = 0x60;
const CONTACT: u8 = 0x61;
const PHOTO: u8 = 0x62;

/// A report as bytes, without its number.
pub(crate) fn encode_report(report: &Report) -> Result<Vec<u8>, StoreError> {
    json(REPORT, report)
}

/// A report from its bytes and its number.
pub(crate) fn decode_report(number: u64, bytes: &[u8]) -> Result<Report, StoreError> {
    let report: Report = from_json(REPORT, bytes)?;
    Ok(Report { number, ..report })
}

/// A contact as bytes.
pub(crate) fn encode_contact(contact: &ReporterContact) -> Result<Vec<u8>, StoreError> {
    seal(CONTACT, contact.0.as_bytes())
}

/// A contact from its bytes.
pub(crate) fn decode_contact(bytes: &[u8]) -> Result<ReporterContact, StoreError> {
    let text = core::str::from_utf8(open(CONTACT, bytes)?);
    let text = text.map_err(|_| StoreError::Corrupt("a reporter's contact".to_owned()))?;
    Ok(ReporterContact(text.to_owned()))
}

/// A photo as bytes.
pub(crate) fn encode_photo(photo: &Photo) -> Result<Vec<u8>, StoreError> {
    seal(PHOTO, &photo.0)
}

/// A photo from its bytes.
pub(crate) fn decode_photo(bytes: &[u8]) -> Result<Photo, StoreError> {
    Ok(Photo(open(PHOTO, bytes)?.to_vec()))
}
