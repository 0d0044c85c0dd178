//! A server that dies is followed by its replica, and every recall that was acknowledged is still there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use nguon_tests::{
    Caller, Cluster, LOT, PATIENCE, Sentinel, Server, Settings, gtin, import, products, recall_of, within,
};

/// Recalls that are published before the server dies, at least.
const BEFORE: usize = 20;
/// And after it has been followed.
const AFTER: usize = 5;
const COUNT: usize = 400;
const IN_DOUBT: Duration = Duration::from_secs(30);

fn loses_nothing(store: &str, kill: impl FnOnce()) {
    assert_eq!(import(store, &products(COUNT))["rejected"]["total"], 0);
    let nodes: [Server; 2] = Settings::nodes([store, store]);
    let recall = |n: usize| recall_of(&gtin(n), &format!("R-{n}"), &[LOT]);
    let (acknowledged, killed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let recalled: Vec<usize> = thread::scope(|scope| {
        let publishing = scope.spawn(|| {
            let mut recalled = Vec::new();
            let mut after = 0;
            for n in 0..COUNT {
                let was_killed = killed.load(Ordering::SeqCst);
                if nodes[n % 2].publishes(&recall(n)) {
                    recalled.push(n);
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                    after += usize::from(was_killed);
                }
                if after == AFTER {
                    break;
                }
            }
            assert_eq!(after, AFTER, "recalls are taken again");
            recalled
        });
        within(PATIENCE, "some recalls", || (acknowledged.load(Ordering::SeqCst) >= BEFORE).then_some(()));
        kill();
        killed.store(true, Ordering::SeqCst);
        publishing.join().unwrap()
    });
    for node in &nodes {
        let mut caller = Caller::of(node.public);
        for n in &recalled {
            let code = format!("/01/{}/10/{LOT}", gtin(*n));
            within(IN_DOUBT, &format!("recall {n} of {recalled:?}"), || {
                let reply = caller.ask(&code);
                (reply.status == 200 && reply.json()["verdict"] == "recalled").then_some(())
            });
        }
    }
}

#[test]
fn a_replica_that_takes_over_in_a_cluster_has_every_acknowledged_recall() {
    let mut cluster = Cluster::with_replicas();
    let store = cluster.address();
    let primary = cluster.server_of("n:r:{r}:R-0");
    loses_nothing(&store, || cluster.servers[primary].kill());
}

#[test]
fn the_replica_that_a_sentinel_promotes_has_every_acknowledged_recall() {
    let mut sentinel = Sentinel::start();
    let store = sentinel.address();
    loses_nothing(&store, || sentinel.primary.kill());
}
