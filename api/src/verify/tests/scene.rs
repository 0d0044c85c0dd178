//! A scene: one product with a lot and a unit, in perfect order, at noon on 2026-11-23 in Viet Nam.

use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::registry::{
    Exception, Id, ItemEntry, ItemState, LotEntry, ProducerEntry, ProductEntry, RecallEntry, Stamp, entry::Ancestor,
};
use crate::verify::{Asked, CodeFacts, Facts, ItemFacts, Judgement, LotFacts, card, judge};

pub(super) const GTIN: &str = "09520000010010";
pub(super) const OTHER: &str = "09520000020019";

pub(super) fn noon() -> Timestamp {
    at("2026-11-23T12:00:00+07:00")
}

pub(super) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

pub(super) fn record<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn stamp(revision: u64) -> Stamp {
    Stamp { revision, at: at("2026-11-01T00:00:00Z") }
}

pub(super) fn product() -> ProductEntry {
    ProductEntry {
        product: record(json!({
            "gtin": GTIN, "name": {"vi": "Nước mắm", "en": "Fish sauce"}, "producer": "9520000019006", "keeps_serials": true,
        })),
        publisher: Id::try_from("operator").unwrap(),
        disputed_by: Vec::new(),
        overruled: Vec::new(),
        certificates: Vec::new(),
        links: Vec::new(),
        withdrawn_at: None,
        stamp: stamp(3),
        claims: crate::registry::NameClaims::default(),
    }
}

pub(super) fn producer() -> ProducerEntry {
    ProducerEntry {
        producer: record(json!({"id": "9520000019006", "name": {"vi": "HTX Mẫu 01"}})),
        publisher: Id::try_from("operator").unwrap(),
        certificates: Vec::new(),
        stamp: stamp(2),
    }
}

pub(super) fn lot(name: &str, expires: &str) -> LotEntry {
    LotEntry {
        batch: record(json!({"gtin": GTIN, "lot": name, "produced": "2026-01-01", "expires": expires})),
        ordinal: 0,
        events: Vec::new(),
        ancestors: Vec::new(),
        stamp: stamp(4),
    }
}

pub(super) fn made_from(mut lot: LotEntry, gtin: &str, input: &str) -> LotEntry {
    lot.ancestors.push(Ancestor { lot: record(json!({"gtin": gtin, "lot": input})), into: None });
    lot
}

pub(super) fn unit(state: ItemState) -> ItemEntry {
    ItemEntry { lot: Some(0), state, has_exception: false, since_day: Some(2_000) }
}

#[expect(clippy::needless_pass_by_value, reason = "a scene is written down, not passed around")]
pub(super) fn recall(id: &str, status: &str, scope: Value) -> Arc<RecallEntry> {
    let ended = (status != "active").then_some("2026-11-13");
    Arc::new(RecallEntry {
        recall: record(json!({
            "id": id, "scope": scope, "status": status, "reason": {"vi": "Histamin vượt mức"},
            "issuer": "Cơ quan minh hoạ", "from": "2026-11-01", "ended": ended,
        })),
        publisher: Id::try_from("operator").unwrap(),
        derived: Vec::new(),
        derived_cut: false,
        stamp: stamp(9),
    })
}

/// A code as a path, with nothing on record.
pub(super) fn code(path: &str) -> Facts {
    let reading = gs1::read_link(path);
    let code = match reading.outcome {
        gs1::Outcome::TradeItem(item) => {
            CodeFacts::TradeItem { item, opaque: false, trimmed: false, host: None, trade_unit: None }
        }
        gs1::Outcome::Malformed(malformed) => CodeFacts::Malformed(malformed.error),
        other => panic!("not the code of a test: {other:?}"),
    };
    Facts::without_records(code)
}

/// A code of the scene's product, with that product and its producer on record.
pub(super) fn on_record(path: &str) -> Facts {
    Facts { product: Some(Arc::new(product())), producer: Some(Arc::new(producer())), ..code(path) }
}

/// A unit of lot L1, in a state.
pub(super) fn item(state: ItemState) -> Facts {
    let lot = Arc::new(lot("L1", "2027-06-30"));
    Facts {
        lot: LotFacts::Known(Arc::clone(&lot)),
        item: ItemFacts::Known { entry: unit(state), exception: None, standing: None, lot: Some(lot) },
        ..on_record(&format!("/01/{GTIN}/10/L1/21/S1"))
    }
}

/// Lot L1.
pub(super) fn batch() -> Facts {
    Facts { lot: LotFacts::Known(Arc::new(lot("L1", "2027-06-30"))), ..on_record(&format!("/01/{GTIN}/10/L1")) }
}

/// The product alone.
pub(super) fn gtin() -> Facts {
    on_record(&format!("/01/{GTIN}"))
}

pub(super) fn with_own_expiry(mut facts: Facts, expires: &str) -> Facts {
    if let ItemFacts::Known { exception, .. } = &mut facts.item {
        *exception = Some(Arc::new(Exception { expires: Some(expires.parse().unwrap()), reason: None }));
    }
    facts
}

pub(super) fn judged(facts: &Facts) -> Judgement {
    judge(facts, noon())
}

pub(super) fn shown(facts: &Facts, lang: Lang, context: Context) -> Card {
    let asked = Asked {
        input: "as given",
        lang,
        context,
        base_url: "https://id.example.vn",
        checks: true,
        demo: false,
        checked: None,
    };
    card(facts, &judged(facts), asked, noon())
}

/// The card of a service that counts no checks.
pub(super) fn shown_without_checks(facts: &Facts) -> Card {
    let asked = Asked {
        input: "",
        lang: Lang::Vi,
        context: Context::Unit,
        base_url: "https://id.example.vn",
        checks: false,
        demo: false,
        checked: None,
    };
    card(facts, &judged(facts), asked, noon())
}

pub(super) fn reasons(facts: &Facts) -> Vec<&'static str> {
    judged(facts).findings.iter().map(|finding| finding.reason.as_str()).collect()
}
