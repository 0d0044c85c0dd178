//! The wasm that reads barcodes in a picture, for browsers that have no reader of their own.
//!
//! It sees luma and nothing else, and says what a scanner would transmit: a symbology identifier (ISO/IEC 15424) and
//! the data, FNC1 as the separator 0x1D. What that means is the grammar's business (`nguon_grammar`); where the
//! picture comes from is the page's (`../js/scan.js`), which runs this in a worker (`../js/reader.js`).

mod linear;
mod look;
mod matrix;

pub use look::Look;

use rxing::common::HybridBinarizer;
use rxing::{BinaryBitmap, Luma8LuminanceSource};

/// The most codes that are told of one picture: more are no choice for a person.
pub const MAX_CODES: usize = 8;

/// The shortest side of a picture in which any code fits, in pixels.
const MIN_SIDE: usize = 16;

/// A picture, its light and dark told apart.
type Picture = BinaryBitmap<HybridBinarizer<Luma8LuminanceSource>>;

/// Every code in a picture: one byte per pixel, row by row. Empty where there is none, or no picture.
#[must_use]
pub fn read(luma: Vec<u8>, width: usize, look: Look) -> Vec<String> {
    let height = luma.len().checked_div(width).unwrap_or_default();
    if width.min(height) < MIN_SIDE || luma.len() != width * height {
        return Vec::new();
    }
    let mut codes = Codes::default();
    if let Some(mut picture) = picture(luma.clone(), width, height) {
        linear::read(&mut picture, look, &mut codes);
    }
    if look.turned
        && let Some(mut picture) = picture(turned(&luma, width, height), height, width)
    {
        linear::read(&mut picture, look, &mut codes);
    }
    matrix::read(luma, width, height, look, &mut codes);
    codes.0
}

/// What was read so far, each code once.
#[derive(Default)]
struct Codes(Vec<String>);

impl Codes {
    fn add(&mut self, transmitted: String) {
        if self.0.len() < MAX_CODES && !self.0.contains(&transmitted) {
            self.0.push(transmitted);
        }
    }
}

fn picture(luma: Vec<u8>, width: usize, height: usize) -> Option<Picture> {
    let source = Luma8LuminanceSource::new(luma, u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()?;
    Some(BinaryBitmap::new(HybridBinarizer::new(source)))
}

/// The picture mirrored at its diagonal: bars that lay now stand. Their direction does not matter, rows are read both
/// ways.
fn turned(luma: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut out = vec![0; luma.len()];
    for (y, row) in luma.chunks_exact(width).enumerate() {
        for (x, &light) in row.iter().enumerate() {
            if let Some(place) = out.get_mut(x * height + y) {
                *place = light;
            }
        }
    }
    out
}

/// What `reader.js` calls: `look` is `Look::from_bits`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn read_codes(luma: Vec<u8>, width: usize, look: u8) -> Vec<String> {
    read(luma, width, Look::from_bits(look))
}
