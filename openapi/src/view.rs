//! A card that is ready to be drawn.

use serde::{Deserialize, Serialize};

use crate::{Lang, Tone, Verdict};

/// A card as a list of nodes, for whoever cannot lay one out: `<origin-card>` where no WebAssembly may run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"lang": "vi", "verdict": "unknown", "tone": "neutral", "stale": false, "nodes": [["p", "advice", "dir", "auto"], "Nhiều hàng chưa đăng ký ở đây.", null]})))]
pub struct CardView {
    /// Language of the texts.
    pub lang: Lang,
    /// The verdict.
    pub verdict: Verdict,
    /// How the answer should sound and look.
    pub tone: Tone,
    /// The registry could not be asked just now; this is what it said before.
    pub stale: bool,
    /// The nodes in document order: `[tag, part, name, value, …]` begins an element with its attributes, a string is
    /// text, `null` ends the element. Addresses on this service are paths. Headings are `h1` and `h2`.
    #[cfg_attr(feature = "utoipa", schema(value_type = Vec<serde_json::Value>))]
    pub nodes: Vec<Node>,
    /// Rules of CSS for what the nodes make, by their parts as classes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub style: String,
}

/// One node of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// Begins an element: its tag, its part (may be empty), then names and values of attributes by turns.
    Open(Vec<String>),
    /// Text, to be shown as it is.
    Text(String),
    /// Ends the element.
    Close,
}
