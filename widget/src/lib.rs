//! The wasm of `<origin-card>`: one function that turns a card, as JSON that the browser has parsed, into elements.
//!
//! The element itself (states, requests, events) is JavaScript in `../js`; which nodes a card has is decided by
//! `nguon_view`, as on our own pages. Elements are created one by one and text is set as text, so the module works
//! on pages with Trusted Types and a strict content security policy. Neither serde nor futures nor formatting:
//! every shop page pays for the size.
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
    nguon_view::draw(&mut canvas::Page);
}
