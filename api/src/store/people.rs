//! Where publishers and users are kept: beside the records, outside the registry's marker, and never exported with them.
//!
//! Nothing here decides anything: what a publisher or a user may be is in `people`. The register of publishers is one
//! value, because no two of them may hold the same numbers; a user is found by identifier, and by the hash of a token.

#[cfg(test)]
pub(crate) mod conformance;

use async_trait::async_trait;

use super::StoreError;
use crate::people::{Register, TokenHash, User};
use crate::registry::Id;

/// Where publishers and users are kept.
#[async_trait]
pub trait People: Send + Sync {
    /// Every publisher; the empty register where none was ever written.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn register(&self) -> Result<Register, StoreError>;

    /// Put the register in place of the version before it: whether that was still there. When this returns, it is on
    /// disk.
    ///
    /// # Errors
    /// `Unreachable` when it is not certain that it is on disk; otherwise as `Store::read`.
    async fn replace_register(&self, is: &Register) -> Result<bool, StoreError>;

    /// A user.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn user(&self, id: &Id) -> Result<Option<User>, StoreError>;

    /// Every user, by identifier.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn users(&self) -> Result<Vec<User>, StoreError>;

    /// The user who has a token of this hash.
    ///
    /// # Errors
    /// As `Store::read`.
    async fn user_of(&self, token: &TokenHash) -> Result<Option<User>, StoreError>;

    /// Put a user in place of the version before, or of nothing (version 1): whether that was still there. Tokens that
    /// the user has no more lead nowhere from then on. When this returns, it is on disk.
    ///
    /// # Errors
    /// As [`People::replace_register`].
    async fn put_user(&self, is: &User) -> Result<bool, StoreError>;
}
