//! What every engine promises, on one Redis and on a Cluster; and what only Redis has to prove from inside.

mod growth;
mod hearing;
mod ledger;
mod recovery;

use nguon_test_servers::{Cluster, PATIENCE, Redis};
use redis::cmd;

use super::{RedisOptions, RedisStore};
use crate::store::{conformance, people, reports, submissions};

/// With a deadline that a busy machine keeps as well: none of these tests is about time.
async fn created(address: &str) -> RedisStore {
    let options = RedisOptions { read_deadline: PATIENCE };
    RedisStore::open_or_create(address.parse().unwrap(), options).await.unwrap()
}

#[tokio::test]
async fn one_redis_keeps_every_promise() {
    let server = Redis::start();
    conformance::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL"));
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn a_cluster_keeps_every_promise() {
    let cluster = Cluster::start();
    conformance::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL"));
        }
        created(&cluster.address()).await
    })
    .await;
}

#[tokio::test]
async fn the_ledger_of_one_redis_keeps_every_promise() {
    let server = Redis::start();
    conformance::ledger::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL"));
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn one_redis_keeps_the_promises_about_reports() {
    let server = Redis::start();
    reports::conformance::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL"));
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn the_ledger_of_a_cluster_keeps_every_promise() {
    let cluster = Cluster::start();
    conformance::ledger::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL"));
        }
        created(&cluster.address()).await
    })
    .await;
}

#[tokio::test]
async fn a_cluster_keeps_the_promises_about_reports() {
    let cluster = Cluster::start();
    reports::conformance::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL"));
        }
        created(&cluster.address()).await
    })
    .await;
}

#[tokio::test]
async fn one_redis_keeps_the_promises_about_people() {
    let server = Redis::start();
    people::conformance::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL"));
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn a_cluster_keeps_the_promises_about_people() {
    let cluster = Cluster::start();
    people::conformance::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL"));
        }
        created(&cluster.address()).await
    })
    .await;
}

#[tokio::test]
async fn one_redis_keeps_the_promises_about_submissions() {
    let server = Redis::start();
    submissions::conformance::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL"));
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn a_cluster_keeps_the_promises_about_submissions() {
    let cluster = Cluster::start();
    submissions::conformance::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL"));
        }
        created(&cluster.address()).await
    })
    .await;
}
