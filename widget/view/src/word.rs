//! Words of ours by their number: names first, then labels. A canvas that has the table needs no text from here.

use crate::{
    label::{self, EN, Label, Lang, VI},
    name::{self, NAMES, Name},
};

/// A word of ours: a name of HTML or of the contract, or a label in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u16);

/// Whether this is the module of one language, which carries the words of that one only.
const IS_SINGLE: bool = cfg!(feature = "only-vi") || cfg!(feature = "only-en");

/// The words of a module for one language, a line each, numbered from 0: [`Word::number`] counts through both texts.
pub const TABLES: [&str; 2] = [lines(NAMES), lines(if cfg!(feature = "only-en") { EN } else { VI })];

/// Without the break behind the last line, which would be one more line.
const fn lines(text: &'static str) -> &'static str {
    text.split_at(text.len() - 1).0
}

impl Word {
    /// No word: an empty text.
    pub const NONE: Self = Self(Name::None as u16);

    /// The label in a language.
    pub(crate) const fn of(label: Label, lang: Lang) -> Self {
        let of_language = if IS_SINGLE || matches!(lang, Lang::Vi) { 0 } else { label::COUNT };
        Self(name::COUNT + of_language + label as u16)
    }

    /// Its number in [`TABLES`].
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    /// The word itself.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self.0.checked_sub(name::COUNT) {
            None => line(NAMES, self.0),
            Some(label) if label < label::COUNT => line(TABLES[1], label),
            Some(label) => line(EN, label - label::COUNT),
        }
    }
}

impl From<Name> for Word {
    fn from(name: Name) -> Self {
        Self(name as u16)
    }
}

/// A line of a text, counted from 0; empty past its end. Tables of words are kept as lines of one string: the
/// addresses and lengths of some three hundred words would weigh more than the words.
fn line(lines: &'static str, index: u16) -> &'static str {
    lines.split('\n').nth(index.into()).unwrap_or_default()
}
