//! What an operator did that is no record: kept in the evidence log all the same.

use serde_json::Value;

use super::desk::{Desk, Inner};
use super::portion::Work;
use super::{Author, DeskError};

impl Desk {
    /// Keep a note of an act: who, when, why, and what it was about. It changes no record.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note(&self, act: &'static str, body: Value, author: Author) -> Result<(), DeskError> {
        self.decide(move |desk| {
            let (body, author) = (body.clone(), author.clone());
            Box::pin(async move { desk.note(act, body, &author).await })
        })
        .await
    }
}

impl Inner {
    async fn note(&self, act: &str, body: Value, author: &Author) -> Result<(), DeskError> {
        let mut work = Work::begin(self, author, None).await?;
        work.log.note(act, body);
        work.commit(None).await.map(drop)
    }
}
