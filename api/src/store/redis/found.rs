//! Founding a registry, and looking at a server before trusting it.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use redis::{Cmd, Pipeline, Value, cmd};

use super::ask::{Ask, Manner};
use super::fleet::{Fleet, Node};
use super::name::{EVIDENCE, FOUNDING, JOURNAL, MARKER};
use super::reply::{odd, pairs, text};
use super::write::is_yes;
use crate::store::{Marker, StoreError, codec};

/// Witnesses written at a time.
const WITNESSES: usize = 2_048;
/// Units of a bucket, on average at most, where Redis keeps so large a hash in one block.
const BUCKET_UNITS: u32 = 128;

/// `KEYS`: marker, founding, evidence, journal, first witness. Begins, unless something is there already.
const BEGIN: &str = r"
if redis.call('EXISTS', KEYS[1]) == 1 then return 'there' end
if redis.call('EXISTS', KEYS[2]) == 0 and redis.call('EXISTS', KEYS[3], KEYS[4]) > 0 then return 'ruin' end
redis.call('SET', KEYS[2], '1')
return 'begun'
";

/// `KEYS`: marker, founding. `ARGV`: marker.
const END: &str = r"
if redis.call('DEL', KEYS[2]) == 1 then redis.call('SET', KEYS[1], ARGV[1], 'NX') end
return 1
";

/// 128 bits that nobody else has. Not a secret: it tells registries and writers apart, nothing more.
pub(super) fn new_id() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Make an empty registry, unless there is one.
///
/// # Errors
/// `RegistryUnavailable` when there is none but something is left of one.
pub(super) async fn found(fleet: &Fleet) -> Result<(), StoreError> {
    let slot = fleet.spread.slot(MARKER.as_bytes());
    let mut begin = cmd("EVAL");
    begin.arg(BEGIN).arg(4).arg(MARKER).arg(FOUNDING).arg(EVIDENCE).arg(JOURNAL);
    match text(&fleet.one(slot, begin, Manner::Patient).await?).as_deref() {
        Some("there") => return Ok(()),
        Some("ruin") => {
            return Err(StoreError::RegistryUnavailable("its marker is missing, and its evidence is there".to_owned()));
        }
        Some("begun") => {}
        _ => return Err(odd("EVAL")),
    }
    // Who finds no marker, but a registry that is being founded, goes on with it.
    let slots: Vec<u16> = (0..fleet.spread.slots()).collect();
    for slots in slots.chunks(WITNESSES) {
        let asks: Vec<Ask> = slots
            .iter()
            .map(|&slot| Ask { slot, command: cmd("SETNX").arg(fleet.spread.witness(slot)).arg(0).to_owned() })
            .collect();
        fleet.ask(&asks, Manner::Patient).await?;
    }
    let marker = Marker { id: new_id(), epoch: 1, revision: 0, records: 0 };
    let mut end = cmd("EVAL");
    end.arg(END).arg(2).arg(MARKER).arg(FOUNDING).arg(codec::encode_marker(&marker)?);
    if !is_yes(&fleet.one(slot, end, Manner::Patient).await?) {
        return Err(odd("EVAL"));
    }
    Ok(())
}

/// Look at every server. Returns how many units a bucket may hold on average.
///
/// # Errors
/// `Unreachable` when a server may evict what it holds: with any `maxmemory-policy` but `noeviction` a record that is
/// gone would be a code that is unknown. `Unreachable` also when it does not answer.
pub(super) async fn inspect(fleet: &Fleet) -> Result<u32, StoreError> {
    let mut units = BUCKET_UNITS;
    for node in &fleet.topology().nodes {
        units = units.min(server(node).await?);
    }
    Ok(units)
}

async fn server(node: &Node) -> Result<u32, StoreError> {
    let host = &node.host;
    let line = node.reads.line().await?;
    let mut connection = line.connection;
    let mut commands = Pipeline::new();
    commands
        .cmd("INFO")
        .arg("memory")
        .cmd("CONFIG")
        .arg("GET")
        .arg("*append*")
        .cmd("CONFIG")
        .arg("GET")
        .arg("hash-max-*");
    let replies = connection.send_packed_commands(&commands, 0, 3).await;
    let replies = replies.map_err(|error| StoreError::Unreachable(error.category().to_owned()))?;
    let [memory, append, hash] = <[Value; 3]>::try_from(replies).map_err(|_| odd("INFO"))?;
    let memory = text(&memory).ok_or_else(|| odd("INFO"))?;
    let policy = memory.lines().find_map(|line| line.strip_prefix("maxmemory_policy:")).map_or("noeviction", str::trim);
    if policy != "noeviction" {
        return Err(StoreError::Unreachable(format!(
            "{host} may throw records away: set its maxmemory-policy to noeviction (it is {policy})"
        )));
    }
    // A server that tells nobody its configuration is asked for nothing more.
    let append = settings(append);
    let said = |name: &str| append.get(name).map_or("unknown", String::as_str);
    if (said("appendonly"), said("appendfsync")) != ("yes", "always") {
        tracing::warn!(
            server = %host, appendonly = said("appendonly"), appendfsync = said("appendfsync"),
            "a crash of this Redis can lose commits that were acknowledged: set appendonly yes, appendfsync always"
        );
    }
    let hash = settings(hash);
    let limit = ["hash-max-listpack-entries", "hash-max-ziplist-entries"].iter().find_map(|name| hash.get(*name));
    let limit = limit.and_then(|limit| limit.parse().ok()).unwrap_or(128);
    if limit < 64 {
        tracing::warn!(
            server = %host, hash_max_listpack_entries = limit,
            "units will take several times the memory: set hash-max-listpack-entries to 512"
        );
    }
    Ok((limit / 2).clamp(32, BUCKET_UNITS))
}

fn settings(reply: Value) -> HashMap<String, String> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    let pairs = pairs(reply).unwrap_or_default();
    pairs.into_iter().map(|(name, value)| (text(name), text(value))).collect()
}

/// `GET`, with the slot of the name.
pub(super) fn ask(fleet: &Fleet, verb: &str, name: &str) -> Ask {
    let command: Cmd = cmd(verb).arg(name).to_owned();
    Ask { slot: fleet.spread.slot(name.as_bytes()), command }
}
