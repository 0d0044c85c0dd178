//! The registry: what publishers declare, with the invariants in the types.
//!
//! `record` is the language publishers speak (JSON, NDJSON); `entry` is what is stored: records folded
//! together so that a lookup needs few reads. Neither is the public contract: `verify` copies what may be seen
//! into the types of `nguon_openapi`.

pub mod batch;
pub mod certificate;
pub mod claim;
pub mod completeness;
pub mod entry;
pub mod event;
pub mod fault;
pub mod import;

pub mod item;
pub mod link;
pub mod media;
pub mod opaque;
pub mod producer;
pub mod product;
pub mod read;
pub mod recall;
pub mod record;
pub mod schema;
pub mod standing;
pub mod text;

pub use batch::{Batch, LotRef};
pub use certificate::Certificate;
pub use claim::is_claim;
pub use entry::{
    Ancestor, CertificateEntry, Exception, ItemEntry, LotEntry, MediaEntry, NameClaims, OpaqueEntry, OutputsEntry,
    ProducerEntry, ProductEntry, RecallEntry, Revision, Stamp,
};
pub use event::Event;
pub use fault::{Declared, Fault, FaultCode, Faults};
pub use item::{Item, ItemState, Items};
pub use link::Link;
pub use media::{Media, MediaHash};
pub use opaque::{OpaqueCode, OpaqueRecord};
pub use producer::{Address, Producer, ProducerId};
pub use product::{CompareNote, NotApplicable, Product};
pub use recall::{Recall, RecallId, RecallScope, SerialRange};
pub use record::Record;
pub use schema::json_schema;
pub use standing::{ClientHash, Digest, Gravity, Redeemed, Sign, Standing, Suspicion};
pub use text::{Digits, HostName, HttpsUrl, Id, Localised, Text};
