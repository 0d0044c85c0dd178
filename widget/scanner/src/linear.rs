//! Codes of bars: EAN-13, EAN-8, UPC-A, UPC-E, Code 128, ITF-14.
//!
//! Every row that is looked at is read both ways by every reader, and once more without what was found in it, so that
//! two codes side by side, or one above the other, are both seen.

use std::ops::Range;

use rxing::common::BitArray;
use rxing::oned::{Code128Reader, ITFReader, MultiFormatUPCEANReader, OneDReader};
use rxing::{BarcodeFormat, DecodeHints, RXingResult};

use crate::{Codes, Look, Picture};

/// How many rows are looked at.
const ROWS: usize = 24;
const ROWS_HARDER: usize = 120;

/// How many codes side by side.
const IN_A_ROW: usize = 3;

/// The one length of ITF that is a trade item's; shorter ones are read out of anything striped.
const ITF_14: u32 = 14;

pub(crate) fn read(picture: &mut Picture, look: Look, codes: &mut Codes) {
    if look.inverted {
        return;
    }
    let mut readers = Readers::new();
    let height = picture.get_height();
    let rows = if look.harder { ROWS_HARDER } else { ROWS }.min(height);
    // In the middle of each of so many strips.
    for row in (0..rows).map(|n| (2 * n + 1) * height / (2 * rows)) {
        let Ok(bits) = picture.get_black_row(row) else { continue };
        let mut bits = bits.into_owned();
        for _ in 0..IN_A_ROW {
            let Some((transmitted, covered)) = readers.read(&mut bits) else { break };
            codes.add(transmitted);
            for at in covered.start..covered.end.min(bits.get_size()) {
                bits.unset(at);
            }
        }
    }
}

struct Readers {
    hints: DecodeHints,
    ean: MultiFormatUPCEANReader,
    code_128: Code128Reader,
    itf: ITFReader,
}

impl Readers {
    fn new() -> Self {
        let hints = DecodeHints {
            // FNC1 is kept: in front as an identifier, between elements as a separator.
            AssumeGs1: Some(true),
            AllowedLengths: Some(vec![ITF_14]),
            ..DecodeHints::default()
        };
        Self { ean: MultiFormatUPCEANReader::new(&hints), hints, code_128: Code128Reader, itf: ITFReader::default() }
    }

    /// A code in a row, read one way or the other, and the columns it covers.
    fn read(&mut self, bits: &mut BitArray) -> Option<(String, Range<usize>)> {
        if let Some(found) = self.one_way(bits) {
            return Some((transmitted(&found), columns(&found)));
        }
        bits.reverse();
        let found = self.one_way(bits);
        bits.reverse();
        let found = found?;
        let Range { start, end } = columns(&found);
        let last = bits.get_size();
        Some((transmitted(&found), last.saturating_sub(end)..last.saturating_sub(start)))
    }

    fn one_way(&mut self, bits: &BitArray) -> Option<RXingResult> {
        let hints = &self.hints;
        if let Ok(found) = self.ean.decode_row(0, bits, hints) {
            return Some(found);
        }
        if let Ok(found) = self.code_128.decode_row(0, bits, hints) {
            return Some(found);
        }
        self.itf.decode_row(0, bits, hints).ok()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns of a picture")]
fn columns(found: &RXingResult) -> Range<usize> {
    let x = found.getPoints().iter().map(|point| point.x.max(0.0) as usize);
    x.clone().min().unwrap_or_default()..x.max().unwrap_or_default() + 1
}

/// What a scanner would transmit. UPC-A goes out as twelve digits and UPC-E as its eight: the grammar knows both.
fn transmitted(found: &RXingResult) -> String {
    let text = found.getText();
    match found.getBarcodeFormat() {
        BarcodeFormat::EAN_13 => format!("]E0{text}"),
        BarcodeFormat::EAN_8 => format!("]E4{text}"),
        BarcodeFormat::ITF => format!("]I1{text}"),
        // With FNC1 in front the reader has put the identifier there itself.
        BarcodeFormat::CODE_128 if !text.starts_with("]C1") => format!("]C0{text}"),
        _ => text.to_owned(),
    }
}
