//! Asking the primaries: one pipeline for each, whoever serves a slot by now.

use std::time::Duration;

use futures_util::future::join_all;
use redis::{Cmd, Pipeline, ServerError, ServerErrorKind, Value, cmd};
use tokio::time::sleep;

use super::fleet::{Fleet, Node, Topology};
use super::link::{Line, Link};
use super::{replica, script};
use crate::store::StoreError;

/// How long to wait before asking a cluster again that is busy with itself.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

/// A command, and the slot of its names.
pub(super) struct Ask {
    pub(super) slot: u16,
    pub(super) command: Cmd,
}

/// Which connection to use, and what to do when a primary is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// For a lookup: say at once that it is away.
    Prompt,
    /// For a commit: wait for it, or for its successor. The caller bounds that.
    Patient,
    /// For a check: say at once that it is away; where a primary has replicas, only what one of them holds is done.
    Check,
}

/// What became of one command.
enum Outcome {
    Done(Value),
    /// Not served here, or not now.
    Again,
    /// The server does not know the script.
    NoScript,
    /// The slot is served by another node by now.
    Moved(String),
    /// This one command is to be asked elsewhere.
    Elsewhere(String),
    /// The server is away.
    Away(String),
    Failed(StoreError),
}

impl Fleet {
    /// Ask. Replies in the order of the questions; those of one slot are asked in their order. Every command is sent
    /// again when a connection breaks before its reply: commands are to be such that this does no harm. Without a
    /// deadline of its own.
    ///
    /// # Errors
    /// `Unreachable` when a server is away or refuses.
    pub(super) async fn ask(&self, asks: &[Ask], manner: Manner) -> Result<Vec<Value>, StoreError> {
        let mut replies: Vec<Option<Value>> = vec![None; asks.len()];
        let mut open: Vec<usize> = (0..asks.len()).collect();
        loop {
            let topology = self.topology();
            let (groups, homeless) = grouped(&topology, asks, &open);
            let answers = join_all(groups.into_iter().map(async |(node, places)| {
                let outcomes = pipeline(node, asks, &places, manner).await;
                places.into_iter().zip(outcomes).collect::<Vec<_>>()
            }));
            open = homeless;
            let mut moved = Vec::new();
            for (place, outcome) in answers.await.into_iter().flatten() {
                match outcome {
                    Outcome::Done(value) => replies[place] = Some(value),
                    Outcome::Again | Outcome::NoScript => open.push(place),
                    Outcome::Moved(host) => {
                        moved.push((asks[place].slot, host));
                        open.push(place);
                    }
                    Outcome::Away(_) if manner == Manner::Patient => open.push(place),
                    Outcome::Away(why) => {
                        self.moved.notify_one();
                        return Err(StoreError::Unreachable(why));
                    }
                    Outcome::Failed(error) => return Err(error),
                    Outcome::Elsewhere(host) => match self.asking(&topology, &host, &asks[place].command).await {
                        Some(value) => replies[place] = Some(value),
                        None => open.push(place),
                    },
                }
            }
            if open.is_empty() {
                return Ok(replies.into_iter().map(Option::unwrap_or_default).collect());
            }
            open.sort_unstable();
            let followed = !moved.is_empty() && self.follow(&moved);
            if !followed || moved.len() < open.len() {
                self.moved.notify_one();
                sleep(PAUSE).await;
            }
        }
    }

    /// Ask one command.
    pub(super) async fn one(&self, slot: u16, command: Cmd, manner: Manner) -> Result<Value, StoreError> {
        let mut replies = self.ask(&[Ask { slot, command }], manner).await?;
        Ok(replies.pop().unwrap_or_default())
    }

    /// A slot that is on its way to another node: that node answers when told that we know.
    async fn asking(&self, topology: &Topology, host: &str, command: &Cmd) -> Option<Value> {
        let node = topology.nodes.iter().find(|node| node.host.to_string() == host)?;
        let mut line = node.reads.line().await.ok()?;
        let mut both = Pipeline::new();
        both.add_command(cmd("ASKING")).add_command(command.clone());
        match line.connection.send_packed_commands(&both, 0, 2).await.ok()?.pop()? {
            Value::ServerError(_) => None,
            value => Some(value),
        }
    }
}

