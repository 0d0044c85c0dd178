//! Text as outlines, in Noto Sans (Apache-2.0), which comes with the binary: a mail program or a label printer needs
//! no font of its own, and Vietnamese looks the same everywhere.
//!
//! No shaping: composed Latin letters (NFC) are one glyph each. A text with a letter that the font has not is not set
//! at all, rather than with a hole in it.

use std::sync::LazyLock;

use tiny_skia::{Path, PathBuilder, Transform};
use ttf_parser::{Face, OutlineBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::colour::Ink;
use super::shape::Drawing;

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The font file.
    pub(crate) const fn data(self) -> &'static [u8] {
        match self {
            Self::Regular => ttf_noto_sans::REGULAR,
            Self::Bold => ttf_noto_sans::BOLD,
        }
    }

    /// The font, read. `None` if the file were none.
    pub(crate) fn face(self) -> Option<&'static Face<'static>> {
        static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(ttf_noto_sans::REGULAR, 0).ok());
        static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(ttf_noto_sans::BOLD, 0).ok());
        match self {
            Self::Regular => REGULAR.as_ref(),
            Self::Bold => BOLD.as_ref(),
        }
    }
}

/// A line of text that can be set.
#[derive(Debug)]
pub(super) struct Line {
    /// In units of the font, y upwards, from the start of the baseline; `None` for blanks alone.
    outline: Option<Path>,
    /// How far it runs, in units of the font.
    advance: f32,
    units_per_em: f32,
}

impl Line {
    /// `None` if the font has not every letter of it.
    pub(super) fn of(text: &str, weight: Weight) -> Option<Self> {
        let face = weight.face()?;
        let mut pen = Pen { path: PathBuilder::new(), x: 0.0 };
        for letter in text.nfc() {
            let glyph = face.glyph_index(letter)?;
            // A blank has no outline.
            let _ = face.outline_glyph(glyph, &mut pen);
            pen.x += f32::from(face.glyph_hor_advance(glyph)?);
        }
        Some(Self { advance: pen.x, outline: pen.path.finish(), units_per_em: f32::from(face.units_per_em()) })
    }

    /// Its width at a size.
    pub(super) fn width(&self, size: f32) -> f32 {
        self.advance * size / self.units_per_em
    }

    /// Set it, from a point of the baseline.
    pub(super) fn set(self, drawing: &mut Drawing, size: f32, x: f32, baseline: f32) {
        let scale = size / self.units_per_em;
        drawing.fill(Ink::Text, self.outline, Transform::from_row(scale, 0.0, 0.0, -scale, x, baseline));
    }
}

/// Writes glyph after glyph into one path.
struct Pen {
    path: PathBuilder,
    x: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + x1, y1, self.x + x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + x1, y1, self.x + x2, y2, self.x + x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
