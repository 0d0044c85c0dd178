//! Bare numbers: GTINs as they are typed, SSCCs, element strings whose brackets were left out.

use super::{OPTIONS, State, judge, publication, several, upc_e};
use crate::ai::Ai;
use crate::element_string::{self, span};
use crate::elements::{Elements, Source, Written};
use crate::error::ParseError;
use crate::gtin::Gtin14;
use crate::lint::Lint;
use crate::reading::{NotProduct, Outcome, Reading};
use crate::reason::Reason;
use crate::text::Inline;
use crate::tidied::Tidied;
use crate::trade_item::TradeItem;

/// More digits than this in one run are no code of ours.
const MAX: usize = 96;

/// Reads a text that is digits besides blanks and hyphens; gives it back if it is not.
pub(super) fn read(mut state: State<'_>) -> Result<Reading<'_>, State<'_>> {
    if publication::is_issn(state.text) || publication::is_isbn_10(state.text) {
        return Ok(state.opaque(Some(Reason::OtherScheme)));
    }
    let Some((number, separated)) = only_digits(state.text) else {
        return Err(state);
    };
    let digits = number.as_bytes();
    let before = state.tidied;
    state.tidied.add_if(Tidied::SEPARATORS, separated);
    match digits.len() {
        8 | 12 | 13 | 14 => return Ok(gtin(state, digits)),
        18 if Lint::Csum.check(digits).is_ok() => {
            // An SSCC without the AI that a barcode of it has.
            return Ok(written_out(state, b"00", digits));
        }
        _ => {}
    }
    if let [b'0', b'0' | b'1', ..] = digits
        && let Ok(elements) = element_string::parse(Source::Small(number), 0, &[], OPTIONS)
    {
        return Ok(state.elements(Ok(elements)));
    }
    if several::is_two_gtins(digits) {
        return Ok(state.not_product(Reason::SeveralCodes));
    }
    state.tidied = before;
    Ok(state.opaque(None))
}

fn gtin<'a>(mut state: State<'a>, digits: &[u8]) -> Reading<'a> {
    let as_printed = Gtin14::from_digits(digits);
    // An EAN-8 that begins with 0 is a shop's own, so UPC-E is likelier where both fit.
    let expanded = upc_e::expand(digits).filter(|_| as_printed.is_err() || digits.first() == Some(&b'0'));
    state.tidied.add_if(Tidied::UPC_E, expanded.is_some());
    match expanded.map_or(as_printed, Ok) {
        Ok(gtin) => {
            state.tidied.add_if(Tidied::PADDED, digits.len() < 14);
            gtin_alone(state, gtin)
        }
        Err(error) => state.malformed_digits(error),
    }
}

/// The digits of a text that holds nothing else but blanks and hyphens.
fn only_digits(text: &str) -> Option<(Inline<MAX>, bool)> {
    let mut digits = [0; MAX];
    let mut len = 0;
    let mut separated = false;
    for character in text.chars() {
        match character {
            '0'..='9' => {
                *digits.get_mut(len)? = u8::try_from(character).ok()?;
                len += 1;
            }
            _ if is_separator(character) => separated = true,
            _ => return None,
        }
    }
    (len > 0).then(|| (Inline::from_array(digits, len), separated))
}

/// Blanks and hyphens that stand between the digits of a printed number.
pub(super) fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '-' | '\u{a0}' | '\u{2009}' | '\u{2010}'..='\u{2013}' | '\u{202f}')
}

/// A reading of a GTIN that came by itself.
pub(super) fn gtin_alone(state: State<'_>, gtin: Gtin14) -> Reading<'_> {
    let outcome = judge::of_trade_item(TradeItem::of_gtin(gtin), state.text);
    let mut reading = state.answer(outcome);
    reading.elements = one_element(gtin).unwrap_or_else(|_| Elements::none());
    reading
}

fn one_element(gtin: Gtin14) -> Result<Elements<'static>, ParseError> {
    let source = Inline::new(gtin.as_bytes()).unwrap_or(Inline::EMPTY);
    let mut elements = Elements::of(Source::Small(source));
    elements.push(span(Ai::of(1), 0, 14, Written::Plain)?)?;
    Ok(elements)
}

/// Reads digits as if the AI stood in front of them.
fn written_out<'a>(state: State<'a>, ai: &[u8], digits: &[u8]) -> Reading<'a> {
    let mut text = [0; MAX];
    let len = ai.len() + digits.len();
    for (to, from) in text.iter_mut().zip(ai.iter().chain(digits)) {
        *to = *from;
    }
    let source = Source::Small(Inline::from_array(text, len));
    let elements = element_string::parse(source, 0, &[], OPTIONS);
    state.elements(elements)
}

impl<'a> State<'a> {
    /// A fault among digits, its position moved over what stood between them.
    fn malformed_digits(self, error: ParseError) -> Reading<'a> {
        let mut digits = 0;
        let at = self
            .text
            .char_indices()
            .find(|(_, character)| {
                let digit = character.is_ascii_digit();
                digits += usize::from(digit);
                digit && digits > error.position()
            })
            .map_or(error.position(), |(at, _)| at);
        let by = at.saturating_sub(error.position());
        self.malformed(error.shifted(by))
    }

    pub(super) fn not_product(self, reason: Reason) -> Reading<'a> {
        let text = Some(alloc::borrow::Cow::Borrowed(self.text));
        self.answer(Outcome::NotProduct(NotProduct { reason, text, key: None, gtin: None }))
    }
}
