//! The turn of a commit: who has it, for how long, and who goes first.

use std::sync::Arc;
use std::time::Duration;

use redis::{Value, cmd};
use tokio::time::sleep;

use super::super::Inner;
use super::super::ask::{Ask, Manner};
use super::super::journal::Head;
use super::super::name::{EVIDENCE, JOURNAL, MARKER, WAITING, WRITER};
use super::super::reply::{odd, text};
use super::{Seen, ask, slot};
use crate::store::StoreError;

/// How long a turn lasts without being renewed.
pub(in crate::store::redis) const TURN_MS: u64 = 10_000;
/// How often it is looked whether the turn has become free.
pub(super) const TURN_PAUSE: Duration = Duration::from_millis(20);

/// How long a wish to go first lasts.
const WISH_MS: u64 = 10_000;

/// `KEYS`: marker, journal, writer, evidence, waiting. `ARGV`: token, ms, marker, head, first piece, whether it gives way.
const BEGIN: &str = r"
local marker = redis.call('GET', KEYS[1])
if not marker then return {'gone'} end
local writer = redis.call('GET', KEYS[3])
if writer and writer ~= ARGV[1] then return {'busy'} end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
  local before, attempt = string.match(redis.call('LINDEX', KEYS[2], 1), '^(%d+) ?(%d*)$')
  attempt = (tonumber(attempt) or 1) + 1
  redis.call('LSET', KEYS[2], 1, before .. ' ' .. attempt)
  return {'pending', tostring(attempt)}
end
if ARGV[6] == '1' and redis.call('EXISTS', KEYS[5]) == 1 then return {'busy'} end
if marker ~= ARGV[3] then return {'moved'} end
if ARGV[6] ~= '1' then redis.call('DEL', KEYS[5]) end
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
local last = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
local before = last[1] and string.match(last[1][1], '^%d+') or '0'
redis.call('RPUSH', KEYS[2], ARGV[4], before .. ' 1', ARGV[5])
return {'begun', before}
";

/// `KEYS`: writer, journal. `ARGV`: token. Gives up the turn; `1` as second argument: drops the journal too.
const RELEASE: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then redis.call('UNLINK', KEYS[2]) end
return redis.call('DEL', KEYS[1])
";

/// What became of a wish for the turn.
pub(super) enum Begun {
    /// The commit is decided; the number of the last evidence before it.
    Yes { before: u64 },
    /// Something else was committed since the batch was worked out.
    Moved,
    /// It is somebody else's turn.
    Busy,
    /// Another commit is to be finished first: the number of this attempt at it.
    Pending { attempt: u64 },
}

pub(super) async fn begin(
    inner: &Inner,
    seen: &Seen,
    head: &Head,
    piece: &[u8],
    gives_way: bool,
) -> Result<Begun, StoreError> {
    let mut command = cmd("EVAL");
    command.arg(BEGIN).arg(5).arg(MARKER).arg(JOURNAL).arg(WRITER).arg(EVIDENCE).arg(WAITING);
    command.arg(&head.token).arg(TURN_MS).arg(seen.raw.as_slice()).arg(head.text()).arg(piece);
    command.arg(u8::from(gives_way));
    let Value::Array(reply) = ask(inner, command).await? else { return Err(odd("BEGIN")) };
    let second = || reply.get(1).and_then(text).and_then(|text| text.parse().ok()).ok_or_else(|| odd("BEGIN"));
    Ok(match reply.first().and_then(text).as_deref() {
        Some("begun") => Begun::Yes { before: second()? },
        Some("moved") => Begun::Moved,
        Some("busy") => Begun::Busy,
        Some("pending") => Begun::Pending { attempt: second()? },
        Some("gone") => return Err(StoreError::RegistryUnavailable("its marker is missing".to_owned())),
        _ => return Err(odd("BEGIN")),
    })
}

/// Ask that commits that give way wait for the next one that does not.
pub(in crate::store::redis) async fn ask_to_go_first(inner: &Inner) -> Result<(), StoreError> {
    ask(inner, cmd("SET").arg(WAITING).arg(1).arg("PX").arg(WISH_MS).to_owned()).await.map(|_| ())
}

pub(super) fn lost_turn() -> StoreError {
    StoreError::Unreachable("another writer took over before the commit was decided".to_owned())
}

/// Give up the turn, and with `drop` the journal.
pub(super) async fn release(inner: &Inner, token: &str, drop: bool) -> Result<(), StoreError> {
    let mut command = cmd("EVAL");
    command.arg(RELEASE).arg(2).arg(WRITER).arg(JOURNAL).arg(token).arg(if drop { "1" } else { "0" });
    ask(inner, command).await.map(|_| ())
}

/// Keeps the turn while a commit is being applied.
pub(super) struct Renewing(tokio::task::AbortHandle);

impl Renewing {
    pub(super) fn begin(inner: &Inner, token: &str) -> Self {
        let fleet = Arc::clone(&inner.fleet);
        let slot = slot(inner);
        let mut command = cmd("EVAL");
        command.arg("if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end");
        command.arg(1).arg(WRITER).arg(token).arg(TURN_MS);
        let renew = async move {
            loop {
                sleep(Duration::from_millis(TURN_MS / 3)).await;
                // A renewal that fails is made up for by the next, or the turn is lost: the witnesses see to that.
                drop(fleet.ask(&[Ask { slot, command: command.clone() }], Manner::Prompt).await);
            }
        };
        Self(tokio::spawn(renew).abort_handle())
    }
}

impl Drop for Renewing {
    fn drop(&mut self) {
        self.0.abort();
    }
}
