//! Reading entries for a lookup, and for a writer.
//!
//! What is asked for goes out in one pipeline for each primary: the entries, then the witnesses of their slots, then
//! the marker. In this order, because a store that is emptied in between must not look like one that does not know a
//! code. Units of one bucket are one question. A unit whose product's number of buckets is not known yet, and a unit
//! that was not found, take another round: see `bucket`.

use core::mem;
use core::ops::Range;
use std::collections::{BTreeSet, HashMap};

use gs1::{Gtin14, Serial};
use redis::{Cmd, Value, cmd};

use super::ask::{Ask, Manner};
use super::name::{self, MARKER, Place};
use super::reply::{bytes, odd};
use super::slot::Spread;
use super::write::is_yes;
use super::{Inner, LOOKUP_KEYS, bucket, serial, split};
use crate::store::{Dependency, Entry, Key, Marker, StoreError, codec};

/// Most rounds: a product's buckets do not split so often while one reads.
pub(super) const ROUNDS: usize = 16;

/// Most fields of one question: a bucket, as a rule. Redis takes some 60 microseconds for it.
const FIELDS: usize = 128;

/// What to read of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Value,
    Presence,
}

/// What was found under a key.
pub(super) struct Found {
    /// The entry as bytes; of [`What::Presence`] no bytes.
    pub(super) value: Option<Vec<u8>>,
    pub(super) dependency: Dependency,
}

/// The state of a question.
enum Open {
    /// An entry that has a place of its own.
    Entry(Place),
    /// A unit, where its product has so many bits.
    Unit { gtin: Gtin14, serial: Serial, bits: u8 },
    /// A unit: the number of its product's buckets comes first. With the bits that found nothing.
    Bits(Waiting),
}

/// A unit that waits for the bits of its product.
struct Waiting {
    n: usize,
    gtin: Gtin14,
    serial: Serial,
    nothing_with: Option<u8>,
}

/// What an answer is for.
enum Wanted {
    Entry { n: usize, dependency: Dependency },
    Units { gtin: Gtin14, bits: u8, rows: Vec<(usize, Serial)>, dependency: Dependency },
}

struct Round<'i> {
    inner: &'i Inner,
    what: What,
    asks: Vec<Ask>,
    /// What the first asks are for, and the products whose bits come after them.
    wanted: Vec<Wanted>,
    products: Vec<Gtin14>,
    waiting: Vec<Waiting>,
}

/// Questions under way, and what was found so far.
pub(super) struct Reading {
    found: Vec<Option<Found>>,
    open: Vec<(usize, Open)>,
}

impl Reading {
    /// Whether one of these questions is not answered yet.
    pub(super) fn waits_for(&self, questions: &Range<usize>) -> bool {
        self.open.iter().any(|(n, _)| questions.contains(n))
    }

    /// What was found for these questions, which are answered.
    pub(super) fn take(&mut self, questions: Range<usize>) -> Vec<Found> {
        self.found[questions].iter_mut().filter_map(Option::take).collect()
    }
}

impl Inner {
    /// Read. Returns the marker as of the first round. Without a deadline of its own.
    pub(super) async fn look(
        &self,
        keys: &[Key],
        what: What,
        manner: Manner,
    ) -> Result<(Marker, Vec<Found>), StoreError> {
        let mut reading = self.begin(keys);
        let mut first = None;
        for _ in 0..ROUNDS {
            let marker = self.round(&mut reading, what, manner).await?;
            let marker = first.get_or_insert(marker);
            if reading.open.is_empty() {
                return Ok((marker.clone(), reading.take(0..keys.len())));
            }
        }
        Err(StoreError::Unreachable("the buckets of a product do not come to rest".to_owned()))
    }

    /// Questions after keys.
    pub(super) fn begin<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> Reading {
        let open: Vec<(usize, Open)> = keys.into_iter().enumerate().map(|(n, key)| (n, self.open(n, key))).collect();
        Reading { found: open.iter().map(|_| None).collect(), open }
    }

    /// Ask what is open. Returns the marker, read behind everything else.
    pub(super) async fn round(&self, reading: &mut Reading, what: What, manner: Manner) -> Result<Marker, StoreError> {
        let round = Round::of(self, what, mem::take(&mut reading.open));
        let at_least = self.newest();
        let mut replies = self.fleet.ask(&round.asks, manner).await?;
        let marker = self.marker_from(replies.pop(), at_least)?;
        reading.open = round.take(replies, &mut reading.found)?;
        Ok(marker)
    }

    fn open(&self, n: usize, key: &Key) -> Open {
        match *key {
            Key::Item(gtin, serial) => match self.bits.of(gtin) {
                Some(bits) => Open::Unit { gtin, serial, bits },
                None => Open::Bits(Waiting { n, gtin, serial, nothing_with: None }),
            },
            ref key => Open::Entry(name::place(key, |_| 1)),
        }
    }
}

