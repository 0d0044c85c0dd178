//! Writing values, a few dozen to a script, so that no script holds up lookups for longer than about 0.3 ms.
//!
//! Each script first looks at the witness of its slot. A slot without one was emptied: nothing is written over the
//! ruins. A slot whose witness names a later step (`attempt`) has been written since: whoever comes now has slept
//! through the loss of its turn, or comes from a connection that was given up, and is turned away. Every write leaves
//! the same state when it is repeated within its step.
//!
//! While some scripts are on their way the next are being encoded: neither side waits for the other. So there is no
//! order among the writes of one call, and none of them may be for the name of another; what has to come first is
//! a call of its own.

use std::iter::Peekable;
use std::vec;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use redis::{Value, cmd};

use super::ask::{Ask, Manner};
use super::attempt::{Attempt, Step};
use super::fleet::Fleet;
use super::reply::{number, odd};
use super::slot::Spread;
use crate::store::StoreError;

/// Most writes of one script.
const SCRIPT_WRITES: usize = 64;
/// Most arguments of one script, and of one write; even. Some 300 units.
const SCRIPT_ARGUMENTS: usize = 600;
/// Bytes after which a script is full: 256 KiB.
const SCRIPT_BYTES: usize = 256 * 1024;
/// Scripts of one pipeline.
const PIPELINE: usize = 32;
/// Pipelines on their way at a time.
const IN_FLIGHT: usize = 4;

/// `KEYS`: witness, names. `ARGV`: step; for each name: operation, number of arguments, arguments.
/// Returns how many entries are new.
const SCRIPT: &str = r"
local seen = redis.call('GET', KEYS[1])
if not seen then return redis.error_reply('EMPTIED no witness') end
if seen ~= ARGV[1] then
  local r, a, s = string.match(seen, '^(%d+) ?(%d*) ?(%d*)$')
  local revision, attempt, step = string.match(ARGV[1], '^(%d+) (%d+) (%d+)$')
  local later = tonumber(r) - tonumber(revision)
  if later == 0 then later = (tonumber(a) or 0) - tonumber(attempt) end
  if later == 0 then later = (tonumber(s) or 0) - tonumber(step) end
  if later > 0 then return redis.error_reply('FENCED by a later step') end
  redis.call('SET', KEYS[1], ARGV[1])
end
local at, new = 2, 0
for i = 2, #KEYS do
  local operation, count = ARGV[at], tonumber(ARGV[at + 1])
  local first, last = at + 2, at + 1 + count
  at = last + 1
  if operation == 's' then
    if redis.call('EXISTS', KEYS[i]) == 0 then new = new + 1 end
    redis.call('SET', KEYS[i], ARGV[first])
  elseif operation == 'h' then
    new = new + redis.call('HSET', KEYS[i], unpack(ARGV, first, last))
  elseif operation == 'S' then
    redis.call('SET', KEYS[i], ARGV[first])
  elseif operation == 'H' then
    redis.call('HSET', KEYS[i], unpack(ARGV, first, last))
  elseif operation == 'Z' then
    for n = first, last do redis.call('ZADD', KEYS[i], 0, ARGV[n]) end
  elseif operation == 'U' then
    redis.call('UNLINK', KEYS[i])
  elseif operation == 'T' then
    if redis.call('UNLINK', KEYS[i]) == 0 then
      redis.call('SET', KEYS[i], '')
      redis.call('DEL', KEYS[i])
    end
  end
end
return new
";

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Write {
    pub(super) name: String,
    operation: Operation,
    arguments: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Set { counted: bool },
    Fields { counted: bool },
    Members,
    Unlink,
    Touch,
}

impl Write {
    /// A string. `counted`: it is a record, and new ones are counted.
    pub(super) fn set(name: String, value: Vec<u8>, counted: bool) -> Self {
        Self { name, operation: Operation::Set { counted }, arguments: vec![value] }
    }

    /// Fields of a hash, each followed by its value.
    pub(super) fn fields(name: String, fields: Vec<Vec<u8>>, counted: bool) -> Self {
        Self { name, operation: Operation::Fields { counted }, arguments: fields }
    }

    /// Members of a sorted set, all of one score.
    pub(super) fn members(name: String, members: Vec<Vec<u8>>) -> Self {
        Self { name, operation: Operation::Members, arguments: members }
    }

    /// Nothing may be under this name.
    pub(super) fn unlink(name: String) -> Self {
        Self { name, operation: Operation::Unlink, arguments: Vec::new() }
    }

    /// Nothing may be under this name, and those who watch it are told even if nothing was.
    pub(super) fn unlink_and_tell(name: String) -> Self {
        Self { name, operation: Operation::Touch, arguments: Vec::new() }
    }

