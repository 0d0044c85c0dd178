//! A picture: one byte for its type, then its bytes as they are.

use bytes::Bytes;

use crate::registry::MediaEntry;
use crate::registry::media::MediaType;
use crate::store::StoreError;

pub(super) fn pack(media: &MediaEntry) -> Vec<u8> {
    let code = match media.media_type {
        MediaType::Jpeg => 0,
        MediaType::Png => 1,
        MediaType::Webp => 2,
        MediaType::Svg => 3,
    };
    let mut packed = Vec::with_capacity(1 + media.bytes.len());
    packed.push(code);
    packed.extend_from_slice(&media.bytes);
    packed
}

/// # Errors
/// `Corrupt` when the type has no meaning or there is none.
pub(super) fn unpack(packed: &[u8]) -> Result<MediaEntry, StoreError> {
    let (media_type, bytes) = match packed {
        [0, rest @ ..] => (MediaType::Jpeg, rest),
        [1, rest @ ..] => (MediaType::Png, rest),
        [2, rest @ ..] => (MediaType::Webp, rest),
        [3, rest @ ..] => (MediaType::Svg, rest),
        _ => return Err(StoreError::Corrupt("Media: its type has no meaning".to_owned())),
    };
    Ok(MediaEntry { media_type, bytes: Bytes::copy_from_slice(bytes) })
}
