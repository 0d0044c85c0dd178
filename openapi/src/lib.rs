//! The public contract: what an app, a shop page or a person reads from Nguon.
//!
//! Types only. No rule of the domain lives here (that is `verify`), and no stored record: a stored field
//! becomes public by being copied into one of these types. Wire names are `snake_case`; lists that are closed
//! are enums, so that a new value is a change of contract that a diff of `openapi.json` shows.

mod batch;
mod card;
mod certificate;
mod check;
mod code;
mod completeness;
mod lang;
mod oembed;
mod problem;
mod product;
mod reason;
mod report;
mod safety;
mod timeline;
mod verdict;
mod view;

pub use batch::{BatchRequest, BatchResponse, BatchResult};
pub use card::{Card, Checks, ChecksState, Compare, Links, Section};
pub use certificate::{Certificate, CertificateKind, CertificateState};
pub use check::CheckRequest;
pub use code::{CodeInfo, CodeKind};
pub use completeness::{Completeness, MissingItem, RecordItem};
pub use lang::{Context, Lang, UnknownValue};
pub use oembed::{OEmbed, OEmbedType};
pub use problem::{FieldError, Origin, Problem};
pub use product::{Batch, Item, ItemState, Place, Producer, Product, Source, SourceLevel};
pub use reason::{Reason, ReasonCode};
pub use report::{ReportAccepted, ReportForm, ReportReason, ReportRequest, ReportState, ReportStatus};
pub use safety::{MatchedBy, RecallClass, RecallNotice, RecallStatus, RecalledSerials, Safety, SafetyStatus};
pub use timeline::{Stage, TimelineEvent};
pub use verdict::{Level, Tone, Verdict};
pub use view::{CardView, Node};

/// Version of this contract. Part of every `ETag`, so that a cached body never outlives its shape.
pub const CONTRACT_VERSION: &str = "1.0";

/// `skip_serializing_if` for counts that are only worth saying when there is something to count.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// `skip_serializing_if` for flags that are only worth saying when they are set.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}
