//! Carrying a decided commit out. Every step may be done again.

use std::collections::{BTreeMap, HashMap};

use gs1::Gtin14;
use redis::cmd;

use super::ask::{Ask, Manner};
use super::attempt::Attempt;
use super::journal::Work;
use super::name::{self, EVIDENCE};
use super::write::Write;
use super::{Inner, bucket, serial, split};
use crate::registry::Revision;
use crate::store::{Dependency, Key, Kind, StoreError};

/// Lines of the evidence log on their way at a time.
const LINES: usize = 256;

/// What came of it.
pub(super) struct Applied {
    /// How many records were not there before. One that was written by an earlier try of the same commit counts as
    /// there: after a crash the marker may name fewer records than there are, never more.
    pub(super) new: u64,
    /// What has changed.
    pub(super) names: Vec<Dependency>,
}

/// Write the records, then the evidence, whose last number was `before`.
pub(super) async fn apply(inner: &Inner, attempt: &Attempt, before: u64, work: &Work) -> Result<Applied, StoreError> {
    let room = split::make_room(inner, attempt, &units(work)).await?;
    let mut names = room.names;
    let mut stages = vec![preparations(work, attempt.revision)];
    for kind in Kind::ALL {
        stages.push(writes(work, kind, &room.bits));
    }
    for write in stages.iter().skip(1).flatten() {
        names.push(Dependency::on(write.name.as_bytes()));
    }
    let new = inner.fleet.write_stages(attempt, stages).await?;
    append(inner, before, work).await?;
    Ok(Applied { new, names })
}

/// Units of each product.
fn units(work: &Work) -> BTreeMap<Gtin14, usize> {
    let mut units = BTreeMap::new();
    for (key, _) in &work.puts {
        if let Key::Item(gtin, _) = key {
            *units.entry(*gtin).or_default() += 1;
        }
    }
    units
}

/// What comes before any record: a walk must not miss one, and must notice that units are being written.
fn preparations(work: &Work, revision: Revision) -> Vec<Write> {
    let mut members: BTreeMap<Kind, Vec<Vec<u8>>> = BTreeMap::new();
    let mut writes = Vec::new();
    for (key, _) in &work.puts {
        let members = members.entry(key.kind()).or_default();
        let member = name::indexed(key);
        // Sorted: the units of a product stand together.
        if members.last() != Some(&member) {
            if let Key::Item(gtin, _) = key {
                writes.push(Write::set(name::generation(*gtin), revision.to_string().into_bytes(), false));
            }
            members.push(member);
        }
    }
    writes.extend(members.into_iter().map(|(kind, members)| Write::members(name::index(kind), members)));
    writes
}

fn writes(work: &Work, kind: Kind, bits: &HashMap<Gtin14, u8>) -> Vec<Write> {
    let counted = kind.is_record();
    let of_kind = work.puts.iter().filter(|(key, _)| key.kind() == kind);
    match kind {
        Kind::Item => {
            let mut rows: Vec<(Gtin14, u32, &gs1::Serial, &Vec<u8>)> = of_kind
                .filter_map(|(key, value)| match key {
                    Key::Item(gtin, serial) => {
                        let bits = bits.get(gtin).copied().unwrap_or_default();
                        Some((*gtin, bucket::number(serial, bits), serial, value))
                    }
                    _ => None,
                })
                .collect();
            rows.sort_unstable_by_key(|&(gtin, number, ..)| (gtin, number));
            let buckets = rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
            buckets
                .map(|rows| {
                    let fields = rows.iter().flat_map(|(_, _, serial, value)| [serial::pack(serial), (*value).clone()]);
                    Write::fields(name::bucket(rows[0].0, rows[0].1), fields.collect(), counted)
                })
                .collect()
        }
        _ => of_kind
            .map(|(key, value)| {
                let place = name::place(key, |_| 1);
                match place.field {
                    Some(field) => Write::fields(place.name, vec![field, value.clone()], counted),
                    None => Write::set(place.name, value.clone(), counted),
                }
            })
            .collect(),
    }
}

/// The evidence log is a stream whose identifiers are its numbers: Redis refuses one that is not greater than the
/// last, so that a line is never there twice.
async fn append(inner: &Inner, before: u64, work: &Work) -> Result<(), StoreError> {
    let slot = inner.fleet.spread.slot(EVIDENCE.as_bytes());
    let mut number = before;
    for lines in work.evidence.chunks(LINES) {
        let mut asks = Vec::with_capacity(lines.len());
        for line in lines {
            number += 1;
            let mut command = cmd("EVAL");
            command.arg(APPEND).arg(1).arg(EVIDENCE).arg(number).arg(line.as_slice());
            asks.push(Ask { slot, command });
        }
        inner.fleet.ask(&asks, Manner::Patient).await?;
    }
    Ok(())
}

/// `KEYS`: evidence. `ARGV`: number, line. A number that is there already is passed over.
const APPEND: &str = r"
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if last[1] and tonumber(string.match(last[1][1], '^%d+')) >= tonumber(ARGV[1]) then return 0 end
redis.call('XADD', KEYS[1], ARGV[1] .. '-0', 'e', ARGV[2])
return 1
";
