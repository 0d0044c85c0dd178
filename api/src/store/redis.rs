//! The distributed engine: Redis, single, behind Sentinel, or a Cluster.
//!
//! **Names and values.** The names of `store::key`, the values of `store::codec`; units in small hashes, about 28 bytes
//! of memory each (`redis/bucket`, `redis/serial`).
//!
//! **Reads** go to primaries alone, in one pipeline for each, and bring the marker along: a store that was emptied is
//! `RegistryUnavailable`. A read of up to 1,024 keys takes [`RedisOptions::read_deadline`] at most, whatever the server
//! does; what only a writer reads, more keys or a walk, may take 30 s and uses a connection of its own.
//!
//! **Commits** are decided at one moment, carried out record by record, and finished at one moment; one that was cut
//! short is finished by whoever comes next (`redis/commit`). `Conflict` is exact: of two writers with one base, one
//! gets it before anything is written. A lookup in the middle of a commit may see some of its records and not others;
//! it never sees half a record, nor one that refers to a record that is not there yet.
//!
//! **Changes** are pushed by Redis (`redis/hear`), and proved to come in time by heartbeats (`redis/pulse`). A commit
//! through this process tells its watchers itself before it is acknowledged; the push comes as well, and says the
//! same again.
//!
//! **Failover.** Where a primary has replicas, an acknowledged commit is on one of them. While all of them are away it
//! is on the primary alone, unless the address asks for more (`?replicas=N`): that is counted ([`Store::unreplicated`]).
//!
//! **Checks** are counted by scripts, each in one slot (`redis/ledger`).
//!
//! **Start.** Redis is 6.2 or later. A server that may evict is refused; one that may lose what it acknowledged is
//! warned of. A registry is made by [`RedisStore::open_or_create`] alone.

mod address;
mod apply;
mod ask;
mod attempt;
mod audience;
mod board;
mod bucket;
mod commit;
mod fleet;
mod found;
mod hear;
mod herald;
mod journal;
mod ledger;
mod link;
mod name;
mod people;
mod pulse;
mod read;
mod replica;
mod reply;
mod reports;
mod scan;
mod script;
mod serial;
mod slot;
mod split;
mod submissions;
mod survey;
#[cfg(test)]
mod tests;
mod walk;
mod write;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use redis::{Cmd, Value};
use tokio::time::{sleep, timeout};

pub use address::RedisAddress;

use super::{
    Batch, Changes, Committed, Dependency, Entry, Evidence, Key, Kind, Marker, Snapshot, Store, StoreError, Watcher,
    codec,
};
use ask::{Ask, Manner};
use audience::Audience;
use board::Owned;
use fleet::Fleet;
use read::{What, decoded};
use reply::bytes;
use write::is_yes;

/// Keys up to which a read is a lookup's.
const LOOKUP_KEYS: usize = 1_024;
/// Longest that a read of more keys, or a walk, may take.
const LONG_READ: Duration = Duration::from_secs(30);
/// Longest that opening may take.
const OPENING: Duration = Duration::from_secs(15);
/// How long opening waits for the first heartbeat. Without it the store is open all the same.
const FIRST_BEAT: Duration = Duration::from_secs(1);
/// Longest that a commit may take, and what each of its entries adds to that.
const COMMIT: Duration = Duration::from_secs(30);
const COMMIT_ENTRY: Duration = Duration::from_micros(100);

/// How to use Redis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedisOptions {
    /// Longest that a read of up to 1,024 keys may take. Default: 200 ms.
    pub read_deadline: Duration,
}

impl Default for RedisOptions {
    fn default() -> Self {
        Self { read_deadline: Duration::from_millis(200) }
    }
}

/// A registry in Redis. A clone is the same store. Its connections live on the runtime that opened it.
#[derive(Clone)]
pub struct RedisStore {
    inner: Arc<Inner>,
    audience: Arc<Audience>,
    _tasks: Arc<[Owned; 3]>,
}

struct Inner {
    fleet: Arc<Fleet>,
    options: RedisOptions,
    /// Units of a bucket, on average at most.
    bucket_units: u32,
    bits: bucket::Remembered,
    /// The newest marker that was seen, and its bytes: no reader may see an older one.
    newest: Mutex<Option<(Vec<u8>, Marker)>>,
    /// One commit of this process at a time.
    turn: tokio::sync::Mutex<()>,
    window: tokio::sync::Mutex<Option<walk::Window>>,
    tallies: ledger::Tallies,
}

