//! Photos as people send them: read within hard limits, turned upright, made small, and written anew from their pixels
//! alone. Consumers' photos of a report and publishers' pictures of a product come this way.
//!
//! What a camera wrote beside the pixels (place, time, device, thumbnail, colour profile) does not reach the new file. What
//! is read comes from anybody: the kind is told by its first bytes, size and memory are judged by the header before a
//! pixel is decoded, and whatever a decoder does not like, a panic of its included, is a photo that cannot be read.
//!
//! **Blocking**: up to some hundred milliseconds of one core. **Memory** while it lasts: at most about ten bytes for each
//! pixel that may be read.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};

/// Longest side of a photo that is read, in pixels.
const SIDE_READ: u32 = 16_384;
/// Most bytes that a decoder may take beside them.
const DECODER_BYTES: u64 = 256_000_000;

/// What is wrong with a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhotoFault {
    /// No JPEG, PNG or WebP, or a damaged one.
    Unreadable,
    /// HEIC, HEIF or AVIF, which phones write.
    Heic,
    /// More pixels than are read.
    TooWide,
}

/// The kind that first bytes tell, among those that are read.
fn kind(bytes: &[u8]) -> Result<ImageFormat, PhotoFault> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        // ISO base media: what phones write as HEIC, HEIF and AVIF.
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Err(PhotoFault::Heic),
        _ => Err(PhotoFault::Unreadable),
    }
}

/// Whether first bytes are those of a photo that is read: costs nothing.
pub(crate) fn looks_readable(bytes: &[u8]) -> Result<(), PhotoFault> {
    kind(bytes).map(drop)
}

/// Do something with a photo. A decoder that panics over a file that somebody made for it has read nothing.
pub(crate) fn guarded<T, E: From<PhotoFault>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(PhotoFault::Unreadable.into()))
}

/// A photo of at most so many pixels, as it is to be looked at: no longer than `side`, never enlarged.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn upright(bytes: &[u8], most_pixels: u64, side: u32) -> Result<DynamicImage, PhotoFault> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind(bytes)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_READ);
    limits.max_image_height = Some(SIDE_READ);
    limits.max_alloc = Some(DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => PhotoFault::TooWide,
        _ => PhotoFault::Unreadable,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > most_pixels || decoder.total_bytes() > most_pixels * 4 + 4_000_000 {
        return Err(PhotoFault::TooWide);
    }
    if width == 0 || height == 0 {
        return Err(PhotoFault::Unreadable);
    }
    // A photo whose orientation cannot be read is taken as it lies.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PhotoFault::Unreadable)?;
    if width > side || height > side {
        picture = fitted(&picture, side);
    }
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A picture as JPEG.
pub(crate) struct Drawn {
    /// The file.
    pub(crate) jpeg: Vec<u8>,
    /// Its longer side, in pixels.
    pub(crate) side: u32,
}

/// The first of these sides and qualities that takes no more than `most` bytes. `None`: none does.
pub(crate) fn draw(picture: &DynamicImage, tries: &[(u32, u8)], most: usize) -> Option<Drawn> {
    let mut small: Option<(u32, RgbImage)> = None;
    for &(side, quality) in tries {
        let drawn = match small.take() {
            Some((drawn, pixels)) if drawn == side => pixels,
            _ => on_white(&fitted(picture, side)),
        };
        let mut jpeg = Vec::new();
        drawn.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, quality)).ok()?;
        if jpeg.len() <= most {
            return Some(Drawn { jpeg, side: drawn.width().max(drawn.height()) });
        }
        small = Some((side, drawn));
    }
    None
}

/// No longer than `side`, never enlarged.
fn fitted(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture.clone();
    }
    picture.thumbnail(side, side)
}

/// Without transparency: JPEG has none.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        let over = |channel: u32| u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        to.0 = [over(r), over(g), over(b)];
    }
    flat
}
