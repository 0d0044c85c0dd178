//! Pictures, named by what is in them.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fault::{Declared, FaultCode, Faults, deserialise_faultless};
use super::text::TextError;

/// SHA-256 of a picture's bytes, as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct MediaHash(String);

impl MediaHash {
    /// The name of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }

    /// The name whose 32 bytes these are.
    #[must_use]
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        Self(hex(digest))
    }

    /// The 32 bytes of the name.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(self.0.as_bytes().chunks_exact(2)) {
            *byte = pair.iter().fold(0, |value, &digit| (value << 4) | nibble(digit));
        }
        digest
    }

    /// The hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xF])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.wrapping_sub(b'a').wrapping_add(10) & 0xF,
    }
}

impl fmt::Display for MediaHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MediaHash {
    type Error = TextError;
    fn try_from(hex: String) -> Result<Self, TextError> {
        if hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            Ok(Self(hex))
        } else {
            Err(TextError::Form("is a SHA-256 as 64 lower-case hexadecimal digits"))
        }
    }
}

impl From<MediaHash> for String {
    fn from(hash: MediaHash) -> Self {
        hash.0
    }
}

/// Kinds of picture that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum MediaType {
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
    /// SVG; served so that nothing in it runs.
    #[serde(rename = "image/svg+xml")]
    Svg,
}

impl MediaType {
    /// The media type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A picture, as it is sent: its bytes in base64, at most 60 KiB of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Media {
    /// Its name; must be the hash of the bytes.
    pub hash: MediaHash,
    /// What it is; must agree with the first bytes.
    #[serde(rename = "media_type")]
    pub media_type: MediaType,
    /// The bytes in base64 (RFC 4648 §4).
    pub base64: String,
    /// The sizes in which the picture is drawn, this one among them, largest first; at most 4. The others need not be on
    /// record yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 4))]
    pub sizes: Vec<Size>,
}

/// A picture in one of its sizes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Its longer side, in pixels.
    pub side: u16,
    /// Its name.
    pub hash: MediaHash,
}

/// Most sizes of a picture.
pub const MAX_SIZES: usize = 4;

deserialise_faultless!(Media);

impl super::MediaEntry {
    /// The record that declares this picture, whose name is `hash`.
    #[must_use]
    pub fn to_record(&self, hash: MediaHash) -> Media {
        let sizes = self.sizes.clone();
        Media { hash, media_type: self.media_type, base64: STANDARD.encode(&self.bytes), sizes }
    }

    /// The smallest of its sizes that has so many pixels on its longer side, else the largest; `None`: it has one size.
    #[must_use]
    pub fn at_least(&self, side: u16) -> Option<&MediaHash> {
        let enough = self.sizes.iter().filter(|size| size.side >= side).min_by_key(|size| size.side);
        enough.or_else(|| self.sizes.iter().max_by_key(|size| size.side)).map(|size| &size.hash)
    }
}

/// Most bytes that a picture may have.
pub const MAX_BYTES: usize = 60 * 1024;

impl Media {
    /// The record of a picture.
    #[must_use]
    pub fn of(media_type: MediaType, bytes: &[u8], sizes: Vec<Size>) -> Self {
        Self { hash: MediaHash::of(bytes), media_type, base64: STANDARD.encode(bytes), sizes }
    }

    /// The picture's bytes; `None` when `base64` is none.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.base64).ok()
    }
}

impl MediaType {
    /// Whether bytes begin as this type does. An SVG has no magic number: it must be UTF-8 whose first element is `svg`.
    #[must_use]
    pub fn begins(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Svg => core::str::from_utf8(bytes).is_ok_and(first_element_is_svg),
        }
    }
}

/// Skips what may stand before the first element: blanks, `<?xml …?>` and comments. A document type is refused: it
/// may define entities.
fn first_element_is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    rest.strip_prefix("<svg").is_some_and(|after| after.starts_with([' ', '\t', '\r', '\n', '>', '/']))
}

impl Declared for Media {
    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        // Four characters carry three bytes: longer ones are refused before they are decoded.
        if self.base64.len() > MAX_BYTES.div_ceil(3) * 4 {
            faults.add("base64", FaultCode::Count, "holds more than 60 KiB: make the picture smaller");
            return faults;
        }
        let Some(bytes) = self.bytes() else {
            faults.add("base64", FaultCode::Value, "is not base64 (RFC 4648, section 4, with padding)");
            return faults;
        };
        if bytes.is_empty() || bytes.len() > MAX_BYTES {
            faults.add("base64", FaultCode::Count, "holds 1 byte to 60 KiB");
        }
        if !self.media_type.begins(&bytes) {
            faults.add("media_type", FaultCode::Combination, "does not agree with the first bytes of the picture");
        }
        faults.at_most("sizes", self.sizes.len(), MAX_SIZES);
        let hash = MediaHash::of(&bytes);
        if hash != self.hash {
            faults.add("hash", FaultCode::Combination, format!("is not the SHA-256 of the bytes, which is {hash}"));
        }
        faults
    }
}
