//! Through the admin listener of a running server.

use crate::commands::import::via::{AdminUrl, posting, refusal};
use crate::issue::{Codes, Order, OrderName};
use crate::registry::import::Author;

/// Longest answer that is read, in bytes: a hundred thousand codes with long links.
const MAX_ANSWER_BYTES: u64 = 256 * 1024 * 1024;

/// Why a server did not carry an order out, as far as is known.
#[derive(Debug, thiserror::Error)]
pub(super) enum ViaError {
    #[error("the server did not answer: {0}")]
    Http(#[from] ureq::Error),
    #[error("the server refused it ({status}): {said}")]
    Refused { status: u16, said: String },
    #[error("the server answered something that is no list of codes: {0}")]
    Answer(#[from] serde_json::Error),
}

/// Send an order and wait for its codes. Blocks.
pub(super) fn ask(
    url: &AdminUrl,
    token: Option<&str>,
    order: &Order,
    name: &OrderName,
    author: &Author,
) -> Result<Codes, ViaError> {
    let request = posting(url, "/v1/issue", token, author)
        .content_type("application/json")
        .header("Idempotency-Key", name.as_str());
    let mut answer = request.send(serde_json::to_string(order)?)?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_string()?;
    if status == 200 {
        Ok(serde_json::from_str(&body)?)
    } else {
        Err(ViaError::Refused { status, said: refusal(&body) })
    }
}
