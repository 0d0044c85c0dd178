//! A consumer's photo: read within hard limits, turned upright, made small, and written anew from its pixels alone.
//!
//! What a camera wrote beside them (place, time, device, thumbnail, colour profile) does not reach the new file. What is
//! read comes from anybody: the kind is told by its first bytes, size and memory are judged by the header before a
//! pixel is decoded, and whatever a decoder does not like, a panic of its included, is a photo that cannot be read.
//!
//! **Blocking**: up to some hundred milliseconds of one core. **Memory**: at most about 250 MB while it lasts.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};

use super::fault::Fault;
use crate::store::reports::Photo;

/// Longest side of a photo that is read, in pixels.
const SIDE_READ: u32 = 16_384;
/// Most pixels of a photo that is read: 24 million.
const PIXELS_READ: u64 = 24_000_000;
/// Most bytes of a decoded photo.
const DECODED_BYTES: u64 = 100_000_000;
/// Most bytes that a decoder may take beside them.
const DECODER_BYTES: u64 = 256_000_000;
/// Longest side of a photo that is kept, in pixels.
pub(super) const SIDE_KEPT: u32 = 1_600;
/// Most bytes of a photo that is kept.
pub(super) const KEPT_BYTES: usize = 300_000;
/// How a photo is tried to be kept, until it is small enough: longest side and quality.
const TRIES: [(u32, u8); 6] = [(SIDE_KEPT, 82), (SIDE_KEPT, 70), (1_280, 70), (1_280, 55), (960, 50), (640, 50)];

/// The kind that first bytes tell, among those that are read.
fn kind(bytes: &[u8]) -> Result<ImageFormat, Fault> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        // ISO base media: what phones write as HEIC, HEIF and AVIF.
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Err(Fault::PhotoHeic),
        _ => Err(Fault::PhotoUnreadable),
    }
}

/// Whether first bytes are those of a photo that is read: costs nothing.
pub(super) fn looks_readable(bytes: &[u8]) -> Result<(), Fault> {
    kind(bytes).map(drop)
}

/// The photo that is kept.
///
/// # Errors
/// What is wrong with it.
pub(super) fn develop(bytes: &[u8]) -> Result<Photo, Fault> {
    // A decoder that panics over a file that somebody made for it has read nothing.
    catch_unwind(AssertUnwindSafe(|| developed(bytes))).unwrap_or(Err(Fault::PhotoUnreadable))
}

fn developed(bytes: &[u8]) -> Result<Photo, Fault> {
    let picture = upright(bytes)?;
    for (side, quality) in TRIES {
        let small = on_white(&fitted(&picture, side));
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
        small.write_with_encoder(encoder).map_err(|_| Fault::PhotoUnreadable)?;
        if jpeg.len() <= KEPT_BYTES {
            return Ok(Photo(jpeg));
        }
    }
    // 640 × 640 pixels at that quality never take so much.
    Err(Fault::PhotoTooLarge)
}

/// Decoded, as it is to be looked at.
fn upright(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    let unreadable = |_| Fault::PhotoUnreadable;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind(bytes)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_READ);
    limits.max_image_height = Some(SIDE_READ);
    limits.max_alloc = Some(DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => Fault::PhotoTooWide,
        _ => Fault::PhotoUnreadable,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_READ || decoder.total_bytes() > DECODED_BYTES {
        return Err(Fault::PhotoTooWide);
    }
    if width == 0 || height == 0 {
        return Err(Fault::PhotoUnreadable);
    }
    // A photo whose orientation cannot be read is taken as it lies.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    if width > SIDE_KEPT || height > SIDE_KEPT {
        picture = fitted(&picture, SIDE_KEPT);
    }
    picture.apply_orientation(orientation);
    Ok(picture)
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

#[cfg(test)]
mod tests;
