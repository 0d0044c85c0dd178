//! Two nodes with their links, moved step by step, and what each may say.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::simulated::{Link, Registry, State};
use super::super::{Watch, author};
use super::Step;
use super::model::{CODES, FACTS, Fact, History, Said, Told, combinations, expected, name};
use crate::clock::Clock as _;
use crate::lookup::{Fields, Lookup, Memory, Patience, Question, Setup, Site};
use crate::registry::import::{Desk, Document, Format, ImportOrder, Revocation};
use crate::registry::{Recall, RecallId, Record};
use crate::store::Store;
use crate::telemetry::Telemetry;

const IN_DOUBT_S: i64 = 30;
const STALE_S: i64 = 600;
const DAY_S: i64 = 86_400;
/// Until it is noticed that nothing is told any more.
const NOTICED_S: i64 = 2;

struct Node {
    link: Arc<Link>,
    lookup: Arc<Lookup>,
    desk: Desk,
    told: Told,
    /// The second in which it notices that its link has failed.
    notices_at: Option<i64>,
}

pub(super) struct World {
    registry: Arc<Registry>,
    clock: Arc<Watch>,
    nodes: [Node; 2],
    histories: [History; FACTS.len()],
    recalls: usize,
}

impl World {
    pub(super) async fn new() -> Self {
        let (registry, clock) = (Arc::<Registry>::default(), Arc::new(Watch::at_noon()));
        let link = Link::to(&registry);
        let records = [
            json!({"type": "product", "gtin": "09520000010010", "name": {"vi": name(0)}, "keeps_serials": true}),
            json!({"type": "batch", "gtin": "09520000010010", "lot": "L1", "expires": "2099-01-01"}),
            json!({"type": "items", "gtin": "09520000010010", "lot": "L1", "state": "active", "serials": ["U1"]}),
        ];
        let ndjson: String = records.iter().flat_map(|record| [record.to_string(), "\n".into()]).collect();
        let desk = Desk::new(Arc::new(link.writer()), Arc::<Watch>::clone(&clock));
        let report = desk.import(Document::bytes(ndjson, Format::Ndjson), ImportOrder::of(author())).await.unwrap();
        assert_eq!(report.rejected.total, 0, "{:?}", report.rejected);
        let nodes = [Node::new(&registry, &clock).await, Node::new(&registry, &clock).await];
        let histories = [1, 0, 0, 0, 0].map(|value| History(vec![(second(&clock), value)]));
        Self { registry, clock, nodes, histories, recalls: 0 }
    }

    fn now(&self) -> i64 {
        second(&self.clock)
    }

    fn value(&self, fact: Fact) -> usize {
        self.histories[fact as usize].now()
    }

    pub(super) async fn step(&mut self, step: &Step) {
        match *step {
            Step::Change(node, fact) => self.change(node, fact).await,
            Step::Flush => self.set_there(false).await,
            Step::Restore => self.set_there(true).await,
            Step::Fail(node, state) => self.fail(node, state).await,
            Step::Heal(node) => self.heal(node).await,
            Step::FailOver => self.fail_over().await,
            Step::Advance(seconds) => self.advance(seconds).await,
            Step::Ask(node, code) => {
                let told = self.nodes[node].told;
                let answer = self.nodes[node].ask(code).await;
                self.judge(node, code, &told, answer);
            }
            Step::AskAcross(node, code, writer, fact) => self.ask_across(node, code, writer, fact).await,
        }
    }

