//! The protocol of a commit, the same on one server and on a Cluster.
//!
//! 1. **Begin** (a script on the marker's slot): the marker is the one that the batch was worked out from, it is
//!    nobody else's turn, no commit is under way: then the turn is taken and the journal written. From here on the
//!    commit is decided; see `journal`.
//! 2. **Apply** (`apply`): records, kind by kind in the order of [`Kind::ALL`](crate::store::Kind::ALL), so that what
//!    is referred to is there before what refers to it; then the evidence.
//! 3. **Finish** (a script): marker and progress change, journal and turn go, all at once. A reader who sees the new
//!    revision sees all of it.
//!
//! Between 1 and 3 readers see some records of the new revision under the old marker, each of them whole. A writer
//! who dies there leaves the journal: the next writer finishes it first, or any open store when the turn is over. The turn (10 s, renewed)
//! only keeps two writers from doing the same work; what keeps a late one from harm is the witness of each slot
//! (`attempt`).
//!
//! A commit that gives way (a portion of an import) does not begin while somebody has asked to go first: who decides on
//! what is on record needs a moment in which nobody else commits, and portions leave none. The wish lasts for 10 s, or
//! until a commit that does not give way has begun.
//!
//! With `appendfsync always` every reply comes after the bytes are on disk. Where a primary has replicas, a commit
//! ends only when at least one of them has it, so that a failover does not lose it (`replica`).

mod turn;

use std::sync::Arc;
use std::time::Duration;

use redis::{Cmd, Value, cmd};
use tokio::time::sleep;

use super::ask::{Ask, Manner};
use super::attempt::Attempt;
use super::journal::{Head, Work, damaged};
use super::name::{JOURNAL, MARKER, PROGRESS, WRITER};
use super::reply::{bytes, list, number, odd};
use super::write::is_yes;
use super::{Inner, apply, replica};
use crate::store::{Batch, Committed, Dependency, Key, Marker, StoreError, codec};

pub(super) use turn::ask_to_go_first;
use turn::{Begun, Renewing, TURN_MS, TURN_PAUSE, begin, lost_turn, release};

/// `KEYS`: journal, writer. `ARGV`: token, ms, length before, piece. Returns the length after.
const ADD: &str = r"
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return -1 end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
local length = redis.call('LLEN', KEYS[1])
if length == tonumber(ARGV[3]) then return redis.call('RPUSH', KEYS[1], ARGV[4]) end
return length
";

/// `KEYS`: marker, journal, writer, progress. `ARGV`: marker, new marker, token, file, lines.
const FINISH: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[4] ~= '' then
  if ARGV[5] == '' then redis.call('HDEL', KEYS[4], ARGV[4]) else redis.call('HSET', KEYS[4], ARGV[4], ARGV[5]) end
end
redis.call('UNLINK', KEYS[2])
if redis.call('GET', KEYS[3]) == ARGV[3] then redis.call('DEL', KEYS[3]) end
return 1
";

/// Pieces of the journal on their way at a time.
const PIECES: usize = 32;

/// The marker and its bytes.
struct Seen {
    marker: Marker,
    raw: Vec<u8>,
}

/// What has become of a batch.
pub(super) struct Done {
    pub(super) committed: Committed,
    /// What has changed.
    pub(super) names: Vec<Dependency>,
    pub(super) keys: Vec<Key>,
}

/// Commit a batch. Without a deadline; may be cut short anywhere, and is then finished by the next.
pub(super) async fn commit(inner: &Inner, batch: &Batch) -> Result<Done, StoreError> {
    replica::must_be_there(&inner.fleet).await?;
    let mut token = super::found::new_id();
    loop {
        let seen = seen(inner).await?;
        let now = seen.marker.revision;
        if batch.base.is_some_and(|base| base != now) {
            return Err(StoreError::Conflict { now });
        }
        let revision = now + 1;
        let work = Work::of(batch, revision)?;
        let pieces = work.pieces()?;
        let head = Head { revision, pieces: pieces.len(), token: token.clone() };
        match begin(inner, &seen, &head, &pieces[0], batch.gives_way).await? {
            Begun::Yes { before } => {
                add(inner, &head, &pieces[1..]).await?;
                return carry_out(inner, &seen, &head, before, Attempt::new(revision, 1), work).await;
            }
            Begun::Moved => {}
            Begun::Busy => sleep(TURN_PAUSE).await,
            Begun::Pending { attempt } => {
                // Another's, whose writer died; or this one, whose reply was lost on the way.
                let finished = finish_pending(inner, &token, attempt).await?;
                if let Some((_, done)) = finished.filter(|(head, _)| head.token == token) {
                    return Ok(done);
                }
                // What was said with this token may come late, and must not touch what comes next.
                token = super::found::new_id();
            }
        }
    }
}

/// How often it is looked for a commit that nobody finishes.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Finish what writers who died have left, as long as this store is open.
pub(super) async fn finish_what_others_left(inner: Arc<Inner>) {
    loop {
        if let Err(error) = recover(&inner).await {
            tracing::warn!(%error, "a commit that was cut short is not finished yet");
        }
        sleep(LOOK_EVERY).await;
    }
}

