//! Where everything stands on a label, in millimetres from its top left corner.
//!
//! The symbol is on the left, what it says for people below it over the whole width (GS1 General Specifications 4.14);
//! name, lot, dates and PIN on the right. The symbol gets what room there is; the words get smaller before any is left
//! out, and what a label has no room for is left out from the end of the list.

use super::face::Fonts;
use super::layout::Layout;
use super::wording::{SCRATCH, Wording};
use crate::drawing::{QUIET, Weight};

/// Smallest and largest module (GS1 General Specifications 5.12.3.1).
const MODULE_MM: (f32, f32) = (0.396, 0.990);

/// A module for which the letters below the symbol need not be the smallest.
const EASY_MM: f32 = 0.495;

/// Letters below the symbol: 6, 5.3 and 4.6 points.
const BELOW_MM: [f32; 3] = [2.1, 1.86, 1.62];

/// Letters of lot and dates, at their largest; the name's are larger by a fifth, the PIN's by two fifths.
const LETTERS_MM: f32 = 2.9;

/// From one baseline to the next, in sizes of the letters: Vietnamese has marks above marks.
const LEADING: f32 = 1.32;

/// From the top of a line to its baseline, in sizes of the letters.
const ASCENT: f32 = 1.02;

/// Most of the label's width that the symbol takes, the white around it included.
const SYMBOL_SHARE: f32 = 0.55;

/// Sizes that are tried, in parts of the largest.
const SCALES: [f32; 10] = [1.0, 0.94, 0.88, 0.82, 0.76, 0.71, 0.66, 0.62, 0.58, 0.54];

/// A line of text in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) at: (f32, f32),
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) words: String,
}

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// Top left corner of the symbol, without the white around it.
    pub(super) symbol: (f32, f32),
    /// Width of a module.
    pub(super) module: f32,
    pub(super) texts: Vec<Text>,
    /// The field to be covered: left, top, width, height.
    pub(super) field: Option<[f32; 4]>,
}

impl Placed {
    /// `None` when the symbol does not fit.
    pub(super) fn of(wording: &Wording, side: u32, layout: Layout, fonts: &Fonts) -> Option<Self> {
        let ((width, height), safe) = (layout.size, layout.safe);
        #[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules")]
        let (side, quiet) = (side as f32, QUIET as f32);
        let mut best: Option<(f32, Vec<Text>)> = None;
        for letters in BELOW_MM {
            let below = below(wording, letters, width - 2.0 * safe, fonts);
            let below_height = height_of(&below);
            // The white above the symbol lies in the label's own edge where that is wide enough.
            let within = (height - below_height - 2.0 * safe) / (side + quiet);
            let beyond = (height - below_height - safe) / (side + 2.0 * quiet);
            let module = if within * quiet <= safe { within } else { beyond };
            let module = module.min(SYMBOL_SHARE * width / (side + 2.0 * quiet)).min(MODULE_MM.1);
            if best.as_ref().is_none_or(|(other, _)| *other < EASY_MM && module > *other) {
                best = Some((module, below));
            }
        }
        let (module, below) = best?;
        if module < MODULE_MM.0 {
            return None;
        }
        let edge = safe.max(module * quiet);
        let (symbol_mm, quiet_mm) = (side * module, quiet * module);
        let block = symbol_mm + quiet_mm + height_of(&below);
        let top = ((height - block) / 2.0).max(edge);

        let mut texts = Vec::new();
        let mut baseline = top + symbol_mm + quiet_mm;
        for line in below {
            texts.push(Text { at: (safe, baseline + line.size * ASCENT), ..line.clone() });
            baseline += line.size * LEADING;
        }
        let left = edge + symbol_mm + quiet_mm;
        let room = (width - safe - left, symbol_mm + quiet_mm);
        let (beside, field) = beside(wording, room, fonts);
        texts.extend(beside.into_iter().map(|text| Text { at: (left + text.at.0, top + text.at.1), ..text }));
        let field = field.map(|[x, y, width, height]| [left + x, top + y, width, height]);
        Some(Self { symbol: (edge, top), module, texts, field })
    }
}

