//! Tests of the way through memory: one flight for many, no answer older than a change, bounds that hold.

mod away;
mod bounds;
mod coherent;
mod front;
mod simulated;

use core::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use jiff::Timestamp;
use nguon_openapi::{Context, Lang};
use parking_lot::Mutex;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::{Fields, LocalCopy, Lookup, Memory, Patience, Question, Readiness, Served, Setup, Site, Unanswered, Way};
use crate::clock::Clock;
use crate::registry::import::{Author, Desk, Document, Format, ImportOrder};
use crate::registry::{Id, Recall};
use crate::store::{
    Batch, Committed, Dependency, EmbeddedStore, Entry, Evidence, Key, Kind, Snapshot, Store, StoreError, Watcher,
};
use crate::telemetry::Telemetry;

const CODE: &str = "/01/09520000010010/10/L1";

/// A clock that a test sets: noon, and some seconds.
#[derive(Debug)]
struct Watch(AtomicI64);

impl Watch {
    const fn at_noon() -> Self {
        Self(AtomicI64::new(0))
    }

    fn wind(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        let noon: Timestamp = "2026-11-23T05:00:00Z".parse().unwrap();
        Timestamp::from_second(noon.as_second() + self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A store whose reads can be counted, and held back after they have read.
struct Watched {
    inner: EmbeddedStore,
    reads: AtomicUsize,
    /// Reads let through at once; each gives its place back.
    gate: Semaphore,
    /// What every read comes to instead.
    failure: Mutex<Option<StoreError>>,
    watchers: Mutex<Vec<Arc<dyn Watcher>>>,
}

impl Watched {
    /// From now on every read fails so; `None`: none does.
    fn fail(&self, failure: Option<StoreError>) {
        *self.failure.lock() = failure;
    }
}

#[async_trait]
impl Store for Watched {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if let Some(failure) = self.failure.lock().clone() {
            return Err(failure);
        }
        let read = self.inner.read(keys).await;
        let _through = self.gate.acquire().await;
        read
    }
    async fn holds(&self, keys: &[Key]) -> Result<Vec<bool>, StoreError> {
        self.inner.holds(keys).await
    }
    fn dependency(&self, key: &Key) -> Dependency {
        self.inner.dependency(key)
    }
    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        self.inner.commit(batch).await
    }
    fn changes(&self, watcher: Arc<dyn Watcher>) {
        self.watchers.lock().push(Arc::clone(&watcher));
        self.inner.changes(watcher);
    }
    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        self.inner.scan(kind, after, limit).await
    }
    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        self.inner.evidence(after, limit).await
    }
    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        self.inner.progress(file).await
    }
}

struct Scene {
    store: Arc<Watched>,
    desk: Desk,
    clock: Arc<Watch>,
    telemetry: Telemetry,
    lookup: Arc<Lookup>,
}

impl Scene {
    async fn with(memory: Memory) -> Self {
        let inner = EmbeddedStore::open_temporary().unwrap();
        // The desk writes past the gate: it must not wait for the reads that a test holds back.
        let desk = Desk::new(Arc::new(inner.clone()), Arc::new(Watch::at_noon()));
        let records = [
            json!({"type": "product", "gtin": "09520000010010", "name": {"vi": "Nước mắm"}}),
            json!({"type": "batch", "gtin": "09520000010010", "lot": "L1", "expires": "2027-01-01"}),
        ];
        let ndjson: String = records.iter().flat_map(|record| [record.to_string(), "\n".into()]).collect();
        let order = ImportOrder::of(author());
        let report = desk.import(Document::bytes(ndjson, Format::Ndjson), order).await.unwrap();
        assert_eq!(report.rejected.total, 0, "{:?}", report.rejected);
        let store = Arc::new(Watched {
            inner,
            reads: AtomicUsize::new(0),
            gate: Semaphore::new(1_000),
            failure: Mutex::default(),
            watchers: Mutex::default(),
        });
        let (clock, telemetry) = (Arc::new(Watch::at_noon()), Telemetry::default());
        let lookup = Arc::new(Lookup::over(setup(&store, &clock, memory, telemetry.clone())).await.unwrap());
        Self { store, desk, clock, telemetry, lookup }
    }

