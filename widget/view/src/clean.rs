//! Text from outside, made fit to be shown: bounded, and unable to turn the line around.

extern crate alloc;

use alloc::string::String;

/// Longest text from outside, in characters. A longer one is cut, and says so with an ellipsis. Long enough for any
/// address or remedy; a name of 10,000 characters must not make a page of 10,000 characters.
pub const LONGEST: usize = 400;

/// At most `max` characters of `text`, without control characters and without the marks that override the direction
/// of writing (UAX #9: embeddings, overrides, isolates). Line breaks become blanks. Marks that single words need
/// (LRM, RLM, ZWJ, ZWNJ) stay.
///
/// The widget does the same in JavaScript (`put` in `widget/js/canvas.js`).
#[must_use]
pub fn clean(text: &str, max: usize) -> String {
    let is_kept = |c: &char| {
        !matches!(
            c,
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}'
                | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
    };
    let mut kept = text.trim().chars().filter(is_kept).map(|c| if c < ' ' { ' ' } else { c });
    let mut out: String = kept.by_ref().take(max).collect();
    if kept.next().is_some() {
        out.push('…');
    }
    out
}
