//! The two hands of a card, both of them in JavaScript (`../js/canvas.js`): there the parsed card is at home and the
//! elements are, so the module holds no handle on either and no text of the card ever passes through it.

use nguon_view::{Canvas, TABLES, Word};
use wasm_bindgen::prelude::*;

// Words of ours go over as their numbers, other text as bytes: `canvas.js` reads them with one decoder of its own,
// where wasm-bindgen would bring another.
#[wasm_bindgen(raw_module = "./canvas.js")]
extern "C" {
    /// The words of a table, behind those that are known.
    fn learn(words: &[u8]);
    /// The rules for what is under a card.
    fn dress(style: &[u8]);

    fn enter(field: u32) -> bool;
    fn element(index: u32) -> bool;
    fn leave();
    fn count() -> u32;
    fn is(word: u32) -> bool;
    /// Number of bytes written.
    fn read(space: &mut [u8]) -> u32;

    fn open(tag: u32, part: u32);
    fn attr(name: u32, before: u32, value: &[u8]);
    fn say(word: u32);
    fn text(text: &[u8]);
    fn put();
    fn close();
}

/// `card.css`, its comments and blanks taken away: `widget/bundle` writes the file and names it.
const STYLE: &[u8] = include_bytes!(env!("NGUON_CARD_STYLE"));

/// Tells JavaScript our words, and how a card is dressed.
pub(crate) fn teach() {
    dress(STYLE);
    for table in TABLES {
        learn(table.as_bytes());
    }
}

/// The canvas that JavaScript has set up.
pub(crate) struct Page;

impl Canvas for Page {
    const IS_EMBEDDED: bool = true;

    fn enter(&mut self, field: Word) -> bool {
        enter(field.number())
    }

    fn enter_element(&mut self, index: u32) -> bool {
        element(index)
    }

    fn leave(&mut self) {
        leave();
    }

    fn count(&self) -> u32 {
        count()
    }

    fn is(&self, word: Word) -> bool {
        is(word.number())
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        let len = read(space) as usize;
        space.get(..len).unwrap_or_default()
    }

    fn open(&mut self, tag: Word, part: Word) {
        open(tag.number(), part.number());
    }

    fn attr(&mut self, name: Word, before: Word, value: &[u8]) {
        attr(name.number(), before.number(), value);
    }

    fn say(&mut self, word: Word) {
        say(word.number());
    }

    fn text(&mut self, words: &[u8]) {
        text(words);
    }

    fn put(&mut self) {
        put();
    }

    fn close(&mut self) {
        close();
    }
}