    /// Another node over the same store, with nothing in memory.
    async fn another_over(&self, local_copy: Option<LocalCopy>) -> Lookup {
        let setup = setup(&self.store, &self.clock, Memory::default(), Telemetry::default());
        Lookup::over(Setup { local_copy, ..setup }).await.unwrap()
    }

    fn reads(&self) -> usize {
        self.store.reads.load(Ordering::SeqCst)
    }

    async fn ask(&self, code: &str) -> Served {
        ask(&self.lookup, code).await
    }

    /// Hold every read back after it has read.
    async fn hold(&self) -> tokio::sync::SemaphorePermit<'_> {
        self.store.gate.acquire_many(1_000).await.unwrap()
    }

    async fn recall(&self) {
        let recall: Recall = serde_json::from_value(json!({
            "id": "R1", "scope": {"gtin": "09520000010010", "lots": ["L1"]}, "status": "active",
            "reason": {"vi": "Histamin"}, "issuer": "Cơ quan minh hoạ", "from": "2026-11-23",
        }))
        .unwrap();
        assert!(self.desk.publish_recall(recall, author()).await.unwrap().changed);
    }
}

fn setup(store: &Arc<Watched>, clock: &Arc<Watch>, memory: Memory, telemetry: Telemetry) -> Setup {
    Setup {
        store: Arc::<Watched>::clone(store),
        clock: Arc::<Watch>::clone(clock),
        site: Site { base_url: "https://id.example.vn".into(), demo: false, checks: false },
        memory,
        patience: Patience::default(),
        local_copy: None,
        telemetry,
    }
}

fn author() -> Author {
    Author::of(Id::try_from("operator").unwrap())
}

async fn ask(lookup: &Lookup, code: &str) -> Served {
    let question =
        Question { input: code.into(), reading: gs1::read_link(code), lang: Lang::Vi, context: Context::Unit };
    lookup.serve(&question, Fields::ALL).await.unwrap()
}

fn card(served: &Served) -> serde_json::Value {
    serde_json::from_slice(served.body.identity()).unwrap()
}

