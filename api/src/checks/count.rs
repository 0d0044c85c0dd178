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

/// Longest that recording a check may take, while its consumer waits and later.
pub(super) const RECORD: Duration = Duration::from_secs(2);

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
        Some(Self { unit, on_sale: entry.state.was_put_on_sale(), state: entry.state })
    }
}

impl Checks {
    /// Count a check and answer it.
    ///
    /// # Errors
    /// When the registry cannot be asked, and nothing that may be shown is in memory; a check that was counted all the
    /// same is known by its key when it is sent again.
    pub async fn check(&self, lookup: &Lookup, given: &Given<'_>) -> Result<Card, Unanswered> {
        self.check_at(lookup, given, self.clock.now()).await
    }

    /// Count a check that was made at another time than now: the checks that a demonstration starts with.
    ///
    /// # Errors
    /// As [`Checks::check`].
    pub async fn check_at(&self, lookup: &Lookup, given: &Given<'_>, at: Timestamp) -> Result<Card, Unanswered> {
        let gathered = match lookup.facts(&given.question).await {
            Ok(gathered) => gathered,
            Err(error) => return self.while_away(lookup, given, error, at).await,
        };
        let Some(subject) = Subject::of(&gathered.facts) else {
            self.counts.check(Outcome::NotOneUnit);
            let judgement = judge(&gathered.facts, gathered.now);
            return Ok(lookup.worded(&gathered, &judgement, &given.question, None));
        };
        let (checked, standing, receipt) = self.counted(&subject, given, at).await;
        // What was published meanwhile is in the answer: it takes some reads and writes to come here.
        let gathered = lookup.still(gathered, &given.question).await.map_err(Unanswered::from)?;
        let gathered = match standing {
            Some(standing) => with_standing(gathered, standing),
            None => gathered,
        };
        let judgement = judge_check(&gathered.facts, &checked, gathered.now);
        let receipt = receipt.map(|receipt| receipt.to_string());
        Ok(lookup.worded(&gathered, &judgement, &given.question, Some((&checked, receipt.as_deref()))))
    }

    /// Record a check, compare its PIN, weigh: what came of it, where the unit stands now, and the receipt. What could
    /// not be done is said; it hides nothing that is known of the unit.
    async fn counted(
        &self,
        subject: &Subject,
        given: &Given<'_>,
        at: Timestamp,
    ) -> (Checked, Option<Standing>, Option<Receipt>) {
        let not_counted = |kept| Checked {
            counting: Counting::NotCounted { kept },
            pin: given.pin.as_ref().map(|_| PinSeen::NotCompared),
            same_receipt: false,
        };
        let Ok((check, receipt)) = self.check_of(subject.unit, given, at).await else {
            self.counts.check(Outcome::NotTaken);
            return (not_counted(false), None, None);
        };
        let recorded = match self.recorded(&check, &receipt).await {
            Ok(recorded) => recorded,
            Err(sent) => {
                let kept = self.keep_for_later(&check, given.receipt, sent).await;
                return (not_counted(kept), None, kept.then_some(receipt));
            }
        };
        self.note(subject, &recorded, &check).await;
        let proof = self.secret.proof(&check.unit, &receipt);
        let counting = Counting::Counted {
            count: recorded.count,
            first_at: recorded.first_at,
            first: recorded.count == 1 && recorded.counted == Counted::New,
        };
        let (standing, pin) = self.pin(&check, given.pin.as_ref(), proof, recorded.standing.clone()).await;
        // The one who used the PIN shows the receipt for it, or sends the same check again.
        let shown = given.receipt.map(|receipt| self.secret.proof(&check.unit, &receipt));
        let same_receipt = used_by(&standing, proof) || shown.is_some_and(|shown| used_by(&standing, shown));
        let standing = self.weigh(&check, &recorded, standing, subject.on_sale, same_receipt).await;
        (Checked { counting, pin, same_receipt }, Some(standing), Some(receipt))
    }

    /// Record a check. A key that was used by another client (a phone that left the wifi; an app that uses one for all) is
    /// counted for this one too: else whoever shares a key would count as nobody.
    ///
    /// # Errors
    /// Whether it may have been recorded all the same.
    async fn recorded(&self, check: &Check, receipt: &Receipt) -> Result<Recorded, bool> {
        let recorded = self.record(check).await?;
        let is_known = |visit: &Visit| [check.visit.client, check.yesterday].contains(&visit.client);
        if !recorded.again || recorded.visits.iter().any(is_known) {
            return Ok(recorded);
        }
        let key = self.secret.key_of_another(check, receipt);
        self.record(&Check { key, ..check.clone() }).await
    }

