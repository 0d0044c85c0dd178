//! Hearing of changes: one connection to each primary, on which Redis pushes every name that was written.
//!
//! `CLIENT TRACKING ON BCAST PREFIX n:` over RESP3. Names arrive in the order in which Redis wrote them, and are passed
//! on in that order: whatever was written before a heartbeat has been told when the heartbeat is heard. Recalls are read
//! before they can be told of, beside all this (`herald`): they have as long as a heartbeat.
//!
//! | what happens | what watchers are told |
//! |---|---|
//! | names are pushed | `changed` |
//! | a push without names (the store was emptied) | `everything` |
//! | tracking was armed, for the first time or anew, or on a new primary | `everything` |
//! | the connection ends, or a heartbeat is late (`pulse`) | `in_time(false)` |
//! | a heartbeat is heard while a recall has waited for longer than that may take | `in_time(false)` |
//! | every primary's heartbeat is heard | `in_time(true)` |

use std::sync::Arc;
use std::time::Duration;

use redis::{ProtocolVersion, PushInfo, PushKind, Value, cmd};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::audience::Audience;
use super::board::Board;
use super::fleet::{Fleet, Node};
use super::herald::Herald;
use super::link;
use super::name::{self, BEATS, TRACKED};
use super::pulse::{self, BOUND, EVERY, Pulse};
use crate::store::{Changes, Dependency, StoreError};

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What an ear needs.
pub(super) struct Ear {
    pub(super) fleet: Arc<Fleet>,
    pub(super) node: Arc<Node>,
    pub(super) audience: Arc<Audience>,
    pub(super) board: Arc<Board>,
    pub(super) herald: Arc<Herald>,
    /// Names this process among those who send heartbeats.
    pub(super) id: String,
}

/// Listen to a primary until the task is aborted.
pub(super) async fn listen(ear: Ear) {
    let mut pause = FIRST_PAUSE;
    loop {
        let begun = Instant::now();
        if let Err(error) = ear.once().await {
            tracing::debug!(server = %ear.node.host, %error, "not listening for changes");
        }
        ear.board.say(&ear.node.host, false);
        ear.fleet.moved.notify_one();
        pause = if begun.elapsed() > LONGEST_PAUSE { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        sleep(pause).await;
    }
}

impl Ear {
    /// One connection, from arming to its end.
    async fn once(&self) -> Result<(), StoreError> {
        let (push, mut pushes) = unbounded_channel();
        let info = self.fleet.address.to(&self.node.host, ProtocolVersion::RESP3);
        let info = info.ok_or_else(|| StoreError::Unreachable("no address".to_owned()))?;
        let mut connection = link::connect(info, link::config().set_push_sender(push)).await?;
        let arm = cmd("CLIENT").arg("TRACKING").arg("ON").arg("BCAST").arg("PREFIX").arg(TRACKED).to_owned();
        match timeout(link::CONNECT, connection.send_packed_command(&arm)).await {
            Ok(Ok(Value::Okay)) => {}
            Ok(Ok(_)) => return Err(StoreError::Unreachable("Redis refused to track names".to_owned())),
            Ok(Err(error)) => return Err(StoreError::Unreachable(error.category().to_owned())),
            Err(_) => return Err(StoreError::Unreachable("no answer in time".to_owned())),
        }
        // Whatever was written until now was not heard.
        self.audience.everything().await;
        self.follow(&mut pushes).await;
        Ok(())
    }

    /// Until the connection ends, or so many heartbeats were late that another is worth a try.
    async fn follow(&self, pushes: &mut UnboundedReceiver<PushInfo>) {
        let mut pulse = Pulse::default();
        let mut next = Instant::now();
        loop {
            tokio::select! {
                biased;
                push = pushes.recv() => match push {
                    Some(PushInfo { kind: PushKind::Invalidate, data }) => {
                        if self.pass_on(data, &mut pulse).await {
                            self.board.say(&self.node.host, self.herald.is_prompt(Instant::now()));
                        }
                    }
                    Some(PushInfo { kind: PushKind::Disconnection, .. }) | None => return,
                    Some(_) => {}
                },
                () = sleep_until(pulse.due().unwrap_or(next)), if pulse.due().is_some() => {
                    self.board.say(&self.node.host, false);
                    if pulse.late() {
                        return;
                    }
                }
                () = sleep_until(next) => {
                    next = Instant::now() + EVERY;
                    let beat = pulse.beat(Instant::now());
                    let (fleet, node, id) = (Arc::clone(&self.fleet), Arc::clone(&self.node), self.id.clone());
                    tokio::spawn(async move {
                        tokio::join!(pulse::send(&fleet, &node, &id, beat, BOUND), pulse::feel(&node));
                    });
                }
            }
        }
    }

    /// Tell the watchers what a push says. Returns whether the heartbeat of the moment was among it, in time.
    async fn pass_on(&self, data: Vec<Value>, pulse: &mut Pulse) -> bool {
        let Some(Value::Array(names)) = data.into_iter().next() else {
            self.audience.everything().await;
            return false;
        };
        let (mut changes, mut recalls) = (Changes::default(), Vec::new());
        let mut beats = Vec::new();
        for name in names {
            let Value::BulkString(name) = name else { continue };
            if name.starts_with(BEATS) {
                beats.push(name);
                continue;
            }
            recalls.extend(name::recall(&name));
            changes.names.push(Dependency::on(&name));
        }
        self.herald.hand(recalls, Instant::now());
        if !changes.names.is_empty() {
            self.audience.changed(&changes).await;
        }
        // After that: a heartbeat that is heard means that all before it has been told.
        beats.iter().any(|beat| pulse.heard(beat, &self.id, Instant::now()))
    }
}