fn verdict(served: &Served) -> String {
    card(served)["verdict"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn ten_thousand_callers_of_one_cold_code_cost_one_flight() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    let one_flight = scene.reads();
    let scene = Scene::with(Memory::default()).await;
    let held = scene.hold().await;
    let mut callers: Vec<_> = (0..10_000)
        .map(|_| {
            let lookup = Arc::clone(&scene.lookup);
            tokio::spawn(async move { ask(&lookup, CODE).await })
        })
        .collect();
    while scene.reads() == 0 {
        tokio::task::yield_now().await;
    }
    // The first of them goes away.
    callers.remove(0).abort();
    drop(held);
    let answers = join_all(callers).await;
    assert!(answers.into_iter().all(|answer| verdict(&answer.unwrap()) == "registered_batch"));
    assert_eq!(scene.reads(), one_flight);
    assert_eq!(scene.ask(CODE).await.way, Way::Hit);
}

#[tokio::test]
async fn a_hit_asks_the_store_nothing() {
    let scene = Scene::with(Memory::default()).await;
    assert_eq!(scene.ask(CODE).await.way, Way::Stored);
    let reads = scene.reads();
    assert_eq!(scene.ask(CODE).await.way, Way::Hit);
    assert_eq!(scene.reads(), reads);
}

#[tokio::test]
async fn a_recall_that_is_acknowledged_shows_on_the_next_answer() {
    let scene = Scene::with(Memory::default()).await;
    assert_eq!(verdict(&scene.ask(CODE).await), "registered_batch");
    scene.recall().await;
    assert_eq!(verdict(&scene.ask(CODE).await), "recalled");
}

#[tokio::test]
async fn a_slow_fill_that_races_a_recall_is_neither_kept_nor_shared_with_those_who_come_after() {
    let scene = Scene::with(Memory::default()).await;
    let held = scene.hold().await;
    let lookup = Arc::clone(&scene.lookup);
    let early = tokio::spawn(async move { ask(&lookup, CODE).await });
    while scene.reads() == 0 {
        tokio::task::yield_now().await;
    }
    // It has read, and waits at the gate, when the recall's own reads want through.
    let publishing = scene.recall();
    tokio::pin!(publishing);
    let lookup = Arc::clone(&scene.lookup);
    let before = scene.reads();
    while scene.reads() == before {
        assert!((&mut publishing).now_or_never().is_none());
        tokio::task::yield_now().await;
    }
    drop(held);
    publishing.await;
    let late = ask(&lookup, CODE).await;
    assert_eq!(verdict(&late), "recalled");
    early.await.unwrap();
    assert_eq!(verdict(&scene.ask(CODE).await), "recalled");
}

#[tokio::test]
async fn another_spelling_of_a_code_gets_the_same_card_with_its_own_words_back() {
    let scene = Scene::with(Memory::default()).await;
    let canonical = scene.ask(CODE).await;
    let lookup = &scene.lookup;
    let question = Question {
        input: "(01)09520000010010(10)L1".into(),
        reading: gs1::read(b"(01)09520000010010(10)L1"),
        lang: Lang::Vi,
        context: Context::Unit,
    };
    let spelt = lookup.serve(&question, Fields::ALL).await.unwrap();
    assert_eq!(spelt.way, Way::Hit);
    let bytes = spelt.body.spelt(&question.input);
    let tag = super::tag(&bytes);
    let mut card: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(card["code"]["input"], "(01)09520000010010(10)L1");
    assert_ne!(tag, canonical.body.tag());
    card["code"]["input"] = CODE.into();
    assert_eq!(card, serde_json::from_slice::<serde_json::Value>(canonical.body.identity()).unwrap());
}

#[tokio::test]
async fn random_codes_do_not_evict_what_is_on_record() {
    let scene = Scene::with(Memory { unknown: 1024 * 1024, ..Memory::default() }).await;
    scene.ask(CODE).await;
    for n in 0..20_000_u64 {
        scene.ask(&format!("/01/09520000991111/21/X{n}")).await;
    }
    assert_eq!(scene.ask(CODE).await.way, Way::Hit);
    assert!(scene.lookup.inner.bodies.unknown_bytes() <= 1024 * 1024);
}

#[tokio::test]
async fn what_is_of_a_person_or_a_bank_is_repeated_in_no_spelling() {
    let scene = Scene::with(Memory::default()).await;
    for code in [
        "012345678901|123456789|Nguyen Van A|01011990|Nam|Ha Noi|01012021",
        "00020101021238540010A00000072701240006970436",
    ] {
        let question = Question {
            input: code.into(),
            reading: gs1::read(code.as_bytes()),
            lang: Lang::Vi,
            context: Context::Unit,
        };
        let served = scene.lookup.serve(&question, Fields::ALL).await.unwrap();
        assert!(served.body.is_private());
        let bytes = served.body.spelt(code);
        assert!(!String::from_utf8_lossy(&bytes).contains(&code[..12]));
    }
}

#[tokio::test]
async fn after_recalls_were_in_doubt_nothing_from_before_is_kept() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    scene.lookup.inner.coherence.recalls.doubt();
    // A flight that loads the recalls anew; whatever was kept has to be judged again.
    assert_eq!(verdict(&scene.ask("/01/09520000010010").await), "registered_gtin");
    assert_ne!(scene.ask(CODE).await.way, Way::Hit);
}

#[tokio::test]
async fn every_tier_is_counted() {
    let scene = Scene::with(Memory::default()).await;
    for _ in 0..3 {
        scene.ask(CODE).await;
    }
    scene.lookup.measure();
    let text = String::from_utf8(scene.telemetry.text()).unwrap();
    for line in [
        "nguon_lookups_total{way=\"hit\"} 2",
        "nguon_lookups_total{way=\"stored\"} 1",
        "nguon_records_total{way=\"miss\"} 2",
        "nguon_changes_in_time 1",
        "nguon_store_asked 1",
        "nguon_recalls 0",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}
