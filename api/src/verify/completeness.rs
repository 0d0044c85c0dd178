//! How much of the record that Circular 02/2024/TT-BKHCN asks for is there: n of ten items.

use nguon_openapi::{Completeness, Lang, MissingItem, RecordItem};

use super::texts;
use crate::registry::{LotEntry, NotApplicable, ProducerEntry, ProductEntry};

/// Completeness of what the card stands on. What only a lot can say is missing where no lot is on record or in
/// the code.
#[must_use]
pub fn completeness(
    product: &ProductEntry,
    producer: Option<&ProducerEntry>,
    lot: Option<&LotEntry>,
    lang: Lang,
) -> Completeness {
    let missing: Vec<MissingItem> = RecordItem::ALL
        .into_iter()
        .filter(|item| !is_present(*item, product, producer, lot))
        .map(|item| MissingItem { item, name: texts::record_item(item, lang).to_owned() })
        .collect();
    let of = RecordItem::ALL.len();
    let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    Completeness { present: count(of - missing.len()), of: count(of), missing }
}

fn is_present(
    item: RecordItem,
    entry: &ProductEntry,
    producer: Option<&ProducerEntry>,
    lot: Option<&LotEntry>,
) -> bool {
    let product = &entry.product;
    let producer = producer.map(|p| &p.producer).filter(|p| !p.withdrawn);
    match item {
        // Both stand in the record's own key: a product without them cannot be on record.
        RecordItem::Name | RecordItem::TraceabilityCode => true,
        RecordItem::Image => !product.images.is_empty(),
        RecordItem::ProducerName => producer.is_some(),
        RecordItem::Address => producer.is_some_and(|p| p.address.is_some()),
        RecordItem::Stages => lot.is_some_and(|lot| lot.events.iter().any(|event| event.location.is_some())),
        RecordItem::ProductionTime => lot.is_some_and(|lot| lot.batch.produced.is_some()),
        RecordItem::Brand => {
            product.brand.is_some()
                || product.model.is_some()
                || product.keeps_serials
                || product.not_applicable.contains(&NotApplicable::Brand)
        }
        RecordItem::ShelfLife => {
            product.shelf_life.is_some()
                || lot.is_some_and(|lot| lot.batch.expires.is_some() || lot.batch.best_before.is_some())
                || product.not_applicable.contains(&NotApplicable::ShelfLife)
        }
        RecordItem::Standards => !product.standards.is_empty(),
    }
}
