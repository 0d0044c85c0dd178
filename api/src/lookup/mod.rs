//! A lookup: from a code to its card. Owns the way through the store; judges nothing itself.
//!
//! One question is one flight: read the records (batched), gather the recalls (from memory), hand both to
//! `verify`. What the store cannot answer is an error and never a verdict.

mod flight;
mod recalls;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};

use crate::clock::Clock;
use crate::registry::{MediaEntry, MediaHash};
use crate::store::{Entry, Key, Store, StoreError};
use crate::verify::{self, Asked, Facts, judge};

use recalls::RecallMap;

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

/// An answer, with the time at which it was judged.
#[derive(Debug)]
pub struct Answer {
    /// The card.
    pub card: Card,
    /// When it was judged.
    pub now: Timestamp,
}

/// Answers questions over one store.
pub struct Lookup {
    store: Arc<dyn Store>,
    recalls: Arc<RecallMap>,
    clock: Arc<dyn Clock>,
    base_url: String,
    /// Host of the public origin: a label that points here points where it should.
    own_host: String,
}

impl Lookup {
    /// Take up a store: load every recall into memory and watch for changes.
    ///
    /// # Errors
    /// When the recalls cannot be read: without them nothing can be answered safely.
    pub async fn over(store: Arc<dyn Store>, clock: Arc<dyn Clock>, base_url: String) -> Result<Self, StoreError> {
        let recalls = Arc::new(RecallMap::new(Arc::clone(&store)));
        // Watch first, load second: a recall in between is then seen twice rather than never.
        store.changes(Arc::<RecallMap>::clone(&recalls));
        recalls.load().await?;
        let own_host = base_url.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        Ok(Self { store, recalls, clock, base_url, own_host })
    }

    /// The public origin, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Now, by the clock of this service.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The card for a code.
    ///
    /// # Errors
    /// When the registry cannot be asked. That says nothing about the code.
    pub async fn card(&self, question: &Question<'_>) -> Result<Answer, StoreError> {
        let facts = self.facts(question).await?;
        let now = self.clock.now();
        let judgement = judge(&facts, now);
        let asked = Asked {
            input: question.input.trim(),
            lang: question.lang,
            context: question.context,
            base_url: &self.base_url,
        };
        Ok(Answer { card: verify::card(&facts, &judgement, asked, now), now })
    }

    async fn facts(&self, question: &Question<'_>) -> Result<Facts, StoreError> {
        flight::facts(&*self.store, &self.recalls, &self.own_host, question).await
    }

    /// Whether a lookup could be answered now.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.recalls.whole().await?;
        self.store.read(&[]).await.map(drop)
    }

    /// A picture.
    ///
    /// # Errors
    /// As `card`.
    pub async fn media(&self, hash: MediaHash) -> Result<Option<Arc<MediaEntry>>, StoreError> {
        let snapshot = self.store.read(&[Key::Media(hash)]).await?;
        Ok(snapshot.entries.into_iter().flatten().find_map(|entry| match entry {
            Entry::Media(media) => Some(media),
            _ => None,
        }))
    }
}
