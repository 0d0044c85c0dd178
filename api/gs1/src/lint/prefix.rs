//! The GS1 Company Prefix at the head of a key.
//!
//! Only its form is looked at. Which prefixes are licensed, and how long each is, changes by the
//! day and is kept by GS1; no copy of that list belongs in a parser.

use super::{Fault, Verdict};
use crate::error::ErrorCode;

/// The shortest GS1 Company Prefix.
const SHORTEST: usize = 4;

pub(super) fn gcp(value: &[u8], after: usize) -> Verdict {
    let Some(start) = value.get(after..).filter(|rest| rest.len() >= SHORTEST) else {
        return Err(Fault::whole(ErrorCode::GcpTooShort, value));
    };
    let digits = start.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits < SHORTEST {
        return Err(Fault::at(ErrorCode::Gcp, after, SHORTEST));
    }
    Ok(())
}
