//! Waiting for replicas, so that a failover loses no acknowledged commit.
//!
//! `WAIT` speaks for what its own connection has written. A commit may have been written over several, some of them
//! given up since. So the connection that asks first writes something itself: a replica that has that has everything
//! that any connection wrote before.
//!
//! Where the address asks for so many replicas (`?replicas=N`), a commit is refused before it begins while a primary
//! has fewer, and acknowledged when so many have it. Otherwise it waits for one where any is connected; a primary whose
//! replicas are away acknowledges alone, because a recall must not wait for somebody to mend a server. That is counted
//! and logged: until a replica is back, a failover loses what was acknowledged meanwhile.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;
use parking_lot::Mutex;
use redis::{Cmd, Pipeline, Value, cmd};
use tokio::time::{Instant, sleep};

use super::ask::PAUSE;
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
pub(super) struct Followed(Mutex<Option<(Instant, bool)>>);

/// How often a server is asked that does not serve what it did, or whose connection broke.
const TRIES: u32 = 50;

/// `KEYS`: witness. Writes it as it is.
const TOUCH: &str = r"
local seen = redis.call('GET', KEYS[1])
if not seen then return redis.error_reply('EMPTIED no witness') end
redis.call('SET', KEYS[1], seen)
return 1
";

/// What is known of the replicas of all primaries.
#[derive(Debug, Default)]
pub(super) struct Replicas {
    /// A primary has had one.
    expected: AtomicBool,
    /// One that is expected is away.
    away: AtomicBool,
    /// Commits acknowledged meanwhile.
    unreplicated: AtomicU64,
}

impl Replicas {
    /// Commits that no replica had when they were acknowledged, although there are replicas as a rule.
    pub(super) fn unreplicated(&self) -> u64 {
        self.unreplicated.load(Ordering::Relaxed)
    }

    /// A primary has so many.
    fn seen(&self, count: u32) {
        if count > 0 {
            self.expected.store(true, Ordering::Relaxed);
        }
    }

    /// A commit is acknowledged, with a replica of every primary or without.
    fn acknowledged(&self, everywhere: bool) {
        if everywhere {
            if self.away.swap(false, Ordering::Relaxed) {
                tracing::info!("replicas have what is committed again");
            }
        } else if self.expected.load(Ordering::Relaxed) {
            self.unreplicated.fetch_add(1, Ordering::Relaxed);
            if !self.away.swap(true, Ordering::Relaxed) {
                tracing::warn!("a replica is away: a failover would lose what is committed until it is back");
            }
        }
    }
}

/// See to it that every primary has as many replicas as the address asks for.
///
/// # Errors
/// `Unreachable` when one has fewer.
pub(super) async fn must_be_there(fleet: &Fleet) -> Result<(), StoreError> {
    let wanted = fleet.address.replicas();
    if wanted == 0 {
        return Ok(());
    }
    let topology = fleet.topology();
    let counts = try_join_all(topology.nodes.iter().map(|node| count(fleet, node))).await?;
    match counts.iter().min() {
        Some(&fewest) if fewest < wanted => Err(too_few(fewest, wanted)),
        _ => Ok(()),
    }
}

fn too_few(there: u32, wanted: u32) -> StoreError {
    StoreError::Unreachable(format!("a primary has {there} replicas; the address asks for {wanted}"))
}

/// Wait until the replicas of each primary hold everything that was written so far. `ends`: a commit is acknowledged
/// after this.
///
/// # Errors
/// `Unreachable` when they do not confirm it in time.
pub(super) async fn wait(fleet: &Fleet, ends: bool) -> Result<(), StoreError> {
    let topology = fleet.topology();
    let confirmed = try_join_all(topology.nodes.iter().map(|node| of(fleet, node))).await?;
    if ends {
        fleet.replicas.acknowledged(confirmed.into_iter().all(|confirmed| confirmed));
    }
    Ok(())
}

/// The same for the primary of one slot: whoever writes there alone need not wait for others.
///
/// # Errors
/// As [`wait`].
pub(super) async fn wait_at(fleet: &Fleet, slot: u16) -> Result<(), StoreError> {
    match fleet.topology().node(slot) {
        Some((_, node)) => of(fleet, node).await.map(drop),
        None => Err(StoreError::Unreachable("nobody serves the slot".to_owned())),
    }
}

