//! Units and lots.

use super::*;
use crate::registry::{Exception, ItemEntry, ItemState};

async fn unit(registry: &Registry, serial: &str) -> Option<ItemEntry> {
    match registry.entry(Key::Item(G1.parse().unwrap(), serial.parse().unwrap())).await {
        Some(Entry::Item(item)) => Some(item),
        _ => None,
    }
}

#[tokio::test]
async fn lots_are_numbered_in_the_order_in_which_they_come() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "B"), lot(G1, "A"), lot(G1, "B")]).await;
    registry.load(&[lot(G1, "C")]).await;
    for (name, ordinal) in [("B", 0), ("A", 1), ("C", 2)] {
        assert_eq!(registry.lot(G1, name).await.unwrap().ordinal, ordinal);
        let key = Key::LotName(G1.parse().unwrap(), ordinal);
        assert_eq!(registry.entry(key).await, Some(Entry::LotName(name.parse().unwrap())));
    }
}

#[tokio::test]
async fn a_new_lot_does_not_change_its_product() {
    let registry = Registry::new();
    registry.load(&[product(G1)]).await;
    let before = registry.product(G1).await.unwrap();
    registry.load(&[lot(G1, "A"), items(G1, "A", "active", &["S1"])]).await;
    assert_eq!(registry.product(G1).await.unwrap(), before);
}

#[tokio::test]
async fn a_unit_knows_its_lot_and_state() {
    let registry = Registry::new();
    let own = format!(
        r#"{{"type":"item","gtin":"{G1}","serial":"S2","lot":"B","state":"issued","since":"2026-05-01","expires":"2027-01-01"}}"#
    );
    registry.load(&[product(G1), lot(G1, "A"), lot(G1, "B"), items(G1, "A", "active", &["S1"]), own]).await;
    let plain = ItemEntry { lot: Some(0), state: ItemState::Active, has_exception: false, since_day: None };
    assert_eq!(unit(&registry, "S1").await, Some(plain));
    let own = unit(&registry, "S2").await.unwrap();
    assert_eq!((own.lot, own.has_exception, own.since_day), (Some(1), true, Some(2312)));
    let key = Key::Exception(G1.parse().unwrap(), "S2".parse().unwrap());
    let Some(Entry::Exception(exception)) = registry.entry(key).await else { panic!("it has one") };
    assert_eq!(*exception, Exception { expires: Some(jiff::civil::date(2027, 1, 1)), reason: None });
    assert_eq!(unit(&registry, "s1").await, None, "letter case matters");
}

#[tokio::test]
async fn a_unit_of_a_product_without_serials_or_of_an_unknown_lot_is_refused() {
    let registry = Registry::new();
    let plain = format!(r#"{{"type":"product","gtin":"{G2}","name":{{"vi":"Gạo"}}}}"#);
    registry.load(&[product(G1), plain, lot(G2, "A")]).await;
    let report = registry.import(&[items(G1, "A", "active", &["S1"]), items(G2, "A", "active", &["S1"])]).await;
    assert_eq!(refused(&report), [("lot", FaultCode::NotOnRecord), ("gtin", FaultCode::Combination)]);
}

#[tokio::test]
async fn an_older_file_does_not_bring_a_cancelled_unit_back() {
    let registry = Registry::new();
    let old = [product(G1), lot(G1, "A"), items(G1, "A", "active", &["S1", "S2"])];
    registry.load(&old).await;
    let cancelled = format!(
        r#"{{"type":"item","gtin":"{G1}","serial":"S1","lot":"A","state":"revoked","since":"2026-06-01","reason":"Mất cuộn tem"}}"#
    );
    registry.load(core::slice::from_ref(&cancelled)).await;
    assert_eq!(refused(&registry.import(&old).await), [("serials[0]", FaultCode::State)]);
    assert_eq!(unit(&registry, "S1").await.unwrap().state, ItemState::Revoked);
    // Said again with less, it keeps what is known.
    assert_eq!(registry.load(&[items(G1, "A", "revoked", &["S1"])]).await.unchanged, 1);
}

#[tokio::test]
async fn evidence_of_many_units_is_in_lines_that_are_records() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "A")]).await;
    let serials: Vec<String> = (0..2_500).map(|n| format!("S{n}")).collect();
    let lines: Vec<String> = serials
        .chunks(10)
        .map(|ten| items(G1, "A", "active", &ten.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    registry.load(&lines).await;
    let units: Vec<usize> = registry
        .evidence()
        .await
        .iter()
        .filter(|it| it.body["type"] == "items")
        .map(|it| it.body["serials"].as_array().unwrap().len())
        .collect();
    assert_eq!(units, [1_000, 1_000, 500]);
}

#[tokio::test]
async fn a_used_up_unit_does_not_come_back_and_may_still_be_cancelled() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "A"), items(G1, "A", "consumed", &["S1"])]).await;
    for state in ["issued", "active", "specimen"] {
        let report = registry.import(&[items(G1, "A", state, &["S1"])]).await;
        assert_eq!(refused(&report), [("serials[0]", FaultCode::State)], "{state}");
    }
    registry.load(&[items(G1, "A", "revoked", &["S1"])]).await;
}

#[tokio::test]
async fn what_a_record_leaves_out_stays() {
    let registry = Registry::new();
    let own = format!(r#"{{"type":"item","gtin":"{G1}","serial":"S1","lot":"A","expires":"2027-01-01"}}"#);
    registry.load(&[product(G1), lot(G1, "A"), own]).await;
    registry.load(&[format!(r#"{{"type":"items","gtin":"{G1}","state":"active","serials":["S1"]}}"#)]).await;
    let now = unit(&registry, "S1").await.unwrap();
    assert_eq!((now.state, now.lot, now.has_exception), (ItemState::Active, Some(0), true));
}

#[tokio::test]
async fn a_product_that_keeps_serials_goes_on_keeping_them() {
    let registry = Registry::new();
    registry.load(&[product(G1)]).await;
    let report = registry.import(&[product(G1).replace("true", "false")]).await;
    assert_eq!(refused(&report), [("keeps_serials", FaultCode::State)]);
}
