//! The elements of a message: AIs with their values, in the order in which they came.
//!
//! Values stay where they are in the input and are decoded when asked for, so that nothing is
//! allocated for what people scan. Parsing is in `element_string`, `bracketed` and `link`; writing
//! in `element_write` and `link_write`; what elements demand of each other in `associations`.

use alloc::vec::Vec;

use crate::ai::Ai;
use crate::content;
use crate::error::{ErrorCode, ParseError};
use crate::percent;
use crate::text::Inline;

/// The most elements in one message, as in the reference parser.
pub const MAX_ELEMENTS: usize = 64;

/// The longest value that any AI has.
const MAX_VALUE: usize = 90;

/// How a value is written in the input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// As it is.
    Plain,
    /// With a backslash in front of an opening bracket.
    Bracketed,
    /// Percent-encoded, in the path of a link.
    Path,
    /// Percent-encoded, in the query of a link.
    Query,
}

/// Where one element stands in the source.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) ai: Ai,
    pub(crate) start: u16,
    pub(crate) len: u16,
    pub(crate) written: Written,
    /// A GTIN with fewer than 14 digits, to be filled with zeros.
    pub(crate) padded: bool,
}

impl Span {
    const NONE: Self = Self { ai: Ai::of(0), start: 0, len: 0, written: Written::Plain, padded: false };
}

/// What the values are read from.
#[derive(Clone)]
pub(crate) enum Source<'a> {
    Text(&'a [u8]),
    /// Written out from digits or from an EPC.
    Small(Inline<96>),
    /// Rewritten, because separators were spelt out.
    Large(Vec<u8>),
}

impl Source<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text,
            Self::Small(text) => text.as_bytes(),
            Self::Large(text) => text,
        }
    }
}

/// The elements of a message.
#[derive(Clone)]
pub struct Elements<'a> {
    source: Source<'a>,
    spans: [Span; MAX_ELEMENTS],
    len: u8,
}

impl<'a> Elements<'a> {
    pub(crate) const fn of(source: Source<'a>) -> Self {
        Self { source, spans: [Span::NONE; MAX_ELEMENTS], len: 0 }
    }

    /// No elements at all.
    #[must_use]
    pub const fn none() -> Self {
        Self::of(Source::Text(&[]))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn source(&self) -> &[u8] {
        self.source.bytes()
    }

    /// The elements in the order in which they came.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Element<'_>> + Clone {
        let source = self.source.bytes();
        self.spans.get(..self.len()).unwrap_or_default().iter().map(move |&span| Element { source, span })
    }

    /// The first element with this AI.
    #[must_use]
    pub fn get(&self, ai: Ai) -> Option<Element<'_>> {
        self.iter().find(|element| element.ai() == ai)
    }

    pub(crate) fn number(&self, number: u16) -> Option<Element<'_>> {
        self.get(Ai::of(number))
    }

    /// Adds an element after looking at its value.
    pub(crate) fn push(&mut self, span: Span) -> Result<(), ParseError> {
        let start = usize::from(span.start);
        let Some(free) = self.spans.get_mut(usize::from(self.len)) else {
            return Err(ParseError::new(ErrorCode::TooManyElements, start));
        };
        let element = Element { source: self.source.bytes(), span };
        if span.len == 0 {
            return Err(ParseError::in_ai(ErrorCode::ValueEmpty, start, span.ai));
        }
        let value = element.decode().ok_or(ParseError::in_ai(ErrorCode::ValueLong, start + MAX_VALUE, span.ai))?;
        content::check(span.ai.row(), value.as_bytes()).map_err(|fault| {
            let at = start + element.raw_offset(fault.start);
            ParseError::from_fault(fault, at, Some(span.ai))
        })?;
        *free = span;
        self.len += 1;
        Ok(())
    }

    /// Whether they came from a link: the first element is its primary key.
    pub(crate) fn is_link(&self) -> bool {
        self.spans[0].written == Written::Path
    }

    /// Takes back the last element.
    pub(crate) fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
    }
}

impl core::fmt::Debug for Elements<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_map().entries(self.iter().map(|element| (element.ai(), element.value()))).finish()
    }
}

/// One element: an AI and its value.
#[derive(Clone, Copy)]
pub struct Element<'e> {
    source: &'e [u8],
    span: Span,
}

impl Element<'_> {
    /// Its AI.
    #[must_use]
    pub const fn ai(&self) -> Ai {
        self.span.ai
    }

    /// Where its value begins in the text that it was read from, in bytes.
    pub(crate) const fn start(&self) -> usize {
        self.span.start as usize
    }

    /// Its value, decoded.
    #[must_use]
    pub fn value(&self) -> Value {
        // Every element was decoded once before it was kept.
        self.decode().unwrap_or(Value(Inline::EMPTY))
    }

    fn raw(&self) -> &[u8] {
        let start = self.start();
        self.source.get(start..start + usize::from(self.span.len)).unwrap_or_default()
    }

    fn decode(&self) -> Option<Value> {
        let raw = self.raw();
        let mut decoded = [0; MAX_VALUE];
        let mut len = 0;
        let mut add = |byte| {
            let free = decoded.get_mut(len)?;
            *free = byte;
            len += 1;
            Some(())
        };
        if self.span.padded {
            for _ in raw.len()..14 {
                add(b'0')?;
            }
        }
        match self.span.written {
            Written::Plain => raw.iter().try_for_each(|&byte| add(byte))?,
            Written::Bracketed => {
                let mut bytes = raw.iter().copied().peekable();
                while let Some(byte) = bytes.next() {
                    if !(byte == b'\\' && bytes.peek() == Some(&b'(')) {
                        add(byte)?;
                    }
                }
            }
            Written::Path => {
                percent::decode(raw, percent::Part::Path).try_for_each(|(_, byte)| add(byte))?;
            }
            Written::Query => {
                percent::decode(raw, percent::Part::Query).try_for_each(|(_, byte)| add(byte))?;
            }
        }
        Some(Value(Inline::from_array(decoded, len)))
    }

    /// Where the `decoded`th byte of the value stands in its written form.
    fn raw_offset(&self, decoded: usize) -> usize {
        let raw = self.raw();
        let decoded =
            if self.span.padded { decoded.saturating_sub(14_usize.saturating_sub(raw.len())) } else { decoded };
        match self.span.written {
            Written::Path | Written::Query => {
                percent::decode(raw, percent::Part::Path).nth(decoded).map_or(raw.len(), |(offset, _)| offset)
            }
            Written::Plain | Written::Bracketed => decoded.min(raw.len()),
        }
    }
}

/// The decoded value of an element: CSET 82 characters, 90 at most.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Value(Inline<MAX_VALUE>);

impl Value {
    /// The value as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The value as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl core::fmt::Display for Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.as_str())
    }
}

impl core::fmt::Debug for Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}