impl<'i> Round<'i> {
    fn of(inner: &'i Inner, what: What, open: Vec<(usize, Open)>) -> Self {
        let asks = Vec::with_capacity(open.len().min(LOOKUP_KEYS) + 1);
        let mut round = Self { inner, what, asks, wanted: Vec::new(), products: Vec::new(), waiting: Vec::new() };
        let mut units = Vec::new();
        for (n, question) in open {
            match question {
                Open::Entry(place) => {
                    round.wanted.push(Wanted::Entry { n, dependency: Dependency::on(place.name.as_bytes()) });
                    round.ask(&place.name, get(&place, what));
                }
                Open::Unit { gtin, serial, bits } => units.push((gtin, bucket::number(&serial, bits), bits, n, serial)),
                Open::Bits(waiting) => round.waiting.push(waiting),
            }
        }
        units.sort_unstable_by_key(|&(gtin, number, ..)| (gtin, number));
        for bucket in units.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (gtin, number, bits, ..) = bucket[0];
            let name = name::bucket(gtin, number);
            let dependency = Dependency::on(name.as_bytes());
            for rows in bucket.chunks(FIELDS) {
                let rows: Vec<(usize, Serial)> = rows.iter().map(|&(.., n, serial)| (n, serial)).collect();
                let mut command = cmd(if rows.len() == 1 { "HGET" } else { "HMGET" });
                command.arg(&name);
                for (_, serial) in &rows {
                    command.arg(serial::pack(serial));
                }
                round.wanted.push(Wanted::Units { gtin, bits, rows, dependency });
                round.ask(&name, command);
            }
        }
        let products: BTreeSet<Gtin14> = round.waiting.iter().map(|waiting| waiting.gtin).collect();
        for gtin in products {
            round.products.push(gtin);
            round.asks.push(inner.get(&name::bits(gtin)));
        }
        let spread = inner.fleet.spread;
        if spread == Spread::Cluster {
            let slots: BTreeSet<u16> = round.asks.iter().map(|ask| ask.slot).collect();
            for slot in slots {
                round.asks.push(Ask { slot, command: cmd("EXISTS").arg(spread.witness(slot)).to_owned() });
            }
        }
        round.asks.push(inner.get(MARKER));
        round
    }

    fn ask(&mut self, name: &str, command: Cmd) {
        self.asks.push(Ask { slot: self.inner.fleet.spread.slot(name.as_bytes()), command });
    }

    /// Sort the replies to where they belong. Returns what is still open.
    fn take(self, replies: Vec<Value>, found: &mut [Option<Found>]) -> Result<Vec<(usize, Open)>, StoreError> {
        let mut replies = replies.into_iter();
        let mut open = Vec::new();
        for wanted in self.wanted {
            let reply = replies.next().unwrap_or_default();
            match wanted {
                Wanted::Entry { n, dependency } => {
                    found[n] = Some(Found { value: answer(reply, self.what)?, dependency });
                }
                Wanted::Units { gtin, bits, rows, dependency } => {
                    let values = values(reply, rows.len()).ok_or_else(|| odd("HMGET"))?;
                    for ((n, serial), value) in rows.into_iter().zip(values) {
                        let mut value = bytes(value, "HMGET")?;
                        if value.is_none() {
                            let waiting = Waiting { n, gtin, serial, nothing_with: Some(bits) };
                            open.push((n, Open::Bits(waiting)));
                        }
                        if self.what == What::Presence {
                            value = value.map(|_| Vec::new());
                        }
                        found[n] = Some(Found { value, dependency });
                    }
                }
            }
        }
        let mut known = HashMap::new();
        for gtin in self.products {
            let bits = split::parsed(bytes(replies.next().unwrap_or_default(), "GET")?)?.now;
            self.inner.bits.note(gtin, bits);
            known.insert(gtin, bits);
        }
        if !replies.all(|witness| is_yes(&witness)) {
            return Err(StoreError::RegistryUnavailable("a part of it was emptied".to_owned()));
        }
        for waiting in self.waiting {
            let Waiting { n, gtin, serial, nothing_with } = waiting;
            match known.get(&gtin) {
                // Nothing was there, and the buckets are what they were.
                Some(bits) if nothing_with == Some(*bits) => {}
                Some(&bits) => open.push((n, Open::Unit { gtin, serial, bits })),
                None => open.push((n, Open::Bits(waiting))),
            }
        }
        Ok(open)
    }
}

/// The values of so many fields.
fn values(reply: Value, fields: usize) -> Option<Vec<Value>> {
    match reply {
        Value::Array(values) => (values.len() == fields).then_some(values),
        value => (fields == 1).then(|| vec![value]),
    }
}

fn get(place: &Place, what: What) -> Cmd {
    let mut command = match (what, &place.field) {
        (What::Value, None) => cmd("GET"),
        (What::Value, Some(_)) => cmd("HGET"),
        (What::Presence, None) => cmd("EXISTS"),
        (What::Presence, Some(_)) => cmd("HEXISTS"),
    };
    command.arg(&place.name);
    if let Some(field) = &place.field {
        command.arg(field.as_slice());
    }
    command
}

fn answer(reply: Value, what: What) -> Result<Option<Vec<u8>>, StoreError> {
    match (what, &reply) {
        (What::Value, _) => bytes(reply, "GET"),
        (What::Presence, Value::Int(there)) => Ok((*there > 0).then(Vec::new)),
        (What::Presence, _) => Err(odd("EXISTS")),
    }
}

/// The entry of a key from its bytes.
pub(super) fn decoded(key: &Key, value: &[u8]) -> Result<Entry, StoreError> {
    let entry = codec::decode(key.kind(), value)?;
    match (key, &entry) {
        // Names are made of a hash, and a hash never decides.
        (Key::Opaque(code), Entry::Opaque(entry)) if entry.record.code != *code => {
            Err(StoreError::Corrupt("Opaque: another code under this name".to_owned()))
        }
        _ => Ok(entry),
    }
}