impl RedisStore {
    /// Open the registry at an address. In a runtime, which has to outlive the store.
    ///
    /// # Errors
    /// `Unreachable` when a server does not answer within 15 s, or may evict records. `RegistryUnavailable` when there
    /// is no registry.
    pub async fn open(address: RedisAddress, options: RedisOptions) -> Result<Self, StoreError> {
        in_time(OPENING, Self::over(address, options, false)).await
    }

    /// Open the registry at an address; where there is none, make an empty one.
    ///
    /// # Errors
    /// As [`RedisStore::open`]. `RegistryUnavailable` also when the marker is missing where evidence is left.
    pub async fn open_or_create(address: RedisAddress, options: RedisOptions) -> Result<Self, StoreError> {
        in_time(OPENING, Self::over(address, options, true)).await
    }

    async fn over(address: RedisAddress, options: RedisOptions, create: bool) -> Result<Self, StoreError> {
        let fleet = Arc::new(Fleet::find(address).await?);
        let bucket_units = found::inspect(&fleet).await?;
        if create {
            found::found(&fleet).await?;
        }
        let inner = Inner {
            fleet: Arc::clone(&fleet),
            options,
            bucket_units,
            bits: bucket::Remembered::default(),
            newest: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            window: tokio::sync::Mutex::default(),
            tallies: ledger::Tallies::default(),
        };
        inner.look(&[], What::Value, Manner::Patient).await?;
        let inner = Arc::new(inner);
        let audience = Arc::<Audience>::default();
        let tasks = [
            Owned::spawn(board::attend(fleet, Arc::clone(&audience))),
            Owned::spawn(commit::finish_what_others_left(Arc::clone(&inner))),
            Owned::spawn(ledger::keep_tallies(Arc::clone(&inner))),
        ];
        let heard = async {
            while !audience.is_in_time() {
                sleep(Duration::from_millis(5)).await;
            }
        };
        if timeout(FIRST_BEAT, heard).await.is_err() {
            tracing::warn!("no heartbeat yet: changes are not told in time");
        }
        Ok(Self { inner, audience, _tasks: Arc::new(tasks) })
    }
}

impl core::fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RedisStore").field("address", &self.inner.fleet.address).finish_non_exhaustive()
    }
}

/// Within a time, or `Unreachable`.
async fn in_time<T>(within: Duration, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let late = || StoreError::Unreachable(format!("no answer within {} ms", within.as_millis()));
    timeout(within, work).await.unwrap_or_else(|_| Err(late()))
}

impl Inner {
    fn get(&self, name: &str) -> Ask {
        found::ask(&self.fleet, "GET", name)
    }

    /// The fields and values of a hash.
    fn all_of(&self, name: &str) -> Ask {
        found::ask(&self.fleet, "HGETALL", name)
    }

    /// Ask, and make sure that the slot was not emptied.
    async fn witnessed(&self, slot: u16, command: Cmd) -> Result<Value, StoreError> {
        let witness = redis::cmd("EXISTS").arg(self.fleet.spread.witness(slot)).to_owned();
        let asks = [Ask { slot, command }, Ask { slot, command: witness }];
        let mut replies = self.fleet.ask(&asks, Manner::Patient).await?.into_iter();
        let reply = replies.next().unwrap_or_default();
        if replies.next().is_some_and(|witness| is_yes(&witness)) {
            return Ok(reply);
        }
        Err(StoreError::RegistryUnavailable("a part of it was emptied".to_owned()))
    }

    fn newest(&self) -> Option<Marker> {
        self.newest.lock().as_ref().map(|(_, marker)| marker.clone())
    }

    /// The marker in a reply to a question that was sent when `at_least` was the newest one.
    fn marker_from(&self, reply: Option<Value>, at_least: Option<Marker>) -> Result<Marker, StoreError> {
        let missing = || StoreError::RegistryUnavailable("its marker is missing".to_owned());
        let raw = bytes(reply.unwrap_or_default(), "GET")?.ok_or_else(missing)?;
        let mut newest = self.newest.lock();
        if let Some((known, marker)) = newest.as_ref()
            && *known == raw
        {
            return Ok(marker.clone());
        }
        let now = codec::decode_marker(&raw)?;
        if let Some(before) = at_least {
            let shrunken =
                now.epoch == before.epoch && (now.records < before.records || now.revision < before.revision);
            if now.id != before.id || now.epoch < before.epoch || shrunken {
                return Err(StoreError::RegistryUnavailable(format!(
                    "it was registry {} with {} records and is registry {} with {}",
                    before.id, before.records, now.id, now.records
                )));
            }
        }
        if newest.as_ref().is_none_or(|(_, known)| (now.epoch, now.revision) > (known.epoch, known.revision)) {
            *newest = Some((raw, now.clone()));
        }
        Ok(now)
    }

