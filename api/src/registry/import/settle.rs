//! Settling whose a product is, where two publishers have declared it.

use std::sync::Arc;

use gs1::Gtin14;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::desk::{Desk, Inner};
use super::portion::Work;
use super::report::Done;
use super::{Author, DeskError};
use crate::registry::{FaultCode, Id, ProductEntry};
use crate::store::{Entry, Key};

/// Whose a product is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The product.
    pub gtin: Gtin14,
    /// Whose it is: its publisher, or one of those who dispute that.
    pub owner: Id,
}

impl Desk {
    /// Settle a dispute: the product is the owner's, the card says nothing of a dispute any more, and what the others
    /// declare of it from then on is refused. The record on file stays until the owner declares another.
    ///
    /// # Errors
    /// `Refused` when the product is not disputed or the owner has never declared it; otherwise when the store fails.
    pub async fn settle(&self, settlement: Settlement, author: Author) -> Result<Done, DeskError> {
        self.decide(move |desk| {
            let (settlement, author) = (settlement.clone(), author.clone());
            Box::pin(async move { desk.settle(&settlement, &author).await })
        })
        .await
    }
}

impl Inner {
    async fn settle(&self, settlement: &Settlement, author: &Author) -> Result<Done, DeskError> {
        let Settlement { gtin, owner } = settlement;
        let mut work = Work::begin(self, author, None).await?;
        let stored = work.draft.product(*gtin).await?;
        let stored = stored.ok_or_else(|| DeskError::not_on_record("gtin", &format!("the product {gtin}")))?;
        if stored.disputed_by.is_empty() {
            return Err(DeskError::refused("gtin", FaultCode::State, "is not disputed: there is nothing to settle"));
        }
        if stored.publisher != *owner && !stored.disputed_by.contains(owner) {
            let known: Vec<&str> = stored.disputed_by.iter().chain([&stored.publisher]).map(Id::as_str).collect();
            let message = format!("has never declared this product: name one of {}", known.join(", "));
            return Err(DeskError::refused("owner", FaultCode::State, message));
        }
        let mut overruled: Vec<Id> = stored.overruled.iter().chain(&stored.disputed_by).cloned().collect();
        overruled.push(stored.publisher.clone());
        overruled.retain(|id| id != owner);
        overruled.sort_unstable();
        overruled.dedup();
        let entry = ProductEntry { publisher: owner.clone(), disputed_by: Vec::new(), overruled, ..(*stored).clone() };
        work.draft.set(Key::Product(*gtin), Entry::Product(Arc::new(entry)));
        work.log.note("settle", json!(settlement));
        let (_, revision) = work.commit(None).await?;
        Ok(Done { changed: true, revision, warnings: Vec::new() })
    }
}