    async fn record(&self, check: &Check) -> Result<Recorded, bool> {
        match timeout(RECORD, self.ledger.record(check)).await {
            Ok(Ok(recorded)) => Ok(recorded),
            // A registry that is not whole takes nothing, nor does a unit whose book is damaged.
            Ok(Err(error @ (StoreError::RegistryUnavailable(_) | StoreError::Corrupt(_)))) => {
                tracing::error!(%error, "a check could not be recorded");
                Err(false)
            }
            Ok(Err(_)) | Err(_) => Err(true),
        }
    }

    async fn check_of(&self, unit: Unit, given: &Given<'_>, at: Timestamp) -> Result<(Check, Receipt), StoreError> {
        let client = self.clients.seen(given.address, &unit, at).await?;
        let key = self.secret.idempotency(given.key, given.pin.as_ref(), client.today, at);
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
    ) -> (Standing, Option<PinSeen>) {
        let Some(pin) = pin else { return (standing, None) };
        if used_by(&standing, proof) {
            // This check, sent again: its key stands for its PIN too.
            return (standing, Some(PinSeen::Accepted));
        }
        let hashed = self.secret.pin(&check.unit, pin);
        let tried = self.ledger.try_pin(&check.unit, hashed, check.visit.client, TRIES, check.visit.at);
        let right = match timeout(RECORD, tried).await {
            Ok(Ok(PinTry::Taken(right))) => right,
            Ok(Ok(PinTry::None)) => return (standing, Some(PinSeen::NoneOnRecord)),
            Ok(Ok(PinTry::TooOften { .. })) => {
                self.tell(AlertKind::PinGuessing, &check.unit, check.visit.at, "a PIN was tried too often").await;
                return (standing, Some(PinSeen::TooOften));
            }
            Ok(Err(_)) | Err(_) => return (standing, Some(PinSeen::NotCompared)),
        };
        if !same(right, hashed) {
            return (standing, Some(PinSeen::Mismatch));
        }
        let redeemed = Redeemed { at: check.visit.at, receipt: proof, client: check.visit.client };
        let change = |standing: &Standing| {
            let redeemed = Some(redeemed.clone());
            standing.redeemed.is_none().then(|| Standing { redeemed, ..standing.clone() })
        };
        match timeout(RECORD, self.revise(check, standing.clone(), change)).await {
            Ok(Ok(now)) => {
                let seen = if used_by(&now, proof) { PinSeen::Accepted } else { PinSeen::UsedBefore };
                (now, Some(seen))
            }
            failed => {
                tracing::warn!(?failed, "a PIN could not be used");
                (standing, Some(PinSeen::NotCompared))
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
    ) -> Result<Card, Unanswered> {
        if !matches!(*error, StoreError::Unreachable(_) | StoreError::RegistryUnavailable(_)) {
            return Err(error.into());
        }
        let served = lookup.serve(&given.question, Fields::ALL).await?;
        let mut card = served.card(&given.question)?;
        let gs1::Outcome::TradeItem(item) = given.question.reading.outcome else { return Ok(card) };
        let Some(serial) = item.serial.filter(|_| verify::is_one_unit(&card)) else { return Ok(card) };
        let unit = Unit { gtin: item.gtin, serial };
        let kept = match self.check_of(unit, given, at).await {
            Ok((check, receipt)) => {
                self.keep_for_later(&check, given.receipt, false).await.then(|| receipt.to_string())
            }
            Err(_) => None,
        };
        verify::not_counted(&mut card, given.pin.is_some(), kept.as_deref());
        Ok(card)
    }
}

/// Whether the PIN was used by the check of this receipt.
pub(super) fn used_by(standing: &Standing, proof: Digest) -> bool {
    standing.redeemed.as_ref().is_some_and(|redeemed| same(redeemed.receipt, proof))
}

fn with_standing(mut gathered: Gathered, now: Standing) -> Gathered {
    if let ItemFacts::Known { standing, .. } = &mut gathered.facts.item {
        *standing = (now.version > 0).then(|| Arc::new(now));
    }
    gathered
}
