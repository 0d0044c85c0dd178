//! Submissions and what is kept beside them, as bytes.

use bytes::Bytes;

use super::{from_json, json, open, seal};
use crate::store::StoreError;
use crate::store::submissions::Submission;

const SUBMISSION: u8 = 0x80;
const PART: u8 = 0x81;

/// A submission as bytes, without its number.
pub(crate) fn encode_submission(submission: &Submission) -> Result<Vec<u8>, StoreError> {
    json(SUBMISSION, submission)
}

/// A submission from its bytes and its number.
pub(crate) fn decode_submission(number: u64, bytes: &[u8]) -> Result<Submission, StoreError> {
    let submission: Submission = from_json(SUBMISSION, bytes)?;
    Ok(Submission { number, ..submission })
}

/// A file as bytes.
pub(crate) fn encode_part(part: &[u8]) -> Result<Vec<u8>, StoreError> {
    seal(PART, part)
}

/// A file from its bytes.
pub(crate) fn decode_part(bytes: &[u8]) -> Result<Bytes, StoreError> {
    Ok(Bytes::copy_from_slice(open(PART, bytes)?))
}
