//! Explaining a card of the past: the evidence log is replayed into a temporary store, with the clock at each line's time,
//! and the card is made from that as it was made then, at the instant in question.
//!
//! `said` reads lines of the log; `ties` finds out which products hang together, so that only their lines are replayed;
//! `replay` declares them anew; `reasons` names the rule behind each reason and the lines that it rests on; `account` is
//! what comes of it. Nothing here writes to the registry.

mod account;
mod asked;
mod reasons;
mod replay;
mod said;
#[cfg(test)]
mod tests;
mod ties;

use std::sync::Arc;

pub use account::{Account, Line, NotReplayed, Rested, UNSAID, UNSAID_OF_UNITS};
pub use asked::Asked;
pub(crate) use said::Said;

use crate::lookup::{Lookup, Memory, Patience, Setup, Site};
use crate::store::{Evidence, Store, StoreError};
use crate::telemetry::Telemetry;
use crate::verify::judge;
use replay::{At, Replay};
use ties::Ties;

/// Lines of the log that are read together.
const PAGE: usize = 500;
/// Most lines that are replayed.
const MOST_REPLAYED: usize = 20_000;

/// Why a card could not be explained.
#[derive(Debug, thiserror::Error)]
pub enum Unexplained {
    /// A store could not be read, or the temporary one not written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too much hangs together.
    #[error("more than {MOST_REPLAYED} lines of the log concern this code")]
    TooMuch,
    /// The registry held nothing at that time, and answered nothing.
    #[error("the registry held nothing at that time: no card was answered")]
    NothingYet,
    /// The card could not be written.
    #[error("the card could not be written: {0}")]
    Unwritable(#[from] serde_json::Error),
}

/// Explain the card of a code as it was at an instant.
///
/// # Errors
/// When it cannot be done; that says nothing about the code.
pub async fn explain(store: &dyn Store, site: Site, asked: &Asked) -> Result<Account, Unexplained> {
    let mut ties = Ties::default();
    let mut was_empty = true;
    each_line(store, asked, |_, line| {
        let said = Said::of(line);
        was_empty &= !matches!(said, Said::Record(_) | Said::Picture(_));
        ties.note(&said, asked);
        Ok(())
    })
    .await?;
    if was_empty {
        return Err(Unexplained::NothingYet);
    }
    let concern = ties.concern(asked);
    let mut kept = Vec::new();
    each_line(store, asked, |n, line| {
        if let Some(said) = concern.part(Said::of(line), asked) {
            kept.push((n, line.clone(), said));
            if kept.len() > MOST_REPLAYED {
                return Err(Unexplained::TooMuch);
            }
        }
        Ok(())
    })
    .await?;
    // Within a commit the log has units last, also those that other records of it refer to.
    kept.sort_by_key(|(_, line, said)| (line.revision, said.rank()));
    let mut replay = Replay::begin()?;
    for (n, line, said) in &kept {
        replay.line(*n, line, said).await?;
    }
    replay.hold_something().await?;
    replay.clock.set(asked.at);
    let setup = Setup {
        store: Arc::clone(&replay.store),
        clock: Arc::<At>::clone(&replay.clock),
        site,
        memory: Memory { records: 0, bodies: 0, unknown: 0 },
        patience: Patience { miss: Patience::MISS_EMBEDDED, ..Patience::default() },
        local_copy: None,
        telemetry: Telemetry::default(),
    };
    let lookup = Lookup::over(setup).await?;
    let question = asked.question();
    let gathered = lookup.facts(&question).await.map_err(|error| (*error).clone())?;
    let mut card = lookup.worded(&gathered, &judge(&gathered.facts, gathered.now), &question, None);
    card.record_version = replay.revision_then(card.record_version);
    Account::of(asked, &card, &kept, replay.not_replayed)
}

/// Each line of the log until the instant, in order.
async fn each_line(
    store: &dyn Store,
    asked: &Asked,
    mut with: impl FnMut(u64, &Evidence) -> Result<(), Unexplained>,
) -> Result<(), Unexplained> {
    let mut after = 0;
    loop {
        let page = store.evidence(after, PAGE).await?;
        for (n, line) in &page {
            if line.at <= asked.at {
                with(*n, line)?;
            }
        }
        match page.last() {
            Some((n, _)) if page.len() == PAGE => after = *n,
            _ => return Ok(()),
        }
    }
}
