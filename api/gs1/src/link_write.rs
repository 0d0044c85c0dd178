//! Writing elements as a GS1 Digital Link.
//!
//! GS1 Digital Link Standard: URI Syntax 4. The first primary key among the elements is the link's;
//! its qualifiers go into the path in their fixed order, everything else into the query.

use core::fmt;

use crate::ai::Ai;
use crate::elements::{Element, Elements};
use crate::error::{ErrorCode, ParseError};
use crate::options::Options;
use crate::percent::{self, Part};

/// Where links go that have no host of their own.
pub const GS1_RESOLVER: &str = "https://id.gs1.org";

/// A link that can be written: which element is its key, and which sequence of qualifiers it has.
#[derive(Clone, Copy, Debug)]
pub struct Link<'e> {
    elements: &'e Elements<'e>,
    key: Ai,
    sequence: &'static [u16],
}

impl Elements<'_> {
    /// The link that these elements make.
    ///
    /// # Errors
    /// No primary key, or an AI that may stand neither in the path nor in the query.
    pub fn link(&self, options: Options) -> Result<Link<'_>, ParseError> {
        let key = self
            .iter()
            .map(|element| element.ai())
            .find(|ai| ai.row().is_some_and(crate::ai::Row::is_key))
            .ok_or(ParseError::new(ErrorCode::NoKey, 0))?;
        let link = Link { elements: self, key, sequence: self.longest_sequence(key) };
        for element in link.attributes() {
            let ai = element.ai();
            let may = match ai.row() {
                Some(row) => row.is_attribute(),
                None => options.permit_unknown_ais && !options.unknown_ai_not_dl_attribute,
            };
            if !may {
                let at = element.start();
                return Err(ParseError::in_ai(ErrorCode::NotAttribute, at, ai));
            }
        }
        Ok(link)
    }

    /// The sequence that most of the elements follow; of two alike, the first.
    fn longest_sequence(&self, key: Ai) -> &'static [u16] {
        let sequences = key.row().and_then(|row| row.sequences).unwrap_or_default();
        let mut longest: &[u16] = &[];
        let mut most = 0;
        for sequence in sequences {
            let present = sequence.iter().filter(|&&q| self.number(q).is_some());
            let present = present.count();
            if present > most {
                most = present;
                longest = sequence;
            }
        }
        longest
    }
}

impl<'e> Link<'e> {
    fn in_path(&self, ai: Ai) -> bool {
        ai == self.key || self.sequence.iter().any(|&qualifier| ai.is(qualifier))
    }

    /// The elements that go into the query, each once.
    fn attributes(&self) -> impl Iterator<Item = Element<'e>> {
        let link = *self;
        let elements = self.elements.iter().enumerate();
        elements.filter_map(move |(i, element)| {
            let ai = element.ai();
            let first = !link.elements.iter().take(i).any(|e| e.ai() == ai);
            (first && !link.in_path(ai)).then_some(element)
        })
    }

    /// Writes the link behind `stem`, which may end with a slash.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, stem: &str, w: &mut impl fmt::Write) -> fmt::Result {
        w.write_str(stem.strip_suffix('/').unwrap_or(stem))?;
        let qualifiers = self.sequence.iter().map(|&number| Ai::of(number));
        for ai in core::iter::once(self.key).chain(qualifiers) {
            if let Some(element) = self.elements.get(ai) {
                write!(w, "/{ai}/")?;
                percent::encode(element.value().as_bytes(), Part::Path, w)?;
            }
        }
        let predefined = |element: &Element<'_>| element.ai().row().is_some_and(crate::ai::Row::is_predefined);
        // As in an element string, what needs no separator comes first.
        let first = self.attributes().filter(predefined);
        let then = self.attributes().filter(|element| !predefined(element));
        for (i, element) in first.chain(then).enumerate() {
            let mark = if i == 0 { '?' } else { '&' };
            write!(w, "{mark}{}=", element.ai())?;
            percent::encode(element.value().as_bytes(), Part::Query, w)?;
        }
        Ok(())
    }
}
