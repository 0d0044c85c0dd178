//! A consumer's check.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// A check of one unit by whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"code": "https://id.example.vn/01/09520000010010/21/NM01A0001", "lang": "vi"})))]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The code on the pack, in any form; at most 2,048 bytes.
    pub code: String,
    /// The PIN from under the coating, if the pack has one: 4 to 32 letters and digits; case, blanks and hyphens do not
    /// count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// The receipt of an earlier check by the same person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Language of the texts; `vi` when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}
