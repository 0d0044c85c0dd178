//! What a scanned string means.
//!
//! [`read`] takes any string that a phone or a hand gives; [`read_link`] takes the raw target of a
//! request. Both answer with a [`Reading`]: a trade item, another GS1 key, an opaque code, something
//! that is no product code, or what is wrong and where.
//!
//! Below that stands a strict engine that follows GS1's reference parser, switch by switch: see
//! [`strict`], [`Elements`], [`ai`] and [`lint`].
//!
//! Pure: no I/O, no clock, no global state. Nothing is allocated for what people usually scan, time
//! is linear in the length of the input, and no input makes it panic.
#![no_std]

extern crate alloc;

pub mod ai;
mod associations;
mod bracketed;
mod charset;
pub mod check_digit;
mod content;
mod date;
mod element_string;
mod element_write;
mod elements;
#[cfg(feature = "epc")]
pub mod epc;
mod error;
mod gln;
mod gs1_prefix;
mod gtin;
mod language;
mod link;
mod link_write;
pub mod lint;
mod options;
mod other_key;
pub mod percent;
mod plain_path;
mod read;
mod reading;
mod reason;
mod scan;
#[cfg(feature = "serde")]
mod serial_form;
pub mod strict;
mod symbology;
mod text;
mod tidied;
mod trade_item;

pub use ai::Ai;
pub use charset::Charset;
pub use date::AiDate;
pub use elements::{Element, Elements, MAX_ELEMENTS, Value};
pub use error::{CouponFault, CouponField, ErrorCode, Message, ParseError};
pub use gln::Gln;
pub use gs1_prefix::Gs1Prefix;
pub use gtin::Gtin14;
pub use language::Language;
pub use options::Options;
pub use other_key::{KeyKind, OtherKey};
pub use read::{is_personal_document, read, read_link};
pub use reading::{Malformed, NotProduct, Opaque, Outcome, Reading};
pub use reason::Reason;
pub use text::{Cpv, Lot, Serial, Tpx};
pub use tidied::Tidied;
pub use trade_item::TradeItem;

/// The longest string that is read, in bytes.
pub const MAX_BYTES: usize = 2048;
