//! Waiting for replicas, so that a failover loses nothing that was acknowledged.

use std::time::Duration;

use futures_util::future::try_join_all;
use parking_lot::Mutex;
use redis::{Cmd, Pipeline, Value, cmd};
use tokio::time::Instant;

use super::fleet::{Fleet, Node};
use super::link::{Line, Link};
use super::reply::{number, odd, text};
use crate::store::StoreError;

/// Longest that a replica may take.
const WAIT_MS: u32 = 1_000;
/// How long it is remembered whether a primary has replicas.
const REMEMBERED: Duration = Duration::from_secs(1);

/// Whether a primary has replicas, as it said last.
#[derive(Debug, Default)]
pub(super) struct Replicas(Mutex<Option<(Instant, bool)>>);

/// Wait until one replica of each primary that has any holds what the connection for commits has written.
///
/// # Errors
/// `Unreachable` when none of them confirms it in time.
pub(super) async fn wait(fleet: &Fleet) -> Result<(), StoreError> {
    let topology = fleet.topology();
    try_join_all(topology.nodes.iter().map(|node| of(node))).await.map(|_| ())
}

async fn of(node: &Node) -> Result<(), StoreError> {
    let mut line = node.writes().line().await?;
    if !says_any(&mut line).await? {
        return Ok(());
    }
    let reply = line.connection.send_packed_command(&command()).await.map_err(|error| unreachable(&error))?;
    if has_confirmed(&reply) {
        return Ok(());
    }
    Err(StoreError::Unreachable("no replica has confirmed the commit".to_owned()))
}

/// Whether a primary has replicas; asked over this link, once a second at most as long as it answers.
///
/// # Errors
/// `Unreachable` when it does not.
pub(super) async fn any(node: &Node, link: &Link) -> Result<bool, StoreError> {
    {
        let mut known = node.replicas.0.lock();
        if let Some((asked, any)) = &mut *known {
            if asked.elapsed() < REMEMBERED {
                return Ok(*any);
            }
            // Whoever else comes until this one has asked takes the answer of old.
            *asked = Instant::now();
        }
    }
    let any = says_any(&mut link.line().await?).await?;
    *node.replicas.0.lock() = Some((Instant::now(), any));
    Ok(any)
}

async fn says_any(line: &mut Line) -> Result<bool, StoreError> {
    let mut info = Pipeline::new();
    info.cmd("INFO").arg("replication");
    let replies = line.connection.send_packed_commands(&info, 0, 1).await.map_err(|error| unreachable(&error))?;
    let info = replies.first().and_then(text).ok_or_else(|| odd("INFO"))?;
    let replicas = info.lines().find_map(|line| line.strip_prefix("connected_slaves:"));
    Ok(replicas.is_some_and(|count| count.trim() != "0"))
}

/// Waits until a replica holds what the connection that it is sent on has written.
pub(super) fn command() -> Cmd {
    cmd("WAIT").arg(1).arg(WAIT_MS).to_owned()
}

/// Whether the reply to [`command`] says that it does.
pub(super) fn has_confirmed(reply: &Value) -> bool {
    number(reply).is_some_and(|count| count >= 1)
}

fn unreachable(error: &redis::RedisError) -> StoreError {
    StoreError::Unreachable(error.category().to_owned())
}
