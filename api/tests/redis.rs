//! What the store in Redis promises when servers and links fail. Each test starts its own servers on free ports.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests, what they stand on included")]

#[path = "../src/store/redis/tests/cluster.rs"]
#[allow(dead_code, reason = "what is not used here is used by the tests of the library")]
mod cluster;
#[path = "redis/coherence.rs"]
mod coherence;
#[path = "redis/failover.rs"]
mod failover;
#[path = "redis/loss.rs"]
mod loss;
#[path = "redis/proxy.rs"]
mod proxy;
#[path = "redis/records.rs"]
mod records;
#[path = "../src/store/redis/tests/server.rs"]
mod server;
#[path = "redis/start.rs"]
mod start;
#[path = "redis/weight.rs"]
mod weight;
