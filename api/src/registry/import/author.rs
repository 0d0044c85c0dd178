//! On whose behalf something is declared.

use crate::registry::{Id, Text};

/// The publisher that runs the registry.
pub const OPERATOR: &str = "operator";

/// Who declares, who approved it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Publisher on whose behalf.
    pub publisher: Id,
    /// The person who acts, where that is known.
    pub by: Option<Id>,
    /// Who approved it.
    pub approved_by: Option<Text>,
    /// Why, in the words of whoever did it.
    pub why: Option<Text>,
}

impl Author {
    /// A publisher, without a second person and without words.
    #[must_use]
    pub const fn of(publisher: Id) -> Self {
        Self { publisher, by: None, approved_by: None, why: None }
    }

    /// Whether this author may act on what a publisher owns.
    pub(super) fn may_act_for(&self, owner: &Id) -> bool {
        self.publisher == *owner || self.publisher.as_str() == OPERATOR
    }
}
