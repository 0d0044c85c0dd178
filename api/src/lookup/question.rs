//! What a caller asks, and the answer as bytes.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};

use super::{Body, Unanswered, unwritable};

/// What a caller asks.
#[derive(Debug)]
pub struct Question<'a> {
    /// The code as it was given.
    pub input: Cow<'a, str>,
    /// What it was read as.
    pub reading: gs1::Reading<'a>,
    /// Language of the texts.
    pub lang: Lang,
    /// Where the card will be shown.
    pub context: Context,
}

/// An answer as bytes.
#[derive(Clone, Debug)]
pub struct Served {
    /// The card.
    pub body: Arc<Body>,
    /// When it was asked for.
    pub now: Timestamp,
    /// Where it came from.
    pub way: Way,
    /// While changes are not told in time: how long ago it was last known to be what the registry says, in seconds.
    pub doubt_s: Option<i64>,
}

impl Served {
    /// The card itself, for whoever draws it.
    ///
    /// # Errors
    /// None but for a fault of ours: a body is made of a card.
    pub fn card(&self, question: &Question<'_>) -> Result<Card, Unanswered> {
        let bytes = self.body.spelt(question.input.trim());
        serde_json::from_slice(&bytes).map_err(|error| unwritable(&error).into())
    }
}

/// Where an answer came from: the words of `Cache-Status` (RFC 9211).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From memory.
    Hit,
    /// From the store, and kept.
    Stored,
    /// From the store, together with others who asked at the same time.
    Collapsed,
    /// From the store; not of the kind that is kept.
    Bypass,
    /// From memory, as old as it says: the store cannot be asked.
    Stale,
}

impl Way {
    /// The value of `Cache-Status`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "Nguon; hit",
            Self::Stored => "Nguon; fwd=uri-miss; stored",
            Self::Collapsed => "Nguon; fwd=uri-miss; collapsed",
            Self::Bypass => "Nguon; fwd=bypass",
            Self::Stale => "Nguon; hit; detail=stale",
        }
    }
}