fn height_of(below: &[Text]) -> f32 {
    below.iter().map(|line| line.size * LEADING).sum()
}

/// The lines below the symbol: as few as the width allows.
fn below(wording: &Wording, letters: f32, width: f32, fonts: &Fonts) -> Vec<Text> {
    let line = |words: String, size| Text { at: (0.0, 0.0), size, weight: Weight::Regular, words };
    let mut lines: Vec<String> = Vec::new();
    for part in &wording.below {
        match lines.last_mut() {
            Some(last) if fonts.width(&format!("{last}{part}"), letters, Weight::Regular) <= width => {
                last.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
    }
    let widest = lines.iter().map(|text| fonts.width(text, 1.0, Weight::Regular)).fold(0.1, f32::max);
    // A part has 24 characters at most, which get smaller before they run off the label.
    let size = (width / widest).min(letters);
    lines.into_iter().map(|text| line(text, size)).collect()
}

/// The words beside the symbol, from the top left of their room, and the field to be covered.
fn beside(wording: &Wording, room: (f32, f32), fonts: &Fonts) -> (Vec<Text>, Option<[f32; 4]>) {
    for lines in (0..=wording.lines.len()).rev() {
        for scale in SCALES {
            let tried = Column::set(wording, lines, LETTERS_MM * scale, room.0, fonts);
            // A line fewer is better than letters that nobody reads, as long as the lot stays.
            let small = scale < 0.7 && lines > 2;
            if tried.fits && tried.height <= room.1 && !small {
                return (tried.texts, tried.field);
            }
        }
    }
    let least = Column::set(wording, 0, LETTERS_MM * SCALES[9], room.0, fonts);
    (least.texts, least.field)
}

/// What stands beside the symbol, at one size.
struct Column {
    texts: Vec<Text>,
    field: Option<[f32; 4]>,
    height: f32,
    fits: bool,
}

impl Column {
    fn set(wording: &Wording, lines: usize, size: f32, width: f32, fonts: &Fonts) -> Self {
        let mut column = Self { texts: Vec::new(), field: None, height: 0.0, fits: true };
        let (name, whole) = wrapped(&wording.name, size * 1.2, width, fonts);
        column.fits &= whole;
        for line in name {
            column.line(line, size * 1.2, Weight::Bold, width, fonts);
        }
        for line in wording.lines.iter().take(lines) {
            column.line(line.clone(), size, Weight::Regular, width, fonts);
        }
        if let Some(pin) = &wording.pin {
            column.height += size * 0.25;
            column.line(SCRATCH.to_owned(), size * 0.9, Weight::Regular, width, fonts);
            let letters = size * 1.4;
            let (inside, high) = (fonts.width(pin, letters, Weight::Bold), letters * 1.7);
            let wide = inside + letters;
            column.fits &= wide <= width;
            let baseline = column.height + high / 2.0 + letters * 0.36;
            column.texts.push(Text {
                at: ((wide - inside) / 2.0, baseline),
                size: letters,
                weight: Weight::Bold,
                words: pin.clone(),
            });
            column.field = Some([0.0, column.height, wide, high]);
            column.height += high;
        }
        column
    }

    fn line(&mut self, words: String, size: f32, weight: Weight, width: f32, fonts: &Fonts) {
        self.fits &= fonts.width(&words, size, weight) <= width;
        self.texts.push(Text { at: (0.0, self.height + size * ASCENT), size, weight, words });
        self.height += size * LEADING;
    }
}

/// A name on at most three lines, and whether that was enough; what does not fit ends in an ellipsis.
fn wrapped(name: &str, size: f32, width: f32, fonts: &Fonts) -> (Vec<String>, bool) {
    let fits = |text: &str| fonts.width(text, size, Weight::Bold) <= width;
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(last) if fits(&format!("{last} {word}")) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let whole = lines.len() <= 3;
    lines.truncate(3);
    for (n, line) in lines.iter_mut().enumerate() {
        if !fits(line) || (n == 2 && !whole) {
            while !line.is_empty() && !fits(&format!("{line}…")) {
                line.pop();
            }
            line.push('…');
        }
    }
    (lines, whole)
}
