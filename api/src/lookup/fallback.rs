//! What is still said when the registry cannot be asked. In this order: the card as it was, marked as old and with its
//! time; a recall that this node knows of, which needs no other record; what the product is and where it comes from,
//! without any verdict, and which recalls may concern it (from memory, or from a copy on this node's disk); nothing.
//!
//! None of it hides a change that this node was told of: see [`Validity::may_show_stale`](super::validity::Validity).
//! None of it is kept or counted as an answer of the registry.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nguon_openapi::{Card, Origin, Verdict};
use tokio::time::Instant;

use super::bodies::{BodyKey, Fields};
use super::body::{Body, mark_stale};
use super::gather::{self, Reader};
use super::records::Reach;
use super::validity::Basis;
use super::{Inner, Question, Served, Way, retain};
use crate::store::StoreError;

/// How old a record may be that tells what a product is, in seconds: a day. It carries no verdict.
const ORIGIN_AGE_S: i64 = 24 * 60 * 60;

/// Longest that the local copy may take for an answer, however many reads that is: with the deadline of a miss it is
/// what an answer takes at most.
const LOCAL_COPY: Duration = Duration::from_millis(10);

/// Why there is no answer. Says nothing about the code.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{error}")]
pub struct Unanswered {
    /// What the store said, or did not.
    pub error: Arc<StoreError>,
    /// What was on record before about the product, where that is at hand.
    pub origin: Option<Box<Origin>>,
}

impl From<Arc<StoreError>> for Unanswered {
    fn from(error: Arc<StoreError>) -> Self {
        Self { error, origin: None }
    }
}

impl Inner {
    /// What is still said to a question after an error.
    pub(super) async fn instead(
        &self,
        question: &Question<'_>,
        key: Option<&BodyKey>,
        fields: Fields,
        error: Arc<StoreError>,
        now: Timestamp,
    ) -> Result<Served, Unanswered> {
        // A damaged record is an alarm: what was made of its neighbours is no stand-in for it.
        let away = matches!(*error, StoreError::Unreachable(_) | StoreError::RegistryUnavailable(_));
        let served = |body| self.served(body, now, Way::Stale);
        if away && let Some(body) = key.and_then(|key| self.as_it_was(key, now)) {
            return Ok(served(body));
        }
        let remembered = if away { self.remembered(question, now).await } else { None };
        let Some((mut card, mut basis)) = remembered else {
            self.counts.unanswered(false);
            return Err(error.into());
        };
        if card.verdict == Verdict::Recalled {
            if let Some(as_of) = self.coherence.recalls.as_of() {
                basis.as_old_as(as_of);
            }
            mark_stale(&mut card, basis.read_at());
            retain(&mut card, fields);
            let body = Body::of(&card, basis).map_err(|error| super::unwritable(&error))?;
            return Ok(served(Arc::new(body)));
        }
        let origin = origin(card, &basis);
        self.counts.unanswered(origin.is_some());
        Err(Unanswered { error, origin })
    }

    /// The card as it was, if it is young enough and nothing is known to have changed.
    fn as_it_was(&self, key: &BodyKey, now: Timestamp) -> Option<Arc<Body>> {
        let validity = &self.coherence.validity;
        let may = |basis: &Basis| validity.may_show_stale(basis, now, self.stale_s());
        self.bodies.as_it_was(key, may, |basis| validity.known_at(basis, now))
    }

    /// The card that memory alone would give. All of it but a recall may be wrong by now.
    async fn remembered(&self, question: &Question<'_>, now: Timestamp) -> Option<(Card, Basis)> {
        let reach = Reach::Memory { age_s: ORIGIN_AGE_S, by: Instant::now() + LOCAL_COPY };
        let reader = Reader { records: &self.records, reach };
        let mut basis = self.coherence.validity.begin(now);
        // Memory answers at once and does not fail but for what only the store can tell.
        let code = gather::code(reader, &self.own_host, question, &mut basis, now).await.ok()?;
        let facts = gather::facts(reader, &self.coherence, code, &mut basis, now).await.ok()?;
        let card = self.worded(&facts, question.input.trim(), question.lang, question.context, &mut basis, now);
        Some((card, basis))
    }
}

/// What a card says of the product, and of recalls that may concern it, if it says anything.
fn origin(card: Card, basis: &Basis) -> Option<Box<Origin>> {
    let checked_at = Timestamp::from_second(basis.read_at()).ok()?;
    let recalls = card.safety.recalls;
    let (product, producer, batch) = (card.product, card.producer, card.batch);
    let says_something = product.is_some() || !recalls.is_empty();
    says_something.then(|| Box::new(Origin { product, producer, batch, recalls, checked_at }))
}
