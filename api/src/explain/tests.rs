//! A registry with a past, and cards that were fetched on the way.

use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Lang, ReasonCode};
use serde_json::json;

use super::replay::At;
use super::*;
use crate::lookup::Fields;
use crate::registry::import::{Author, Desk, Document, Format, ImportOrder, Revocation, Settlement};
use crate::registry::{Id, RecallId, Text};
use crate::store::EmbeddedStore;

const FISH: &str = "09520000010010";
const SAUCE: &str = "09520000020019";
const FOREIGN: &str = "09520000030018";

struct Past {
    store: Arc<dyn Store>,
    clock: Arc<At>,
    desk: Desk,
    lookup: Lookup,
    /// Code, instant, language, and the card as it was answered.
    fetched: Vec<(String, Timestamp, Lang, String)>,
}

fn time(day: &str) -> Timestamp {
    format!("2026-{day}T05:00:00Z").parse().unwrap()
}

fn site() -> Site {
    Site { base_url: "https://id.example.vn".to_owned(), demo: false, checks: true }
}

fn author(publisher: &str) -> Author {
    Author::of(Id::try_from(publisher).unwrap())
}

fn text(raw: &str) -> Text {
    Text::try_from(raw).unwrap()
}

impl Past {
    async fn begin() -> Self {
        let store: Arc<dyn Store> = Arc::new(EmbeddedStore::open_temporary().unwrap());
        let clock = Arc::new(At::of(time("05-31")));
        let desk = Desk::new(Arc::clone(&store), Arc::<At>::clone(&clock));
        let setup = Setup {
            store: Arc::clone(&store),
            clock: Arc::<At>::clone(&clock),
            site: site(),
            memory: Memory::default(),
            patience: Patience { miss: Patience::MISS_EMBEDDED, ..Patience::default() },
            local_copy: None,
            telemetry: Telemetry::default(),
        };
        let lookup = Lookup::over(setup).await.unwrap();
        Self { store, clock, desk, lookup, fetched: Vec::new() }
    }

    async fn import(&self, publisher: &str, lines: &[&str]) {
        let order = ImportOrder::of(author(publisher));
        let report = self.desk.import(Document::bytes(lines.join("\n"), Format::Ndjson), order).await.unwrap();
        assert_eq!(report.rejected.list, []);
    }

    /// Fetch cards at an instant, as readers did.
    async fn fetch(&mut self, day: &str, codes: &[&str]) {
        self.clock.set(time(day));
        for (code, lang) in codes.iter().flat_map(|code| [(code, Lang::Vi), (code, Lang::En)]) {
            let asked = Asked { code: (*code).to_owned(), at: time(day), lang };
            let question = asked.question();
            let served = self.lookup.serve(&question, Fields::ALL).await.unwrap();
            let body = served.body.spelt(question.input.trim());
            self.fetched.push((asked.code.clone(), asked.at, lang, String::from_utf8(body.to_vec()).unwrap()));
        }
    }

    async fn explain(&self, code: &str, day: &str) -> Account {
        let asked = Asked { code: code.to_owned(), at: time(day), lang: Lang::En };
        explain(&*self.store, site(), &asked).await.unwrap()
    }
}

