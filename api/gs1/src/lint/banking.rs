//! The international bank account number: ISO 13616 and ISO 7064 (modulo 97-10).

use super::{Fault, Verdict, list};
use crate::error::ErrorCode;

const SHORTEST: usize = 11;
const LONGEST: usize = 34;

pub(super) fn iban(value: &[u8]) -> Verdict {
    if value.len() < SHORTEST {
        return Err(Fault::whole(ErrorCode::IbanTooShort, value));
    }
    if value.len() > LONGEST {
        return Err(Fault::whole(ErrorCode::IbanTooLong, value));
    }
    if let Some(at) = value.iter().position(|byte| !byte.is_ascii_digit() && !byte.is_ascii_uppercase()) {
        return Err(Fault::at(ErrorCode::IbanCharacter, at, 1));
    }
    let (head, account) = value.split_at(4);
    let (country, _) = head.split_at(2);
    if list::iso3166_alpha2(country).is_err() {
        return Err(Fault::at(ErrorCode::IbanCountry, 0, 2));
    }
    let remainder = account.iter().chain(head).fold(0, |sum: u32, &byte| {
        if byte.is_ascii_digit() {
            (sum * 10 + u32::from(byte - b'0')) % 97
        } else {
            (sum * 100 + u32::from(byte - b'A') + 10) % 97
        }
    });
    if remainder == 1 {
        return Ok(());
    }
    Err(Fault::at(ErrorCode::IbanCheck, 2, 2))
}
