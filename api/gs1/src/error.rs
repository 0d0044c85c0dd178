//! What is wrong with a code, where, and what would have been right.
//!
//! The codes are stable: they go into answers and logs. The sentences for people are in
//! `error::sentence`.

mod code;
mod coupon;
mod english;
mod sentence;
mod vietnamese;

pub use code::{CouponFault, CouponField, ErrorCode};

use core::fmt;

use crate::ai::Ai;
use crate::language::Language;
use crate::lint::Fault;
use crate::reason::Reason;

/// Why a string that claims GS1 form has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    code: ErrorCode,
    position: usize,
    ai: Option<Ai>,
    expected: Option<[u8; 2]>,
}

impl ParseError {
    pub(crate) const fn new(code: ErrorCode, position: usize) -> Self {
        Self { code, position, ai: None, expected: None }
    }

    pub(crate) const fn in_ai(code: ErrorCode, position: usize, ai: Ai) -> Self {
        Self { code, position, ai: Some(ai), expected: None }
    }

    pub(crate) const fn from_fault(fault: Fault, position: usize, ai: Option<Ai>) -> Self {
        Self { code: fault.code, position, ai, expected: fault.expected }
    }

    pub(crate) const fn shifted(mut self, by: usize) -> Self {
        self.position += by;
        self
    }

    /// The kind of error.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// Where the input stops being right, in bytes from its start.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }

    /// The AI whose value is at fault, where it is one.
    #[must_use]
    pub const fn ai(&self) -> Option<Ai> {
        self.ai
    }

    /// The check digit that would have been right, if that is the fault.
    #[must_use]
    pub const fn expected_check_digit(&self) -> Option<char> {
        match (self.code, self.expected) {
            (ErrorCode::CheckDigit, Some([digit, _])) => Some(digit as char),
            _ => None,
        }
    }

    /// The check character pair that would have been right, if that is the fault.
    #[must_use]
    pub const fn expected_pair(&self) -> Option<[char; 2]> {
        match (self.code, self.expected) {
            (ErrorCode::CheckPair, Some([first, second])) => Some([first as char, second as char]),
            _ => None,
        }
    }

    /// The reason on a card: a wrong check digit, or a wrong structure.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        match self.code {
            ErrorCode::CheckDigit => Reason::CheckDigit,
            _ => Reason::Structure,
        }
    }

    /// One sentence for people that says what to do.
    #[must_use]
    pub const fn message(&self, language: Language) -> Message {
        Message { error: *self, language }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sentence::write(self, Language::En, f)
    }
}

impl core::error::Error for ParseError {}

/// The sentence of an error in one language; `Display` writes it, without allocating.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    error: ParseError,
    language: Language,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sentence::write(&self.error, self.language, f)
    }
}
