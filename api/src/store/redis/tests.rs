//! What every engine promises, on one Redis and on a Cluster; and what only Redis has to prove from inside.

mod cluster;
mod growth;
mod recovery;
#[allow(dead_code, reason = "what is not used here is used by the tests from outside")]
mod server;

use redis::cmd;

use super::{RedisOptions, RedisStore};
use crate::store::conformance;
use cluster::Cluster;
use server::Server;

/// With a deadline that a busy machine keeps as well: none of these tests is about time.
async fn created(address: &str) -> RedisStore {
    let options = RedisOptions { read_deadline: server::PATIENCE };
    RedisStore::open_or_create(address.parse().unwrap(), options).await.unwrap()
}

#[tokio::test]
async fn one_redis_keeps_every_promise() {
    let server = Server::start().await;
    conformance::all(async || {
        let _: String = server.ask(&cmd("FLUSHALL")).await;
        created(&server.address()).await
    })
    .await;
}

#[tokio::test]
async fn a_cluster_keeps_every_promise() {
    let cluster = Cluster::start(false).await;
    conformance::all(async || {
        for server in &cluster.servers {
            let _: String = server.ask(&cmd("FLUSHALL")).await;
        }
        created(&cluster.address()).await
    })
    .await;
}
