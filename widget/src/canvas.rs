//! The two hands of a card, both of them in JavaScript (`../js/canvas.js`): there the parsed card is at home and the
//! elements are, so the module holds no handle on either and no text of the card ever passes through it.

use nguon_view::Canvas;
use wasm_bindgen::prelude::*;

// Text goes over as bytes: `canvas.js` reads them with one decoder of its own, where wasm-bindgen would bring another.
#[wasm_bindgen(raw_module = "./canvas.js")]
extern "C" {
    fn enter(field: &[u8]) -> bool;
    fn element(index: u32) -> bool;
    fn leave();
    fn count() -> u32;
    fn is(word: &[u8]) -> bool;
    /// Number of bytes written.
    fn read(space: &mut [u8]) -> u32;

    fn open(tag: &[u8], part: &[u8]);
    fn attr(name: &[u8], before: &[u8], value: &[u8]);
    fn text(text: &[u8]);
    fn put();
    fn close();
}

/// The canvas that JavaScript has set up.
pub(crate) struct Page;

impl Canvas for Page {
    const IS_EMBEDDED: bool = true;

    fn enter(&mut self, field: &'static str) -> bool {
        enter(field.as_bytes())
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

    fn is(&self, word: &'static str) -> bool {
        is(word.as_bytes())
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        let len = read(space) as usize;
        space.get(..len).unwrap_or_default()
    }

    fn open(&mut self, tag: &'static str, part: &'static str) {
        open(tag.as_bytes(), part.as_bytes());
    }

    fn attr(&mut self, name: &'static str, before: &'static str, value: &[u8]) {
        attr(name.as_bytes(), before.as_bytes(), value);
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