/// Whether a replica confirms it; not where there is none and none is asked for.
async fn of(fleet: &Fleet, node: &Node) -> Result<bool, StoreError> {
    // A primary that serves nothing has written nothing.
    let Some(slot) = fleet.topology().first_slot(&node.host) else { return Ok(true) };
    let witness = fleet.spread.witness(slot);
    for _ in 0..TRIES {
        if let Some(confirmed) = once(fleet, node, &witness).await? {
            return Ok(confirmed);
        }
        fleet.moved.notify_one();
        sleep(PAUSE).await;
    }
    Err(StoreError::Unreachable("a primary does not confirm the commit".to_owned()))
}

/// `None`: to be asked again.
async fn once(fleet: &Fleet, node: &Node, witness: &str) -> Result<Option<bool>, StoreError> {
    let mut line = node.writes().line().await?;
    let Ok(info) = line.connection.send_packed_command(cmd("INFO").arg("replication")).await else {
        node.writes().broken(&line);
        return Ok(None);
    };
    let (there, asked_for) = (connected(&info)?, fleet.address.replicas());
    fleet.replicas.seen(there);
    let wanted = asked_for.max(u32::from(there > 0));
    if wanted == 0 {
        return Ok(Some(false));
    }
    let mut both = Pipeline::new();
    both.cmd("EVAL").arg(TOUCH).arg(1).arg(witness).cmd("WAIT").arg(wanted).arg(WAIT_MS);
    let Ok(replies) = line.connection.send_packed_commands(&both, 0, 2).await else {
        node.writes().broken(&line);
        return Ok(None);
    };
    let [touched, confirmed] = <[Value; 2]>::try_from(replies).map_err(|_| odd("WAIT"))?;
    if matches!(touched, Value::ServerError(_)) {
        // It does not serve the slot any more, or serves nothing just now.
        return Ok(None);
    }
    if has_confirmed(&confirmed, wanted) {
        return Ok(Some(true));
    }
    Err(StoreError::Unreachable("no replica has confirmed the commit".to_owned()))
}

/// How many replicas a primary has.
async fn count(fleet: &Fleet, node: &Node) -> Result<u32, StoreError> {
    let count = says(&mut node.writes().line().await?).await?;
    fleet.replicas.seen(count);
    Ok(count)
}

async fn says(line: &mut Line) -> Result<u32, StoreError> {
    let unreachable = |error: redis::RedisError| StoreError::Unreachable(error.category().to_owned());
    let info = cmd("INFO").arg("replication").to_owned();
    connected(&line.connection.send_packed_command(&info).await.map_err(unreachable)?)
}

/// How many replicas must hold what is written over a link before it counts: as many as the address asks for, or one
/// where there is any. That is asked once a second at most, as long as the server answers.
///
/// # Errors
/// `Unreachable` when it does not.
pub(super) async fn wanted(node: &Node, link: &Link) -> Result<u32, StoreError> {
    let asked_for = node.asked_replicas();
    if asked_for > 0 {
        return Ok(asked_for);
    }
    {
        let mut known = node.followed.0.lock();
        if let Some((asked, any)) = &mut *known {
            if asked.elapsed() < REMEMBERED {
                return Ok(u32::from(*any));
            }
            // Whoever else comes until this one has asked takes the answer of old.
            *asked = Instant::now();
        }
    }
    let any = says(&mut link.line().await?).await? > 0;
    *node.followed.0.lock() = Some((Instant::now(), any));
    Ok(u32::from(any))
}

/// Waits until so many replicas hold what the connection that it is sent on has written.
pub(super) fn command(wanted: u32) -> Cmd {
    cmd("WAIT").arg(wanted).arg(WAIT_MS).to_owned()
}

/// Whether the reply to [`command`] says that they do.
pub(super) fn has_confirmed(reply: &Value, wanted: u32) -> bool {
    number(reply).is_some_and(|count| count >= i64::from(wanted))
}

/// Replicas that follow. One that is still being given everything confirms nothing until it has it.
fn connected(info: &Value) -> Result<u32, StoreError> {
    let info = text(info).ok_or_else(|| odd("INFO"))?;
    let following = info.lines().filter(|line| line.starts_with("slave") && line.contains(",state=online,"));
    Ok(u32::try_from(following.count()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_counts_as_unreplicated_where_a_replica_has_been_seen() {
        let replicas = Replicas::default();
        replicas.acknowledged(false);
        assert_eq!(replicas.unreplicated(), 0);
        replicas.seen(1);
        replicas.acknowledged(true);
        replicas.acknowledged(false);
        replicas.acknowledged(false);
        replicas.acknowledged(true);
        assert_eq!(replicas.unreplicated(), 2);
    }
}
