//! What a dry run says of the products that a document speaks of: how complete their records would be.

use std::collections::{BTreeMap, BTreeSet};

use gs1::{Gtin14, Lot};
use nguon_openapi::RecordItem;

use super::draft::Draft;
use super::report::{MAX_LISTED, ProductCompleteness};
use crate::registry::{LotRef, Record, completeness};
use crate::store::StoreError;

/// Most lots of one product that are looked at.
const MAX_LOTS: usize = 1_000;

/// The products, and their lots, of which a document has spoken.
#[derive(Debug, Default)]
pub(super) struct Spoken(BTreeMap<Gtin14, BTreeSet<Lot>>);

impl Spoken {
    /// An accepted record.
    pub(super) fn note(&mut self, record: &Record) {
        let (gtin, lot) = match record {
            Record::Product(it) => (it.gtin, None),
            Record::Batch(it) => (it.gtin, Some(it.lot)),
            Record::Event(it) => (it.gtin, Some(it.lot)),
            _ => return,
        };
        if self.0.len() < MAX_LISTED || self.0.contains_key(&gtin) {
            let lots = self.0.entry(gtin).or_default();
            if lots.len() < MAX_LOTS {
                lots.extend(lot);
            }
        }
    }

    /// How complete they would be.
    pub(super) async fn completeness(&self, draft: &mut Draft<'_>) -> Result<Vec<ProductCompleteness>, StoreError> {
        let mut told = Vec::with_capacity(self.0.len());
        for (&gtin, lots) in &self.0 {
            let Some(entry) = draft.product(gtin).await? else { continue };
            let producer = match &entry.product.producer {
                Some(id) => draft.producer(id).await?,
                None => None,
            };
            let mut worst: Option<(Vec<RecordItem>, Option<Lot>)> = None;
            for lot in looked_at(draft, gtin, lots).await? {
                let stored = match lot {
                    Some(lot) => draft.lot(LotRef { gtin, lot }).await?,
                    None => None,
                };
                let missing = completeness::missing(&entry, producer.as_deref(), stored.as_deref());
                if worst.as_ref().is_none_or(|(most, _)| missing.len() > most.len()) {
                    worst = Some((missing, lot));
                }
            }
            let (missing, lot) = worst.unwrap_or_default();
            told.push(ProductCompleteness {
                gtin: gtin.to_string(),
                name: entry.product.name.vi.to_string(),
                lot: lot.map(|lot| lot.to_string()),
                present: u8::try_from(RecordItem::ALL.len() - missing.len()).unwrap_or_default(),
                missing,
            });
        }
        Ok(told)
    }
}

/// The lots of the document; else the latest on record; else none.
async fn looked_at(draft: &mut Draft<'_>, gtin: Gtin14, lots: &BTreeSet<Lot>) -> Result<Vec<Option<Lot>>, StoreError> {
    if !lots.is_empty() {
        return Ok(lots.iter().copied().map(Some).collect());
    }
    let count = draft.lot_count(gtin).await?.unwrap_or_default();
    let latest = match count.checked_sub(1) {
        Some(ordinal) => draft.lot_name(gtin, ordinal).await?,
        None => None,
    };
    Ok(vec![latest])
}
