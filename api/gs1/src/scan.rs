//! What a scanner transmits, read as the reference parser reads it: a symbology identifier and the
//! data behind it, possibly with the composite component of a second one.
//!
//! General Specifications 5.4.3.7 and 5.11.

use core::fmt;

use crate::element_string::{self, GS};
use crate::elements::{Elements, Source};
use crate::error::{ErrorCode, ParseError};
use crate::gtin::Gtin14;
use crate::link::{self, Authority};
use crate::options::Options;
use crate::symbology::{Carries, Symbology};
use crate::tidied::Tidied;

/// A transmission of a scanner.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    /// What the symbology identifier says.
    pub symbology: Symbology,
    /// The data of the primary symbol.
    pub content: Content<'a>,
    /// The elements of a composite component.
    pub composite: Option<Elements<'a>>,
}

/// What a symbol carries.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Text without GS1 form.
    Text(&'a [u8]),
    /// The digits of a GTIN-8 or GTIN-13.
    Gtin(&'a [u8]),
    /// An element string.
    Elements(Elements<'a>),
    /// A Digital Link, and its elements.
    Link(&'a [u8], Elements<'a>),
}

/// Reads a transmission.
pub(crate) fn parse(text: &[u8], options: Options) -> Result<Scan<'_>, ParseError> {
    let (symbology, data) = Symbology::strip(text).ok_or(ParseError::new(ErrorCode::Symbology, 0))?;
    let offset = text.len() - data.len();
    let shifted = |error: ParseError| error.shifted(offset);
    let mut composite = None;
    let content = match symbology.carries() {
        Carries::Elements => Content::Elements(elements(data, options).map_err(shifted)?),
        Carries::Gtin => {
            let (digits, rest) = gtin(data, symbology).map_err(shifted)?;
            if let Some(component) = rest {
                let behind = text.len() - component.len();
                let parsed = elements(component, options);
                composite = Some(parsed.map_err(|error| error.shifted(behind))?);
            }
            Content::Gtin(digits)
        }
        Carries::Text if symbology == Symbology::Other => {
            return Err(ParseError::new(ErrorCode::Symbology, 1));
        }
        Carries::Text if Authority::of(data).is_some_and(|a| a.scheme_in_one_case) => {
            let mut tidied = Tidied::NONE;
            let parsed = link::parse(data, options, &mut tidied).map_err(shifted)?;
            Content::Link(data, parsed)
        }
        Carries::Text => Content::Text(data),
    };
    Ok(Scan { symbology, content, composite })
}

fn elements(data: &[u8], options: Options) -> Result<Elements<'_>, ParseError> {
    element_string::parse(Source::Text(data), 0, &[GS], options)
}

/// The digits of a GTIN, and the data of a composite component behind it.
fn gtin(data: &[u8], symbology: Symbology) -> Result<(&[u8], Option<&[u8]>), ParseError> {
    let len = if symbology == Symbology::Ean8 { 8 } else { 13 };
    let short = ParseError::new(ErrorCode::GtinLength, data.len().min(len));
    let (digits, rest) = data.split_at_checked(len).ok_or(short)?;
    Gtin14::from_digits(digits)?;
    if rest.is_empty() {
        return Ok((digits, None));
    }
    match rest.strip_prefix(b"|").and_then(Symbology::strip) {
        Some((Symbology::DataBar, component)) => Ok((digits, Some(component))),
        _ => Err(ParseError::new(ErrorCode::GtinLength, len)),
    }
}

impl Scan<'_> {
    /// Writes it as one line for people: `^` for FNC1, `|` in front of a composite component, and a
    /// backslash in front of a `^` that a plain text begins with.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_message(&self, w: &mut impl fmt::Write) -> fmt::Result {
        match &self.content {
            Content::Text(text) => {
                let backslashes = text.iter().take_while(|&&byte| byte == b'\\').count();
                if text.get(backslashes) == Some(&b'^') {
                    w.write_char('\\')?;
                }
                latin_1(text, w)?;
            }
            Content::Gtin(text) | Content::Link(text, _) => latin_1(text, w)?,
            Content::Elements(elements) => elements.write_element_string('^', w)?,
        }
        if let Some(composite) = &self.composite {
            w.write_char('|')?;
            composite.write_element_string('^', w)?;
        }
        Ok(())
    }
}

fn latin_1(text: &[u8], w: &mut impl fmt::Write) -> fmt::Result {
    text.iter().try_for_each(|&byte| w.write_char(char::from(byte)))
}
