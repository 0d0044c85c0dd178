//! Redis as tests need it: one server, a Cluster of three primaries, a primary under a Sentinel; each on free ports of
//! the loopback, in a directory of its own, killed when dropped. They can be frozen, killed, started again with what
//! they had or with nothing. [`Proxy`] is a link to a server that fails on demand.
//!
//! Calls block, and take a moment: a test that is asynchronous may make them between two of its awaits.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "this is test code: what goes wrong here fails the test that needed it"
)]

mod bus;
mod cluster;
mod process;
mod proxy;
mod redis;
mod sentinel;
mod wait;

pub use cluster::Cluster;
pub use process::{Signal, signal};
pub use proxy::{Fault, Proxy};
pub use redis::Redis;
pub use sentinel::Sentinel;
pub use wait::{PATIENCE, elapsed, until, within};
