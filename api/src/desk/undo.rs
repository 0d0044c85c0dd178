//! Taking back what a submission declared: what was on record before is declared again, and what was new is withdrawn.
//!
//! What people and units live by is not taken back: a recall is withdrawn on its own page, and units that were issued stay
//! on record, because labels may be on packs; their codes can be cancelled. Pictures stay, unused.

use std::collections::HashMap;

use crate::registry::{Batch, Certificate, Event, Id, Link, OpaqueRecord, Producer, Product, Record, Revision};
use crate::store::{Entry, Key, Kind, Put};

/// How to take something back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undo {
    /// Records that do it, in the order in which they are declared.
    pub records: Vec<Record>,
    /// Units whose records stay.
    pub units: usize,
    /// Recalls, which are withdrawn on their own page.
    pub recalls: usize,
}

impl Undo {
    /// How to take back what would be written, given what is there.
    #[must_use]
    pub fn of(puts: &[Put], before: &HashMap<Key, Entry>) -> Self {
        let mut undo = Self::default();
        let (mut again, mut withdrawn) = (Vec::new(), Vec::new());
        for put in puts {
            match put.key.kind() {
                Kind::Item => undo.units += 1,
                Kind::Recall => undo.recalls += 1,
                _ => one(&put.entry, before.get(&put.key), &mut again, &mut withdrawn),
            }
        }
        again.sort_by_key(Record::rank);
        // What refers to something goes before that.
        withdrawn.sort_by_key(|record| core::cmp::Reverse(record.rank()));
        undo.records = again;
        undo.records.extend(withdrawn);
        undo
    }

    /// The records that still apply: what somebody has declared anew since then stays as it is. `found` holds the entries
    /// of [`Undo::keys`]; the second of the pair is what stays.
    #[must_use]
    pub fn since(records: Vec<Record>, found: &HashMap<Key, Entry>, revision: Revision) -> (Vec<Record>, Vec<Record>) {
        records.into_iter().partition(|record| {
            key(record).is_none_or(|key| found.get(&key).and_then(written).is_none_or(|at| at <= revision))
        })
    }

