//! The character sets that AI values are made of. What may stand in a URI lives in `percent`.
//!
//! GS1 General Specifications, figures 7.11-1 (CSET 82), 7.11-2 (CSET 39) and 7.11-3 (CSET 64).

const DIGIT: u8 = 1;
const CSET82: u8 = 2;
const CSET39: u8 = 4;
const CSET64: u8 = 8;

/// One look-up per byte: which sets a byte belongs to.
const SETS: [u8; 256] = sets();

const fn mark(mut table: [u8; 256], members: &[u8], set: u8) -> [u8; 256] {
    let mut i = 0;
    while i < members.len() {
        table[members[i] as usize] |= set;
        i += 1;
    }
    table
}

const fn sets() -> [u8; 256] {
    let mut table = [0; 256];
    table = mark(table, b"0123456789", DIGIT | CSET82 | CSET39 | CSET64);
    table = mark(table, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", CSET82 | CSET39 | CSET64);
    table = mark(table, b"abcdefghijklmnopqrstuvwxyz", CSET82 | CSET64);
    table = mark(table, b"!\"%&'()*+,-./:;<=>?_", CSET82);
    table = mark(table, b"#-/", CSET39);
    mark(table, b"-_", CSET64)
}

/// The character set of one component of an AI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// `N`: digits.
    Numeric,
    /// `X`: CSET 82.
    Cset82,
    /// `Y`: CSET 39.
    Cset39,
    /// `Z`: CSET 64, file-safe and URI-safe base 64 with optional padding.
    Cset64,
}

impl Charset {
    const fn bit(self) -> u8 {
        match self {
            Self::Numeric => DIGIT,
            Self::Cset82 => CSET82,
            Self::Cset39 => CSET39,
            Self::Cset64 => CSET64,
        }
    }

    /// Whether `byte` belongs to this set. The padding of CSET 64 does not.
    #[must_use]
    pub const fn has(self, byte: u8) -> bool {
        SETS[byte as usize] & self.bit() != 0
    }

    /// Where the first byte outside this set stands.
    #[must_use]
    pub fn first_outside(self, value: &[u8]) -> Option<usize> {
        value.iter().position(|&byte| !self.has(byte))
    }
}
