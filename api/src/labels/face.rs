//! The font of labels: Noto Sans, cut down to the letters that are used (ISO 32000-2 9.7, 9.9).
//!
//! No shaping: composed Latin letters (NFC) are one glyph each. A letter that the font has not is left out.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization as _;

use super::pdf::deflated;
use crate::drawing::Weight;

/// Objects that a font takes in the file.
pub(super) const OBJECTS: i32 = 5;

const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The two weights.
pub(super) struct Fonts {
    regular: Cut,
    bold: Cut,
}

/// A font, and which of its glyphs are used.
struct Cut {
    weight: Weight,
    face: &'static Face<'static>,
    glyphs: GlyphRemapper,
    /// By its number in the file: a glyph, and the letter that it is for.
    used: BTreeMap<u16, (GlyphId, char)>,
}

impl Fonts {
    /// `None` if the font files were none.
    pub(super) fn new() -> Option<Self> {
        Some(Self { regular: Cut::of(Weight::Regular)?, bold: Cut::of(Weight::Bold)? })
    }

    /// How far a text runs at a size, in units of the size.
    pub(super) fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.of(weight).width(text) * size
    }

    /// A text as its glyphs' numbers in the file, which from now on has them.
    pub(super) fn encoded(&mut self, text: &str, weight: Weight) -> Vec<u8> {
        let cut = match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        };
        cut.encoded(text)
    }

    /// The name of a weight in a sheet's resources.
    pub(super) const fn name(weight: Weight) -> Name<'static> {
        match weight {
            Weight::Regular => Name(b"R"),
            Weight::Bold => Name(b"B"),
        }
    }

    /// Write both, from these objects on.
    pub(super) fn write(&self, pdf: &mut Pdf, first: Ref) -> Option<()> {
        self.regular.write(pdf, first)?;
        self.bold.write(pdf, Ref::new(first.get() + OBJECTS))
    }

    fn of(&self, weight: Weight) -> &Cut {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Cut {
    fn of(weight: Weight) -> Option<Self> {
        Some(Self { weight, face: weight.face()?, glyphs: GlyphRemapper::new(), used: BTreeMap::new() })
    }

    fn width(&self, text: &str) -> f32 {
        let advances = text.nfc().filter_map(|letter| self.face.glyph_hor_advance(self.face.glyph_index(letter)?));
        advances.map(f32::from).sum::<f32>() / f32::from(self.face.units_per_em())
    }

    fn encoded(&mut self, text: &str) -> Vec<u8> {
        let mut encoded = Vec::with_capacity(text.len() * 2);
        for letter in text.nfc() {
            let Some(glyph) = self.face.glyph_index(letter) else { continue };
            let number = self.glyphs.remap(glyph.0);
            self.used.entry(number).or_insert((glyph, letter));
            encoded.extend(number.to_be_bytes());
        }
        encoded
    }

    fn write(&self, pdf: &mut Pdf, first: Ref) -> Option<()> {
        let [type0, cid, descriptor, file, to_unicode] = [0, 1, 2, 3, 4].map(|n| Ref::new(first.get() + n));
        // Six letters before the name say that it is a part of the font (ISO 32000-2 9.9.2).
        let name = match self.weight {
            Weight::Regular => Name(b"NGUONA+NotoSans-Regular"),
            Weight::Bold => Name(b"NGUONB+NotoSans-Bold"),
        };
        let per_mille = 1000.0 / f32::from(self.face.units_per_em());
        let scaled = |units: i16| f32::from(units) * per_mille;

        pdf.type0_font(type0)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(to_unicode);
        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(SYSTEM)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = font.widths();
        for (number, (glyph, _)) in &self.used {
            let advance = f32::from(self.face.glyph_hor_advance(*glyph).unwrap_or_default());
            widths.consecutive(*number, [advance * per_mille]);
        }
        drop(widths);
        drop(font);
        let bounds = self.face.global_bounding_box();
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(scaled(bounds.x_min), scaled(bounds.y_min), scaled(bounds.x_max), scaled(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(scaled(self.face.ascender()))
            .descent(scaled(self.face.descender()))
            .cap_height(scaled(self.face.capital_height().unwrap_or_default()))
            .stem_v(if self.weight == Weight::Bold { 140.0 } else { 80.0 })
            .font_file2(file);
        let cut = deflated(&subsetter::subset(self.weight.data(), 0, &self.glyphs).ok()?);
        pdf.stream(file, &cut).filter(pdf_writer::Filter::FlateDecode);
        let mut letters = UnicodeCmap::<u16>::new(Name(b"Custom"), SYSTEM);
        for (number, (_, letter)) in &self.used {
            letters.pair(*number, *letter);
        }
        let letters = letters.finish();
        pdf.cmap(to_unicode, letters.as_slice());
        Some(())
    }
}
