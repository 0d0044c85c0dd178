//! A picture, named by its bytes: whoever sends it, it is the same one.

use std::sync::Arc;

use bytes::Bytes;

use super::{Fold, Told};
use crate::registry::import::DeskError;
use crate::registry::{FaultCode, Media, MediaEntry};
use crate::store::{Entry, Key};

impl Fold<'_, '_> {
    pub(super) async fn picture(&mut self, media: &Media) -> Result<Told, DeskError> {
        if !self.draft.has_picture(&media.hash).await? {
            let bytes = media
                .bytes()
                .ok_or_else(|| DeskError::refused("base64", FaultCode::Value, "is not base64 (RFC 4648, section 4)"))?;
            let entry =
                MediaEntry { media_type: media.media_type, bytes: Bytes::from(bytes), sizes: media.sizes.clone() };
            self.draft.set(Key::Media(media.hash.clone()), Entry::Media(Arc::new(entry)));
        }
        Ok(Told::Act("declare"))
    }
}