    const fn letter(&self) -> &'static str {
        match self.operation {
            Operation::Set { counted: true } => "s",
            Operation::Set { counted: false } => "S",
            Operation::Fields { counted: true } => "h",
            Operation::Fields { counted: false } => "H",
            Operation::Members => "Z",
            Operation::Unlink => "U",
            Operation::Touch => "T",
        }
    }

    /// Most scripts that it takes.
    fn scripts(&self) -> usize {
        self.arguments.len().div_ceil(SCRIPT_ARGUMENTS).max(1)
    }

    fn bytes(&self) -> usize {
        self.arguments.iter().map(Vec::len).sum()
    }

    /// The same in writes that each fit a script.
    fn divided(self) -> Vec<Self> {
        if self.arguments.len() <= SCRIPT_ARGUMENTS {
            return vec![self];
        }
        let Self { name, operation, arguments } = self;
        // An even number: a field stays with its value. Neither fields nor members have an order.
        let parts = arguments.chunks(SCRIPT_ARGUMENTS);
        parts.map(|part| Self { name: name.clone(), operation, arguments: part.to_vec() }).collect()
    }
}

/// Writes of one slot that make one script.
struct Script {
    slot: u16,
    writes: Vec<Write>,
}

impl Script {
    fn ask(&self, fleet: &Fleet, step: Step) -> Ask {
        let mut command = cmd("EVAL");
        command.arg(SCRIPT).arg(self.writes.len() + 1).arg(fleet.spread.witness(self.slot));
        for write in &self.writes {
            command.arg(&write.name);
        }
        command.arg(step.text());
        for write in &self.writes {
            command.arg(write.letter()).arg(write.arguments.len());
            for argument in &write.arguments {
                command.arg(argument.as_slice());
            }
        }
        Ask { slot: self.slot, command }
    }
}

/// Writes, divided into scripts.
struct Scripts {
    /// By slot.
    writes: Peekable<vec::IntoIter<(u16, Write)>>,
}

impl Scripts {
    fn of(fleet: &Fleet, writes: Vec<Write>) -> Self {
        let slot = |write: Write| (fleet.spread.slot(write.name.as_bytes()), write);
        let mut writes: Vec<(u16, Write)> = writes.into_iter().flat_map(Write::divided).map(slot).collect();
        writes.sort_by_key(|(slot, _)| *slot);
        Self { writes: writes.into_iter().peekable() }
    }
}

impl Iterator for Scripts {
    type Item = Script;

    fn next(&mut self) -> Option<Script> {
        let (slot, first) = self.writes.next()?;
        let (mut arguments, mut bytes) = (first.arguments.len(), first.bytes());
        let mut script = Script { slot, writes: vec![first] };
        while script.writes.len() < SCRIPT_WRITES && bytes < SCRIPT_BYTES {
            let fits = |write: &Write| arguments + write.arguments.len() <= SCRIPT_ARGUMENTS;
            let Some((_, write)) = self.writes.next_if(|(of, write)| *of == slot && fits(write)) else { break };
            arguments += write.arguments.len();
            bytes += write.bytes();
            script.writes.push(write);
        }
        Some(script)
    }
}

impl Fleet {
    /// Write, as the next step of an attempt, in any order. Returns how many counted entries are new.
    ///
    /// # Errors
    /// `RegistryUnavailable` when a slot was emptied, `Unreachable` when another writer took over or a server refuses.
    pub(super) async fn write(&self, attempt: &Attempt, writes: Vec<Write>) -> Result<u64, StoreError> {
        let step = attempt.step();
        let mut scripts = Scripts::of(self, writes);
        let mut on_their_way = FuturesUnordered::new();
        let mut new = 0;
        loop {
            while on_their_way.len() < IN_FLIGHT {
                let asks: Vec<Ask> = scripts.by_ref().take(PIPELINE).map(|script| script.ask(self, step)).collect();
                if asks.is_empty() {
                    break;
                }
                on_their_way.push(self.pipeline(asks));
            }
            match on_their_way.next().await {
                Some(count) => new += count?,
                None => return Ok(new),
            }
        }
    }

    /// Write stage after stage: nothing of one is written before all of the one before it is.
    ///
    /// # Errors
    /// As [`Fleet::write`].
    pub(super) async fn write_stages(&self, attempt: &Attempt, stages: Vec<Vec<Write>>) -> Result<u64, StoreError> {
        let scripts: usize = stages.iter().flatten().map(Write::scripts).sum();
        if self.spread == Spread::One && scripts <= PIPELINE {
            // One server carries one pipeline out in its order: no need to wait between stages.
            return self.write(attempt, stages.into_iter().flatten().collect()).await;
        }
        let mut new = 0;
        for stage in stages {
            new += self.write(attempt, stage).await?;
        }
        Ok(new)
    }

    async fn pipeline(&self, asks: Vec<Ask>) -> Result<u64, StoreError> {
        let mut new = 0;
        for reply in self.ask(&asks, Manner::Patient).await? {
            new += number(&reply).and_then(|count| u64::try_from(count).ok()).ok_or_else(|| odd("a write"))?;
        }
        Ok(new)
    }
}

/// Whether a reply is a plain yes.
pub(super) fn is_yes(reply: &Value) -> bool {
    number(reply) == Some(1)
}
