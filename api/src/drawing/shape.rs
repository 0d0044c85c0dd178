//! A picture: filled outlines, in order.

use tiny_skia::{FillRule, Path, PathBuilder, Rect, Transform};

use super::colour::{Colours, Ink};

/// A filled outline.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// In units of its own.
    pub(super) outline: Path,
    /// From there to the picture.
    pub(super) placed: Transform,
    /// What of overlapping outlines is inside.
    pub(super) rule: FillRule,
    /// What it is filled with.
    pub(super) ink: Ink,
    /// Edges fall on whole units: nothing is to be smoothed.
    pub(super) is_crisp: bool,
}

/// A picture, in light and dark.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Width, in units; CSS pixels unless it is scaled.
    pub(super) width: u32,
    /// Height, in the same units.
    pub(super) height: u32,
    /// What it says, for those who do not see it.
    pub(super) title: String,
    /// BCP 47 tag of that language.
    pub(super) lang: &'static str,
    pub(super) shapes: Vec<Shape>,
    pub(super) light: Colours,
    pub(super) dark: Colours,
}

impl Drawing {
    /// Width and height in CSS pixels, at its natural size.
    #[must_use]
    pub const fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Fill an outline, if there is one: an empty text has none.
    pub(super) fn fill(&mut self, ink: Ink, outline: Option<Path>, placed: Transform) {
        self.shapes.extend(outline.map(|outline| Shape {
            outline,
            placed,
            rule: FillRule::Winding,
            ink,
            is_crisp: false,
        }));
    }
}

/// A rectangle with round corners.
pub(super) fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Option<Path> {
    // How far along its tangents a quarter of a circle pulls its curve.
    const PULL: f32 = 0.552_284_8;
    let (right, bottom) = (x + width, y + height);
    let pull = radius * (1.0 - PULL);
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.line_to(right - radius, y);
    path.cubic_to(right - pull, y, right, y + pull, right, y + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - pull, right - pull, bottom, right - radius, bottom);
    path.line_to(x + radius, bottom);
    path.cubic_to(x + pull, bottom, x, bottom - pull, x, bottom - radius);
    path.line_to(x, y + radius);
    path.cubic_to(x, y + pull, x + pull, y, x + radius, y);
    path.close();
    path.finish()
}

/// A rectangle.
pub(super) fn rectangle(width: u32, height: u32) -> Option<Path> {
    #[expect(clippy::cast_precision_loss, reason = "pictures are some hundred units wide")]
    Rect::from_xywh(0.0, 0.0, width as f32, height as f32).map(PathBuilder::from_rect)
}
