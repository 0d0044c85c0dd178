//! Names of entries in Redis (the table in `store::key`), and of what the store keeps for itself.
//!
//! | name | what |
//! |---|---|
//! | `n:k:{G}` | into how many buckets a product's units are spread: see `bucket` |
//! | `n:h:{TAG}:NODE` | heartbeat of a node: see `pulse` |
//! | `w:f:{TAG}` | witness of a slot: see `slot` |
//! | `w:{r}:marker` `:journal` `:writer` | the marker; the commit under way; whose turn it is: see `commit` |
//! | `w:{r}:waiting` | somebody has asked to go first: see `commit` |
//! | `w:{r}:evidence` `:progress` | stream of the evidence log; hash of files under way |
//! | `w:z:KIND` | the keys of a kind in order, for walks: see `scan` |
//! | `w:{rep}:…` | consumers' reports: see `reports` |
//! | `w:g:{G}` | last revision that wrote units of a product: see `walk` |
//!
//! And for the ledger, all of a unit under one tag, b the bucket of 8 bits (`ledger/*.lua` say what is in each):
//!
//! | name | what | kept |
//! |---|---|---|
//! | `c:{G.b}:SERIAL` | checks counted, and the first of them | |
//! | `e:{G.b}:SERIAL` | visits | 30 days from the last |
//! | `k:{G.b}:SERIAL:KEY` | what a check of this key came to | a day |
//! | `u:{G.b}:SERIAL:CLIENT` | when the client was counted | an hour |
//! | `s:{G.b}:SERIAL` | who wrote where the unit stands | a minute |
//! | `pin:{G.b}:SERIAL` | keyed hash of its PIN | |
//! | `t:{G.b}:SERIAL` | tries of it | a day from the last |
//! | `w:k:DAY` | the key under which clients are hashed on a day | that day and the next |
//! | `w:t:DAY` | checks counted by product and province | |
//! | `w:alerts` | stream of alerts | the last 100,000 |
//! | `w:{held}:units` | hash: what is held of a unit | until the hold ends |
//!
//! An exception is `n:x:{G}:SERIAL`, not beside its bucket: it need not move when buckets split.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gs1::Gtin14;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::serial;
use crate::registry::{ClientHash, Digest, LotRef, OpaqueCode, RecallId};
use crate::store::ledger::Unit;
use crate::store::{Key, Kind};

pub(super) const MARKER: &str = "w:{r}:marker";
pub(super) const JOURNAL: &str = "w:{r}:journal";
pub(super) const WRITER: &str = "w:{r}:writer";
pub(super) const WAITING: &str = "w:{r}:waiting";
pub(super) const EVIDENCE: &str = "w:{r}:evidence";
pub(super) const PROGRESS: &str = "w:{r}:progress";
pub(super) const ALERTS: &str = "w:alerts";
pub(super) const HELD: &str = "w:{held}:units";
pub(super) const FOUNDING: &str = "w:{r}:founding";

/// What can change a card is under this.
pub(super) const TRACKED: &str = "n:";
/// Heartbeats are under this.
pub(super) const BEATS: &[u8] = b"n:h:";

/// Bytes of SHA-256 that name an opaque code: 192 bits. The code itself is compared as well.
const OPAQUE_BYTES: usize = 24;

/// Where an entry is: a string, or a field of a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) field: Option<Vec<u8>>,
}

/// Where an entry is; a unit is in the bucket of this number.
pub(super) fn place(key: &Key, bucket: impl FnOnce(&gs1::Serial) -> u32) -> Place {
    let whole = |name| Place { name, field: None };
    match key {
        Key::Product(gtin) => whole(format!("n:p:{{{gtin}}}")),
        Key::Lot(LotRef { gtin, lot }) => whole(format!("n:l:{{{gtin}}}:{lot}")),
        Key::LotName(gtin, ordinal) => lot_names(*gtin, *ordinal),
        Key::Producer(id) => whole(format!("n:o:{{{}}}", id.as_str())),
        Key::Item(gtin, serial) => {
            Place { name: self::bucket(*gtin, bucket(serial)), field: Some(serial::pack(serial)) }
        }
        Key::Exception(gtin, serial) => whole(format!("n:x:{{{gtin}}}:{serial}")),
        Key::Standing(gtin, serial) => whole(format!("n:y:{}:{serial}", unit_tag(*gtin, serial))),
        Key::Opaque(code) => whole(opaque(code)),
        Key::Recall(id) => whole(format!("{RECALLS}{}", id.as_str())),
        Key::Media(hash) => whole(format!("n:m:{}", URL_SAFE_NO_PAD.encode(hash.digest()))),
        Key::LotCount(gtin) => whole(format!("w:a:{{{gtin}}}")),
        Key::Outputs(LotRef { gtin, lot }) => whole(format!("w:u:{{{gtin}}}:{lot}")),
        Key::Certificate(id) => whole(format!("w:c:{}", id.as_str())),
    }
}

