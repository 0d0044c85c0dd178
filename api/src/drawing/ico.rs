//! A picture as ICO, which browsers ask a site for by name: one PNG behind a directory of one entry.

use super::colour::Theme;
use super::png::Scale;
use super::shape::Drawing;

/// Bytes of header and directory.
const HEAD: u32 = 22;

impl Drawing {
    /// As ICO, at its natural size, which is at most 255 pixels. `None` for a picture without any area.
    #[must_use]
    pub fn ico(&self) -> Option<Vec<u8>> {
        let png = self.png(Theme::Light, Scale::of(1)?)?;
        let (width, height) = self.size();
        // Reserved, kind (icon), number of pictures.
        let mut ico = vec![0, 0, 1, 0, 1, 0];
        // Width, height, no palette, reserved; planes; bits of a pixel.
        ico.extend([u8::try_from(width).ok()?, u8::try_from(height).ok()?, 0, 0, 1, 0, 32, 0]);
        ico.extend(u32::try_from(png.len()).ok()?.to_le_bytes());
        ico.extend(HEAD.to_le_bytes());
        ico.extend(png);
        Some(ico)
    }
}
