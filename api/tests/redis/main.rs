//! What the store in Redis promises when servers and links fail. Each test starts its own servers on free ports.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests, what they stand on included")]

mod checks;
mod coherence;
mod failover;
mod loss;
mod pace;
mod records;
mod start;
mod weight;
