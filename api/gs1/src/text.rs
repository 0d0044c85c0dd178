//! Short values on the stack: lot, serial number and the other key qualifiers of a trade item.
//!
//! Each is CSET 82 characters of a bounded length (General Specifications 3.4, 3.5), looked at
//! once, when it is made.

use core::fmt;
use core::str::FromStr;

use crate::ai::Ai;
use crate::charset::Charset;
use crate::error::{ErrorCode, ParseError};

/// Up to `N` ASCII characters, kept in place. What is not used is zero, so that comparing the bytes
/// compares the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Inline<const N: usize> {
    bytes: [u8; N],
    len: u8,
}

impl<const N: usize> Inline<N> {
    pub(crate) const EMPTY: Self = Self { bytes: [0; N], len: 0 };

    /// `None` if `value` is longer than `N` or not ASCII.
    pub(crate) fn new(value: &[u8]) -> Option<Self> {
        if !value.is_ascii() {
            return None;
        }
        let mut bytes = [0; N];
        bytes.get_mut(..value.len())?.copy_from_slice(value);
        Some(Self { bytes, len: u8::try_from(value.len()).ok()? })
    }

    /// `len` bytes of `bytes`, the others being zero.
    pub(crate) fn from_array(bytes: [u8; N], len: usize) -> Self {
        Self { bytes, len: u8::try_from(len).unwrap_or_default() }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(crate) fn lowercase(mut self) -> Self {
        self.bytes.make_ascii_lowercase();
        self
    }
}

/// Checks a value of CSET 82 and puts it in place.
pub(crate) fn cset82<const N: usize>(value: &[u8], ai: Ai) -> Result<Inline<N>, ParseError> {
    if value.is_empty() {
        return Err(ParseError::in_ai(ErrorCode::ValueEmpty, 0, ai));
    }
    if let Some(at) = Charset::Cset82.first_outside(value) {
        return Err(ParseError::in_ai(ErrorCode::Cset82, at, ai));
    }
    Inline::new(value).ok_or(ParseError::in_ai(ErrorCode::ValueLong, N, ai))
}

macro_rules! qualifier {
    ($(#[$doc:meta])* $name:ident, $ai:literal, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(Inline<$max>);

        impl $name {
            /// Most characters.
            pub const MAX: usize = $max;

            /// The value as printed.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            pub(crate) fn from_bytes(value: &[u8]) -> Result<Self, ParseError> {
                cset82(value, Ai::of($ai)).map(Self)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = ParseError;

            fn try_from(value: &str) -> Result<Self, ParseError> {
                Self::from_bytes(value.as_bytes())
            }
        }

        impl FromStr for $name {
            type Err = ParseError;

            fn from_str(value: &str) -> Result<Self, ParseError> {
                Self::try_from(value)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl core::hash::Hash for $name {
            fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
                // As a `str` does: they are borrowed as one.
                state.write(self.0.as_bytes());
                state.write_u8(0xff);
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.as_str())
            }
        }
    };
}

qualifier! {
    /// A batch or lot number (AI 10).
    Lot, 10, 20
}

qualifier! {
    /// A serial number (AI 21).
    Serial, 21, 20
}

qualifier! {
    /// A consumer product variant (AI 22).
    Cpv, 22, 20
}

qualifier! {
    /// A third-party controlled extension of a GTIN (AI 235).
    Tpx, 235, 28
}

impl Serial {
    /// The serial number with its ASCII letters in lower case: what case variants have in common.
    #[must_use]
    pub fn case_folded(&self) -> Self {
        Self(self.0.lowercase())
    }
}

impl Lot {
    /// The lot with its ASCII letters in lower case: what case variants have in common.
    #[must_use]
    pub fn case_folded(&self) -> Self {
        Self(self.0.lowercase())
    }
}
