//! FNC1 as keyboards and apps spell it out, since it cannot be typed.

use alloc::vec::Vec;

use crate::element_string::GS;

const SPELLINGS: [&[u8]; 7] = [b"{GS}", b"<GS>", b"[GS]", b"{FNC1}", b"<FNC1>", b"\\u001d", "\u{241d}".as_bytes()];

/// The text with every spelling of FNC1 replaced; `None` if there is none.
pub(super) fn replaced(text: &[u8]) -> Option<Vec<u8>> {
    let spelling_at = |at: usize| {
        let rest = text.get(at..)?;
        SPELLINGS
            .iter()
            .find(|spelling| rest.get(..spelling.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(spelling)))
            .map(|spelling| spelling.len())
    };
    let may_begin = |byte: &u8| matches!(byte, b'{' | b'<' | b'[' | b'\\' | 0xe2);
    let first = (0..text.len()).find(|&at| text.get(at).is_some_and(may_begin) && spelling_at(at).is_some())?;
    let mut replaced = text.get(..first)?.to_vec();
    let mut at = first;
    while let Some(&byte) = text.get(at) {
        let spelling = Some(byte).filter(may_begin).and_then(|_| spelling_at(at));
        replaced.push(spelling.map_or(byte, |_| GS));
        at += spelling.unwrap_or(1);
    }
    Some(replaced)
}
