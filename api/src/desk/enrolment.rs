//! Writing down publishers, users and tokens: each change is in the evidence log before it is made, and no token ever is.

use jiff::Timestamp;
use serde_json::json;

use crate::people::{Office, Publisher, PublisherDraft, Refused, TokenText, User, UserDraft};
use crate::registry::Id;
use crate::registry::import::{Author, Desk, DeskError};

/// Why somebody was not written down.
#[derive(Debug)]
pub enum NotEnrolled {
    /// The office refuses it.
    Refused(Refused),
    /// It could not be kept in evidence.
    Desk(DeskError),
}

impl From<Refused> for NotEnrolled {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<DeskError> for NotEnrolled {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

/// One act of somebody who may write people down.
pub struct Enrolment<'a> {
    /// Where they are written down.
    pub office: &'a Office,
    /// Where it is kept in evidence.
    pub desk: &'a Desk,
    /// Who does it.
    pub author: Author,
    /// When.
    pub now: Timestamp,
}

impl Enrolment<'_> {
    /// Register a publisher, or amend one.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn publisher(self, draft: PublisherDraft) -> Result<Publisher, NotEnrolled> {
        let (id, body) = (draft.id.clone(), json!(draft));
        let register = self.office.draw_up(draft, self.now).await?;
        self.desk.note("publisher", body, self.author).await?;
        Ok(self.office.keep_register(&register, &id).await?)
    }

    /// Write a user down, or amend one.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn user(self, draft: UserDraft) -> Result<User, NotEnrolled> {
        // A person's name is no part of what is kept for ever.
        let body = json!({ "id": draft.id, "publisher": draft.publisher, "roles": draft.roles });
        let user = self.office.enrol(draft, self.now).await?;
        self.desk.note("user", body, self.author).await?;
        self.office.keep_user(&user).await?;
        Ok(user)
    }

    /// Make a token, which is told this once.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn token(self, user: &Id, label: Id, expires: Option<Timestamp>) -> Result<TokenText, NotEnrolled> {
        let body = json!({ "user": user, "label": label, "expires": expires });
        let (kept, token) = self.office.new_token(user, label, expires, self.now).await?;
        self.desk.note("token", body, self.author).await?;
        self.office.keep_user(&kept).await?;
        Ok(token)
    }
}
