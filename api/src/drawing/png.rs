//! A picture as PNG, for mail programs that show no SVG.

use tiny_skia::{Color, Paint, Pixmap, Transform};

use super::colour::Theme;
use super::shape::Drawing;

/// Pixels of the picture for each CSS pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale(u8);

impl Scale {
    /// Sharp on the screens that people have.
    pub const DEFAULT: Self = Self(2);

    /// 1, 2 or 3.
    #[must_use]
    pub const fn of(pixels: u8) -> Option<Self> {
        if matches!(pixels, 1..=3) { Some(Self(pixels)) } else { None }
    }
}

impl Drawing {
    /// As PNG. Paints and compresses every pixel: not for a thread that answers. `None` for a picture without any area.
    #[must_use]
    pub fn png(&self, theme: Theme, scale: Scale) -> Option<Vec<u8>> {
        let Scale(factor) = scale;
        let mut pixmap = Pixmap::new(self.width * u32::from(factor), self.height * u32::from(factor))?;
        let colours = if theme == Theme::Dark { self.dark } else { self.light };
        let zoom = Transform::from_scale(f32::from(factor), f32::from(factor));
        for shape in &self.shapes {
            let [red, green, blue] = colours.of(shape.ink);
            let mut paint = Paint { anti_alias: !shape.is_crisp, ..Paint::default() };
            paint.set_color(Color::from_rgba8(red, green, blue, u8::MAX));
            pixmap.fill_path(&shape.outline, &paint, shape.rule, shape.placed.post_concat(zoom), None);
        }
        pixmap.encode_png().ok()
    }
}
