//! Reports: "this looks wrong", from a consumer with a product in hand.
//!
//! `draft` checks what was written and `photo` makes what was photographed fit to be kept; `receipt` is what the
//! reporter finds the report by; `reception` keeps the report before it gives the receipt, `later` those that cannot be
//! kept where they are read, and `handling` is what
//! operators do with it. `sheet` writes a list for a spreadsheet. What is kept where, and for how long, is in
//! `store::reports`. A report holds nothing of the client that sent it.

mod counts;
mod draft;
mod fault;
mod handling;
mod later;
mod photo;
mod receipt;
mod reception;
mod room;
mod sheet;

pub(crate) use draft::private_reason;
pub use draft::{Draft, Given};
pub use fault::{CONTACT_CHARS, Fault, PHOTO_BYTES, PLACE_CHARS, TEXT_CHARS};
pub use handling::{Change, Refused};
pub use receipt::{RECEIPT_BYTES, Receipt};
pub use reception::{Key, Reception, Taken, Turned};
pub use room::{Full, Room, Share};
pub use sheet::sheet;

#[cfg(test)]
mod tests;
