//! Reading entries for a lookup, and for a writer.
//!
//! What is asked for goes out in one pipeline for each primary: the entries, then the witnesses of their slots, then
//! the marker. In this order, because a store that is emptied in between must not look like one that does not know a
//! code. A unit whose product's number of buckets is not known yet, and a unit that was not found, take another round:
//! see `bucket`.

use std::collections::{BTreeSet, HashMap};

use gs1::{Gtin14, Serial};
use redis::{Value, cmd};

use super::ask::{Ask, Manner};
use super::name::{self, MARKER, Place};
use super::reply::{bytes, odd};
use super::slot::Spread;
use super::write::is_yes;
use super::{Inner, bucket, split};
use crate::store::{Dependency, Entry, Key, Marker, StoreError, codec};

/// Most rounds: a product's buckets do not split so often while one reads.
const ROUNDS: usize = 16;

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
    /// A unit: the number of its product's buckets comes first. With the bits that found nothing.
    Bits { gtin: Gtin14, serial: Serial, nothing_with: Option<u8> },
    /// Where it is.
    At { place: Place, unit: Option<(Gtin14, Serial, u8)> },
}

struct Round<'i> {
    inner: &'i Inner,
    what: What,
    asks: Vec<Ask>,
    /// What the first asks are for, and the products whose bits come after them.
    places: Vec<usize>,
    products: Vec<Gtin14>,
}

impl Inner {
    /// Read. Returns the marker as of the first round. Without a deadline of its own.
    pub(super) async fn look(
        &self,
        keys: &[Key],
        what: What,
        manner: Manner,
    ) -> Result<(Marker, Vec<Found>), StoreError> {
        let mut open: HashMap<usize, Open> = keys.iter().map(|key| self.open(key)).enumerate().collect();
        let mut found: Vec<Option<Found>> = keys.iter().map(|_| None).collect();
        let mut first = None;
        for _ in 0..ROUNDS {
            let round = Round::of(self, what, &open);
            let at_least = self.newest();
            let mut replies = self.fleet.ask(&round.asks, manner).await?;
            let marker = self.marker_from(replies.pop(), at_least)?;
            round.take(replies, &mut open, &mut found)?;
            let marker = first.get_or_insert(marker);
            if open.is_empty() {
                let found = found.into_iter().flatten().collect();
                return Ok((marker.clone(), found));
            }
        }
        Err(StoreError::Unreachable("the buckets of a product do not come to rest".to_owned()))
    }

    fn open(&self, key: &Key) -> Open {
        match key {
            Key::Item(gtin, serial) => match self.bits.of(*gtin) {
                Some(bits) => at(*gtin, *serial, bits),
                None => Open::Bits { gtin: *gtin, serial: *serial, nothing_with: None },
            },
            key => Open::At { place: name::place(key, |_| 1), unit: None },
        }
    }
}

fn at(gtin: Gtin14, serial: Serial, bits: u8) -> Open {
    let place = name::place(&Key::Item(gtin, serial), |serial| bucket::number(serial, bits));
    Open::At { place, unit: Some((gtin, serial, bits)) }
}

impl<'i> Round<'i> {
    fn of(inner: &'i Inner, what: What, open: &HashMap<usize, Open>) -> Self {
        let spread = inner.fleet.spread;
        let mut round =
            Self { inner, what, asks: Vec::with_capacity(open.len() + 1), places: Vec::new(), products: Vec::new() };
        let mut products = BTreeSet::new();
        for (&n, question) in open {
            match question {
                Open::Bits { gtin, .. } => {
                    products.insert(*gtin);
                }
                Open::At { place, .. } => {
                    round.places.push(n);
                    round.asks.push(Ask { slot: spread.slot(place.name.as_bytes()), command: get(place, what) });
                }
            }
        }
        for gtin in products {
            round.products.push(gtin);
            round.asks.push(inner.get(&name::bits(gtin)));
        }
        if spread == Spread::Cluster {
            let slots: BTreeSet<u16> = round.asks.iter().map(|ask| ask.slot).collect();
            for slot in slots {
                round.asks.push(Ask { slot, command: cmd("EXISTS").arg(spread.witness(slot)).to_owned() });
            }
        }
        round.asks.push(inner.get(MARKER));
        round
    }

    /// Sort the replies to where they belong.
    fn take(
        self,
        replies: Vec<Value>,
        open: &mut HashMap<usize, Open>,
        found: &mut [Option<Found>],
    ) -> Result<(), StoreError> {
        let mut replies = replies.into_iter();
        let mut nothing = Vec::new();
        for n in self.places {
            let value = answer(replies.next().unwrap_or_default(), self.what)?;
            let Some(Open::At { place, unit }) = open.remove(&n) else { continue };
            let dependency = Dependency::on(place.name.as_bytes());
            match unit {
                Some((gtin, serial, bits)) if value.is_none() => {
                    nothing.push((n, Open::Bits { gtin, serial, nothing_with: Some(bits) }));
                    found[n] = Some(Found { value: None, dependency });
                }
                _ => found[n] = Some(Found { value, dependency }),
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
        let waiting: Vec<usize> = open.keys().copied().collect();
        for n in waiting {
            let Some(Open::Bits { gtin, serial, nothing_with }) = open.remove(&n) else { continue };
            match known.get(&gtin) {
                // Nothing was there, and the buckets are what they were.
                Some(bits) if nothing_with == Some(*bits) => {}
                Some(bits) => drop(open.insert(n, at(gtin, serial, *bits))),
                None => drop(open.insert(n, Open::Bits { gtin, serial, nothing_with })),
            }
        }
        open.extend(nothing);
        Ok(())
    }
}

fn get(place: &Place, what: What) -> redis::Cmd {
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
