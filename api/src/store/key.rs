//! Keys: what a stored entry is found by, and the names it has in an engine.
//!
//! In the embedded engine each kind is a table and a key is bytes (`bytes`); in Redis a key is a name, where `{…}`
//! is the hash tag of a Cluster, G a 14-digit GTIN, and b the top bits of a serial's hash, so that a bucket holds
//! about 100 units:
//!
//! | kind | bytes | name |
//! |---|---|---|
//! | `Product` | G as 6 bytes | `n:p:{G}` |
//! | `Lot` | G, lot | `n:l:{G}:LOT` |
//! | `LotName` | G, ordinal as 4 bytes | `n:a:{G}`, field ordinal |
//! | `Producer` | identifier | `n:o:{ID}` |
//! | `Item` | G, serial | `n:i:{G.b}`, field serial, packed to at most 12 bytes |
//! | `Exception` | G, serial | `n:x:{G.b}:f` |
//! | `Standing` | G, serial | `n:y:{G.b}:SERIAL`, b the bucket of 8 bits |
//! | `Opaque` | code | `n:q:HASH` |
//! | `Recall` | identifier | `n:r:{r}:ID` |
//! | `Media` | hash as 32 bytes | `n:m:HASH` |
//! | `LotCount` | G | `w:a:{G}` |
//! | `Outputs` | G, lot | `w:u:{G}:LOT` |
//! | `Certificate` | identifier | `w:c:ID` |
//!
//! What can change a card is under `n:`, which a node is told of; what only a writer needs is under `w:`. Numbers
//! are big endian: the order of the bytes is the order of the keys.

mod bytes;

use gs1::{Gtin14, Lot, Serial};

use crate::registry::{Id, LotRef, MediaHash, OpaqueCode, ProducerId, RecallId};

/// The name of one stored entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A product.
    Product(Gtin14),
    /// A lot.
    Lot(LotRef),
    /// The name behind a lot's ordinal.
    LotName(Gtin14, u32),
    /// A producer.
    Producer(ProducerId),
    /// A unit.
    Item(Gtin14, Serial),
    /// What a unit has of its own.
    Exception(Gtin14, Serial),
    /// Where a unit stands by its checks.
    Standing(Gtin14, Serial),
    /// A code of another scheme.
    Opaque(OpaqueCode),
    /// A recall.
    Recall(RecallId),
    /// A picture.
    Media(MediaHash),
    /// How many lot ordinals of a product are given out. For the writer.
    LotCount(Gtin14),
    /// The lots made from a lot, which need not be on record itself. For the writer and the trace.
    Outputs(LotRef),
    /// A certificate, wherever it hangs. For the writer.
    Certificate(Id),
}

/// Kinds of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Products.
    Product,
    /// Lots.
    Lot,
    /// Names behind lot ordinals.
    LotName,
    /// Producers.
    Producer,
    /// Units.
    Item,
    /// What units have of their own.
    Exception,
    /// Where units stand by their checks. Written by the ledger, never by a commit.
    Standing,
    /// Codes of other schemes.
    Opaque,
    /// Recalls.
    Recall,
    /// Pictures.
    Media,
    /// Counts of lot ordinals.
    LotCount,
    /// Lots made from lots.
    Outputs,
    /// Certificates.
    Certificate,
}

impl Kind {
    /// Every kind that a commit writes, in the order in which it does: what others refer to comes first. Not where units
    /// stand, which is no record and is written by the ledger alone.
    pub const ALL: [Self; 12] = [
        Self::Producer,
        Self::Media,
        Self::Product,
        Self::LotCount,
        Self::LotName,
        Self::Lot,
        Self::Outputs,
        Self::Certificate,
        Self::Exception,
        Self::Item,
        Self::Opaque,
        Self::Recall,
    ];

    /// Its number in stored values. Never reused.
    pub(crate) const fn tag(self) -> u8 {
        match self {
            Self::Product => 1,
            Self::Lot => 2,
            Self::LotName => 3,
            Self::Producer => 4,
            Self::Item => 5,
            Self::Exception => 6,
            Self::Opaque => 7,
            Self::Recall => 8,
            Self::Media => 9,
            Self::LotCount => 10,
            Self::Outputs => 11,
            Self::Certificate => 12,
            Self::Standing => 13,
        }
    }

    /// Whether the marker counts its entries: those that are records, and not a writer's notes.
    pub(crate) const fn is_record(self) -> bool {
        !matches!(self, Self::LotName | Self::LotCount | Self::Outputs | Self::Exception | Self::Standing)
    }
}

impl Key {
    /// A lot's key.
    #[must_use]
    pub const fn lot(gtin: Gtin14, lot: Lot) -> Self {
        Self::Lot(LotRef { gtin, lot })
    }

    /// The recall that it is the key of.
    #[must_use]
    pub const fn recall(&self) -> Option<&RecallId> {
        match self {
            Self::Recall(id) => Some(id),
            _ => None,
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Product(_) => Kind::Product,
            Self::Lot(_) => Kind::Lot,
            Self::LotName(..) => Kind::LotName,
            Self::Producer(_) => Kind::Producer,
            Self::Item(..) => Kind::Item,
            Self::Exception(..) => Kind::Exception,
            Self::Standing(..) => Kind::Standing,
            Self::Opaque(_) => Kind::Opaque,
            Self::Recall(_) => Kind::Recall,
            Self::Media(_) => Kind::Media,
            Self::LotCount(_) => Kind::LotCount,
            Self::Outputs(_) => Kind::Outputs,
            Self::Certificate(_) => Kind::Certificate,
        }
    }
}
