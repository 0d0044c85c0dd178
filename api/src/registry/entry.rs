//! What is stored: records folded together, so that a lookup reads little.
//!
//! An entry is written whole. Its `Stamp` says which commit wrote it and when; two entries with equal content
//! are the same entry, whatever their stamps (that is what makes an import idempotent).

use std::sync::OnceLock;

use gs1::{Lot, Serial};
use jiff::Timestamp;
use nguon_openapi::Lang;
use serde::{Deserialize, Serialize};

use super::{
    Batch, Certificate, Event, Id, ItemState, Link, LotRef, OpaqueRecord, Producer, Product, Recall, Text,
    claim::is_claim,
    media::{MediaType, Size},
};

/// Number of the commit that wrote an entry; grows by one with each commit of a registry, never reused.
pub type Revision = u64;

/// Which commit wrote an entry, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The commit.
    pub revision: Revision,
    /// When it was written.
    pub at: Timestamp,
}

/// `n:p:{G}`: a product with what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductEntry {
    /// The record.
    pub product: Product,
    /// Publisher who declared it first.
    pub publisher: Id,
    /// Other publishers who declared it too; the card says so until it is settled.
    #[serde(default)]
    pub disputed_by: Vec<Id>,
    /// Publishers against whom a dispute was settled: what they declare of the product is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overruled: Vec<Id>,
    /// Certificates of the product, by identifier.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// Resolver links, by identifier.
    #[serde(default)]
    pub links: Vec<Link>,
    /// When the record was withdrawn, if it is.
    #[serde(default)]
    pub withdrawn_at: Option<Timestamp>,
    /// Which commit wrote it.
    pub stamp: Stamp,
    /// What its names claim, once that has been worked out.
    #[serde(skip)]
    pub claims: NameClaims,
}

/// Which names of a product make a claim. It takes some microseconds to say, every card says it, and a name does not
/// change: worked out once for an entry in memory, by [`ProductEntry::claims_in`].
#[derive(Debug, Default)]
pub struct NameClaims(OnceLock<[bool; 2]>);

/// A copy is made to be changed: it starts anew.
impl Clone for NameClaims {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It follows from the names, and those are compared.
impl PartialEq for NameClaims {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for NameClaims {}

impl ProductEntry {
    /// Whether the product's name in Vietnamese, and its name in English, claims something.
    fn claims(&self) -> [bool; 2] {
        let name = &self.product.name;
        let english = || name.en.as_ref().is_some_and(|en| is_claim(en.as_str()));
        *self.claims.0.get_or_init(|| [is_claim(name.vi.as_str()), english()])
    }

    /// Whether the name that a reader sees in a language claims something.
    #[must_use]
    pub fn claims_in(&self, lang: Lang) -> bool {
        let [vietnamese, english] = self.claims();
        match lang {
            Lang::En if self.product.name.en.is_some() => english,
            _ => vietnamese,
        }
    }

    /// Whether any of its names does.
    #[must_use]
    pub fn claims_anywhere(&self) -> bool {
        self.claims().contains(&true)
    }
}

/// `n:l:{G}:LOT`: a lot with its timeline and ancestors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotEntry {
    /// The record.
    pub batch: Batch,
    /// Its ordinal within the product: what an item stores instead of the name. 24 bits.
    pub ordinal: u32,
    /// Stages in order of time; at most 20.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Every lot it was made from, near ones first, each with the input it came by; at most 256.
    #[serde(default)]
    pub ancestors: Vec<Ancestor>,
    /// Which commit wrote it.
    pub stamp: Stamp,
}

/// `w:u:{G}:LOT`: the lots made from a lot. Apart from the lot, because the lot need not be on record, and because
/// no card shows it: a new output changes no card of its input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputsEntry {
    /// Lots that name it as an input, in their order; at most 4,096.
    pub lots: Vec<LotRef>,
}

/// `w:c:ID`: a certificate, and who declared it. What a product or producer shows is a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateEntry {
    /// The record.
    pub certificate: Certificate,
    /// Publisher who declared it first; its identifier is theirs.
    pub publisher: Id,
    /// Which commit wrote it.
    pub stamp: Stamp,
}

/// A lot somewhere up the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// The lot.
    pub lot: LotRef,
    /// Index in `ancestors` of the lot that it went into; `None`: into this lot itself.
    pub into: Option<u16>,
}

/// `n:o:{id}`: a producer with its certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerEntry {
    /// The record.
    pub producer: Producer,
    /// Publisher who declared it first.
    pub publisher: Id,
    /// Certificates of the producer, by identifier.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// Which commit wrote it.
    pub stamp: Stamp,
}

/// `n:i:{G.b}` field: a unit in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemEntry {
    /// Ordinal of its lot; `None` when it has none on record. 24 bits.
    pub lot: Option<u32>,
    /// Where it stands.
    pub state: ItemState,
    /// An exception is stored beside it: read that too.
    pub has_exception: bool,
    /// Day of `state`, as days since 2020-01-01; `None` when it is not on record.
    pub since_day: Option<u16>,
}

/// `n:x:{G.b}:f`: what a unit has of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Its own last day of use.
    #[serde(default)]
    pub expires: Option<jiff::civil::Date>,
    /// Why it was cancelled.
    #[serde(default)]
    pub reason: Option<Text>,
}

/// `n:r:{r}:ID`: a recall with the lots it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecallEntry {
    /// The record.
    pub recall: Recall,
    /// Lots made from a recalled lot, as the writer found them, in their order; at most 4,096.
    #[serde(default)]
    pub derived: Vec<LotRef>,
    /// There are more of them than `derived` can hold: whoever keeps cards must drop them all.
    #[serde(default)]
    pub derived_cut: bool,
    /// Publisher who issued it.
    pub publisher: Id,
    /// Which commit wrote it.
    pub stamp: Stamp,
}

/// `n:q:HASH`: an opaque code. The whole code is kept and compared, so that a hash never decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpaqueEntry {
    /// The record.
    pub record: OpaqueRecord,
    /// Publisher who declared it first.
    pub publisher: Id,
    /// Which commit wrote it.
    pub stamp: Stamp,
}

/// A picture's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaEntry {
    /// What it is.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: bytes::Bytes,
    /// The sizes in which the picture is drawn, this one among them.
    pub sizes: Vec<Size>,
}

/// A serial, its product and its lot: how an item is named where the ordinal has been resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// The serial.
    pub serial: Serial,
    /// Its lot.
    pub lot: Option<Lot>,
}
