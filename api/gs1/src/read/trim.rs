//! Blanks around a code: what keyboards, copying and scanners leave there.

/// Whether a character around a code means nothing: white space, the marks that have no width, and
/// the end of a C string. FNC1 is none of them.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\0' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The text without the blanks around it, and how many bytes went in front.
pub(super) fn ends(text: &str) -> (&str, usize) {
    let from_start = text.trim_start_matches(is_blank);
    (from_start.trim_end_matches(is_blank), text.len() - from_start.len())
}
