//! A card as bytes: what goes out, made once and sent many times.
//!
//! The code as it was given is part of the card and not of what the card depends on. A body is kept with the
//! canonical path (or link) in that place; another spelling of the same code is put in its stead when it is sent.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

use bytes::Bytes;
use jiff::Timestamp;
use nguon_openapi::{CONTRACT_VERSION, Card, ReasonCode, SafetyStatus, Verdict};
use sha2::{Digest, Sha256};

use super::validity::Basis;

/// A card as JSON.
#[derive(Debug)]
pub struct Body {
    identity: Bytes,
    /// Where the code as given stands in `identity`, as a JSON string with its quotes; `None` where it must not be
    /// repeated (a personal document, a payment code).
    input: Option<core::ops::Range<usize>>,
    tag: String,
    /// The tag as `ETag` sends it.
    validator: Bytes,
    valid_until: Option<Timestamp>,
    found: bool,
    compressed: OnceLock<Compressed>,
    /// How often somebody would have liked it compressed; not counted beyond the second time.
    wishes: AtomicU8,
    is_stale: bool,
    pub(super) basis: Basis,
}

/// What a card with everything in it usually takes, in bytes.
const USUAL_BYTES: usize = 4 * 1024;

/// The same bytes, compressed.
#[derive(Debug)]
struct Compressed {
    brotli: Bytes,
    gzip: Bytes,
}

/// A coding of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

/// Whether everything that a card's code names is on record. Whoever tries many codes that are not is probing.
#[must_use]
pub fn is_found(card: &Card) -> bool {
    card.safety.status != SafetyStatus::NoneKnown
        || !card.reasons.iter().any(|reason| reason.code == ReasonCode::UnknownLot)
            && !matches!(card.verdict, Verdict::Unknown | Verdict::UnknownSerial | Verdict::Malformed)
}

impl Body {
    /// Write a card.
    pub(super) fn of(card: &Card, basis: Basis) -> Result<Self, serde_json::Error> {
        // Room for a usual card: growing to it would copy it six times.
        let mut identity = Vec::with_capacity(USUAL_BYTES);
        serde_json::to_writer(&mut identity, card)?;
        identity.shrink_to_fit();
        let input = serde_json::to_vec(&card.code.input)?;
        // `code.input` is the first text of the card: nothing that somebody wrote stands before it.
        let mark = br#""code":{"input":"#;
        let start = find(&identity, mark).map_or(0, |at| at + mark.len());
        let tag = tag(&identity);
        Ok(Self {
            input: (!card.code.input.is_empty()).then(|| start..start + input.len()),
            identity: identity.into(),
            validator: format!("W/\"{tag}\"").into(),
            tag,
            valid_until: card.valid_until,
            found: is_found(card),
            compressed: OnceLock::new(),
            wishes: AtomicU8::new(0),
            is_stale: card.stale,
            basis,
        })
    }

    /// The same card, marked as what the registry said at an instant: a representation of its own.
    pub(super) fn as_stale(&self, checked_at: i64) -> Option<Self> {
        let mut card: Card = serde_json::from_slice(&self.identity).ok()?;
        mark_stale(&mut card, checked_at);
        Self::of(&card, self.basis.clone()).ok()
    }

    /// Whether it is marked as what the registry said before: nothing on the way may keep it.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// The bytes for a code as it was given.
    #[must_use]
    pub fn spelt(&self, input: &str) -> Bytes {
        if self.is_spelt(input) {
            return self.identity.clone();
        }
        let (Some(place), Ok(spelling)) = (&self.input, serde_json::to_vec(input)) else {
            return self.identity.clone();
        };
        [&self.identity[..place.start], &spelling, &self.identity[place.end..]].concat().into()
    }

    /// The bytes with the canonical path as the code.
    #[must_use]
    pub fn identity(&self) -> &Bytes {
        &self.identity
    }

    /// Validator of `identity`, without quotes.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// `tag` as the value of `ETag` (RFC 9110 §8.8.3): weak, in quotes.
    #[must_use]
    pub const fn validator(&self) -> &Bytes {
        &self.validator
    }

    /// Whether a code as given is the one in `identity`.
    #[must_use]
    pub fn is_spelt(&self, input: &str) -> bool {
        let Some(place) = &self.input else { return true };
        // A canonical path holds nothing that JSON escapes.
        self.identity.get(place.start + 1..place.end.saturating_sub(1)) == Some(input.as_bytes())
    }

    /// Whether the code is somebody's own business: nothing on the way may keep the answer.
    #[must_use]
    pub const fn is_private(&self) -> bool {
        self.input.is_none()
    }

    /// When the card changes by itself.
    #[must_use]
    pub const fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    /// As [`is_found`] says of its card.
    #[must_use]
    pub const fn is_found(&self) -> bool {
        self.found
    }

    /// `identity`, compressed, if that has been done.
    #[must_use]
    pub fn compressed(&self, coding: Coding) -> Option<&Bytes> {
        self.compressed.get().map(|compressed| match coding {
            Coding::Brotli => &compressed.brotli,
            Coding::Gzip => &compressed.gzip,
        })
    }

    /// Say that somebody would have liked it compressed. True once, for the second who does: then it is worth the work,
    /// and whoever is told so sees to it.
    #[must_use]
    pub fn wished_compressed(&self) -> bool {
        let wished = self.wishes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| (n < 2).then_some(n + 1));
        wished == Ok(1)
    }

    /// Compress. Takes about a millisecond: not for a thread that answers.
    pub fn compress(&self) {
        let (Ok(brotli), Ok(gzip)) = (brotli(&self.identity, 6), gzip(&self.identity, 6)) else { return };
        // Only the one who was told to does: there is nothing in the place yet.
        let _ = self.compressed.set(Compressed { brotli: brotli.into(), gzip: gzip.into() });
    }

    /// Compress bytes on the way out: fast rather than small.
    #[must_use]
    pub fn compressed_now(bytes: &[u8], coding: Coding) -> Option<Bytes> {
        let compressed = match coding {
            Coding::Brotli => brotli(bytes, 3),
            Coding::Gzip => gzip(bytes, 1),
        };
        compressed.ok().map(Bytes::from)
    }

    /// What it weighs in memory, in bytes.
    pub(super) fn weight(&self) -> u32 {
        // Compressed forms together are about as long as the body.
        u32::try_from(self.identity.len() * 2 + 512).unwrap_or(u32::MAX)
    }
}

/// Mark a card as what the registry said before, and when that was.
pub(super) fn mark_stale(card: &mut Card, checked_at: i64) {
    card.stale = true;
    card.checked_at = Timestamp::from_second(checked_at).ok();
}

fn brotli(bytes: &[u8], quality: i32) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 18, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

fn gzip(bytes: &[u8], level: u32) -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The validator of a body: made of its bytes and the contract's version, never of the clock, so that the same
/// records give the same one on every node and after a restart.
#[must_use]
pub fn tag(body: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::new().chain_update(CONTRACT_VERSION).chain_update(body).finalize();
    let halves = digest.iter().take(12).flat_map(|byte| [byte >> 4, byte & 0xF]);
    halves.map(|half| char::from(HEX[usize::from(half)])).collect()
}
