//! What was declared about a product: lines of the evidence log.

use gs1::Gtin14;

use crate::explain::Said;
use crate::store::{Evidence, Store, StoreError};

/// Lines that one part of a history shows at most.
pub const HISTORY_LINES: usize = 200;
/// Lines of the log that are read together.
const PAGE: usize = 1_000;
/// Lines of the log that one part of a history looks at: the log is in order of time, and not of products.
const MOST_SEEN: usize = 100_000;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// Its place in the log.
    pub number: u64,
    /// The line.
    pub evidence: Evidence,
}

/// A part of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// In the order in which it happened.
    pub lines: Vec<Happened>,
    /// What the next part is to begin after; `None`: this was the end of the log.
    pub next: Option<u64>,
}

impl History {
    /// What was declared about a product, after a place in the log, as far as it may be seen.
    ///
    /// # Errors
    /// As `Store::read`.
    pub async fn read(
        store: &dyn Store,
        gtin: Gtin14,
        sees: impl Fn(&Evidence) -> bool,
        after: u64,
    ) -> Result<Self, StoreError> {
        let (mut after, mut read, mut lines) = (after, 0, Vec::new());
        loop {
            let page = store.evidence(after, PAGE).await?;
            let is_last = page.len() < PAGE;
            for (number, evidence) in page {
                after = number;
                read += 1;
                if sees(&evidence) && Said::of(&evidence).products().contains(&gtin) {
                    lines.push(Happened { number, evidence });
                    if lines.len() >= HISTORY_LINES {
                        return Ok(Self { lines, next: Some(after) });
                    }
                }
            }
            if is_last {
                return Ok(Self { lines, next: None });
            }
            if read >= MOST_SEEN {
                return Ok(Self { lines, next: Some(after) });
            }
        }
    }
}
