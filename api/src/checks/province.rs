//! The provinces of Viet Nam, by their codes of two digits.
//!
//! 34 since 2025-07-01 (Resolution 202/2025/QH15; codes after Decision 19/2025/QĐ-TTg): a province made of several kept
//! the code of one of them. ISO 3166-2 still has a code for each of the 63 before, and so has every database that was
//! made from it.

use crate::store::ledger::Province;

/// The codes in use, in order.
pub const CODES: [u8; 34] = [
    1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80,
    82, 86, 91, 92, 96,
];

impl Province {
    /// The province with this code, if there is one.
    pub fn of_code(code: u8) -> Option<Self> {
        CODES.binary_search(&code).is_ok().then_some(Self(code))
    }
}