/// Finish the commit that a writer who died has left, if there is one and its turn is over.
pub(super) async fn recover(inner: &Inner) -> Result<(), StoreError> {
    let journal = cmd("EXISTS").arg(JOURNAL).to_owned();
    if !is_yes(&inner.fleet.one(slot(inner), journal, Manner::Patient).await?) {
        return Ok(());
    }
    let token = super::found::new_id();
    let seen = seen(inner).await?;
    let nothing = Head { revision: 0, pieces: 0, token: token.clone() };
    // With a marker that is none, this begins nothing.
    let other = Seen { marker: seen.marker, raw: Vec::new() };
    if let Begun::Pending { attempt } = begin(inner, &other, &nothing, &[], false).await? {
        tracing::warn!("a commit was cut short: finishing it");
        finish_pending(inner, &token, attempt).await?;
    }
    Ok(())
}

fn slot(inner: &Inner) -> u16 {
    inner.fleet.spread.slot(MARKER.as_bytes())
}

async fn ask(inner: &Inner, command: Cmd) -> Result<Value, StoreError> {
    inner.fleet.one(slot(inner), command, Manner::Patient).await
}

async fn seen(inner: &Inner) -> Result<Seen, StoreError> {
    let raw = bytes(ask(inner, cmd("GET").arg(MARKER).to_owned()).await?, "GET")?;
    let raw = raw.ok_or_else(|| StoreError::RegistryUnavailable("its marker is missing".to_owned()))?;
    Ok(Seen { marker: codec::decode_marker(&raw)?, raw })
}

/// Add the pieces that come after the first.
async fn add(inner: &Inner, head: &Head, pieces: &[Vec<u8>]) -> Result<(), StoreError> {
    // Head, the evidence's number and the first piece come before them.
    let mut length = 3;
    for pieces in pieces.chunks(PIECES) {
        let mut asks = Vec::with_capacity(pieces.len());
        for (n, piece) in pieces.iter().enumerate() {
            let mut command = cmd("EVAL");
            command.arg(ADD).arg(2).arg(JOURNAL).arg(WRITER);
            command.arg(&head.token).arg(TURN_MS).arg(length + n).arg(piece.as_slice());
            asks.push(Ask { slot: slot(inner), command });
        }
        for reply in inner.fleet.ask(&asks, Manner::Patient).await? {
            length += 1;
            // More, when the replies to a first try were lost.
            if number(&reply).and_then(|after| usize::try_from(after).ok()).is_none_or(|after| after < length) {
                return Err(lost_turn());
            }
        }
    }
    Ok(())
}

/// The journal that is there, carried out; `None` when it was not whole, or is gone by now.
async fn finish_pending(inner: &Inner, token: &str, attempt: u64) -> Result<Option<(Head, Done)>, StoreError> {
    let seen = seen(inner).await?;
    let journal = ask(inner, cmd("LRANGE").arg(JOURNAL).arg(0).arg(-1).to_owned()).await?;
    let journal = list(journal).ok_or_else(|| odd("LRANGE"))?;
    let [head, before, pieces @ ..] = journal.as_slice() else {
        release(inner, token, false).await?;
        return Ok(None);
    };
    let head = Head::parse(head)?;
    if pieces.len() < head.pieces {
        release(inner, token, true).await?;
        return Ok(None);
    }
    let before = core::str::from_utf8(before).ok().and_then(|text| text.split(' ').next()?.parse().ok());
    let before = before.ok_or_else(damaged)?;
    if head.revision != seen.marker.revision + 1 {
        return Err(damaged());
    }
    let work = Work::from_pieces(pieces)?;
    // The turn is this one's; the journal keeps the token of whoever wrote it.
    let mine = Head { token: token.to_owned(), ..head.clone() };
    let attempt = Attempt::new(mine.revision, attempt);
    let done = carry_out(inner, &seen, &mine, before, attempt, work).await?;
    Ok(Some((head, done)))
}

/// Apply and finish.
async fn carry_out(
    inner: &Inner,
    seen: &Seen,
    head: &Head,
    before: u64,
    attempt: Attempt,
    work: Work,
) -> Result<Done, StoreError> {
    let renewing = Renewing::begin(inner, &head.token);
    let applied = async {
        let applied = apply::apply(inner, &attempt, before, &work).await?;
        replica::wait(&inner.fleet, false).await?;
        Ok(applied)
    }
    .await;
    drop(renewing);
    let applied = match applied {
        Ok(applied) => applied,
        Err(error) => {
            // The next writer need not wait for the turn to run out. It fails where the commit failed, as a rule.
            drop(tokio::time::timeout(Duration::from_secs(1), release(inner, &head.token, false)).await);
            return Err(error);
        }
    };
    let marker = Marker { revision: head.revision, records: seen.marker.records + applied.new, ..seen.marker.clone() };
    let progress = work.progress.as_ref();
    let lines = progress.and_then(|progress| progress.lines).map(|lines| lines.to_string());
    let mut command = cmd("EVAL");
    command.arg(FINISH).arg(4).arg(MARKER).arg(JOURNAL).arg(WRITER).arg(PROGRESS);
    command.arg(seen.raw.as_slice()).arg(codec::encode_marker(&marker)?).arg(&head.token);
    command.arg(progress.map_or("", |progress| &progress.file)).arg(lines.unwrap_or_default());
    let finished = ask(inner, command).await?;
    // No: a second try, or somebody else has finished the same journal.
    if !is_yes(&finished) && self::seen(inner).await?.marker.revision < head.revision {
        return Err(StoreError::Unreachable("the marker was changed by something that is no commit".to_owned()));
    }
    replica::wait(&inner.fleet, true).await?;
    Ok(Done {
        committed: Committed { revision: head.revision },
        names: applied.names,
        keys: work.puts.into_iter().map(|(key, _)| key).collect(),
    })
}