/// Over how many slots a product's units are spread in the ledger: 2⁸. Part of the format: never changes.
const UNIT_TAG_BITS: u8 = 8;

const RECALLS: &str = "n:r:{r}:";

/// The recall that a name is of.
pub(super) fn recall(name: &[u8]) -> Option<RecallId> {
    let id = core::str::from_utf8(name.strip_prefix(RECALLS.as_bytes())?).ok()?;
    crate::registry::Id::try_from(id).ok().map(RecallId)
}

/// The hash tag of what the ledger keeps of a unit. It stays when buckets split.
pub(super) fn unit_tag(gtin: Gtin14, serial: &gs1::Serial) -> String {
    format!("{{{gtin}.{}}}", super::bucket::number(serial, UNIT_TAG_BITS))
}

fn of_unit(kind: &str, unit: &Unit) -> String {
    format!("{kind}:{}:{}", unit_tag(unit.gtin, &unit.serial), unit.serial)
}

/// How many checks of a unit were counted.
pub(super) fn counters(unit: &Unit) -> String {
    of_unit("c", unit)
}

/// The latest visits of a unit.
pub(super) fn visits(unit: &Unit) -> String {
    of_unit("e", unit)
}

/// A check by its key.
pub(super) fn check_key(unit: &Unit, key: Digest) -> String {
    format!("{}:{}", of_unit("k", unit), URL_SAFE_NO_PAD.encode(key.0))
}

/// A client who was counted.
pub(super) fn client(unit: &Unit, client: ClientHash) -> String {
    format!("{}:{}", of_unit("u", unit), URL_SAFE_NO_PAD.encode(client.0.to_be_bytes()))
}

/// Who wrote where a unit stands.
pub(super) fn standing_writer(unit: &Unit) -> String {
    of_unit("s", unit)
}

/// A unit's PIN.
pub(super) fn pin(unit: &Unit) -> String {
    of_unit("pin", unit)
}

/// Tries of a unit's PIN.
pub(super) fn tries(unit: &Unit) -> String {
    of_unit("t", unit)
}

/// The key under which clients are hashed on a day.
pub(super) fn client_key(day: Date) -> String {
    format!("w:k:{day}")
}

/// The fingerprint of the secret that PINs and receipts are hashed with.
pub(super) const FINGERPRINT: &str = "w:fingerprint";

/// Tallies of a day.
pub(super) fn tally(day: Date) -> String {
    format!("w:t:{day}")
}

pub(super) fn bucket(gtin: Gtin14, number: u32) -> String {
    format!("n:i:{{{gtin}.{number}}}")
}

/// How many bits choose a bucket of this product.
pub(super) fn bits(gtin: Gtin14) -> String {
    format!("n:k:{{{gtin}}}")
}

/// The last revision that wrote units of this product.
pub(super) fn generation(gtin: Gtin14) -> String {
    format!("w:g:{{{gtin}}}")
}

/// The hash of a product's lot names.
pub(super) fn lot_names_of(gtin: Gtin14) -> String {
    format!("n:a:{{{gtin}}}")
}

fn lot_names(gtin: Gtin14, ordinal: u32) -> Place {
    Place { name: lot_names_of(gtin), field: Some(ordinal.to_string().into_bytes()) }
}

fn opaque(code: &OpaqueCode) -> String {
    let digest = Sha256::digest(code.as_str().as_bytes());
    format!("n:q:{}", URL_SAFE_NO_PAD.encode(&digest[..OPAQUE_BYTES]))
}

/// The sorted set of the keys of a kind. Of units and lots' names it holds the products that have any.
pub(super) fn index(kind: Kind) -> String {
    let name = match kind {
        Kind::Product => "product",
        Kind::Lot => "lot",
        Kind::LotName => "lot_name",
        Kind::Producer => "producer",
        Kind::Item => "item",
        Kind::Exception => "exception",
        Kind::Standing => "standing",
        Kind::Opaque => "opaque",
        Kind::Recall => "recall",
        Kind::Media => "media",
        Kind::LotCount => "lot_count",
        Kind::Outputs => "outputs",
        Kind::Certificate => "certificate",
    };
    format!("w:z:{name}")
}

/// What the index of a kind holds for a key: its bytes, or those of its product.
pub(super) fn indexed(key: &Key) -> Vec<u8> {
    match key {
        Key::Item(gtin, _) | Key::LotName(gtin, _) => Key::Product(*gtin).to_bytes(),
        key => key.to_bytes(),
    }
}
