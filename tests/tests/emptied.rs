//! Redis that was emptied, under two nodes that serve from it: nobody is told "unknown" because of that.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{
    Caller, Cluster, LOT, PATIENCE, Redis, Reply, Request, Server, Settings, gtin, import, products, within,
};
use redis::cmd;

const COUNT: usize = 3;
const UNKNOWN: &str = "/01/09520000991111";

fn two_nodes(store: &str) -> [Server; 2] {
    assert_eq!(import(store, &products(COUNT))["rejected"]["total"], 0);
    let nodes = Settings::nodes([store, store]);
    for node in &nodes {
        let mut caller = Caller::of(node.public);
        assert_eq!(caller.card(&format!("/01/{}/10/{LOT}", gtin(0)))["verdict"], "registered_batch");
        assert_eq!(caller.card(UNKNOWN)["verdict"], "unknown", "it can say so");
    }
    nodes
}

/// Whether an answer says that the registry is not there. Until this node has noticed, it may show what it knew.
fn is_unavailable(reply: &Reply) -> bool {
    match reply.status {
        200 => {
            let card = reply.json();
            assert_ne!(card["verdict"], "unknown", "{card}");
            false
        }
        503 => reply.json()["code"] == "registry_unavailable",
        other => panic!("{other}: {}", reply.text()),
    }
}

/// The same, or a card from before that says that it is old.
fn is_no_answer(reply: &Reply) -> bool {
    is_unavailable(reply) || (reply.status == 200 && reply.json()["stale"] == true)
}

/// Codes on record and others; asked for before and not.
fn never_says_unknown(nodes: &[Server; 2]) {
    for node in nodes {
        let mut caller = Caller::of(node.public);
        let mut never = (10_000..).map(|n| format!("/01/{}", gtin(n)));
        within(PATIENCE, "the registry is said to be unavailable", || {
            is_unavailable(&caller.ask(&never.next()?)).then_some(())
        });
        let known = [format!("/01/{}/10/{LOT}", gtin(0)), format!("/01/{}", gtin(2))];
        for code in &known {
            within(PATIENCE, "nothing from before is told as if it were so", || {
                is_no_answer(&caller.ask(code)).then_some(())
            });
        }
        for n in 0..20 {
            let fresh = [never.next().unwrap(), format!("/01/{}/21/FRESH{n}", gtin(1)), UNKNOWN.to_owned()];
            for code in fresh {
                let reply = caller.ask(&code);
                assert!(is_unavailable(&reply), "{code}: {}", reply.text());
            }
            for code in &known {
                let reply = caller.ask(code);
                assert!(is_no_answer(&reply), "{code}: {}", reply.text());
            }
        }
        let page = node.get(&format!("/card/01/{}", gtin(20_000)));
        assert_eq!((page.status, page.media_type()), (503, "text/html"));
        assert!(!page.text().contains("data-verdict"));
        let batch = serde_json::json!({"codes": [gtin(20_001), gtin(20_002)]});
        let batch = node.ask(&Request::json("/v1/verify/batch", &batch));
        assert!(!batch.text().contains("\"unknown\""), "{}", batch.text());
        assert_eq!(node.operate(&Request::get("/livez")).status, 200);
    }
}

#[test]
fn a_flushed_redis_is_not_one_that_knows_no_code() {
    let redis = Redis::start();
    let nodes = two_nodes(&redis.address());
    redis.ask::<()>(&cmd("FLUSHALL"));
    never_says_unknown(&nodes);
}

#[test]
fn a_redis_that_came_back_empty_is_not_one_that_knows_no_code() {
    let mut redis = Redis::start();
    let nodes = two_nodes(&redis.address());
    redis.restart_empty();
    never_says_unknown(&nodes);
}

#[test]
fn a_redis_that_was_made_the_replica_of_an_empty_one_is_not_one_that_knows_no_code() {
    let (redis, empty) = (Redis::start(), Redis::start());
    let nodes = two_nodes(&redis.address());
    redis.ask::<()>(cmd("REPLICAOF").arg("127.0.0.1").arg(empty.port));
    within(PATIENCE, "it has become the other's copy", || (redis.ask::<u64>(&cmd("DBSIZE")) < 10).then_some(()));
    never_says_unknown(&nodes);
}

#[test]
fn a_primary_of_a_cluster_that_was_emptied_makes_no_code_of_its_own_unknown() {
    let cluster = Cluster::start();
    let nodes = two_nodes(&cluster.address());
    for server in &cluster.servers {
        server.ask::<()>(&cmd("FLUSHALL"));
    }
    never_says_unknown(&nodes);
}

#[test]
fn an_empty_redis_is_refused_at_start() {
    let redis = Redis::start();
    let (started, said) = Settings::node(&redis.address()).run_to_end();
    assert!(!started);
    assert!(said.contains("registry"), "{said}");
    assert_eq!(redis.ask::<u64>(&cmd("DBSIZE")), 0, "and stays empty");
}
