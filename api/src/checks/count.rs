//! The way of one check: facts, record, PIN, rules, card.
//!
//! What is on record decides whether there is anything to count: one unit, by its serial. Everything else is answered as
//! a lookup is. A check is recorded before anything is said about it; the same check again (its key, its unit) is
//! answered from what was recorded.

use core::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nguon_openapi::Card;
use tokio::time::timeout;

use super::counts::{AlertKind, Outcome};
use super::pin::Pin;
use super::receipt::Receipt;
use super::secret::same;
use super::{Checks, TRIES};
use crate::lookup::{Fields, Gathered, Lookup, Question, Unanswered};
use crate::registry::{Digest, ItemState, Redeemed, Standing};
use crate::store::StoreError;
use crate::store::ledger::{Check, Counted, PinTry, Province, Recorded, Unit, Visit};
use crate::verify::{self, Checked, CodeFacts, Counting, Facts, ItemFacts, PinSeen, judge, judge_check};

/// Longest that a consumer waits for a check to be recorded. After that it is kept for later.
const RECORD: Duration = Duration::from_secs(2);

/// A check as it is asked for.
#[derive(Debug)]
pub struct Given<'a> {
    /// The code, and how to word the answer.
    pub question: Question<'a>,
    /// The caller's `Idempotency-Key`: the same key for the same unit is the same check.
    pub key: Option<&'a str>,
    /// The PIN from under the coating.
    pub pin: Option<Pin>,
    /// The receipt of an earlier check.
    pub receipt: Option<Receipt>,
    /// Whose. Hashed, and never kept.
    pub address: IpAddr,
    /// Where, if that is known well enough to count.
    pub province: Option<Province>,
}

/// Why a check was not answered with a card. Says nothing about the code.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The registry cannot be asked, and nothing that may be shown is in memory; the check was not counted.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The PIN of this unit was tried too often. The check itself is counted.
    #[error("the PIN was tried too often")]
    PinTooOften {
        /// When it may be tried again, in seconds.
        after_s: u64,
    },
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Unanswered(Arc::new(error).into())
    }
}

/// What is checked: one unit on record.
struct Subject {
    unit: Unit,
    on_sale: bool,
    state: ItemState,
}

impl Subject {
    fn of(facts: &Facts) -> Option<Self> {
        let CodeFacts::TradeItem { item, .. } = &facts.code else { return None };
        let (ItemFacts::Known { entry, .. }, Some(serial), true) = (&facts.item, item.serial, facts.product.is_some())
        else {
            return None;
        };
        let unit = Unit { gtin: item.gtin, serial };
        Some(Self { unit, on_sale: entry.state == ItemState::Active, state: entry.state })
    }
}

impl Checks {
    /// Count a check and answer it.
    ///
    /// # Errors
    /// When nothing can be said; a check that was counted all the same is known by its key when it is sent again.
    pub async fn check(&self, lookup: &Lookup, given: &Given<'_>) -> Result<Card, Refusal> {
        self.check_at(lookup, given, self.clock.now()).await
    }

    /// Count a check that was made at another time than now: the checks that a demonstration starts with.
    ///
    /// # Errors
    /// As [`Checks::check`].
    pub async fn check_at(&self, lookup: &Lookup, given: &Given<'_>, at: Timestamp) -> Result<Card, Refusal> {
        let gathered = match lookup.facts(&given.question).await {
            Ok(gathered) => gathered,
            Err(error) => return self.while_away(lookup, given, error, at).await,
        };
        let Some(subject) = Subject::of(&gathered.facts) else {
            self.counts.check(Outcome::NotOneUnit);
            let judgement = judge(&gathered.facts, gathered.now);
            return Ok(lookup.worded(&gathered, &judgement, &given.question, None));
        };
        let (check, receipt) = self.check_of(subject.unit, given, at).await?;
        let recorded = match timeout(RECORD, self.ledger.record(&check)).await {
            Ok(Ok(recorded)) => recorded,
            Ok(Err(StoreError::Corrupt(why))) => return Err(StoreError::Corrupt(why).into()),
            // It may have been recorded all the same, but for a registry that is not whole: that takes nothing.
            failed @ (Ok(Err(_)) | Err(_)) => {
                let sent = !matches!(failed, Ok(Err(StoreError::RegistryUnavailable(_))));
                self.keep_for_later(&check, sent).await?;
                let pin = given.pin.as_ref().map(|_| PinSeen::NotCompared);
                let checked = Checked { counting: Counting::NotCounted, pin, same_receipt: false };
                return Ok(answer(lookup, &gathered, given, &checked, &receipt));
            }
        };
        self.note(&subject, &recorded, &check).await;
        let proof = self.secret.proof(&check.unit, &receipt);
        let counting = Counting::Counted {
            count: recorded.count,
            first_at: recorded.first_at,
            first: recorded.count == 1 && recorded.counted == Counted::New,
        };
        let (standing, pin) = self.pin(&check, given.pin.as_ref(), proof, recorded.standing.clone()).await?;
        let holds_receipt = given.receipt.is_some_and(|receipt| {
            let shown = self.secret.proof(&check.unit, &receipt);
            standing.redeemed.as_ref().is_some_and(|redeemed| same(redeemed.receipt, shown))
        });
        let standing = self.weigh(&check, &recorded, standing, subject.on_sale, holds_receipt).await;
        let gathered = with_standing(gathered, standing);
        let checked = Checked { counting, pin, same_receipt: holds_receipt };
        Ok(answer(lookup, &gathered, given, &checked, &receipt))
    }

