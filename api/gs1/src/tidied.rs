//! What was put right on the way from the input to its reading, so that it can be said.

use core::fmt;

/// Flags of what was tidied.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Tidied(u16);

impl Tidied {
    /// Nothing was.
    pub const NONE: Self = Self(0);
    /// Blanks around the code or around a value were dropped.
    pub const TRIMMED: Self = Self(1);
    /// Blanks or hyphens between digits were dropped.
    pub const SEPARATORS: Self = Self(1 << 1);
    /// A GTIN with fewer than 14 digits got zeros in front.
    pub const PADDED: Self = Self(1 << 2);
    /// A slash at the end of a link was dropped.
    pub const TRAILING_SLASH: Self = Self(1 << 3);
    /// A symbology identifier such as `]C1` was dropped.
    pub const SYMBOLOGY: Self = Self(1 << 4);
    /// A UPC-E number was written out as a GTIN-12.
    pub const UPC_E: Self = Self(1 << 5);
    /// A separator that was spelt out, such as `{GS}` or `^`, was read as FNC1.
    pub const SPELT_FNC1: Self = Self(1 << 6);
    /// Names such as `/gtin/…/lot/…` were read as AIs.
    pub const NAMED_KEYS: Self = Self(1 << 7);
    /// One AI stood there twice with the same value.
    pub const REPEATED: Self = Self(1 << 8);
    /// AIs stood together that should not, or one without the AI that it needs.
    pub const ASSOCIATION: Self = Self(1 << 9);
    /// A word such as `ISBN` or `GTIN:` in front was dropped.
    pub const LABEL: Self = Self(1 << 10);

    const NAMES: [(Self, &'static str); 11] = [
        (Self::TRIMMED, "input_trimmed"),
        (Self::SEPARATORS, "separators_removed"),
        (Self::PADDED, "gtin_padded"),
        (Self::TRAILING_SLASH, "trailing_slash"),
        (Self::SYMBOLOGY, "symbology_prefix"),
        (Self::UPC_E, "upc_e_expanded"),
        (Self::SPELT_FNC1, "fnc1_spelt_out"),
        (Self::NAMED_KEYS, "named_keys"),
        (Self::REPEATED, "repeated"),
        (Self::ASSOCIATION, "association"),
        (Self::LABEL, "label_removed"),
    ];

    /// Whether nothing was tidied.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `flags` are set.
    #[must_use]
    pub const fn contains(self, flags: Self) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// Whether blanks around the code were dropped (`input_trimmed`).
    #[must_use]
    pub const fn input_trimmed(self) -> bool {
        self.contains(Self::TRIMMED)
    }

    pub(crate) fn add(&mut self, flags: Self) {
        self.0 |= flags.0;
    }

    pub(crate) fn add_if(&mut self, flags: Self, happened: bool) {
        if happened {
            self.add(flags);
        }
    }

    /// The stable names of the flags that are set.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(flag, _)| self.contains(*flag)).map(|(_, name)| name)
    }
}

impl fmt::Debug for Tidied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
