//! A lookup: from a code to its card. Owns the way through memory and store; judges nothing itself.
//!
//! `records` keeps what units share, `bodies` keeps cards as bytes, with `front` before it; `validity` says whether either
//! still holds and `coherence` moves it when the store tells of changes; `flights` makes one flight of many callers;
//! `gather` reads the facts and `recalls` holds every recall. `gate` is the one way to the store, with its `breaker`;
//! `fallback` is what is still said when it is shut. What the store cannot answer is an error and never a verdict.

mod anew;
mod bodies;
mod body;
mod breaker;
mod coherence;
mod counts;
mod fallback;
mod flights;
mod front;
mod gate;
mod gather;
mod local_copy;
mod question;
mod recalls;
mod records;
mod setup;
#[cfg(test)]
mod tests;
mod validity;

use core::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};
use tokio::time::{Instant, timeout_at};

use crate::clock::Clock;
use crate::registry::{MediaEntry, MediaHash};
use crate::store::{Entry, Key, StoreError};
use crate::verify::{self, Facts, judge};

pub use anew::Gathered;
pub use bodies::Fields;
pub use body::{Body, Coding, is_found, tag};
pub use fallback::Unanswered;
pub use local_copy::LocalCopy;
pub use question::{Question, Served, Way};
pub use setup::{Memory, Patience, Setup, Site};

use bodies::{Bodies, BodyKey};
use coherence::Coherence;
use counts::Counts;
use flights::{Flights, Landing};
use gate::Gate;
use gather::Reader;
use recalls::RecallMap;
use records::{Reach, Records};
use validity::{Basis, Validity};

/// How often a caller joins a flight that turns out to have begun too early, before it insists on its own.
const JOINS: usize = 3;

/// Longest that taking up a store may take.
const START: Duration = Duration::from_secs(30);

/// Whether lookups can be answered.
#[derive(Clone, Debug)]
pub enum Readiness {
    /// From the store.
    Ready,
    /// From memory alone: the store cannot be asked. What is in memory is answered, marked as old when it is.
    Degraded(StoreError),
    /// Not at all: the store has not been seen for longer than old answers may be shown, or never.
    Unready(StoreError),
}

/// Answers questions over one store.
pub struct Lookup {
    inner: Arc<Inner>,
}

struct Inner {
    gate: Arc<Gate>,
    clock: Arc<dyn Clock>,
    counts: Arc<Counts>,
    coherence: Arc<Coherence>,
    records: Records,
    bodies: Bodies,
    flights: Flights,
    site: Site,
    /// Host of the public origin: a label that points here points where it should.
    own_host: String,
    miss: Duration,
    /// How old an answer may be while the store cannot be asked, in seconds.
    stale_s: AtomicI64,
}

impl Lookup {
    /// Take up a store: watch for changes and load every recall into memory.
    ///
    /// # Errors
    /// When the recalls cannot be read within 30 s: without them nothing can be answered safely.
    pub async fn over(setup: Setup) -> Result<Self, StoreError> {
        let Setup { store, clock, site, memory, patience, local_copy, telemetry } = setup;
        let counts = Arc::new(Counts::in_(&telemetry));
        let gate = Arc::new(Gate::before(Arc::clone(&store), Arc::clone(&clock), Arc::clone(&counts)));
        let validity = Arc::new(Validity::default());
        let recalls = Arc::new(RecallMap::new(Arc::clone(&gate), Arc::clone(&validity)));
        let coherence = Arc::new(Coherence { recalls, validity: Arc::clone(&validity) });
        // Watch first, load second: a recall in between is then seen twice rather than never.
        store.changes(Arc::<Coherence>::clone(&coherence));
        let _loaded = coherence.recalls.whole(Instant::now() + START, clock.now()).await?;
        let own_host = site.base_url.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        Ok(Self {
            inner: Arc::new(Inner {
                records: Records::over(Arc::clone(&gate), local_copy, Arc::clone(&validity), memory.records),
                bodies: Bodies::new(validity, memory.bodies, memory.unknown),
                flights: Flights::default(),
                gate,
                clock,
                counts,
                coherence,
                site,
                own_host,
                miss: patience.miss,
                stale_s: AtomicI64::new(patience.stale_s()),
            }),
        })
    }

