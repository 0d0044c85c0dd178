//! A consumer's photo, as it is kept: small, upright, and nothing but its pixels (see [`crate::photo`]).

use crate::photo::{self, PhotoFault};
use crate::store::reports::Photo;

use super::fault::Fault;

/// Most pixels of a photo that is read: 24 million.
const PIXELS_READ: u64 = 24_000_000;
/// Longest side of a photo that is kept, in pixels.
pub(super) const SIDE_KEPT: u32 = 1_600;
/// Most bytes of a photo that is kept.
pub(super) const KEPT_BYTES: usize = 300_000;
/// How a photo is tried to be kept, until it is small enough: longest side and quality.
const TRIES: [(u32, u8); 6] = [(SIDE_KEPT, 82), (SIDE_KEPT, 70), (1_280, 70), (1_280, 55), (960, 50), (640, 50)];

impl From<PhotoFault> for Fault {
    fn from(fault: PhotoFault) -> Self {
        match fault {
            PhotoFault::Unreadable => Self::PhotoUnreadable,
            PhotoFault::Heic => Self::PhotoHeic,
            PhotoFault::TooWide => Self::PhotoTooWide,
        }
    }
}

/// Whether first bytes are those of a photo that is read: costs nothing.
pub(super) fn looks_readable(bytes: &[u8]) -> Result<(), Fault> {
    Ok(photo::looks_readable(bytes)?)
}

/// The photo that is kept.
///
/// # Errors
/// What is wrong with it.
pub(super) fn develop(bytes: &[u8]) -> Result<Photo, Fault> {
    photo::guarded(|| {
        let picture = photo::upright(bytes, PIXELS_READ, SIDE_KEPT)?;
        // 640 × 640 pixels at that quality never take so much.
        photo::draw(&picture, &TRIES, KEPT_BYTES).map(|drawn| Photo(drawn.jpeg)).ok_or(Fault::PhotoTooLarge)
    })
}

#[cfg(test)]
mod tests;