    /// A change through a node, if its link and the registry take one.
    async fn change(&mut self, writer: usize, fact: Fact) {
        let value = self.value(fact);
        let desk = &self.nodes[writer].desk;
        let (done, next) = match fact {
            Fact::Name => (declare(desk, &product("09520000010010", &name(value + 1))).await, value + 1),
            Fact::Registered => (declare(desk, &product("09520000010027", "Mật ong")).await, 1),
            Fact::Recall if value == 0 => {
                let published = desk.publish_recall(recall(self.recalls + 1), author()).await;
                self.recalls += usize::from(published.is_ok());
                (published.is_ok(), 1)
            }
            Fact::Recall => {
                let reason = "Phát hành nhầm".to_owned().try_into().unwrap();
                (desk.withdraw_recall(id(self.recalls), reason, author()).await.is_ok(), 0)
            }
            Fact::Revoked => {
                let body = json!({"gtin": "09520000010010", "serials": ["U1"], "reason": "Tem bị mất"});
                let revocation: Revocation = serde_json::from_value(body).unwrap();
                (desk.revoke(revocation, author()).await.is_ok(), 1)
            }
            Fact::There => unreachable!("it is no change of a record"),
        };
        let can = matches!(self.nodes[writer].link.state(), State::Up | State::Deaf) && self.value(Fact::There) == 1;
        assert_eq!(done, can, "{fact:?}");
        if !done || next == value {
            return;
        }
        self.happens(fact, next);
        // Who withdraws a recall and is told of nothing else may know of an earlier one that has been withdrawn since.
        let alone = fact == Fact::Recall && next == 0 && self.nodes[writer].link.state() != State::Up;
        for (n, node) in self.nodes.iter_mut().enumerate() {
            if n == writer && !alone || node.link.state() == State::Up {
                node.link.heard().await;
                node.told.any[fact as usize] = self.histories[fact as usize].last();
                node.told.named[fact as usize] = self.histories[fact as usize].last();
            }
        }
    }

    fn happens(&mut self, fact: Fact, value: usize) {
        let now = self.now();
        self.histories[fact as usize].0.push((now, value));
    }

    async fn set_there(&mut self, there: bool) {
        if self.value(Fact::There) == usize::from(there) {
            return;
        }
        self.registry.empty(!there);
        self.happens(Fact::There, usize::from(there));
        for node in 0..self.nodes.len() {
            if self.nodes[node].link.state() == State::Up {
                self.nodes[node].link.heard().await;
                self.knows_all(node);
            }
        }
    }

    fn knows_all(&mut self, node: usize) {
        for (place, history) in self.nodes[node].told.any.iter_mut().zip(&self.histories) {
            *place = history.last();
        }
    }

    async fn fail(&mut self, node: usize, state: State) {
        let now = self.now();
        let node = &mut self.nodes[node];
        node.link.set(state);
        if state == State::Cut {
            node.link.notice();
            node.notices_at = None;
        } else if node.notices_at.is_none() {
            node.notices_at = Some(now + NOTICED_S);
        }
        settle().await;
    }

    async fn heal(&mut self, node: usize) {
        if self.nodes[node].link.state() == State::Up {
            return;
        }
        self.nodes[node].link.heal().await;
        self.nodes[node].notices_at = None;
        self.knows_all(node);
        settle().await;
    }

    /// All primaries are away, then others are there.
    async fn fail_over(&mut self) {
        let up: Vec<usize> = (0..2).filter(|node| self.nodes[*node].link.state() == State::Up).collect();
        for node in &up {
            self.fail(*node, State::Cut).await;
        }
        self.advance(3).await;
        for node in up {
            self.heal(node).await;
        }
    }

