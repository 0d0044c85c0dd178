//! What hangs on products and lots: certificates, stages, links, pictures.

use super::*;
use crate::registry::MediaHash;

fn certificate(id: &str, gtins: &[&str], more: &str) -> String {
    format!(r#"{{"type":"certificate","id":"{id}","gtins":{gtins:?},"kind":"haccp"{more}}}"#)
}

async fn shown(registry: &Registry, gtin: &str) -> Vec<String> {
    registry.product(gtin).await.unwrap().certificates.iter().map(|it| it.id.to_string()).collect()
}

#[tokio::test]
async fn a_certificate_shows_where_it_covers_and_nowhere_else() {
    let registry = Registry::new();
    registry.load(&[product(G1), product(G2), certificate("C2", &[G1], ""), certificate("C1", &[G1, G2], "")]).await;
    assert_eq!(shown(&registry, G1).await, ["C1", "C2"]);
    assert_eq!(shown(&registry, G2).await, ["C1"]);
    registry.load(&[certificate("C1", &[G2], "")]).await;
    assert_eq!(shown(&registry, G1).await, ["C2"]);
    assert_eq!(shown(&registry, G2).await, ["C1"]);
    registry.load(&[certificate("C1", &[G2], r#","withdrawn":true"#)]).await;
    assert_eq!(shown(&registry, G2).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_certificate_of_nothing_on_record_is_refused() {
    let registry = Registry::new();
    registry.load(&[product(G1)]).await;
    let report = registry.import(&[certificate("C1", &[G1, G2], "")]).await;
    assert_eq!(refused(&report), [("gtins[1]", FaultCode::NotOnRecord)]);
    assert_eq!(shown(&registry, G1).await, Vec::<String>::new());
}

fn event(id: usize, day: usize, more: &str) -> String {
    format!(
        r#"{{"type":"event","id":"E{id}","gtin":"{G1}","lot":"L1","stage":"packing","date":"2026-05-{day:02}"{more}}}"#
    )
}

#[tokio::test]
async fn the_twenty_first_stage_of_a_lot_is_refused_and_says_what_to_do() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "L1")]).await;
    let lines: Vec<String> = (1..=21).rev().map(|n| event(n, n, "")).collect();
    let report = registry.import(&lines).await;
    assert_eq!((report.changed, refused(&report)), (20, vec![("", FaultCode::Full)]));
    assert!(report.rejected.list[0].message.contains("withdraw one first"));
    let events = registry.lot(G1, "L1").await.unwrap();
    assert!(events.events.is_sorted_by_key(|event| event.date));
    registry.load(&[event(21, 21, r#","withdrawn":true"#), event(1, 1, "")]).await;
    assert_eq!(registry.lot(G1, "L1").await.unwrap().events.len(), 20);
}

#[tokio::test]
async fn a_picture_comes_before_the_product_that_shows_it() {
    let registry = Registry::new();
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    let hash = MediaHash::of(svg.as_bytes());
    let shows = format!(r#"{{"type":"product","gtin":"{G1}","name":{{"vi":"Mắm"}},"images":["{hash}"]}}"#);
    assert_eq!(refused(&registry.import(core::slice::from_ref(&shows)).await), [("images", FaultCode::NotOnRecord)]);
    let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, svg);
    let media = format!(r#"{{"type":"media","hash":"{hash}","media_type":"image/svg+xml","base64":"{base64}"}}"#);
    registry.load(&[media.clone(), shows]).await;
    assert_eq!(registry.load(&[media]).await.unchanged, 1);
    let evidence = registry.evidence().await;
    assert!(evidence.iter().all(|it| it.body.get("base64").is_none()));
    assert!(matches!(registry.entry(Key::Media(hash)).await, Some(Entry::Media(it)) if it.bytes == svg.as_bytes()));
}
