//! Which of the ten items of Circular 02/2024/TT-BKHCN are on record for a product.

use nguon_openapi::RecordItem;

use super::{LotEntry, NotApplicable, ProducerEntry, ProductEntry};

/// The items that are missing, in the order of the Circular. What only a lot can say is missing where there is none.
#[must_use]
pub fn missing(product: &ProductEntry, producer: Option<&ProducerEntry>, lot: Option<&LotEntry>) -> Vec<RecordItem> {
    RecordItem::ALL.into_iter().filter(|item| !is_present(*item, product, producer, lot)).collect()
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
