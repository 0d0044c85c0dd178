//! Marking units as specimens: units that are on record, and no others. A serial that was mistyped makes no unit.

use gs1::Serial;

use super::desk::Desk;
use super::{Author, DeskError};
use crate::registry::{Items, Record};
use crate::store::Key;

/// What was marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Units that are so now and were not before.
    pub marked: u64,
    /// Units that had been so before.
    pub already: u64,
    /// Serials that were named and are not on record.
    pub not_on_record: Vec<Serial>,
}

impl Desk {
    /// Give those of these units that are on record their state.
    ///
    /// # Errors
    /// `Refused` when the product is not on record or not the author's; otherwise when the store fails.
    pub async fn mark(&self, items: Items, author: Author) -> Result<Marked, DeskError> {
        let (record, marked) = self.marking(items, &author).await?;
        if let Some(record) = record {
            self.declare(record, author).await?;
        }
        Ok(marked)
    }

    /// How many units that would mark.
    ///
    /// # Errors
    /// As [`Desk::mark`].
    pub async fn foresee_mark(&self, items: Items, author: Author) -> Result<Marked, DeskError> {
        Ok(self.marking(items, &author).await?.1)
    }

    /// What is to be declared, and what comes of it.
    async fn marking(&self, mut items: Items, author: &Author) -> Result<(Option<Record>, Marked), DeskError> {
        // First of all: which serials are on record is told to nobody else.
        self.must_own(items.gtin, author.clone()).await?;
        let keys: Vec<Key> = items.serials.iter().map(|serial| Key::Item(items.gtin, *serial)).collect();
        let held = self.store().holds(&keys).await?;
        let (known, unknown): (Vec<_>, Vec<_>) = items.serials.iter().zip(held).partition(|(_, held)| *held);
        let not_on_record = unknown.into_iter().map(|(serial, _)| *serial).collect();
        items.serials = known.into_iter().map(|(serial, _)| *serial).collect();
        let count = items.serials.len() as u64;
        if count == 0 {
            return Ok((None, Marked { not_on_record, ..Marked::default() }));
        }
        let record = Record::Items(items);
        let foreseen = self.foresee(record.clone(), author.clone()).await?;
        let marked = foreseen.puts.iter().filter(|put| matches!(put.key, Key::Item(..))).count() as u64;
        Ok((Some(record), Marked { marked, already: count - marked, not_on_record }))
    }
}
