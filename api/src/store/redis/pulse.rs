//! Heartbeats: written through the connection that lookups use, heard through the one that tells of changes.
//!
//! Only a name that comes all the way round proves that changes are told in time. A PING does not: a connection may
//! swallow pushes and answer it, and so does a primary that is cut off from the majority; in a Cluster that one stops
//! taking writes, and with them the heartbeats stop.
//!
//! A beat goes out each second. One that is not heard within a second: `in_time(false)`, so that a dead link is
//! noticed after 2 s at most. After four in a row the connection is made anew.

use std::time::Duration;

use futures_util::future::join_all;
use redis::cmd;
use tokio::time::{Instant, timeout};

use super::fleet::{Fleet, Node};

/// Between beats.
pub(super) const EVERY: Duration = Duration::from_secs(1);
/// Longest from writing a beat to hearing it.
pub(super) const BOUND: Duration = Duration::from_secs(1);
/// Longest that the connection for commits or checks may say nothing: a long commit keeps it busy, a dead one never answers.
const SILENT: Duration = Duration::from_secs(10);
/// Late beats after which the connection is given up.
const PATIENCE: u32 = 4;
/// Names that beats take by turns, so that a late one is not taken for the latest.
const NAMES: u64 = 16;
/// A process that is gone leaves no name behind for longer: 30 s.
const LIFE_MS: u32 = 30_000;

/// Which beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beat(u64);

/// The beats of one connection. The time comes in with each call.
#[derive(Default)]
pub(super) struct Pulse {
    last: u64,
    /// When the last one went out, while it has not been heard.
    out: Option<Instant>,
    late: u32,
}

impl Pulse {
    /// The next beat.
    pub(super) fn beat(&mut self, now: Instant) -> Beat {
        self.last += 1;
        self.out = Some(now);
        Beat(self.last)
    }

    /// When the outstanding beat will be late; `None` when there is none.
    pub(super) fn due(&self) -> Option<Instant> {
        self.out.map(|out| out + BOUND)
    }

    /// The outstanding beat is late. Returns whether to give up.
    pub(super) fn late(&mut self) -> bool {
        self.out = None;
        self.late += 1;
        self.late >= PATIENCE
    }

    /// Whether a name is the outstanding beat of this process.
    pub(super) fn heard(&mut self, name: &[u8], id: &str, now: Instant) -> bool {
        let ends = name.ends_with(Beat(self.last).suffix(id).as_bytes());
        let in_time = ends && self.due().is_some_and(|due| now <= due);
        if in_time {
            self.out = None;
            self.late = 0;
        }
        in_time
    }
}

impl Beat {
    fn suffix(self, id: &str) -> String {
        format!("{id}:{}", self.0 % NAMES)
    }
}

/// Write a beat to a primary. When it does not take it in time, lookups get another connection.
pub(super) async fn send(fleet: &Fleet, node: &Node, id: &str, beat: Beat, within: Duration) {
    let Some(slot) = fleet.topology().first_slot(&node.host) else { return };
    let mut command = cmd("SET");
    command.arg(fleet.spread.beat(slot, &beat.suffix(id))).arg(1).arg("PX").arg(LIFE_MS);
    let Ok(Ok(mut line)) = timeout(within, node.reads.line()).await else { return };
    match timeout(within, line.connection.send_packed_command(&command)).await {
        Ok(Ok(redis::Value::Okay)) => {}
        // Moved, or not the primary any more.
        Ok(Ok(_)) => fleet.moved.notify_one(),
        Ok(Err(_)) | Err(_) => node.reads.broken(&line),
    }
}

/// Whether the connections for commits and checks are alive: no beat goes through them, and whoever waits for one may
/// wait long. One that is dead is made anew.
pub(super) async fn feel(node: &Node) {
    join_all(node.without_heartbeat().map(async |link| {
        let Ok(Ok(mut line)) = timeout(SILENT, link.line()).await else { return };
        if !matches!(timeout(SILENT, line.connection.send_packed_command(&cmd("PING"))).await, Ok(Ok(_))) {
            link.broken(&line);
        }
    }))
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_outstanding_beat_counts_and_only_in_time() {
        let start = Instant::now();
        let mut pulse = Pulse::default();
        assert_eq!(pulse.due(), None);
        pulse.beat(start);
        assert!(!pulse.heard(b"n:h:{0}:other:1", "me", start));
        assert!(pulse.heard(b"n:h:{0}:me:1", "me", start));
        assert!(!pulse.heard(b"n:h:{0}:me:1", "me", start));

        pulse.beat(start);
        assert_eq!(pulse.due(), Some(start + BOUND));
        assert!(!pulse.heard(b"n:h:{0}:me:1", "me", start));
        assert!(!pulse.heard(b"n:h:{0}:me:2", "me", start + BOUND + Duration::from_millis(1)));
        assert!((1..PATIENCE).all(|_| !pulse.late()));
        assert!(pulse.late());
    }
}
