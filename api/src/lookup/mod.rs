//! A lookup: from a code to its card. Owns the way through memory and store; judges nothing itself.
//!
//! `records` keeps what units share, `bodies` keeps cards as bytes; `validity` says whether either still holds and
//! `coherence` moves it when the store tells of changes; `flights` makes one flight of many callers; `gather` reads
//! the facts and `recalls` holds every recall. What the store cannot answer is an error and never a verdict.

mod bodies;
mod body;
mod coherence;
mod flights;
mod gather;
mod recalls;
mod records;
#[cfg(test)]
mod tests;
mod validity;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};

use crate::clock::Clock;
use crate::registry::{MediaEntry, MediaHash};
use crate::store::{Entry, Key, Store, StoreError};
use crate::verify::{self, Asked, Facts, judge};

pub use bodies::Fields;
pub use body::{Body, Coding, tag};

use bodies::{Bodies, BodyKey};
use coherence::Coherence;
use flights::{Flights, Landing};
use recalls::RecallMap;
use records::Records;
use validity::{Basis, Validity};

/// Checks are not counted by this version: no card offers one.
const CHECKS_ARE_COUNTED: bool = false;

/// How often a caller joins a flight that turns out to have begun too early, before it insists on its own.
const JOINS: usize = 3;

/// Memory for each tier, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Products, lots, producers.
    pub records: u64,
    /// Cards as bytes.
    pub bodies: u64,
    /// Cards of codes that are not on record.
    pub unknown: u64,
}

impl Default for Memory {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self { records: 64 * MIB, bodies: 256 * MIB, unknown: 8 * MIB }
    }
}

/// Where the answers stand.
#[derive(Clone, Debug)]
pub struct Site {
    /// The public origin, without a slash at its end.
    pub base_url: String,
    /// The whole registry is a demonstration: every card says so.
    pub demo: bool,
}

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
}

impl Served {
    /// The card itself, for whoever draws it.
    ///
    /// # Errors
    /// None but for a fault of ours: a body is made of a card.
    pub fn card(&self, question: &Question<'_>) -> Result<Card, Arc<StoreError>> {
        let (bytes, _) = self.body.spelt(question.input.trim());
        serde_json::from_slice(&bytes).map_err(|error| unwritable(&error))
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
        }
    }
}

/// Answers questions over one store.
pub struct Lookup {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    coherence: Arc<Coherence>,
    records: Records,
    bodies: Bodies,
    flights: Flights,
    site: Site,
    /// Host of the public origin: a label that points here points where it should.
    own_host: String,
}

impl Lookup {
    /// Take up a store: watch for changes and load every recall into memory.
    ///
    /// # Errors
    /// When the recalls cannot be read: without them nothing can be answered safely.
    pub async fn over(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        site: Site,
        memory: Memory,
    ) -> Result<Self, StoreError> {
        let validity = Arc::new(Validity::default());
        let recalls = RecallMap::new(Arc::clone(&store));
        let coherence = Arc::new(Coherence { recalls, validity: Arc::clone(&validity) });
        // Watch first, load second: a recall in between is then seen twice rather than never.
        store.changes(Arc::<Coherence>::clone(&coherence));
        let _loaded = coherence.recalls.whole().await?;
        let own_host = site.base_url.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        Ok(Self {
            inner: Arc::new(Inner {
                records: Records::over(Arc::clone(&store), Arc::clone(&validity), memory.records),
                bodies: Bodies::new(validity, memory.bodies, memory.unknown),
                flights: Flights::default(),
                store,
                clock,
                coherence,
                site,
                own_host,
            }),
        })
    }