    async fn check_of(&self, unit: Unit, given: &Given<'_>, at: Timestamp) -> Result<(Check, Receipt), Refusal> {
        let client = self.clients.seen(given.address, at).await?;
        let key = self.secret.idempotency(given.key, &(self.random)());
        let visit = Visit { at, client: client.today, province: given.province };
        let receipt = self.secret.receipt(&unit, key);
        Ok((Check { unit, key, visit, yesterday: client.yesterday }, receipt))
    }

    /// Count for operators, and tell them of a check that should not have been possible yet.
    async fn note(&self, subject: &Subject, recorded: &Recorded, check: &Check) {
        self.counts.check(match (recorded.again, recorded.counted) {
            (true, _) => Outcome::Again,
            (false, Counted::New) => Outcome::Counted,
            (false, Counted::Repeat) => Outcome::Repeat,
        });
        if subject.state == ItemState::Issued && !recorded.again && recorded.count == 1 {
            let text = "a unit that is not on sale yet was checked";
            self.tell(AlertKind::CheckBeforeActivation, &check.unit, check.visit.at, text).await;
        }
    }

    /// Compare a PIN and use it, once.
    async fn pin(
        &self,
        check: &Check,
        pin: Option<&Pin>,
        proof: Digest,
        standing: Standing,
    ) -> Result<(Standing, Option<PinSeen>), Refusal> {
        let Some(pin) = pin else { return Ok((standing, None)) };
        let used_by = |standing: &Standing| standing.redeemed.as_ref().map(|redeemed| same(redeemed.receipt, proof));
        if used_by(&standing) == Some(true) {
            // This check, sent again.
            return Ok((standing, Some(PinSeen::Accepted)));
        }
        let tried = self.ledger.try_pin(&check.unit, check.visit.client, TRIES, check.visit.at);
        let right = match timeout(RECORD, tried).await {
            Ok(Ok(PinTry::Counted(right))) => right,
            Ok(Ok(PinTry::None)) => return Ok((standing, Some(PinSeen::NoneOnRecord))),
            Ok(Ok(PinTry::TooOften { after_s })) => {
                self.tell(AlertKind::PinGuessing, &check.unit, check.visit.at, "a PIN was tried too often").await;
                return Err(Refusal::PinTooOften { after_s });
            }
            Ok(Err(_)) | Err(_) => return Ok((standing, Some(PinSeen::NotCompared))),
        };
        if !same(right, self.secret.pin(&check.unit, pin)) {
            return Ok((standing, Some(PinSeen::Mismatch)));
        }
        let redeemed = Redeemed { at: check.visit.at, receipt: proof, client: check.visit.client };
        let change = |standing: &Standing| {
            let redeemed = Some(redeemed.clone());
            standing.redeemed.is_none().then(|| Standing { redeemed, ..standing.clone() })
        };
        match self.revise(check, standing.clone(), change).await {
            Ok(now) => {
                let seen = if used_by(&now) == Some(true) { PinSeen::Accepted } else { PinSeen::UsedBefore };
                Ok((now, Some(seen)))
            }
            Err(error) => {
                tracing::warn!(%error, "a PIN could not be used");
                Ok((standing, Some(PinSeen::NotCompared)))
            }
        }
    }

    /// The registry cannot be asked: the card as it was, if memory has it, and the check kept for later.
    async fn while_away(
        &self,
        lookup: &Lookup,
        given: &Given<'_>,
        error: Arc<StoreError>,
        at: Timestamp,
    ) -> Result<Card, Refusal> {
        if !matches!(*error, StoreError::Unreachable(_) | StoreError::RegistryUnavailable(_)) {
            return Err(Unanswered::from(error).into());
        }
        let served = lookup.serve(&given.question, Fields::ALL).await?;
        let mut card = served.card(&given.question)?;
        let gs1::Outcome::TradeItem(item) = given.question.reading.outcome else { return Ok(card) };
        let Some(serial) = item.serial.filter(|_| verify::is_one_unit(&card)) else { return Ok(card) };
        let unit = Unit { gtin: item.gtin, serial };
        let (check, receipt) = self.check_of(unit, given, at).await?;
        self.keep_for_later(&check, false).await?;
        verify::not_counted(&mut card, given.pin.is_some(), &receipt.to_string());
        Ok(card)
    }
}

fn with_standing(mut gathered: Gathered, now: Standing) -> Gathered {
    if let ItemFacts::Known { standing, .. } = &mut gathered.facts.item {
        *standing = (now.version > 0).then(|| Arc::new(now));
    }
    gathered
}

fn answer(lookup: &Lookup, gathered: &Gathered, given: &Given<'_>, checked: &Checked, receipt: &Receipt) -> Card {
    let judgement = judge_check(&gathered.facts, checked, gathered.now);
    lookup.worded(gathered, &judgement, &given.question, Some((checked, &receipt.to_string())))
}
