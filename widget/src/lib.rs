//! The wasm of `<origin-card>`: one function that draws a card.
//!
//! The element itself (states, requests, events) is JavaScript in `../js`; which nodes a card has is decided by
//! `nguon_view`, as on our own pages. The parsed card and the elements stay with JavaScript (`../js/canvas.js`): this
//! module asks and says, node by node. It holds no text of the card, so it needs neither serde nor formatting nor
//! an allocator worth the name: every shop page pays for the size.
//!
//! On any target but wasm32 the crate is empty.
#![cfg_attr(target_arch = "wasm32", no_std)]

#[cfg(target_arch = "wasm32")]
mod canvas;
#[cfg(target_arch = "wasm32")]
mod runtime;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Draws the card that `../js/canvas.js` holds.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn draw() {
    canvas::teach();
    nguon_view::draw(&mut canvas::Page);
}