/// A product that is made from another, recalled, renamed, disputed, withdrawn; with its unit cancelled.
async fn a_past() -> Past {
    let mut past = Past::begin().await;
    let unit = format!("(01){SAUCE}(21)S1");
    let codes = [
        format!("(01){SAUCE}"),
        format!("(01){SAUCE}(10)L1"),
        unit.clone(),
        format!("(01){SAUCE}(21)s1"),
        format!("(01){SAUCE}(10)L2"),
        format!("/01/{FISH}/10/F1"),
        "HP-MAU-0001".to_owned(),
        "9520000010011".to_owned(),
    ];
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    // An empty registry answers nothing: this one has something else.
    past.import("coop", &[&format!(r#"{{"type":"product","gtin":"{FOREIGN}","name":{{"vi":"Trà"}}}}"#)]).await;
    past.fetch("06-01", &codes).await;
    past.clock.set(time("06-02"));
    past.import(
        "coop",
        &[
            r#"{"type":"producer","id":"P1","name":{"vi":"HTX Mẫu"},"address":{"text":"Hải Phòng"}}"#,
            &format!(r#"{{"type":"product","gtin":"{FISH}","name":{{"vi":"Cá cơm"}},"producer":"P1"}}"#),
            &format!(
                r#"{{"type":"product","gtin":"{SAUCE}","name":{{"vi":"Nước mắm"}},"producer":"P1","keeps_serials":true}}"#
            ),
            &format!(r#"{{"type":"product","gtin":"{FOREIGN}","name":{{"vi":"Trà"}}}}"#),
            &format!(r#"{{"type":"batch","gtin":"{FISH}","lot":"F1","produced":"2026-05-01"}}"#),
            &format!(
                r#"{{"type":"batch","gtin":"{SAUCE}","lot":"L1","produced":"2026-05-20","expires":"2026-12-31","inputs":[{{"gtin":"{FISH}","lot":"F1"}}]}}"#
            ),
            &format!(r#"{{"type":"batch","gtin":"{SAUCE}","lot":"L2","produced":"2026-05-21"}}"#),
            &format!(
                r#"{{"type":"certificate","id":"C1","gtins":["{SAUCE}"],"kind":"haccp","to":"2026-08-01"}}"#
            ),
            &format!(
                r#"{{"type":"items","gtin":"{SAUCE}","lot":"L1","state":"issued","serials":["S1","S2","S3"]}}"#
            ),
            &format!(r#"{{"type":"opaque","code":"HP-MAU-0001","gtin":"{SAUCE}","lot":"L1","serial":"S1"}}"#),
        ],
    )
    .await;
    past.fetch("06-02", &codes).await;

    past.clock.set(time("06-10"));
    let states = [
        &*format!(r#"{{"type":"items","gtin":"{SAUCE}","lot":"L1","state":"active","serials":["S1","S2"]}}"#),
        &*format!(
            r#"{{"type":"event","id":"E1","gtin":"{SAUCE}","lot":"L1","stage":"processing","date":"2026-05-22"}}"#
        ),
        &*format!(r#"{{"type":"product","gtin":"{FOREIGN}","name":{{"vi":"Trà xanh"}}}}"#),
    ];
    past.import("coop", &states).await;
    let recall = format!(
        r#"{{"id":"R1","scope":{{"gtin":"{FISH}","lots":["F1"]}},"status":"active","reason":{{"vi":"Histamin"}},"issuer":"Cơ quan","from":"2026-06-09"}}"#
    );
    let why =
        Author { why: Some(text("Kết quả kiểm nghiệm")), approved_by: Some(text("Lan")), ..author("coop") };
    past.desk.publish_recall(serde_json::from_str(&recall).unwrap(), why).await.unwrap();
    past.fetch("06-11", &codes).await;

    past.clock.set(time("06-20"));
    let id = RecallId(Id::try_from("R1").unwrap());
    past.desk.withdraw_recall(id, text("Nhầm lô"), author("coop")).await.unwrap();
    past.import(
        "coop",
        &[&format!(
            r#"{{"type":"product","gtin":"{SAUCE}","name":{{"vi":"Nước mắm chính hãng"}},"producer":"P1","keeps_serials":true}}"#
        )],
    )
    .await;
    past.import("other", &[&format!(r#"{{"type":"product","gtin":"{SAUCE}","name":{{"vi":"Nước tương"}}}}"#)]).await;
    past.fetch("06-21", &codes).await;

    past.clock.set(time("07-01"));
    let settlement = Settlement { gtin: SAUCE.parse().unwrap(), owner: Id::try_from("coop").unwrap() };
    past.desk.settle(settlement, author("operator")).await.unwrap();
    let revocation: Revocation =
        serde_json::from_str(&format!(r#"{{"gtin":"{SAUCE}","serials":["S1","S3"],"reason":"Cuộn tem mất"}}"#))
            .unwrap();
    past.desk.revoke(revocation, author("coop")).await.unwrap();
    past.fetch("07-02", &codes).await;

    past.clock.set(time("09-01"));
    past.import(
        "coop",
        &[&format!(
            r#"{{"type":"product","gtin":"{SAUCE}","name":{{"vi":"Nước mắm"}},"producer":"P1","keeps_serials":true,"withdrawn":true}}"#
        )],
    )
    .await;
    past.fetch("09-02", &codes).await;
    past
}

#[tokio::test]
async fn a_card_of_the_past_is_the_one_that_was_fetched_byte_by_byte() {
    let past = a_past().await;
    for (code, at, lang, card) in &past.fetched {
        let asked = Asked { code: code.clone(), at: *at, lang: *lang };
        let account = explain(&*past.store, site(), &asked).await.unwrap();
        assert_eq!(account.not_replayed, [], "{code} at {at}");
        assert_eq!(account.card.get(), card, "{code} at {at}");
    }
    let different: std::collections::BTreeSet<&String> = past.fetched.iter().map(|(.., card)| card).collect();
    assert!(different.len() > past.fetched.len() / 2, "the past is eventful");
}

#[tokio::test]
async fn each_reason_names_its_rule_and_who_said_what_it_rests_on() {
    let past = a_past().await;
    let account = past.explain(&format!("(01){SAUCE}(10)L1"), "06-11").await;
    let reason = account.reasons.iter().find(|reason| reason.code == ReasonCode::InputRecalled).unwrap();
    assert_eq!(reason.rule, "recalls");
    let line = account.lines.iter().find(|line| reason.lines.contains(&line.n) && line.act == "recall").unwrap();
    assert_eq!((line.why.as_deref(), line.approved_by.as_deref()), (Some("Kết quả kiểm nghiệm"), Some("Lan")));
    assert_eq!(line.about, format!("recall R1 of {FISH}"));
    assert!(account.lines.iter().any(|line| line.file.is_some() && line.line == Some(1)), "{:?}", account.lines);
    assert!(account.lines.iter().all(|line| line.at <= account.at), "nothing of what came later");
    assert!(account.lines.iter().all(|line| !line.about.contains(FOREIGN)), "nothing of what has no part in it");

    let disputed = past.explain(&format!("(01){SAUCE}"), "06-21").await;
    let reason = disputed.reasons.iter().find(|reason| reason.code == ReasonCode::OwnershipDisputed).unwrap();
    let acts: Vec<&str> =
        disputed.lines.iter().filter(|line| reason.lines.contains(&line.n)).map(|line| line.act.as_str()).collect();
    assert_eq!(acts, ["declare", "declare", "dispute"]);
    assert_eq!(disputed.unsaid, [UNSAID]);
    let unit = past.explain(&format!("(01){SAUCE}(21)S1"), "07-02").await;
    assert!(unit.unsaid.contains(&UNSAID_OF_UNITS.to_owned()), "what is not in the log is said");
    assert!(unit.reasons.iter().any(|reason| reason.code == ReasonCode::CodeRevoked && !reason.lines.is_empty()));
}

#[tokio::test]
async fn what_was_settled_is_not_disputed_again() {
    let past = a_past().await;
    let order = ImportOrder::of(author("other"));
    let again = format!(r#"{{"type":"product","gtin":"{SAUCE}","name":{{"vi":"Nước tương"}}}}"#);
    let report = past.desk.import(Document::bytes(again, Format::Ndjson), order).await.unwrap();
    assert_eq!(report.rejected.list[0].field, "gtin");
    let settlement = Settlement { gtin: SAUCE.parse().unwrap(), owner: Id::try_from("coop").unwrap() };
    assert!(past.desk.settle(settlement, author("operator")).await.is_err(), "there is nothing to settle any more");
}

#[tokio::test]
async fn before_anything_was_on_record_no_card_was_answered() {
    let past = a_past().await;
    let asked = Asked { code: format!("(01){SAUCE}"), at: time("05-30"), lang: Lang::En };
    let explained = explain(&*past.store, site(), &asked).await;
    assert!(matches!(explained, Err(Unexplained::NothingYet)), "{explained:?}");
}

#[tokio::test]
async fn what_an_operator_found_of_a_unit_is_told_of_that_unit_alone() {
    let past = a_past().await;
    for gtin in [FISH, SAUCE] {
        let unit = json!({"gtin": gtin, "serial": "S2", "shared": true});
        past.desk.note("shared", unit, author("operator")).await.unwrap();
    }
    let account = past.explain(&format!("(01){SAUCE}(21)S2"), "09-03").await;
    let told: Vec<&str> =
        account.lines.iter().filter(|line| line.act == "shared").map(|line| line.about.as_str()).collect();
    assert_eq!(told, [format!("unit S2 of {SAUCE}")], "its fish may have a unit of that serial, and it is another's");
}
