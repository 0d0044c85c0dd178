//! The office: where publishers and users are written down, and where a token is told whose it is.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;

use super::person::Person;
use super::publisher::{Publisher, PublisherDraft};
use super::register::Register;
use super::session::Sessions;
use super::token::{KeptToken, TokenHash, TokenText};
use super::user::{User, UserDraft};
use crate::registry::Id;
use crate::registry::import::OPERATOR;
use crate::store::{People, StoreError};
use crate::verify::today;

/// Why something was not written down.
#[derive(Clone, Debug)]
pub enum Refused {
    /// There is nobody of this identifier, or nothing of this label.
    Missing,
    /// What was written is wrong in itself: field, and what to do.
    Unfit(&'static str, Cow<'static, str>),
    /// It does not fit what is there: field, and what to do.
    Conflict(&'static str, Cow<'static, str>),
    /// The store could not say.
    Store(StoreError),
}

impl Refused {
    pub(super) fn unfit(field: &'static str, say: impl Into<Cow<'static, str>>) -> Self {
        Self::Unfit(field, say.into())
    }

    pub(super) fn conflict(field: &'static str, say: impl Into<Cow<'static, str>>) -> Self {
        Self::Conflict(field, say.into())
    }

    /// Somebody else has changed it meanwhile.
    fn moved() -> Self {
        Self::conflict("", "was changed by somebody else at this moment: look at it again")
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The office. Whatever it writes is handed to the caller first, who keeps it in evidence before it is written.
pub struct Office {
    store: Arc<dyn People>,
    operator: Option<TokenHash>,
    random: fn() -> [u8; 32],
    /// Who has signed in to pages.
    pub sessions: Sessions,
}

impl Office {
    /// An office over a store. `operator` is the hash of the operator's own token, `random` the system's random bytes.
    #[must_use]
    pub fn over(store: Arc<dyn People>, operator: Option<TokenHash>, random: fn() -> [u8; 32]) -> Self {
        Self { store, operator, random, sessions: Sessions::default() }
    }

    /// Whether the operator has a token of their own.
    #[must_use]
    pub const fn asks_for_a_token(&self) -> bool {
        self.operator.is_some()
    }

    /// Random bytes.
    #[must_use]
    pub fn chance(&self) -> [u8; 32] {
        (self.random)()
    }

    /// Who bears a token; `None`: nobody, or not any more. That it was used today is noted.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn bearer(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Person>, StoreError> {
        if self.operator.as_ref() == Some(token) {
            return Ok(Some(Person::operator()));
        }
        let Some(user) = self.store.user_of(token).await? else { return Ok(None) };
        let Some(person) = user.bearing(token, now) else { return Ok(None) };
        if let Some(used) = user.used(token, today(now))
            && let Err(error) = self.store.put_user(&used).await
        {
            tracing::debug!(%error, "the day on which a token was used could not be noted");
        }
        Ok(Some(person))
    }

    /// Every publisher.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn register(&self) -> Result<Register, StoreError> {
        self.store.register().await
    }

    /// Every user, by identifier.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        self.store.users().await
    }

    /// The register with a publisher in it: for [`Office::keep_register`].
    ///
    /// # Errors
    /// Why it may not be written.
    pub async fn draw_up(&self, draft: PublisherDraft, now: Timestamp) -> Result<Register, Refused> {
        self.store.register().await?.with(draft, now)
    }

    /// Write the register; the publisher that it was drawn up for.
    ///
    /// # Errors
    /// When it has changed since it was drawn up, or the store fails.
    pub async fn keep_register(&self, register: &Register, id: &Id) -> Result<Publisher, Refused> {
        if !self.store.replace_register(register).await? {
            return Err(Refused::moved());
        }
        register.publisher(id).cloned().ok_or(Refused::Missing)
    }

    /// A user as written: for [`Office::keep_user`].
    ///
    /// # Errors
    /// Why it may not be written; the publisher must be registered.
    pub async fn enrol(&self, draft: UserDraft, now: Timestamp) -> Result<User, Refused> {
        let register = self.store.register().await?;
        if draft.publisher.as_str() != OPERATOR && register.publisher(&draft.publisher).is_none() {
            return Err(Refused::conflict("publisher", "is not registered: add the publisher first"));
        }
        let before = self.store.user(&draft.id).await?;
        User::written(draft, before.as_ref(), now)
    }

    /// A user with a new token, which is shown once: for [`Office::keep_user`].
    ///
    /// # Errors
    /// Why there is none.
    pub async fn new_token(
        &self,
        id: &Id,
        label: Id,
        expires: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(User, TokenText), Refused> {
        let user = self.store.user(id).await?.ok_or(Refused::Missing)?;
        let token = TokenText::of_chance(&self.chance());
        let hash = TokenHash::of(token.as_str());
        let kept = KeptToken { label, hash, created_at: now, used_on: None, expires };
        Ok((user.with_token(kept)?, token))
    }

    /// A user without a token: for [`Office::keep_user`].
    ///
    /// # Errors
    /// `Missing` when there is no such user or token; otherwise when the store fails.
    pub async fn revoked(&self, id: &Id, label: &Id) -> Result<User, Refused> {
        let user = self.store.user(id).await?.ok_or(Refused::Missing)?;
        user.without_token(label).ok_or(Refused::Missing)
    }

    /// Write a user.
    ///
    /// # Errors
    /// When the user has changed meanwhile, or the store fails.
    pub async fn keep_user(&self, user: &User) -> Result<(), Refused> {
        if self.store.put_user(user).await? { Ok(()) } else { Err(Refused::moved()) }
    }
}