    /// The entries that records stand in.
    #[must_use]
    pub fn keys(records: &[Record]) -> Vec<Key> {
        let mut keys: Vec<Key> = records.iter().filter_map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The commit that wrote an entry.
fn written(entry: &Entry) -> Option<Revision> {
    Some(match entry {
        Entry::Product(entry) => entry.stamp.revision,
        Entry::Lot(entry) => entry.stamp.revision,
        Entry::Producer(entry) => entry.stamp.revision,
        Entry::Certificate(entry) => entry.stamp.revision,
        Entry::Opaque(entry) => entry.stamp.revision,
        _ => return None,
    })
}

/// The entry that a record stands in.
fn key(record: &Record) -> Option<Key> {
    Some(match record {
        Record::Producer(it) => Key::Producer(it.id.clone()),
        Record::Product(it) => Key::Product(it.gtin),
        Record::Batch(it) => Key::lot(it.gtin, it.lot),
        Record::Event(it) => Key::lot(it.gtin, it.lot),
        Record::Link(it) => Key::Product(it.gtin),
        Record::Certificate(it) => Key::Certificate(it.id.clone()),
        Record::Opaque(it) => Key::Opaque(it.code.clone()),
        Record::Media(_) | Record::Item(_) | Record::Items(_) | Record::Recall(_) => return None,
    })
}

/// What takes one entry back.
fn one(now: &Entry, before: Option<&Entry>, again: &mut Vec<Record>, withdrawn: &mut Vec<Record>) {
    match (now, before) {
        (Entry::Producer(now), Some(Entry::Producer(was))) if now.producer != was.producer => {
            again.push(Record::Producer(was.producer.clone()));
        }
        (Entry::Producer(now), None) => {
            withdrawn.push(Record::Producer(Producer { withdrawn: true, ..now.producer.clone() }));
        }
        (Entry::Product(now), before) => {
            let was = match before {
                Some(Entry::Product(was)) => Some(was),
                _ => None,
            };
            match was {
                Some(was) if now.product != was.product => again.push(Record::Product(was.product.clone())),
                Some(_) => {}
                None => withdrawn.push(Record::Product(Product { withdrawn: true, ..now.product.clone() })),
            }
            let links = was.map_or(&[][..], |was| &was.links);
            listed(&now.links, links, |it| &it.id, |it| Link { withdrawn: true, ..it }, Record::Link, again, withdrawn);
        }
        (Entry::Lot(now), before) => {
            let was = match before {
                Some(Entry::Lot(was)) => Some(was),
                _ => None,
            };
            match was {
                Some(was) if now.batch != was.batch => again.push(Record::Batch(was.batch.clone())),
                Some(_) => {}
                None => withdrawn.push(Record::Batch(Batch { withdrawn: true, ..now.batch.clone() })),
            }
            let events = was.map_or(&[][..], |was| &was.events);
            let back = |it| Event { withdrawn: true, ..it };
            listed(&now.events, events, |it| &it.id, back, Record::Event, again, withdrawn);
        }
        (Entry::Certificate(now), Some(Entry::Certificate(was))) if now.certificate != was.certificate => {
            again.push(Record::Certificate(was.certificate.clone()));
        }
        (Entry::Certificate(now), None) => {
            withdrawn.push(Record::Certificate(Certificate { withdrawn: true, ..now.certificate.clone() }));
        }
        (Entry::Opaque(now), Some(Entry::Opaque(was))) if now.record != was.record => {
            again.push(Record::Opaque(was.record.clone()));
        }
        (Entry::Opaque(now), None) => {
            withdrawn.push(Record::Opaque(OpaqueRecord { withdrawn: true, ..now.record.clone() }));
        }
        _ => {}
    }
}

/// What takes back a list that hangs on an entry: each has an identifier.
fn listed<T: Clone + PartialEq>(
    now: &[T],
    was: &[T],
    id: impl Fn(&T) -> &Id,
    back: impl Fn(T) -> T,
    record: impl Fn(T) -> Record,
    again: &mut Vec<Record>,
    withdrawn: &mut Vec<Record>,
) {
    for it in was.iter().filter(|it| !now.contains(it)) {
        again.push(record(it.clone()));
    }
    for it in now.iter().filter(|it| !was.iter().any(|was| id(was) == id(it))) {
        withdrawn.push(record(back(it.clone())));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::clock::{Clock, SystemClock};
    use crate::registry::import::{Author, Desk, Document, Format, ImportOrder};
    use crate::store::{EmbeddedStore, Store};

    const G: &str = "09520000010010";

    fn author() -> Author {
        Author::of(Id::try_from("coop").unwrap())
    }

    fn document(lines: &[serde_json::Value]) -> Document {
        let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
        Document::bytes(text.join("\n"), Format::Ndjson)
    }

    fn product(name: &str) -> serde_json::Value {
        json!({"type": "product", "gtin": G, "name": {"vi": name}, "producer": "P", "keeps_serials": true})
    }

    fn lot(produced: &str) -> serde_json::Value {
        json!({"type": "batch", "gtin": G, "lot": "L1", "produced": produced})
    }

    fn stage(id: &str, text: &str) -> serde_json::Value {
        json!({"type": "event", "id": id, "gtin": G, "lot": "L1", "stage": "packing", "date": "2026-11-01", "text": {"vi": text}})
    }

    struct World {
        store: Arc<EmbeddedStore>,
        desk: Desk,
    }

    impl World {
        fn new() -> Self {
            let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, clock);
            Self { store, desk }
        }

        async fn load(&self, lines: &[serde_json::Value]) -> Revision {
            let report = self.desk.import(document(lines), ImportOrder::of(author())).await.unwrap();
            assert_eq!(report.rejected.list, [], "{lines:?}");
            report.revision.unwrap_or_default()
        }

        async fn entries(&self, keys: &[Key]) -> Vec<Option<Entry>> {
            self.store.read(keys).await.unwrap().entries
        }

        /// What takes a document back, and the commit in which it is loaded.
        async fn undo(&self, lines: &[serde_json::Value]) -> (Undo, Revision) {
            let foreseen = self.desk.foresee_document(document(lines), author()).await.unwrap();
            let undo = Undo::of(&foreseen.puts, &foreseen.before);
            (undo, self.load(lines).await)
        }

        async fn apply(&self, records: &[Record]) {
            let lines: Vec<_> = records.iter().map(|record| serde_json::to_value(record).unwrap()).collect();
            self.load(&lines).await;
        }
    }

    fn said(entry: Option<Entry>) -> String {
        match entry {
            Some(Entry::Product(it)) => format!("{} {:?}", it.product.name.vi, it.withdrawn_at.is_some()),
            Some(Entry::Lot(it)) => {
                let texts: Vec<String> =
                    it.events.iter().filter_map(|it| it.text.as_ref()).map(|it| it.vi.to_string()).collect();
                format!("{:?} {} {texts:?}", it.batch.produced.map(|it| it.to_string()), it.batch.withdrawn)
            }
            other => format!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn what_was_on_record_before_is_there_again() {
        let world = World::new();
        let producer = json!({"type": "producer", "id": "P", "name": {"vi": "HTX"}});
        world.load(&[producer, product("Mắm cũ"), lot("2026-10-01"), stage("E1", "cũ")]).await;
        let keys = [Key::Product(G.parse().unwrap()), Key::lot(G.parse().unwrap(), "L1".parse().unwrap())];
        let before: Vec<String> = world.entries(&keys).await.into_iter().map(said).collect();
        let (undo, _) =
            world.undo(&[product("Mắm mới"), lot("2026-10-02"), stage("E1", "mới"), stage("E2", "thêm")]).await;
        assert_ne!(world.entries(&keys).await.into_iter().map(said).collect::<Vec<_>>(), before);
        world.apply(&undo.records).await;
        assert_eq!(world.entries(&keys).await.into_iter().map(said).collect::<Vec<_>>(), before);
    }

    #[tokio::test]
    async fn what_was_new_is_withdrawn_and_units_and_recalls_stay() {
        let world = World::new();
        let recall = json!({"type": "recall", "id": "R", "scope": {"gtin": G, "lots": ["L1"]}, "status": "active",
            "reason": {"vi": "Thử"}, "issuer": "Mẫu", "from": "2026-11-01"});
        let items = json!({"type": "items", "gtin": G, "lot": "L1", "serials": ["A1", "A2"]});
        let producer = json!({"type": "producer", "id": "P", "name": {"vi": "HTX"}});
        let (undo, _) = world.undo(&[producer, product("Mắm"), lot("2026-10-01"), items, recall]).await;
        assert_eq!((undo.units, undo.recalls), (2, 1));
        world.apply(&undo.records).await;
        let keys = [Key::Product(G.parse().unwrap()), Key::lot(G.parse().unwrap(), "L1".parse().unwrap())];
        let said: Vec<String> = world.entries(&keys).await.into_iter().map(said).collect();
        assert!(said[0].ends_with("true") && said[1].contains("true"), "{said:?}");
    }

    #[tokio::test]
    async fn what_somebody_has_declared_since_stays() {
        let world = World::new();
        let producer = json!({"type": "producer", "id": "P", "name": {"vi": "HTX"}});
        let (undo, revision) = world.undo(&[producer, product("Mắm"), lot("2026-10-01")]).await;
        world.load(&[product("Mắm sửa sau")]).await;
        let keys = Undo::keys(&undo.records);
        let found =
            keys.iter().cloned().zip(world.entries(&keys).await).filter_map(|(key, it)| Some((key, it?))).collect();
        let (records, kept) = Undo::since(undo.records, &found, revision);
        assert_eq!(kept.iter().map(Record::kind).collect::<Vec<_>>(), ["product"]);
        assert_eq!(records.iter().map(Record::kind).collect::<Vec<_>>(), ["batch", "producer"]);
    }
}
