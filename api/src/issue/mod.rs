//! Giving units their codes: serials nobody can guess, kept on record before anybody prints them.
//!
//! `order` is what is asked for; `draw` makes serials and PINs of random bytes and is pure; `issuer` puts the units on
//! record through the desk; `codes` is what a printer gets, `sheet` the same as CSV. How labels look is in `labels`.
//!
//! **An order gives the same codes whenever it is repeated.** Serials and PINs follow from the name of the order, under a
//! key that is derived from the service's secret. They are not stored for that: of a PIN only the keyed hash may be kept,
//! so nothing but a derivation can print it again, and one way for both is less than two. What is kept with the units, in
//! one commit, is that the order was carried out, for what, and in which round of drawing. Whoever does not have the
//! secret learns nothing from an order's name. An order without a name gets one from the system's source of randomness.

mod codes;
pub(crate) mod draw;
mod issuer;
mod order;
mod sheet;

#[cfg(test)]
mod tests;

pub use codes::{Codes, PrintedPin, UnitCode};
pub use issuer::{IssueError, Issuer};
pub use order::{MAX_UNITS, Order, OrderName, Space};
pub use sheet::sheet;
