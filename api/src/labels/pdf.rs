//! The file: sheets of labels (ISO 32000-2). Points from the bottom left; millimetres from the top left come in.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Content, Filter, Finish as _, Pdf, Rect, Ref, Str, TextStr};

use super::face::{Fonts, OBJECTS};
use super::layout::SHEET_MM;
use super::place::Placed;
use crate::drawing::{Bars, Weight};

/// Points of a millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// How dark the edge of the field to be covered is: 0 black, 1 white.
const EDGE_GREY: f32 = 0.55;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONTS: Ref = Ref::new(4);
/// The first sheet; a sheet takes two objects.
const FIRST_SHEET: i32 = 4 + 2 * OBJECTS;

/// One sheet, being filled.
pub(super) struct Sheet {
    content: Content,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self { content: Content::with_capacity(64 * 1024) }
    }

    /// A label, from its corner on.
    pub(super) fn label(&mut self, corner: (f32, f32), placed: &Placed, bars: &Bars, fonts: &mut Fonts) {
        let from_corner = |(x, y): (f32, f32)| point((corner.0 + x, corner.1 + y));
        let content = &mut self.content;

        let (x, y) = from_corner(placed.symbol);
        let module = placed.module * POINTS;
        content.save_state().transform([module, 0.0, 0.0, -module, x, y]);
        for bar in &bars.bars {
            #[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules")]
            let [left, top, long] = bar.map(|n| n as f32);
            content.rect(left, top, long, 1.0);
        }
        // All of it in one go: bars that touch leave no hairline between them.
        content.fill_nonzero().restore_state();

        if let Some([left, top, width, height]) = placed.field {
            let (x, y) = from_corner((left, top + height));
            content.save_state().set_line_width(0.4).set_stroke_gray(EDGE_GREY);
            content.rect(x, y, width * POINTS, height * POINTS).stroke().restore_state();
        }

        for text in &placed.texts {
            let (x, y) = from_corner(text.at);
            let encoded = fonts.encoded(&text.words, text.weight);
            content.begin_text().set_font(Fonts::name(text.weight), text.size * POINTS);
            content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]).show(Str(&encoded)).end_text();
        }
    }
}

/// A point of the sheet.
fn point((x, y): (f32, f32)) -> (f32, f32) {
    (x * POINTS, (SHEET_MM.1 - y) * POINTS)
}

/// All sheets.
pub(super) struct Sheets {
    /// Each one's content, compressed.
    contents: Vec<Vec<u8>>,
}

impl Sheets {
    pub(super) const fn new() -> Self {
        Self { contents: Vec::new() }
    }

    pub(super) fn push(&mut self, sheet: Sheet) {
        self.contents.push(deflated(&sheet.content.finish()));
    }

    /// The file. `None` if the font cannot be cut.
    pub(super) fn finish(self, fonts: &Fonts, title: &str) -> Option<Vec<u8>> {
        let mut pdf = Pdf::new();
        let mut catalog = pdf.catalog(CATALOG);
        catalog.pages(PAGES).lang(TextStr("vi"));
        catalog.finish();
        pdf.document_info(INFO).title(TextStr(title)).creator(TextStr("Nguon"));
        let count = i32::try_from(self.contents.len()).ok()?;
        let sheet = |n: i32| Ref::new(FIRST_SHEET + 2 * n);
        pdf.pages(PAGES).kids((0..count).map(sheet)).count(count);
        fonts.write(&mut pdf, FONTS)?;
        for (n, content) in (0..count).zip(&self.contents) {
            let (page, stream) = (sheet(n), Ref::new(sheet(n).get() + 1));
            let mut page = pdf.page(page);
            page.parent(PAGES).contents(stream);
            page.media_box(Rect::new(0.0, 0.0, SHEET_MM.0 * POINTS, SHEET_MM.1 * POINTS));
            let mut resources = page.resources();
            let bold = Ref::new(FONTS.get() + OBJECTS);
            resources.fonts().pair(Fonts::name(Weight::Regular), FONTS).pair(Fonts::name(Weight::Bold), bold);
            resources.finish();
            page.finish();
            pdf.stream(stream, content).filter(Filter::FlateDecode);
        }
        Some(pdf.finish())
    }
}

/// Compressed, as a filter of the file has it.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(6));
    // Writing into memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
