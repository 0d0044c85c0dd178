//! Codes that nobody has registered, by the million: memory stays bounded, and codes on record stay in it.
//!
//! `NGUON_TEST_UNKNOWN=10000000 cargo test --release -p nguon-tests --test floods -- --nocapture` sends the ten million of
//! the promise; without it, as many as fill the place of unknown codes several times over.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Caller, Connection, LOT, Redis, Server, Settings, gtin, import, products};
use serde_json::json;

const FLOOD: usize = 12_000;
const BATCH: usize = 100;
/// What a flood may add once the place of unknown codes (8 MiB) is full: what the allocator keeps, and the cells of
/// the limits that are touched for the first time.
const GROWTH_BYTES: u64 = 32 * 1024 * 1024;

/// Ask for so many codes that are not on record, each once, as many clients.
fn flood(node: &Server, codes: std::ops::Range<usize>) {
    let mut connection = Connection::to(node.public);
    for first in codes.step_by(BATCH) {
        let asked: Vec<String> = (first..first + BATCH).map(|n| format!("/01/{}", gtin(10_000 + n))).collect();
        let body = json!({"codes": asked, "fields": ["product"]}).to_string();
        let [_, a, b, c] = u32::try_from(first / BATCH).unwrap().to_be_bytes();
        let request = format!(
            "POST /v1/verify/batch HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             x-forwarded-for: 10.{a}.{b}.{c}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let reply = connection.send(request.as_bytes()).reply(false).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.text().matches("\"verdict\":\"unknown\"").count(), BATCH, "{}", reply.text());
    }
}

#[test]
fn a_flood_of_unknown_codes_takes_bounded_memory_and_evicts_no_code_on_record() {
    let count = std::env::var("NGUON_TEST_UNKNOWN").map_or(FLOOD, |count| count.parse().unwrap());
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &products(50))["rejected"]["total"], 0);
    let node = Settings::node(&redis.address()).and("--trusted-proxies").and("127.0.0.0/8").start();
    let known: Vec<String> = (0..50).map(|n| format!("/01/{}/10/{LOT}", gtin(n))).collect();
    let mut caller = Caller::of(node.public);
    for code in &known {
        assert_eq!(caller.card(code)["verdict"], "registered_batch");
    }
    flood(&node, 0..count / 2);
    let half = node.memory_bytes();
    flood(&node, count / 2..count);
    let whole = node.memory_bytes();
    println!("{count} unknown codes: {} MiB after half of them, {} MiB after all", half >> 20, whole >> 20);
    assert!(whole < half + GROWTH_BYTES, "{half} bytes, then {whole}");
    let mut caller = Caller::of(node.public);
    for code in &known {
        assert!(caller.ask(code).must("cache-status").contains("hit"), "{code}");
    }
}
