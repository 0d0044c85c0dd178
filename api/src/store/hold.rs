//! A hold against retention: a dispute, a case, a request of an authority. What it is put on outlives its own time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::registry::Id;

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// When it was put on.
    pub at: Timestamp,
    /// By whom.
    pub by: Id,
    /// Why, in their words.
    pub why: String,
    /// When it ends by itself.
    pub until: Timestamp,
}
