//! From any string to its reading: which form it has, and what that form says.
//!
//! The order of the questions matters: a document of a person is recognised before anything else
//! looks at the text; then what claims GS1 form is held to it, and the rest is opaque.

mod digits;
mod judge;
mod label;
mod payment;
mod person;
mod publication;
mod several;
mod spelt;
mod trim;
#[cfg(not(feature = "epc"))]
mod unread;
mod upc_e;

pub(crate) use judge::trade_item;

use alloc::borrow::Cow;
use alloc::string::String;

use crate::MAX_BYTES;
use crate::bracketed;
use crate::element_string::{self, CARET, GS};
use crate::elements::{Elements, Source};
#[cfg(feature = "epc")]
use crate::epc;
use crate::error::{ErrorCode, ParseError};
use crate::gtin::Gtin14;
use crate::link::{self, Authority};
use crate::options::Options;
use crate::reading::{Malformed, NotProduct, Opaque, Outcome, Reading};
use crate::reason::Reason;
use crate::symbology::{Carries, Symbology};
use crate::tidied::Tidied;
#[cfg(not(feature = "epc"))]
use unread as epc;

const OPTIONS: Options = Options::ORDINARY;

/// Reads any string that a phone or a hand gives, already decoded from its transport.
#[must_use]
pub fn read(input: &[u8]) -> Reading<'_> {
    if is_personal_document(input) {
        return bare(Outcome::NotProduct(NotProduct::without_content(Reason::PersonalDocument)));
    }
    let text = match admitted(input) {
        Ok(text) => text,
        Err(malformed) => return bare(Outcome::Malformed(malformed)),
    };
    let (text, trimmed) = trim::ends(text);
    let mut state = State { text, offset: trimmed, tidied: Tidied::NONE, host: None };
    state.tidied.add_if(Tidied::TRIMMED, text.len() != input.len());
    if text.is_empty() {
        return state.malformed(ParseError::new(ErrorCode::Empty, 0));
    }
    if several::is_several(text) {
        return state.not_product(Reason::SeveralCodes);
    }
    match Symbology::strip(text.as_bytes()) {
        Some((symbology, _)) => state.scanned(symbology),
        None => state.unprefixed(),
    }
}

/// Reads a raw, still percent-encoded link: `/01/…/10/A%2FB?17=261231`, or one with scheme and host.
///
/// One without GS1 form is opaque, and its text is as it came, still encoded.
#[must_use]
pub fn read_link(raw: &str) -> Reading<'_> {
    let text = match admitted(raw.as_bytes()) {
        Ok(text) => text,
        Err(malformed) => return bare(Outcome::Malformed(malformed)),
    };
    let state = State { text, offset: 0, tidied: Tidied::NONE, host: None };
    if let Some(authority) = Authority::of(text.as_bytes()) {
        return state.link(authority);
    }
    if link::claims(text.as_bytes(), true) {
        return state.path(0);
    }
    if let Some(elements) = tag_in(text.as_bytes()) {
        return state.elements(Ok(elements));
    }
    state.opaque(None)
}

/// Whether the input is a document of a person, with or without a symbology identifier in front.
///
/// By itself, so that a page can ask before anything leaves the device; [`read`] asks it first too.
#[must_use]
pub fn is_personal_document(input: &[u8]) -> bool {
    let text = input.trim_ascii_start();
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let text = Symbology::strip(text).map_or(text, |(_, data)| data);
    person::is_document(text)
}

/// Text of a bearable length, or what it is instead.
fn admitted(input: &[u8]) -> Result<&str, Malformed<'_>> {
    let error = if input.len() > MAX_BYTES {
        ParseError::new(ErrorCode::TooLong, MAX_BYTES)
    } else {
        match core::str::from_utf8(input) {
            Ok(text) => return Ok(text),
            Err(error) => ParseError::new(ErrorCode::Utf8, error.valid_up_to()),
        }
    };
    let shown = input.get(..input.len().min(MAX_BYTES)).unwrap_or_default();
    Err(Malformed { error, text: String::from_utf8_lossy(shown) })
}

