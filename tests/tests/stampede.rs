//! Thousands of callers of one cold code cost what one of them costs, also when the first goes away. Ten thousand of them
//! meet in one process in the tests of `lookup`; here they come over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::thread;
use std::time::Duration;

use nguon_tests::{Caller, Connection, Fault, LOT, Proxy, Redis, Settings, gtin, import, products};
use redis::cmd;

const CONNECTIONS: usize = 200;
/// Requests on each, one behind the other.
const EACH: usize = 10;

/// Reads since the last call.
fn reads(redis: &Redis) -> u64 {
    let stats: String = redis.ask(cmd("INFO").arg("commandstats"));
    redis.ask::<()>(cmd("CONFIG").arg("RESETSTAT"));
    let calls = |line: &str| -> Option<u64> {
        let (command, rest) = line.strip_prefix("cmdstat_")?.split_once(":calls=")?;
        let is_read = ["get", "mget", "hget", "hmget", "hgetall", "exists", "eval_ro", "evalsha"].contains(&command);
        is_read.then(|| rest.split(',').next()?.parse().ok())?
    };
    stats.lines().filter_map(calls).sum()
}

#[test]
fn two_thousand_callers_of_one_cold_code_cost_the_reads_of_one() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &products(2))["rejected"]["total"], 0);
    let link = Proxy::before(redis.port);
    let node = Settings::node(&link.address()).start();
    let code = |n: usize| format!("/01/{}/10/{LOT}", gtin(n));
    let _ = reads(&redis);
    assert_eq!(Caller::of(node.public).card(&code(0))["verdict"], "registered_batch");
    let of_one = reads(&redis);
    assert!(of_one > 0);

    // Slow enough for all of them to meet on the way, and in time for the deadline.
    link.set(Fault::Delay(Duration::from_millis(10)));
    let request = format!("GET /v1/verify{} HTTP/1.1\r\nhost: x\r\n\r\n", code(1)).repeat(EACH);
    let mut first = Connection::to(node.public);
    first.send(request.as_bytes());
    drop(first);
    let answers: usize = thread::scope(|scope| {
        let calling: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let mut connection = Connection::to(node.public);
                let request = &request;
                scope.spawn(move || {
                    connection.send(request.as_bytes());
                    (0..EACH).filter(|_| connection.reply(false).unwrap().status == 200).count()
                })
            })
            .collect();
        calling.into_iter().map(|calling| calling.join().unwrap()).sum()
    });
    assert_eq!(answers, CONNECTIONS * EACH);
    // One read of a node that has just started may be among those of the first.
    let of_all = reads(&redis);
    assert!((1..=of_one).contains(&of_all), "{of_all} reads for all, {of_one} for one");
}
