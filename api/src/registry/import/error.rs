//! Why the desk could not do what it was asked.

use std::io;

use crate::registry::{Fault, FaultCode};
use crate::store::StoreError;

/// Why the desk could not do what it was asked. Nothing was written, or nothing after the last commit.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The declaration is refused, for these reasons.
    #[error("refused: {}", sentences(.0))]
    Refused(Vec<Fault>),
    /// The document could not be read.
    #[error("the document cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// What it was to be carried out over ([`super::ImportOrder::over`]) is no longer what is on record.
    #[error("what this was worked out from has changed: look at it again, and decide anew")]
    Moved,
    /// More than can be held at once.
    #[error("{0}")]
    TooLarge(String),
}

impl DeskError {
    pub(super) fn refused(field: &str, code: FaultCode, message: impl Into<String>) -> Self {
        Self::Refused(vec![Fault::new(field, code, message)])
    }

    /// Whether another commit came first: what was decided is void.
    pub(super) const fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(StoreError::Conflict { .. }))
    }

    pub(super) fn not_on_record(field: &str, what: &str) -> Self {
        Self::refused(field, FaultCode::NotOnRecord, format!("{what} is not on record: load that first"))
    }

    pub(super) fn other_publisher(field: &str, what: &str) -> Self {
        Self::refused(field, FaultCode::OtherPublisher, format!("{what} was declared by another publisher"))
    }
}

fn sentences(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