    /// The public origin, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.site.base_url
    }

    /// The card for a code, as bytes.
    ///
    /// # Errors
    /// When the registry cannot be asked. That says nothing about the code.
    pub async fn serve(&self, question: &Question<'_>, fields: Fields) -> Result<Served, Arc<StoreError>> {
        let now = self.inner.clock.now();
        let Some(key) = self.inner.key(question, fields) else {
            let (mut card, basis) = self.inner.judged(question, now).await?;
            retain(&mut card, fields);
            let body = Body::of(&card, basis).map_err(|error| unwritable(&error))?;
            return Ok(Served { body: Arc::new(body), now, way: Way::Bypass });
        };
        if let Some(body) = self.inner.bodies.get(&key, now) {
            return Ok(Served { body, now, way: Way::Hit });
        }
        for _ in 0..JOINS {
            let inner = Arc::clone(&self.inner);
            let (flight, own) = self.inner.flights.join(key, || async move { inner.fly(key).await });
            let body = flight.await?;
            if own {
                return Ok(Served { body, now, way: Way::Stored });
            }
            if self.inner.coherence.validity.holds(&body.basis, now) {
                return Ok(Served { body, now, way: Way::Collapsed });
            }
        }
        let body = Arc::clone(&self.inner).fly(key).await?;
        Ok(Served { body, now, way: Way::Stored })
    }

    /// Now, by the clock of this service.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Whether a lookup could be answered now.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self) -> Result<(), StoreError> {
        if self.inner.coherence.recalls.whole().await? {
            self.inner.coherence.validity.everything();
        }
        records::must_hold_something(&self.inner.store.read(&[]).await?.marker)
    }

    /// A picture.
    ///
    /// # Errors
    /// As `serve`.
    pub async fn media(&self, hash: MediaHash) -> Result<Option<Arc<MediaEntry>>, StoreError> {
        let snapshot = self.inner.store.read(&[Key::Media(hash)]).await?;
        Ok(snapshot.entries.into_iter().flatten().find_map(|entry| match entry {
            Entry::Media(media) => Some(media),
            _ => None,
        }))
    }
}

impl Inner {
    /// What the answer is kept under, if it is of the kind that is kept: a trade item, read from nothing but its own
    /// code. Whatever else in the string changes the card (blanks, another host, another scheme) is answered anew.
    fn key(&self, question: &Question<'_>, fields: Fields) -> Option<BodyKey> {
        let reading = &question.reading;
        let gs1::Outcome::TradeItem(item) = reading.outcome else { return None };
        let plain = !reading.tidied.input_trimmed()
            && reading.host.is_none_or(|host| host.eq_ignore_ascii_case(&self.own_host));
        let item = if question.context == Context::Shop { item.without_serial() } else { item };
        let linked = reading.host.is_some();
        plain.then_some(BodyKey { item, lang: question.lang, context: question.context, fields, linked })
    }

    /// A flight: read, judge, write, keep.
    async fn fly(self: Arc<Self>, key: BodyKey) -> Landing {
        let now = self.clock.now();
        let code = verify::CodeFacts::of_item(key.item);
        let mut basis = self.coherence.validity.begin(now);
        let facts = gather::facts(&self.records, &self.coherence, code, &mut basis, now).await?;
        let mut input = if key.linked { self.site.base_url.clone() } else { String::new() };
        // Writing into a String cannot fail.
        let _ = key.item.write_canonical(&mut input);
        let mut card = self.worded(&facts, &input, key.lang, key.context, &mut basis, now);
        retain(&mut card, key.fields);
        let body = Arc::new(Body::of(&card, basis).map_err(|error| unwritable(&error))?);
        self.bodies.keep(key, &body, now);
        Ok(body)
    }

    async fn judged(&self, question: &Question<'_>, now: Timestamp) -> Result<(Card, Basis), Arc<StoreError>> {
        let mut basis = self.coherence.validity.begin(now);
        let code = gather::code(&self.records, &self.own_host, question, &mut basis, now).await?;
        let facts = gather::facts(&self.records, &self.coherence, code, &mut basis, now).await?;
        let card = self.worded(&facts, question.input.trim(), question.lang, question.context, &mut basis, now);
        Ok((card, basis))
    }

    fn worded(
        &self,
        facts: &Facts,
        input: &str,
        lang: Lang,
        context: Context,
        basis: &mut Basis,
        now: Timestamp,
    ) -> Card {
        let judgement = judge(facts, now);
        basis.fresh_until(judgement.valid_until);
        verify::card(
            facts,
            &judgement,
            Asked {
                input,
                lang,
                context,
                base_url: &self.site.base_url,
                checks: CHECKS_ARE_COUNTED,
                demo: self.site.demo,
            },
            now,
        )
    }
}

fn retain(card: &mut Card, fields: Fields) {
    if let Some(sections) = fields.list() {
        card.retain(&sections);
    }
}

fn unwritable(error: &serde_json::Error) -> Arc<StoreError> {
    Arc::new(StoreError::Corrupt(format!("a card could not be written: {error}")))
}
