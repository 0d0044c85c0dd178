//! How much of the record that Circular 02/2024/TT-BKHCN asks for is there: n of ten items, in a reader's words.

use nguon_openapi::{Completeness, Lang, MissingItem, RecordItem};

use super::texts;
use crate::registry::{LotEntry, ProducerEntry, ProductEntry, completeness::missing};

/// Completeness of what the card stands on. What only a lot can say is missing where no lot is on record or in
/// the code.
#[must_use]
pub fn completeness(
    product: &ProductEntry,
    producer: Option<&ProducerEntry>,
    lot: Option<&LotEntry>,
    lang: Lang,
) -> Completeness {
    let missing = missing(product, producer, lot);
    let of = RecordItem::ALL.len();
    let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let named = |item: RecordItem| MissingItem { item, name: texts::record_item(item, lang).to_owned() };
    Completeness {
        present: count(of - missing.len()),
        of: count(of),
        missing: missing.into_iter().map(named).collect(),
    }
}
