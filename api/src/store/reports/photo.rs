//! A photo as it is kept: JPEG, made anew from pixels alone. As JSON it is base64.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A photo.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Photo(pub Vec<u8>);

/// Its size alone.
impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Photo({} bytes)", self.0.len())
    }
}

impl From<Photo> for String {
    fn from(photo: Photo) -> Self {
        STANDARD.encode(photo.0)
    }
}

impl TryFrom<String> for Photo {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        STANDARD.decode(text).map(Self).map_err(|_| "a photo is base64")
    }
}