fn bare(outcome: Outcome<'_>) -> Reading<'_> {
    Reading { outcome, tidied: Tidied::NONE, host: None, elements: Elements::none() }
}

/// The elements of an EPC in binary form in the last segment of a path: `/eh…` or `/ex…`.
fn tag_in(path: &[u8]) -> Option<Elements<'static>> {
    let segment = last_segment(path)?;
    match segment.split_first_chunk::<2>()? {
        (b"eh", digits) => epc::from_hex(digits).ok(),
        (b"ex", letters) => epc::from_base64url(letters).ok(),
        _ => None,
    }
}

/// Whether a path may hold an EPC that only a reader of tags can tell from somebody else's link: the shortest ones are
/// 64 bits.
fn is_unread_tag(path: &[u8]) -> bool {
    let is_like_one = |segment: &[u8]| matches!(segment, [b'e', b'h' | b'x', rest @ ..] if rest.len() > 10 && rest.iter().all(u8::is_ascii_graphic));
    !cfg!(feature = "epc") && last_segment(path).is_some_and(is_like_one)
}

fn last_segment(path: &[u8]) -> Option<&[u8]> {
    let path = path.split(|byte| matches!(byte, b'?' | b'#')).next()?;
    let path = path.strip_suffix(b"/").unwrap_or(path);
    path.rsplit(|&byte| byte == b'/').next()
}

/// Whether a text is an EPC URN, in any case of its first letters.
pub(crate) fn is_urn(text: &str) -> bool {
    text.get(..8).is_some_and(|begin| begin.eq_ignore_ascii_case("urn:epc:"))
}

/// What is known of a string while it is read.
struct State<'a> {
    text: &'a str,
    /// Where `text` begins in the input.
    offset: usize,
    tidied: Tidied,
    host: Option<&'a str>,
}

