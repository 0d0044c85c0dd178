//! What the tests stand on: the `nguon` binary as a process, HTTP byte by byte, a browser, a shop on another origin.
//!
//! The promises themselves are in `tests/`, one file per promise. Nothing here knows how Nguon works inside: a test
//! sees what a caller sees. Everything that is started is stopped when its value is dropped, also when a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "this is test code: what goes wrong here fails the test that needed it"
)]

mod between;
mod binary;
mod browser;
mod caller;
mod desk;
mod drawing;
mod house;
mod http;
mod import;
mod output;
mod page;
mod photo;
mod registry;
mod reporting;
mod server;
mod shop;
mod wire;

pub use between::{Between, Instead};
pub use binary::{nguon, workspace};
pub use browser::Browser;
pub use caller::Caller;
pub use desk::{Clerk, fields, hidden};
pub use drawing::{Drawing, Symbol};
pub use house::{House, ROOT};
pub use http::{Reply, Request, encoded};
pub use import::import;
pub use nguon_test_servers::{Cluster, Fault, PATIENCE, Proxy, Redis, Sentinel, elapsed, within};
pub use page::{addresses, attribute_values, between, unescaped, words};
pub use photo::{png, png_of};
pub use registry::{GTIN, LOT, OTHER_LOT, PUBLISHER, SERIAL, gtin, lines, products, recall, recall_of, records};
pub use reporting::{
    DOCUMENT, PHONE, Part, TOLD, form, from, listed, lot_code, over, receipt, report, report_status, reporting, send,
};
pub use server::{Server, Settings, demo};
pub use shop::{Shop, element, shop_page, strict_policy};
pub use wire::{Connection, Ended};