    async fn advance(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.clock.wind(1);
            let now = self.now();
            for node in &mut self.nodes {
                if node.notices_at.is_some_and(|at| at <= now) {
                    node.link.notice();
                    node.notices_at = None;
                }
            }
        }
        tokio::time::sleep(Duration::from_secs(seconds.unsigned_abs())).await;
    }

    async fn ask_across(&mut self, node: usize, code: usize, writer: usize, fact: Fact) {
        let told = self.nodes[node].told;
        let link = Arc::clone(&self.nodes[node].link);
        link.hold(true);
        let lookup = Arc::clone(&self.nodes[node].lookup);
        let asking = tokio::spawn(async move { ask(&lookup, code).await });
        for _ in 0..100 {
            if asking.is_finished() || link.holds_one() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let held = !asking.is_finished();
        self.change(writer, fact).await;
        link.hold(false);
        let answer = asking.await.unwrap();
        // What was held back for too long is given up.
        if held && answer.is_none() {
            return settle().await;
        }
        self.judge(node, code, &told, answer);
    }

    fn judge(&mut self, node: usize, code: usize, told: &Told, answer: Option<Value>) {
        let now = self.now();
        let link = self.nodes[node].link.state();
        let can_ask = matches!(link, State::Up | State::Deaf) && self.value(Fact::There) == 1;
        let Some(card) = answer else {
            assert!(!can_ask, "node {node}, {}: no answer", CODES[code]);
            return;
        };
        let said = Said {
            verdict: card["verdict"].as_str().unwrap().to_owned(),
            status: card["safety"]["status"].as_str().unwrap().to_owned(),
            name: card["product"]["name"].as_str().map(str::to_owned),
        };
        let (places, since) = if card["stale"] == true {
            assert!(!can_ask, "node {node}: stale without need: {card}");
            assert_ne!(said.verdict, "unknown", "{card}");
            let checked: jiff::Timestamp = card["checked_at"].as_str().unwrap().parse().unwrap();
            let limit = if said.verdict == "recalled" { DAY_S } else { STALE_S };
            assert!((now - limit..=now).contains(&checked.as_second()), "{card}");
            (told.named, checked.as_second())
        } else {
            (told.any, now - IN_DOUBT_S)
        };
        let possible =
            FACTS.map(|fact| self.histories[fact as usize].since(places[fact as usize], since).collect::<Vec<_>>());
        let fits = combinations(&possible).any(|values| {
            expected(code, |fact| values[fact as usize]).is_some_and(|mut wanted| {
                // A recall that is known is told also when nothing else is.
                if card["stale"] == true && said.verdict == "recalled" && said.name.is_none() {
                    wanted.name = None;
                }
                wanted == said
            })
        });
        assert!(
            fits,
            "node {node} ({link:?}), {}: {card}\nmay say what follows of {FACTS:?} = {possible:?}",
            CODES[code]
        );
        // Whoever answers has every recall: from then on it is known here.
        if card["stale"] != true && link == State::Up {
            let told = &mut self.nodes[node].told;
            told.named[Fact::Recall as usize] = told.any[Fact::Recall as usize];
        }
    }

    /// When everything works again, both nodes say what is so.
    pub(super) async fn ends_well(&mut self) {
        self.set_there(true).await;
        for node in 0..2 {
            self.heal(node).await;
            self.nodes[node].link.heal().await;
            self.knows_all(node);
        }
        settle().await;
        for node in 0..2 {
            for (code, text) in CODES.iter().enumerate() {
                let told = self.nodes[node].told;
                let answer = self.nodes[node].ask(code).await;
                assert!(answer.is_some(), "{text}");
                self.judge(node, code, &told, answer);
            }
        }
    }
}

/// Time for whatever goes on in the background: it stands still otherwise.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(2)).await;
}

fn second(clock: &Watch) -> i64 {
    clock.now().as_second()
}

impl Node {
    async fn new(registry: &Arc<Registry>, clock: &Arc<Watch>) -> Self {
        let link = Link::to(registry);
        let store: Arc<dyn Store> = Arc::new(link.lookups());
        let setup = Setup {
            store,
            clock: Arc::<Watch>::clone(clock),
            site: Site { base_url: "https://id.example.vn".into(), demo: false, checks: false },
            memory: Memory::default(),
            patience: Patience::default(),
            telemetry: Telemetry::default(),
            local_copy: None,
        };
        let lookup = Arc::new(Lookup::over(setup).await.unwrap());
        let desk = Desk::new(Arc::new(link.writer()), Arc::<Watch>::clone(clock));
        Self { link, lookup, desk, told: Told::default(), notices_at: None }
    }

    async fn ask(&self, code: usize) -> Option<Value> {
        ask(&self.lookup, code).await
    }
}

/// The card, or nothing when there is no answer.
async fn ask(lookup: &Lookup, code: usize) -> Option<Value> {
    let input = CODES[code];
    let question = Question {
        input: input.into(),
        reading: gs1::read_link(input),
        lang: nguon_openapi::Lang::Vi,
        context: nguon_openapi::Context::Unit,
    };
    let served = lookup.serve(&question, Fields::ALL).await.ok()?;
    Some(serde_json::from_slice(served.body.identity()).unwrap())
}

async fn declare(desk: &Desk, record: &Value) -> bool {
    let record: Record = serde_json::from_value(record.clone()).unwrap();
    desk.declare(record, author()).await.is_ok()
}

fn product(gtin: &str, name: &str) -> Value {
    json!({"type": "product", "gtin": gtin, "name": {"vi": name}, "keeps_serials": gtin == "09520000010010"})
}

fn id(number: usize) -> RecallId {
    serde_json::from_value(json!(format!("R{number}"))).unwrap()
}

fn recall(number: usize) -> Recall {
    serde_json::from_value(json!({
        "id": format!("R{number}"), "scope": {"gtin": "09520000010010", "lots": ["L1"]}, "status": "active",
        "reason": {"vi": "Histamin"}, "issuer": "Cơ quan minh hoạ", "from": "2026-11-23",
    }))
    .unwrap()
}
