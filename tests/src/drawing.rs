//! Pictures of codes, as a camera or a photo shows them: drawn by a barcode writer, saved as what a browser takes.

use std::io::{self, Write as _};
use std::path::Path;

use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer as _};

/// A code to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol<'a> {
    /// A QR code of a text.
    Qr(&'a str),
    /// An EAN-13 of thirteen digits.
    Ean13(&'a str),
    /// A GS1 `DataMatrix` of an element string, 0x1D between its elements.
    DataMatrix(&'a str),
    /// A GS1-128 of an element string, 0x1D between its elements.
    Gs1_128(&'a str),
}

/// A picture in shades of grey, white to begin with.
#[derive(Clone, Debug)]
pub struct Drawing {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

impl Drawing {
    /// An empty one; both sides are even.
    #[must_use]
    pub fn new(width: usize, height: usize) -> Self {
        assert!(width.is_multiple_of(2) && height.is_multiple_of(2), "a camera's picture has even sides");
        Self { width, height, luma: vec![235; width * height] }
    }

    /// With a code, its left upper corner and its size in pixels.
    #[must_use]
    pub fn with(mut self, symbol: Symbol<'_>, left: usize, top: usize, width: usize, height: usize) -> Self {
        let (format, contents) = match symbol {
            Symbol::Qr(text) => (BarcodeFormat::QR_CODE, text.to_owned()),
            Symbol::Ean13(digits) => (BarcodeFormat::EAN_13, digits.to_owned()),
            Symbol::DataMatrix(elements) => (BarcodeFormat::DATA_MATRIX, elements.to_owned()),
            // How this writer is told of FNC1.
            Symbol::Gs1_128(elements) => {
                (BarcodeFormat::CODE_128, format!("\u{f1}{}", elements.replace('\x1d', "\u{f1}")))
            }
        };
        let is_gs1 = matches!(symbol, Symbol::DataMatrix(_));
        let hints = EncodeHints {
            Gs1Format: is_gs1.then_some(true),
            DataMatrixCompact: is_gs1.then_some(true),
            CharacterSet: (matches!(symbol, Symbol::Qr(_)) && !contents.is_ascii()).then(|| "UTF-8".to_owned()),
            ..EncodeHints::default()
        };
        let (across, down) = (i32::try_from(width).unwrap(), i32::try_from(height).unwrap());
        let bits = MultiFormatWriter.encode_with_hints(&contents, &format, across, down, &hints).unwrap();
        for y in 0..height {
            for x in 0..width {
                let (column, row) = (u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
                if column < bits.width() && row < bits.height() && bits.get(column, row) {
                    self.luma[(top + y) * self.width + left + x] = 30;
                }
            }
        }
        self
    }

    /// Saved as a film of one still (YUV4MPEG2), which Chromium's camera plays over and over.
    ///
    /// # Errors
    /// Those of the file.
    pub fn film(&self, path: &Path) -> io::Result<()> {
        let mut file = io::BufWriter::new(std::fs::File::create(path)?);
        writeln!(file, "YUV4MPEG2 W{} H{} F20:1 Ip A1:1 C420mpeg2", self.width, self.height)?;
        for _ in 0..2 {
            file.write_all(b"FRAME\n")?;
            file.write_all(&self.luma)?;
            file.write_all(&vec![128; self.width * self.height / 2])?;
        }
        file.flush()
    }

    /// Saved as a photo (BMP, 24 bits).
    ///
    /// # Errors
    /// Those of the file.
    pub fn photo(&self, path: &Path) -> io::Result<()> {
        let line = (self.width * 3).next_multiple_of(4);
        let size = u32::try_from(54 + line * self.height).unwrap();
        let mut bytes = b"BM".to_vec();
        for word in [size, 0, 54, 40, u32::try_from(self.width).unwrap(), u32::try_from(self.height).unwrap()] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend([1, 0, 24, 0]);
        bytes.extend([0; 24]);
        // From the bottom up.
        for row in self.luma.chunks(self.width).rev() {
            let start = bytes.len();
            bytes.extend(row.iter().flat_map(|light| [*light; 3]));
            bytes.resize(start + line, 0);
        }
        std::fs::write(path, bytes)
    }
}
