//! Many codes in one request.

use serde::{Deserialize, Serialize};

use crate::{Card, Context, Lang, Problem, Section};

/// Codes to look up together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"codes": ["09520000010010", "(01)09520000040017(10)K04A"], "lang": "vi"})))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The codes, in any form; 1 to 100.
    pub codes: Vec<String>,
    /// Language of the texts; `vi` when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Where the cards are shown; `unit` when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// Sections to send; all when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<Section>>,
}

/// An answer for each code, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"results": [{"type": "/docs/problems#code_too_long", "title": "The code is too long", "status": 400, "code": "code_too_long", "detail": "A code has at most 2,048 bytes. Send one code, not a page of text."}]})))]
pub struct BatchResponse {
    /// The answers.
    pub results: Vec<BatchResult>,
}

/// A card, or the problem that kept us from giving one. A problem has a `status`; a card has a `verdict`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum BatchResult {
    /// The card.
    Card(Box<Card>),
    /// Why there is none.
    Problem(Problem),
}
