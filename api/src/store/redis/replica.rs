//! Waiting for replicas, so that a failover loses no acknowledged commit.

use futures_util::future::try_join_all;
use redis::{Pipeline, Value, cmd};

use super::fleet::{Fleet, Node};
use super::reply::{number, odd, text};
use crate::store::StoreError;

/// Longest that a replica may take.
const WAIT_MS: u32 = 1_000;

/// Wait until one replica of each primary that has any holds what the connection for commits has written.
///
/// # Errors
/// `Unreachable` when none of them confirms it in time.
pub(super) async fn wait(fleet: &Fleet) -> Result<(), StoreError> {
    let topology = fleet.topology();
    try_join_all(topology.nodes.iter().map(|node| of(node))).await.map(|_| ())
}

/// The same for the primary of one slot: whoever writes there alone need not wait for others.
///
/// # Errors
/// As [`wait`].
pub(super) async fn wait_at(fleet: &Fleet, slot: u16) -> Result<(), StoreError> {
    match fleet.topology().node(slot) {
        Some((_, node)) => of(node).await,
        None => Err(StoreError::Unreachable("nobody serves the slot".to_owned())),
    }
}

async fn of(node: &Node) -> Result<(), StoreError> {
    let unreachable = |error: redis::RedisError| StoreError::Unreachable(error.category().to_owned());
    let mut line = node.writes().line().await?;
    let mut info = Pipeline::new();
    info.cmd("INFO").arg("replication");
    let replies = line.connection.send_packed_commands(&info, 0, 1).await.map_err(unreachable)?;
    let info = replies.first().and_then(text).ok_or_else(|| odd("INFO"))?;
    let replicas = info.lines().find_map(|line| line.strip_prefix("connected_slaves:"));
    if replicas.is_none_or(|count| count.trim() == "0") {
        return Ok(());
    }
    let wait = cmd("WAIT").arg(1).arg(WAIT_MS).to_owned();
    let reply: Value = line.connection.send_packed_command(&wait).await.map_err(unreachable)?;
    if number(&reply).is_some_and(|count| count >= 1) {
        return Ok(());
    }
    Err(StoreError::Unreachable("no replica has confirmed the commit".to_owned()))
}
