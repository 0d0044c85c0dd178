//! Which card, and when.

use std::borrow::Cow;

use gs1::{Gtin14, Outcome, Reading, TradeItem};
use jiff::Timestamp;
use nguon_openapi::{Context, Lang};

use crate::lookup::Question;
use crate::registry::OpaqueCode;

/// Which card, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The code as it was given, or a path such as `/01/09520000010010`.
    pub code: String,
    /// The instant.
    pub at: Timestamp,
    /// Language of the card.
    pub lang: Lang,
}

impl Asked {
    fn reading(&self) -> Reading<'_> {
        if self.code.starts_with('/') { gs1::read_link(&self.code) } else { gs1::read(self.code.as_bytes()) }
    }

    /// As a lookup asks.
    pub(super) fn question(&self) -> Question<'_> {
        let (lang, context) = (self.lang, Context::Unit);
        Question { input: Cow::Borrowed(&self.code), reading: self.reading(), lang, context }
    }

    /// The product, lot and unit in the code, where it is one of GS1's.
    pub(crate) fn item(&self) -> Option<TradeItem> {
        let reading = self.reading();
        match &reading.outcome {
            Outcome::TradeItem(item) => Some(*item),
            Outcome::Key(key) => key.gtin().map(|gtin| TradeItem::of_elements(gtin, &reading.elements)),
            _ => None,
        }
    }

    /// The code as one of another scheme, where it may be one.
    pub(crate) fn opaque(&self) -> Option<OpaqueCode> {
        let reading = self.reading();
        let text = match &reading.outcome {
            Outcome::Opaque(text) => text.as_str().to_owned(),
            Outcome::Malformed(malformed) => malformed.text.to_string(),
            Outcome::NotProduct(other) => other.text.as_ref()?.to_string(),
            Outcome::TradeItem(_) | Outcome::Key(_) => return None,
        };
        OpaqueCode::try_from(text).ok()
    }

    /// Products that the code may name by itself.
    pub(super) fn products(&self) -> impl Iterator<Item = Gtin14> {
        let item = self.item();
        item.map(|item| item.gtin).into_iter().chain(item.and_then(|item| item.maybe_trade_unit_of()))
    }
}
