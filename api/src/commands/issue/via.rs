//! Through the admin listener of a running server.

use crate::commands::admin::{AdminError, Server, sent};
use crate::issue::{Codes, Order, OrderName};
use crate::registry::import::Author;

/// Send an order and wait for its codes. Blocks.
pub(super) fn ask(server: &Server, order: &Order, name: &OrderName, author: &Author) -> Result<Codes, AdminError> {
    sent(server.post_for("/v1/issue", author).header("Idempotency-Key", name.as_str()), order)
}
