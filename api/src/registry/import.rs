//! The desk: where declarations enter the registry.
//!
//! A [`Desk`] takes records from a [`Document`] (or one at a time from the admin listener), checks what only the
//! registry can tell, folds them into entries, and commits these with their evidence. One writer at a time; readers
//! never wait. What a single record may say is in the record's own type; what it does to entries is in `fold`, one
//! file a kind; how lots hang together is in `ancestry`, which lots a recall reaches in `reach`.
//!
//! **Who may say what.** The first publisher to declare a product, producer, certificate, recall or opaque code owns
//! it. A second one who declares the same product is kept in evidence and makes it *disputed*; nothing is overwritten.
//! Lots, units, stages, links, certificates and recalls of a product come from its owner, or from [`OPERATOR`], who
//! runs the registry.
//!
//! **Again and again.** A declaration that changes nothing writes nothing. An import that was cut short continues
//! where its last commit stood.

mod ancestry;
mod author;
mod basis;
mod complete;
mod desk;
mod document;
mod draft;
mod error;
mod evidence;
mod feed;
mod fold;
mod foresee;
mod issue;
mod note;
mod portion;
mod reach;
mod recall;
mod report;
mod revoke;
mod run;
mod settle;
mod specimens;
mod survey;

pub use author::{Author, OPERATOR};
pub use basis::Basis;
pub use desk::Desk;
pub use document::{Document, Format, Spool, Watch};
pub use error::DeskError;
pub use foresee::Foreseen;
pub use issue::{DrawRound, Issue, Issued};
pub use report::{Done, Finding, Findings, ProductCompleteness, Report, Warning, WarningCode};
pub use revoke::{Revocation, Revoked};
pub use run::{ImportOrder, MAX_STRICT_ENTRIES};
pub use settle::Settlement;
pub use specimens::Marked;

#[cfg(test)]
mod tests;
