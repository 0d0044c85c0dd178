//! A QR code with the Digital Link of a code, for labels: ISO/IEC 18004, quiet zone of four modules, error correction
//! M, and the same in words below it (GS1 General Specifications 4.14: application identifiers in brackets).

use fast_qr::{ECL, QRBuilder};
use tiny_skia::{FillRule, PathBuilder, Rect, Transform};

use super::colour::{Ink, PRINT};
use super::lettering::{Line, Weight};
use super::shape::{Drawing, Shape, rectangle};

/// Narrowest and widest picture, in CSS pixels.
pub const MIN_SIZE_PX: u32 = 96;
/// See [`MIN_SIZE_PX`].
pub const MAX_SIZE_PX: u32 = 2_048;

/// Units of the picture for each module.
const MODULE: u32 = 10;
/// Modules of white on each side (ISO/IEC 18004 5.3.8).
pub(crate) const QUIET: u32 = 4;
/// Largest letters, in units; a long line gets smaller ones.
const LETTERS: f32 = 26.0;
/// From one baseline to the next, in sizes of the letters.
const LEADING: f32 = 1.3;

/// What stands on a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The link that a phone opens.
    pub link: String,
    /// The same for people, a line each.
    pub lines: Vec<String>,
}

impl Label {
    /// The label of a trade item: its canonical link on an origin.
    #[must_use]
    pub fn of(item: &gs1::TradeItem, base_url: &str) -> Self {
        let mut link = base_url.to_owned();
        // Writing into a String cannot fail.
        let _ = item.write_canonical(&mut link);
        let dates = [("17", item.expiry), ("15", item.best_before), ("11", item.produced)];
        let lines = [
            Some(("01", item.gtin.as_str())),
            item.cpv.as_ref().map(|cpv| ("22", cpv.as_str())),
            item.lot.as_ref().map(|lot| ("10", lot.as_str())),
            item.serial.as_ref().map(|serial| ("21", serial.as_str())),
            item.tpx.as_ref().map(|tpx| ("235", tpx.as_str())),
        ];
        let lines = lines.into_iter().flatten().map(|(ai, value)| format!("({ai}) {value}"));
        let dates = dates.into_iter().filter_map(|(ai, date)| date.map(|date| format!("({ai}) {date}")));
        Self { link, lines: lines.chain(dates).collect() }
    }
}

/// The dark modules of a QR code. Neighbours in a row are one bar: no hairline between them, whatever the size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bars {
    /// Modules on a side, without the white around them.
    pub(crate) side: u32,
    /// Left end, row and length of each, in modules from the top left.
    pub(crate) bars: Vec<[u32; 3]>,
}

impl Bars {
    /// With error correction M. `None` for a text too long for any QR code.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let mut bars = Vec::with_capacity(code.size * code.size / 4);
        for y in 0..code.size {
            let row = &code[y];
            let mut x = 0;
            while x < code.size {
                let length = row[x..code.size].iter().take_while(|module| module.value()).count();
                if length > 0 {
                    bars.push([x, y, length].map(|n| u32::try_from(n).unwrap_or_default()));
                }
                x += length.max(1);
            }
        }
        Some(Self { side: u32::try_from(code.size).ok()?, bars })
    }
}

/// The picture of a label. `None` for a link too long for any QR code, which no link of ours is.
#[must_use]
pub fn qr(label: &Label) -> Option<Drawing> {
    let Bars { side: modules, bars } = Bars::of(&label.link)?;
    let width = (modules + 2 * QUIET) * MODULE;
    let mut dark = PathBuilder::new();
    for bar in bars {
        let [left, top, long] = bar.map(units);
        dark.push_rect(Rect::from_xywh(left, top, long, units(1))?);
    }

    let room = units(modules);
    let lines: Vec<Line> = label.lines.iter().filter_map(|line| Line::of(line, Weight::Regular)).collect();
    let widest = lines.iter().map(|line| line.width(1.0)).fold(1.0, f32::max);
    let letters = (room / widest).min(LETTERS);
    // Words keep out of the white below the code as well; brackets rise to 0.8 of their size.
    let first = units(modules + 2 * QUIET) + 0.85 * letters;
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let text_height = lines.len() as f32 * letters * LEADING;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred units, positive")]
    let height = (units(modules + 2 * QUIET + 1) + text_height).ceil() as u32;

    let mut drawing = Drawing {
        width,
        height,
        title: format!("{} {}", label.lines.join(" "), label.link),
        lang: "vi",
        shapes: Vec::new(),
        light: PRINT,
        dark: PRINT,
    };
    drawing.fill(Ink::Ground, rectangle(width, height), Transform::identity());
    drawing.shapes.extend(dark.finish().map(|outline| Shape {
        outline,
        placed: Transform::from_translate(units(QUIET), units(QUIET)),
        rule: FillRule::Winding,
        ink: Ink::Text,
        is_crisp: true,
    }));
    let mut baseline = first;
    for line in lines {
        let x = units(QUIET) + (room - line.width(letters)) / 2.0;
        line.set(&mut drawing, letters, x, baseline);
        baseline += letters * LEADING;
    }
    Some(drawing)
}

fn units(modules: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules")]
    let units = (modules * MODULE) as f32;
    units
}
