//! Writing values, a few dozen to a script, so that no script holds up lookups for longer than about 0.3 ms.
//!
//! Each script first looks at the witness of its slot. A slot without one was emptied: nothing is written over the
//! ruins. A slot whose witness names a later revision has been written by a later commit: whoever comes now has
//! slept through the loss of its turn and is turned away. Every write leaves the same state when it is repeated.

use redis::{Value, cmd};

use super::ask::{Ask, Manner};
use super::fleet::Fleet;
use super::reply::{number, odd};
use crate::registry::Revision;
use crate::store::StoreError;

/// Most writes of one script.
const SCRIPT_WRITES: usize = 64;
/// Most arguments of one script, and of one write: Lua unpacks at most 7,999 at a time.
const SCRIPT_ARGUMENTS: usize = 4_000;
/// Bytes after which a script is full: 256 KiB.
const SCRIPT_BYTES: usize = 256 * 1024;
/// Scripts on their way at a time.
const WAVE: usize = 128;

/// `KEYS`: witness, names. `ARGV`: revision; for each name: operation, number of arguments, arguments.
/// Returns how many entries are new.
const SCRIPT: &str = r"
local seen = redis.call('GET', KEYS[1])
if not seen then return redis.error_reply('EMPTIED no witness') end
seen = tonumber(seen)
local revision = tonumber(ARGV[1])
if seen > revision then return redis.error_reply('FENCED by a later commit') end
if seen < revision then redis.call('SET', KEYS[1], ARGV[1]) end
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

    /// The same in writes that each fit a script.
    fn divided(self) -> Vec<Self> {
        if self.arguments.len() <= SCRIPT_ARGUMENTS {
            return vec![self];
        }
        let Self { name, operation, arguments } = self;
        // An even number: a field stays with its value.
        let parts = arguments.chunks(SCRIPT_ARGUMENTS);
        parts.map(|part| Self { name: name.clone(), operation, arguments: part.to_vec() }).collect()
    }
}

/// Writes of one slot that make one script.
#[derive(Default)]
struct Script {
    writes: Vec<Write>,
    arguments: usize,
    bytes: usize,
}

impl Script {
    fn has_room_for(&self, write: &Write) -> bool {
        self.writes.is_empty()
            || (self.writes.len() < SCRIPT_WRITES
                && self.arguments + write.arguments.len() <= SCRIPT_ARGUMENTS
                && self.bytes < SCRIPT_BYTES)
    }

    fn push(&mut self, write: Write) {
        self.arguments += write.arguments.len();
        self.bytes += write.arguments.iter().map(Vec::len).sum::<usize>();
        self.writes.push(write);
    }

    fn ask(&self, slot: u16, witness: &str, revision: Revision) -> Ask {
        let mut command = cmd("EVAL");
        command.arg(SCRIPT).arg(self.writes.len() + 1).arg(witness);
        for write in &self.writes {
            command.arg(&write.name);
        }
        command.arg(revision);
        for write in &self.writes {
            command.arg(write.letter()).arg(write.arguments.len());
            for argument in &write.arguments {
                command.arg(argument.as_slice());
            }
        }
        Ask { slot, command }
    }
}

impl Fleet {
    /// Write, as a part of the commit of this revision. Writes of one slot keep their order; between slots there is
    /// none. Returns how many counted entries are new.
    ///
    /// # Errors
    /// `RegistryUnavailable` when a slot was emptied, `Unreachable` when another writer took over or a server refuses.
    pub(super) async fn write(&self, revision: Revision, writes: Vec<Write>) -> Result<u64, StoreError> {
        let mut slots: Vec<(u16, Write)> = Vec::with_capacity(writes.len());
        for write in writes.into_iter().flat_map(Write::divided) {
            slots.push((self.spread.slot(write.name.as_bytes()), write));
        }
        // Stable: the order within a slot stays.
        slots.sort_by_key(|(slot, _)| *slot);
        let mut new = 0;
        let mut asks = Vec::new();
        let mut script = Script::default();
        let mut of = None;
        for (slot, write) in slots {
            if let Some(last) = of.filter(|last| *last != slot || !script.has_room_for(&write)) {
                asks.push(core::mem::take(&mut script).ask(last, &self.spread.witness(last), revision));
                if asks.len() == WAVE {
                    new += self.wave(core::mem::take(&mut asks)).await?;
                }
            }
            of = Some(slot);
            script.push(write);
        }
        if let Some(last) = of {
            asks.push(script.ask(last, &self.spread.witness(last), revision));
        }
        Ok(new + self.wave(asks).await?)
    }

    async fn wave(&self, asks: Vec<Ask>) -> Result<u64, StoreError> {
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