/// Questions by node, and those of slots that nobody serves.
fn grouped<'t>(topology: &'t Topology, asks: &[Ask], open: &[usize]) -> (Vec<(&'t Node, Vec<usize>)>, Vec<usize>) {
    let mut groups: Vec<(&Node, Vec<usize>)> = topology.nodes.iter().map(|node| (&**node, Vec::new())).collect();
    let mut homeless = Vec::new();
    for &place in open {
        match topology.node(asks[place].slot) {
            Some((n, _)) => groups[n].1.push(place),
            None => homeless.push(place),
        }
    }
    groups.retain(|(_, places)| !places.is_empty());
    (groups, homeless)
}

async fn pipeline(node: &Node, asks: &[Ask], places: &[usize], manner: Manner) -> Vec<Outcome> {
    let link = match manner {
        Manner::Prompt => &node.reads,
        Manner::Patient => node.writes(),
        Manner::Check => node.checks(),
    };
    let away = |why: String| vec_of(places.len(), || Outcome::Away(why.clone()));
    let replicas = match manner {
        Manner::Check => match replica::wanted(node, link).await {
            Ok(wanted) => wanted,
            Err(error) => return away(error.to_string()),
        },
        Manner::Prompt | Manner::Patient => 0,
    };
    let mut commands = Pipeline::with_capacity(places.len() + 1);
    for &place in places {
        commands.add_command(asks[place].command.clone());
    }
    if replicas > 0 {
        commands.add_command(replica::command(replicas));
    }
    match send(link, &commands).await {
        Ok(mut values) => {
            if replicas > 0 && !values.pop().is_some_and(|reply| replica::has_confirmed(&reply, replicas)) {
                return away("no replica has confirmed it".to_owned());
            }
            let outcomes: Vec<Outcome> = values.into_iter().map(outcome).collect();
            if outcomes.iter().any(|outcome| matches!(outcome, Outcome::NoScript))
                && let Err(why) = script::give(link).await
            {
                return away(why);
            }
            outcomes
        }
        Err(Some(error)) => away(error),
        Err(None) => vec_of(places.len(), || Outcome::Again),
    }
}

fn vec_of<T>(count: usize, each: impl Fn() -> T) -> Vec<T> {
    (0..count).map(|_| each()).collect()
}

/// Send a pipeline. `Err(None)`: the connection broke, another is being made.
async fn send(link: &Link, commands: &Pipeline) -> Result<Vec<Value>, Option<String>> {
    let current: Line = link.line().await.map_err(|error| match error {
        StoreError::Unreachable(why) => Some(why),
        other => Some(other.to_string()),
    })?;
    let mut connection = current.connection.clone();
    let answer = tokio::select! {
        answer = connection.send_packed_commands(commands, 0, commands.len()) => answer,
        () = link.given_up(&current) => return Err(None),
    };
    match answer {
        Ok(values) if values.len() == commands.len() => Ok(values),
        Ok(_) | Err(_) => {
            link.broken(&current);
            Err(None)
        }
    }
}

fn outcome(value: Value) -> Outcome {
    match value {
        Value::ServerError(error) => refused(&error),
        value => Outcome::Done(value),
    }
}

/// The store's own scripts answer with these.
const EMPTIED: &str = "EMPTIED";
const CORRUPT: &str = "CORRUPT";
/// Redis does so itself, when a name holds something else than a store writes there.
const WRONG_TYPE: &str = "WRONGTYPE";

fn refused(error: &ServerError) -> Outcome {
    match error.kind() {
        Some(kind @ (ServerErrorKind::Ask | ServerErrorKind::Moved)) => {
            // "SLOT HOST:PORT"
            let host = error.details().and_then(|details| details.split_ascii_whitespace().nth(1));
            match host {
                Some(host) if kind == ServerErrorKind::Ask => Outcome::Elsewhere(host.to_owned()),
                Some(host) => Outcome::Moved(host.to_owned()),
                None => Outcome::Again,
            }
        }
        Some(
            ServerErrorKind::TryAgain
            | ServerErrorKind::ClusterDown
            | ServerErrorKind::MasterDown
            | ServerErrorKind::ReadOnly
            | ServerErrorKind::BusyLoading,
        ) => Outcome::Again,
        Some(ServerErrorKind::NoScript) => Outcome::NoScript,
        _ if [CORRUPT, WRONG_TYPE].contains(&error.code()) => {
            Outcome::Failed(StoreError::Corrupt("something else than the store writes there".to_owned()))
        }
        _ if error.code() == EMPTIED => {
            Outcome::Failed(StoreError::RegistryUnavailable("a part of it was emptied".to_owned()))
        }
        // Its code alone: the details may repeat a name.
        _ => Outcome::Failed(StoreError::Unreachable(format!("Redis refused a command: {}", error.code()))),
    }
}
