//! Kill Nguon, kill Redis, ask either to stop: what was acknowledged over Redis is there, and what was accepted is
//! answered. The same over the embedded store is in `durability`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::net::SocketAddr;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use nguon_tests::{
    Caller, Connection, GTIN, LOT, PATIENCE, PUBLISHER, Redis, Request, Server, Settings, gtin, import, lines,
    products, records,
};
use serde_json::{Value, json};

/// Acknowledged imports before anything is killed.
const BEFORE: usize = 15;

fn unit(n: usize) -> String {
    lines(&[json!({"type": "item", "gtin": GTIN, "serial": format!("U{n}"), "lot": LOT, "state": "active"})])
}

/// Import one unit after the other through a node until it takes no more; how many it acknowledged. Tells after each.
fn imports_until_it_ends(node: SocketAddr, tell: &Sender<()>) -> usize {
    let target = format!("/v1/import?publisher={PUBLISHER}");
    for n in 0.. {
        let request = Request::post(target.as_str(), "application/x-ndjson", unit(n));
        match request.try_send(node) {
            Ok(reply) if reply.status == 200 => assert_eq!(reply.json()["rejected"]["total"], 0, "{}", reply.text()),
            _ => return n,
        }
        // Nobody listens any more when it is to end.
        let _ = tell.send(());
    }
    unreachable!("it ends")
}

/// Acknowledged imports through a node until something happened to it or to its store.
fn acknowledged_until(node: Server, happens: impl FnOnce(Server)) -> usize {
    let admin = node.admin;
    let (tell, told) = channel();
    thread::scope(|scope| {
        let importing = scope.spawn(move || imports_until_it_ends(admin, &tell));
        for _ in 0..BEFORE {
            told.recv_timeout(PATIENCE).expect("an import is acknowledged");
        }
        happens(node);
        importing.join().unwrap()
    })
}

fn holds(node: &Server, acknowledged: usize) {
    let mut caller = Caller::of(node.public);
    for n in 0..acknowledged {
        let code = format!("/01/{GTIN}/21/U{n}");
        assert_eq!(caller.card(&code)["verdict"], "registered_item", "{n} of {acknowledged}");
    }
}

#[test]
fn a_killed_redis_loses_no_acknowledged_import() {
    let mut redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let node = Settings::node(&redis.address()).start();
    let acknowledged = acknowledged_until(node, |node| {
        redis.kill();
        // The import that is under way would wait for Redis.
        node.kill();
    });
    redis.restart();
    assert!(acknowledged >= BEFORE);
    holds(&Settings::node(&redis.address()).start(), acknowledged);
}

#[test]
fn a_killed_node_loses_no_acknowledged_import_and_leaves_the_registry_to_the_others() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let [node, other] = Settings::nodes([&redis.address(), &redis.address()]);
    let acknowledged = acknowledged_until(node, Server::kill);
    assert!(acknowledged >= BEFORE);
    holds(&other, acknowledged);
    // Whatever was half done is finished, and the other takes declarations.
    let report = other.import(&products(3));
    assert_eq!(report["rejected"]["total"], 0, "{report}");
    assert_eq!(Caller::of(other.public).card(&format!("/01/{}", gtin(2)))["verdict"], "registered_gtin");
    let again = other.import(&records());
    assert_eq!(again["changed"], 0, "{again}");
}

#[test]
fn a_node_that_is_asked_to_stop_finishes_what_it_accepted() {
    let redis = Redis::start();
    assert_eq!(import(&redis.address(), &records())["rejected"]["total"], 0);
    let [node, other] = Settings::nodes([&redis.address(), &redis.address()]);
    let units: Vec<Value> = (0..20_000)
        .map(|n| json!({"type": "item", "gtin": GTIN, "serial": format!("U{n}"), "lot": LOT, "state": "active"}))
        .collect();
    let target = format!("/v1/import?publisher={PUBLISHER}");
    let request = Request::post(target, "application/x-ndjson", lines(&units)).bytes(node.admin);
    let (first, rest) = request.split_at(request.len() - 200);
    let mut connection = Connection::to(node.admin);
    connection.send(first);
    // Another answer on that listener, whose one worker reads in turn: the first part has arrived.
    assert_eq!(node.operate(&Request::get("/livez")).status, 200);
    node.ask_to_stop();
    connection.send(rest);
    let report = connection.reply(false).expect("the request had been accepted");
    assert_eq!(report.status, 200, "{}", report.text());
    assert!(node.stopped(Duration::from_secs(20)).success());
    let mut caller = Caller::of(other.public);
    for n in [0, 9_999, 19_999] {
        assert_eq!(caller.card(&format!("/01/{GTIN}/21/U{n}"))["verdict"], "registered_item", "{n}");
    }
}