impl<'a> State<'a> {
    /// Reads what stands behind a symbology identifier.
    fn scanned(mut self, symbology: Symbology) -> Reading<'a> {
        self.tidied.add(Tidied::SYMBOLOGY);
        let whole = self.text;
        self.skip(3);
        match symbology.carries() {
            _ if self.text.is_empty() => {
                self.text = whole;
                self.offset -= 3;
                self.malformed(ParseError::new(ErrorCode::ValueEmpty, 3))
            }
            Carries::Elements if !self.text.starts_with("http") => {
                let leading = usize::from(matches!(self.text.as_bytes(), [GS | CARET, ..]));
                self.element_string(leading)
            }
            Carries::Gtin => {
                // An add-on behind the thirteenth digit names an issue, not a product.
                let digits = if symbology == Symbology::Ean8 { 8 } else { 13 };
                if let Some(gtin) = self.text.get(..digits) {
                    self.text = gtin;
                }
                self.unprefixed()
            }
            _ => self.unprefixed(),
        }
    }

    /// Reads an EPC; one of a scheme without a GS1 key is somebody else's code. Where no EPC is read, nobody can say.
    fn epc(self, elements: Result<Elements<'a>, ParseError>) -> Reading<'a> {
        match elements {
            Err(error) if error.code() == ErrorCode::EpcScheme => {
                self.opaque(cfg!(feature = "epc").then_some(Reason::OtherScheme))
            }
            elements => self.elements(elements),
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.text = self.text.get(bytes..).unwrap_or_default();
        self.offset += bytes;
    }

    /// Reads a text without symbology identifier.
    fn unprefixed(mut self) -> Reading<'a> {
        let bytes = self.text.as_bytes();
        if payment::is_payment(self.text) {
            let outcome = NotProduct::without_content(Reason::PaymentCode);
            return bare(Outcome::NotProduct(outcome));
        }
        if let Some(authority) = Authority::of(bytes) {
            return self.link(authority);
        }
        if is_urn(self.text) {
            let elements = epc::from_urn(self.text);
            return self.epc(elements);
        }
        match bytes {
            [b'(', b'0'..=b'9', ..] => {
                let elements = bracketed::parse(bytes, OPTIONS, &mut self.tidied);
                return self.elements(elements);
            }
            [CARET | GS, b'0'..=b'9', ..] => return self.element_string(1),
            _ => {}
        }
        if bytes.contains(&b'/') && link::claims(bytes, false) {
            return self.link_without_scheme();
        }
        match digits::read(self) {
            Ok(reading) => reading,
            Err(state) => state.other(),
        }
    }

    /// Reads what is neither a link nor digits.
    fn other(mut self) -> Reading<'a> {
        if let Some(number) = label::strip(self.text) {
            let label = self.text.len() - number.len();
            self.skip(label);
            self.tidied.add(Tidied::LABEL);
            return match digits::read(self) {
                Ok(reading) => reading,
                Err(state) => state.opaque(None),
            };
        }
        let bytes = self.text.as_bytes();
        if bytes.first() == Some(&b'/')
            && let Some(elements) = tag_in(bytes)
        {
            return self.elements(Ok(elements));
        }
        // ISO/IEC 15434 envelopes hold separators too.
        if bytes.starts_with(b"[)>") {
            return self.opaque(Some(Reason::OtherScheme));
        }
        if self.begins_with_gtin()
            && let Some(replaced) = spelt::replaced(bytes)
        {
            self.tidied.add(Tidied::SPELT_FNC1);
            let elements = element_string::parse(Source::Large(replaced), 0, &[GS], OPTIONS);
            return self.elements(elements);
        }
        if bytes.contains(&GS) || self.begins_with_gtin() {
            return self.element_string(0);
        }
        self.opaque(None)
    }

    /// Whether it begins with `01` and a GTIN whose check digit is right: an element string without
    /// anything that says so.
    fn begins_with_gtin(&self) -> bool {
        self.text
            .strip_prefix("01")
            .and_then(|rest| rest.as_bytes().get(..14))
            .is_some_and(|digits| Gtin14::from_digits(digits).is_ok())
    }

    fn element_string(self, at: usize) -> Reading<'a> {
        let source = Source::Text(self.text.as_bytes());
        let elements = element_string::parse(source, at, &[GS, CARET], OPTIONS);
        self.elements(elements)
    }

    fn link(mut self, authority: Authority) -> Reading<'a> {
        self.host = authority.host(self.text);
        let bytes = self.text.as_bytes();
        let mut tidied = self.tidied;
        let parsed = link::parse_from(bytes, authority.end, OPTIONS, &mut tidied);
        let path = bytes.get(authority.end..).unwrap_or_default();
        // Other links have numbers in their paths too, so that not all that fits is meant.
        let is_meant = match &parsed {
            Ok(elements) => elements.iter().next().is_some_and(|key| key.value().as_bytes().len() > 4),
            Err(_) => link::claims(path, false),
        };
        if is_meant {
            self.tidied = tidied;
            return self.elements(parsed);
        }
        match tag_in(path) {
            Some(elements) => self.elements(Ok(elements)),
            None => self.opaque((!is_unread_tag(path)).then_some(Reason::OtherScheme)),
        }
    }

    /// `id.example.vn/01/…` as people type it, or a path by itself.
    fn link_without_scheme(mut self) -> Reading<'a> {
        if let Some((host, _)) = self.text.split_once('/')
            && host.contains('.')
            && !host.contains(|c: char| c.is_whitespace() || c == '@')
        {
            self.host = Some(host);
            return self.path(host.len());
        }
        self.path(0)
    }

    fn path(mut self, at: usize) -> Reading<'a> {
        let bytes = self.text.as_bytes();
        let elements = link::parse_from(bytes, at, OPTIONS, &mut self.tidied);
        self.elements(elements)
    }

    fn elements(mut self, elements: Result<Elements<'a>, ParseError>) -> Reading<'a> {
        let judged = elements.and_then(|elements| {
            let outcome = judge::outcome(&elements, self.text, &mut self.tidied)?;
            Ok((outcome, elements))
        });
        match judged {
            Ok((outcome, elements)) => Reading { outcome, tidied: self.tidied, host: self.host, elements },
            Err(error) => self.malformed(error),
        }
    }

    fn malformed(self, error: ParseError) -> Reading<'a> {
        let outcome =
            Outcome::Malformed(Malformed { error: error.shifted(self.offset), text: Cow::Borrowed(self.text) });
        self.answer(outcome)
    }

    fn opaque(self, reason: Option<Reason>) -> Reading<'a> {
        let outcome = Outcome::Opaque(Opaque { text: Cow::Borrowed(self.text), reason });
        self.answer(outcome)
    }

    fn answer(self, outcome: Outcome<'a>) -> Reading<'a> {
        Reading { outcome, tidied: self.tidied, host: self.host, elements: Elements::none() }
    }
}
