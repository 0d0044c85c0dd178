//! One line of an import: a record of any kind, named by its `type`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Batch, Certificate, Event, Item, Items, Link, Media, OpaqueRecord, Producer, Product, Recall};

/// A record as publishers write it. Each is atomic and may be sent again; what it refers to comes before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Record {
    /// A producer or trader.
    Producer(Producer),
    /// A picture.
    Media(Media),
    /// A kind of product.
    Product(Product),
    /// A lot.
    Batch(Batch),
    /// One unit.
    Item(Item),
    /// Many units of one lot.
    Items(Items),
    /// A certificate.
    Certificate(Certificate),
    /// A stage of a lot.
    Event(Event),
    /// A recall.
    Recall(Recall),
    /// A resolver link.
    Link(Link),
    /// A code of another scheme.
    Opaque(OpaqueRecord),
}

impl Record {
    /// Every `type`.
    pub const KINDS: [&'static str; 11] =
        ["producer", "media", "product", "batch", "item", "items", "certificate", "event", "recall", "link", "opaque"];

    /// Where it stands in a document that is loaded as a whole: what others refer to comes first.
    #[must_use]
    pub(crate) const fn rank(&self) -> u8 {
        match self {
            Self::Producer(_) | Self::Media(_) => 0,
            Self::Product(_) => 1,
            Self::Batch(_) => 2,
            Self::Certificate(_) | Self::Event(_) | Self::Link(_) => 3,
            Self::Item(_) | Self::Items(_) => 4,
            Self::Recall(_) | Self::Opaque(_) => 5,
        }
    }

    /// How many units it speaks of.
    #[must_use]
    pub fn units(&self) -> usize {
        match self {
            Self::Item(_) => 1,
            Self::Items(items) => items.serials.len(),
            _ => 0,
        }
    }

    /// Its `type`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Producer(_) => "producer",
            Self::Media(_) => "media",
            Self::Product(_) => "product",
            Self::Batch(_) => "batch",
            Self::Item(_) => "item",
            Self::Items(_) => "items",
            Self::Certificate(_) => "certificate",
            Self::Event(_) => "event",
            Self::Recall(_) => "recall",
            Self::Link(_) => "link",
            Self::Opaque(_) => "opaque",
        }
    }
}
