//! What a code is, judged on the device before anything of it leaves: the service's own grammar, as wasm.
//!
//! The first page asks this module what was read by a camera and what is being typed. The texts are those of `gs1`;
//! how they are shown is JavaScript's business (`../js/home.js`, `../js/scan.js`).
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod judgement;
#[cfg(target_arch = "wasm32")]
mod runtime;
#[cfg(test)]
mod tests;

pub use judgement::{Judgement, Kind, judge};

/// What `scan.js` and `typing.js` call: kind, path and sentence, a line each.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn judge_code(code: &[u8], vietnamese: bool) -> alloc::string::String {
    judge(code, if vietnamese { gs1::Language::Vi } else { gs1::Language::En }).lines()
}
