//! The notation of the AI table: a row, its components, and the words that describe both.
//!
//! `row("10", &[x_to(20)]).attribute().with("01 02 03 8006 8026")` reads: AI 10 holds 1 to 20
//! characters of CSET 82, may be a data attribute of a Digital Link, and stands only beside one of
//! 01, 02, 03, 8006 or 8026. In `with` and `without`, a blank separates alternatives, `+` joins AIs
//! that must stand together, and a dot stands for any digit.

use crate::charset::Charset;
use crate::lint::Lint;

/// One component of an AI's value.
#[derive(Clone, Copy, Debug)]
pub struct Component {
    /// Characters it is made of.
    pub charset: Charset,
    /// Fewest characters.
    pub min: u8,
    /// Most characters.
    pub max: u8,
    /// Whether a value may end before it.
    pub optional: bool,
    /// Content checks, in the order in which they are made.
    pub lints: &'static [Lint],
}

/// Sequences of key qualifiers, each in the order in which they must stand.
pub(crate) type Sequences = &'static [&'static [u16]];

/// One row of the table: an AI, or a range of AIs that differ in their last digit.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    first: u16,
    last: u16,
    digits: u8,
    predefined: bool,
    attribute: bool,
    pub(crate) components: &'static [Component],
    pub(crate) with: &'static str,
    pub(crate) without: &'static str,
    pub(crate) sequences: Option<Sequences>,
}

const fn component(charset: Charset, min: u8, max: u8) -> Component {
    Component { charset, min, max, optional: false, lints: &[] }
}

/// Exactly `count` digits.
pub(super) const fn n(count: u8) -> Component {
    component(Charset::Numeric, count, count)
}

/// 1 to `most` digits.
pub(super) const fn n_to(most: u8) -> Component {
    component(Charset::Numeric, 1, most)
}

/// Exactly `count` characters of CSET 82.
pub(super) const fn x(count: u8) -> Component {
    component(Charset::Cset82, count, count)
}

/// 1 to `most` characters of CSET 82.
pub(super) const fn x_to(most: u8) -> Component {
    component(Charset::Cset82, 1, most)
}

/// 1 to `most` characters of CSET 39.
pub(super) const fn y_to(most: u8) -> Component {
    component(Charset::Cset39, 1, most)
}

/// 1 to `most` characters of CSET 64.
pub(super) const fn z_to(most: u8) -> Component {
    component(Charset::Cset64, 1, most)
}

impl Component {
    pub(super) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    pub(super) const fn lint(mut self, lints: &'static [Lint]) -> Self {
        self.lints = lints;
        self
    }
}

/// A row for `ais`: `"01"`, or a range `"3100-3105"`.
pub(super) const fn row(ais: &str, components: &'static [Component]) -> Row {
    let text = ais.as_bytes();
    let mut first = 0;
    let mut digits = 0;
    let mut i = 0;
    while i < text.len() && text[i] != b'-' {
        first = first * 10 + (text[i] - b'0') as u16;
        digits += 1;
        i += 1;
    }
    let mut last = 0;
    i += 1;
    while i < text.len() {
        last = last * 10 + (text[i] - b'0') as u16;
        i += 1;
    }
    Row {
        first,
        last: if last == 0 { first } else { last },
        digits,
        predefined: false,
        attribute: false,
        components,
        with: "",
        without: "",
        sequences: None,
    }
}

impl Row {
    /// Of a length fixed by its first digits: no FNC1 need follow (General Specifications 7.8.5).
    pub(super) const fn predefined(mut self) -> Self {
        self.predefined = true;
        self
    }

    /// May stand in the query of a Digital Link.
    pub(super) const fn attribute(mut self) -> Self {
        self.attribute = true;
        self
    }

    /// Must stand beside one of these.
    pub(super) const fn with(mut self, ais: &'static str) -> Self {
        self.with = ais;
        self
    }

    /// Must not stand beside any of these.
    pub(super) const fn without(mut self, ais: &'static str) -> Self {
        self.without = ais;
        self
    }

    /// A primary key of a Digital Link, with its sequences of key qualifiers.
    pub(super) const fn key(mut self, sequences: Sequences) -> Self {
        self.sequences = Some(sequences);
        self
    }

    pub(super) const fn digits(&self) -> u8 {
        self.digits
    }

    pub(super) const fn first_two(&self) -> usize {
        two(self.first, self.digits)
    }

    pub(super) const fn last_two(&self) -> usize {
        two(self.last, self.digits)
    }

    pub(super) const fn covers(&self, number: u16) -> bool {
        self.first <= number && number <= self.last
    }

    pub(super) const fn range(&self) -> (u16, u16) {
        (self.first, self.last)
    }

    /// Whether its length is predefined, so that no FNC1 need follow.
    #[must_use]
    pub const fn is_predefined(&self) -> bool {
        self.predefined
    }

    /// Whether it may be a data attribute of a Digital Link.
    #[must_use]
    pub const fn is_attribute(&self) -> bool {
        self.attribute
    }

    /// Whether it is a primary key of a Digital Link.
    #[must_use]
    pub const fn is_key(&self) -> bool {
        self.sequences.is_some()
    }

    /// The components of its value.
    #[must_use]
    pub const fn components(&self) -> &'static [Component] {
        self.components
    }

    /// Fewest and most characters of its value.
    #[must_use]
    pub fn length(&self) -> (usize, usize) {
        let mut min = 0;
        let mut max = 0;
        for component in self.components {
            if !component.optional {
                min += usize::from(component.min);
            }
            max += usize::from(component.max);
        }
        (min, max)
    }
}

const fn two(number: u16, digits: u8) -> usize {
    (match digits {
        2 => number,
        3 => number / 10,
        _ => number / 100,
    }) as usize
}
