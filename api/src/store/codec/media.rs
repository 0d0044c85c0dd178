//! A picture: one byte for its type, then its bytes as they are. Where it is drawn in several sizes, a byte for its type
//! and [`HAS_SIZES`], the number of them, each with side (two bytes) and hash (32), and then its bytes.

use bytes::Bytes;

use crate::registry::media::{MAX_SIZES, MediaType, Size};
use crate::registry::{MediaEntry, MediaHash};
use crate::store::StoreError;

/// Size pictures are listed before the bytes.
const HAS_SIZES: u8 = 0x10;

pub(super) fn pack(media: &MediaEntry) -> Vec<u8> {
    let code = match media.media_type {
        MediaType::Jpeg => 0,
        MediaType::Png => 1,
        MediaType::Webp => 2,
        MediaType::Svg => 3,
    };
    let sizes = media.sizes.get(..media.sizes.len().min(MAX_SIZES)).unwrap_or_default();
    let mut packed = Vec::with_capacity(2 + 34 * sizes.len() + media.bytes.len());
    if sizes.is_empty() {
        packed.push(code);
    } else {
        packed.extend([code | HAS_SIZES, u8::try_from(sizes.len()).unwrap_or_default()]);
        for Size { side, hash } in sizes {
            packed.extend(side.to_be_bytes());
            packed.extend(hash.digest());
        }
    }
    packed.extend_from_slice(&media.bytes);
    packed
}

/// # Errors
/// `Corrupt` when the type has no meaning or there is none, or when the list of sizes is cut short.
pub(super) fn unpack(packed: &[u8]) -> Result<MediaEntry, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("Media: {what}"));
    let (code, mut rest) = packed.split_first().ok_or_else(|| corrupt("its type has no meaning"))?;
    let media_type = match code & !HAS_SIZES {
        0 => MediaType::Jpeg,
        1 => MediaType::Png,
        2 => MediaType::Webp,
        3 => MediaType::Svg,
        _ => return Err(corrupt("its type has no meaning")),
    };
    let mut sizes = Vec::new();
    if code & HAS_SIZES != 0 {
        let (count, after) = rest.split_first().ok_or_else(|| corrupt("its sizes are cut short"))?;
        rest = after;
        for _ in 0..*count {
            let cut = || corrupt("its sizes are cut short");
            let (side, after) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
            let (digest, after) = after.split_first_chunk::<32>().ok_or_else(cut)?;
            sizes.push(Size { side: u16::from_be_bytes(*side), hash: MediaHash::from_digest(digest) });
            rest = after;
        }
    }
    Ok(MediaEntry { media_type, bytes: Bytes::copy_from_slice(rest), sizes })
}
