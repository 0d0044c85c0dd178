//! A file that was corrected, in the place of the one with the errors.

use super::submissions::{NotTaken, Tray};
use super::upload::Uploaded;
use crate::store::StoreError;
use crate::store::submissions::{Part, SubmissionState};

impl Tray<'_> {
    /// Keep what was uploaded in the place of a submission that was not sent or was sent back, which is discarded when that is
    /// done; the number of the new one. Its pictures go along where none were chosen anew: they take longest to send.
    ///
    /// # Errors
    /// Why it is not; the earlier one is as it was.
    pub async fn replace(&self, number: u64, document: Uploaded, photos: Option<Uploaded>) -> Result<u64, NotTaken> {
        let earlier = self.submission(number).await?;
        if earlier.publisher != self.person.publisher {
            return Err(NotTaken::NotTheirs);
        }
        if !matches!(earlier.state, SubmissionState::Draft | SubmissionState::Returned) {
            return Err(NotTaken::Moved);
        }
        let photos = match (photos, &earlier.photos) {
            (None, Some(file)) => {
                let bytes = self.kept.submission_part(number, Part::Photos).await?;
                let missing = || StoreError::Corrupt(format!("the pictures of submission {number} are missing"));
                Some(Uploaded { name: file.name.clone(), bytes: bytes.ok_or_else(missing)? })
            }
            (photos, _) => photos,
        };
        let new = self.upload(document, photos).await?;
        if new != number {
            match self.discard(&earlier, earlier.version).await {
                // Somebody has sent or discarded it meanwhile: then that stands.
                Ok(()) | Err(NotTaken::Moved) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(new)
    }
}