    /// Read as a lookup or as a writer does, by the number of keys.
    async fn bounded(&self, keys: &[Key], what: What) -> Result<(Marker, Vec<read::Found>), StoreError> {
        if keys.len() <= LOOKUP_KEYS {
            in_time(self.options.read_deadline, self.look(keys, what, Manner::Prompt)).await
        } else {
            in_time(LONG_READ, self.look(keys, what, Manner::Patient)).await
        }
    }

    async fn write(&self, batch: &Batch) -> Result<commit::Done, StoreError> {
        let _turn = self.turn.lock().await;
        let entries = u32::try_from(batch.puts.len()).unwrap_or(u32::MAX);
        in_time(COMMIT + COMMIT_ENTRY * entries, commit::commit(self, batch)).await
    }
}

#[async_trait]
impl Store for RedisStore {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        let (marker, found) = self.inner.bounded(keys, What::Value).await?;
        let mut entries = Vec::with_capacity(keys.len());
        let mut dependencies = Vec::with_capacity(keys.len());
        for (key, found) in keys.iter().zip(found) {
            entries.push(found.value.map(|value| decoded(key, &value)).transpose()?);
            dependencies.push(found.dependency);
        }
        Ok(Snapshot { marker, entries, dependencies })
    }

    async fn holds(&self, keys: &[Key]) -> Result<Vec<bool>, StoreError> {
        let (_, found) = self.inner.bounded(keys, What::Presence).await?;
        Ok(found.iter().map(|found| found.value.is_some()).collect())
    }

    /// Of a unit: on its bucket as far as is known.
    fn dependency(&self, key: &Key) -> Dependency {
        let bits = |gtin| self.inner.bits.of(gtin).unwrap_or_default();
        let place = match key {
            Key::Item(gtin, _) => name::place(key, |serial| bucket::number(serial, bits(*gtin))),
            key => name::place(key, |_| 1),
        };
        Dependency::on(place.name.as_bytes())
    }

    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        let (inner, audience) = (Arc::clone(&self.inner), Arc::clone(&self.audience));
        // A task of its own: a caller who goes away must not cut short what can still be finished.
        let committing = tokio::spawn(async move {
            match inner.write(&batch).await {
                Ok(done) => {
                    let recalls = done.keys.iter().filter_map(Key::recall).cloned().collect();
                    audience.changed(&Changes { names: done.names, recalls }).await;
                    Ok(done.committed)
                }
                Err(conflict @ StoreError::Conflict { .. }) => Err(conflict),
                Err(error) => {
                    // Some of it may have been written all the same.
                    audience.everything().await;
                    Err(error)
                }
            }
        });
        committing.await.map_err(|error| StoreError::Unreachable(format!("the commit was cut short: {error}")))?
    }

    async fn ask_to_go_first(&self) -> Result<(), StoreError> {
        in_time(LONG_READ, commit::ask_to_go_first(&self.inner)).await
    }

    fn unreplicated(&self) -> u64 {
        self.inner.fleet.replicas.unreplicated()
    }

    fn changes(&self, watcher: Arc<dyn Watcher>) {
        self.audience.add(watcher);
    }

    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        in_time(LONG_READ, scan::scan(&self.inner, kind, after, limit)).await
    }

    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        in_time(LONG_READ, scan::evidence(&self.inner, after, limit)).await
    }

    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        let slot = self.inner.fleet.spread.slot(name::PROGRESS.as_bytes());
        let command = redis::cmd("HGET").arg(name::PROGRESS).arg(file).to_owned();
        let lines = in_time(LONG_READ, self.inner.witnessed(slot, command)).await?;
        let parse = |lines: Vec<u8>| core::str::from_utf8(&lines).ok()?.parse().ok();
        let wrong = || StoreError::Corrupt("the progress of an import".to_owned());
        bytes(lines, "HGET")?.map(|lines| parse(lines).ok_or_else(wrong)).transpose()
    }
}