    /// The public origin, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.site.base_url
    }

    /// Where the answers stand.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    /// The card for a code, as bytes.
    ///
    /// # Errors
    /// When the registry cannot be asked, and memory has nothing that may be shown in its stead. That says nothing
    /// about the code.
    pub async fn serve(&self, question: &Question<'_>, fields: Fields) -> Result<Served, Unanswered> {
        let inner = &self.inner;
        let now = inner.clock.now();
        let key = inner.key(question, fields);
        let landed = match key {
            Some(key) => inner.kept_or_flown(key, now).await,
            None => inner.asked_anew(question, fields, now).await,
        };
        let served = match landed {
            Ok(served) => served,
            Err(error) => inner.instead(question, key.as_ref(), fields, error, now).await?,
        };
        inner.counts.answered(served.way);
        Ok(served)
    }

    /// The card for a code if it is in memory and holds, and if `admit` lets the caller have it now: the answer that
    /// `serve` would give, at once.
    pub fn at_hand(
        &self,
        question: &Question<'_>,
        fields: Fields,
        admit: impl FnOnce(Timestamp) -> bool,
    ) -> Option<Served> {
        let now = self.inner.clock.now();
        let key = self.inner.key(question, fields)?;
        let body = self.inner.bodies.get(&key, now).filter(|_| admit(now))?;
        self.inner.counts.answered(Way::Hit);
        Some(self.inner.served(body, now, Way::Hit))
    }

    /// Now, by the clock of this service.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Whether lookups can be answered now, and from where.
    pub async fn readiness(&self) -> Readiness {
        let inner = &self.inner;
        let asked = async {
            inner.coherence.recalls.whole(Instant::now() + inner.miss, inner.clock.now()).await?;
            inner.gate.look().await
        };
        match asked.await {
            Ok(()) => Readiness::Ready,
            Err(error) if inner.clock.now().as_second().saturating_sub(inner.gate.seen_at()) <= inner.stale_s() => {
                Readiness::Degraded(error)
            }
            Err(error) => Readiness::Unready(error),
        }
    }

    /// How old an answer may be that is shown, marked as such, while the store cannot be asked.
    #[must_use]
    pub fn stale_limit(&self) -> Duration {
        Duration::from_secs(self.inner.stale_s().unsigned_abs())
    }

    /// Set that limit; at most [`Patience::STALE_MAX`]. Zero: nothing old is shown.
    pub fn set_stale_limit(&self, limit: Duration) {
        self.inner.stale_s.store(Patience::seconds(limit), Ordering::Relaxed);
    }

    /// How much of the room for misses is taken, from 0 to 1.
    #[must_use]
    pub fn fullness(&self) -> f64 {
        self.inner.gate.fullness()
    }

    /// Bring the gauges up to date: somebody looks.
    pub fn measure(&self) {
        let inner = &self.inner;
        let gauges = &inner.counts.gauges;
        let [known, unknown] = inner.bodies.sizes();
        for (tier, (bytes, entries)) in [inner.records.size(), known, unknown].into_iter().enumerate() {
            gauges.bytes[tier].set(i64::try_from(bytes).unwrap_or(i64::MAX));
            gauges.entries[tier].set(i64::try_from(entries).unwrap_or(i64::MAX));
        }
        let unreplicated = &inner.counts.unreplicated;
        unreplicated.inc_by(inner.gate.store.unreplicated().saturating_sub(unreplicated.get()));
        gauges.in_time.set(i64::from(inner.coherence.validity.is_in_time()));
        gauges.store_asked.set(i64::from(inner.gate.is_open()));
        gauges.misses.set(inner.gate.fullness());
        gauges.recalls.set(i64::try_from(inner.coherence.recalls.count()).unwrap_or(i64::MAX));
    }

    /// A picture.
    ///
    /// # Errors
    /// When the registry cannot be asked.
    pub async fn media(&self, hash: MediaHash) -> Result<Option<Arc<MediaEntry>>, StoreError> {
        let inner = &self.inner;
        let _place = inner.gate.enter(inner.coherence.validity.is_in_time())?;
        let snapshot = inner.gate.read(&[Key::Media(hash)], Instant::now() + inner.miss).await?;
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

    fn served(&self, body: Arc<Body>, now: Timestamp, way: Way) -> Served {
        let doubt_s = self.coherence.validity.doubt_s(&body.basis, now);
        Served { body, now, way, doubt_s }
    }

    /// From memory, or by a flight of its own or of others.
    async fn kept_or_flown(self: &Arc<Self>, key: BodyKey, now: Timestamp) -> Result<Served, Arc<StoreError>> {
        if let Some(body) = self.bodies.get(&key, now) {
            return Ok(self.served(body, now, Way::Hit));
        }
        // The deadline of this answer, whoever's flights it waits for.
        let by = Instant::now() + self.miss;
        for join in 0..JOINS {
            let inner = Arc::clone(self);
            let (flight, own) = self.flights.join(key, || async move { inner.fly(key).await });
            // A flight that is under way ends by then; one that begins later is for others too, who have longer.
            let body = if join == 0 { flight.await? } else { in_time(by, flight).await? };
            if own {
                return Ok(self.served(body, now, Way::Stored));
            }
            if self.coherence.validity.holds(&body.basis, now) {
                return Ok(self.served(body, now, Way::Collapsed));
            }
        }
        let body = in_time(by, Arc::clone(self).fly(key)).await?;
        Ok(self.served(body, now, Way::Stored))
    }

    /// A flight: read, judge, write, keep.
    async fn fly(self: Arc<Self>, key: BodyKey) -> Landing {
        let now = self.clock.now();
        let code = verify::CodeFacts::of_item(key.item);
        let _place = self.gate.enter(self.coherence.validity.is_in_time())?;
        let reader = self.reader();
        let mut basis = self.coherence.validity.begin(now);
        let facts = gather::facts(reader, &self.coherence, code, &mut basis, now).await?;
        let mut input = if key.linked { self.site.base_url.clone() } else { String::new() };
        // Writing into a String cannot fail.
        let _ = key.item.write_canonical(&mut input);
        let mut card = self.worded(&facts, &input, key.lang, key.context, &mut basis, now);
        retain(&mut card, key.fields);
        let body = Arc::new(Body::of(&card, basis).map_err(|error| unwritable(&error))?);
        self.bodies.keep(key, &body, now);
        Ok(body)
    }

    /// What is not of the kind that is kept.
    async fn asked_anew(
        &self,
        question: &Question<'_>,
        fields: Fields,
        now: Timestamp,
    ) -> Result<Served, Arc<StoreError>> {
        let (facts, mut basis) = self.facts(question, now).await?;
        let mut card = self.worded(&facts, question.input.trim(), question.lang, question.context, &mut basis, now);
        retain(&mut card, fields);
        let body = Body::of(&card, basis).map_err(|error| unwritable(&error))?;
        Ok(self.served(Arc::new(body), now, Way::Bypass))
    }

    /// For one miss: its deadline begins now.
    fn reader(&self) -> Reader<'_> {
        Reader { records: &self.records, reach: Reach::Store { by: Instant::now() + self.miss } }
    }

    fn stale_s(&self) -> i64 {
        self.stale_s.load(Ordering::Relaxed)
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
        verify::card(facts, &judgement, self.asked(input, lang, context, None), now)
    }
}

async fn in_time(by: Instant, landing: impl Future<Output = Landing>) -> Landing {
    let late = || Arc::new(StoreError::Unreachable("no flight has landed in time".to_owned()));
    timeout_at(by, landing).await.unwrap_or_else(|_| Err(late()))
}

fn retain(card: &mut Card, fields: Fields) {
    if let Some(sections) = fields.list() {
        card.retain(&sections);
    }
}

fn unwritable(error: &serde_json::Error) -> Arc<StoreError> {
    Arc::new(StoreError::Corrupt(format!("a card could not be written: {error}")))
}
