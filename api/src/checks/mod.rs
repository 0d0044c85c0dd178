//! Consumers' checks: counted, weighed, and the only answer that can be positive.
//!
//! `rules` weighs what was recorded and is pure; everything that touches a store, a key or a file is beside it.

pub mod journal;
pub mod place;
pub mod province;
pub mod rules;
