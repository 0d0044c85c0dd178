//! What a registered publisher may declare, and that nobody else declares anything.

use super::*;
use crate::people::Register;
use crate::store::People;

/// Only `coop` is registered, with the prefix of [`G1`] and a code space.
async fn registered() -> Registry {
    let mut registry = Registry::new();
    let draft = serde_json::json!({"id": "coop", "name": "HTX Mẫu", "prefixes": ["952000001"], "code_spaces": ["HP-"]});
    let register = Register::default().with(serde_json::from_value(draft).unwrap(), registry.clock.now()).unwrap();
    assert!(registry.store.replace_register(&register).await.unwrap());
    let (records, people) =
        (Arc::clone(&registry.store) as Arc<dyn Store>, Arc::clone(&registry.store) as Arc<dyn People>);
    registry.desk = Desk::scoped(records, people, Arc::clone(&registry.clock) as Arc<dyn Clock>);
    registry
}

fn opaque(code: &str, gtin: &str) -> String {
    format!(r#"{{"type":"opaque","code":"{code}","gtin":"{gtin}"}}"#)
}

#[tokio::test]
async fn a_publisher_declares_under_its_prefixes_and_in_its_code_spaces() {
    let registry = registered().await;
    let report = registry.import(&[product(G1), product(G2), opaque("HP-1", G1), opaque("HD-1", G1)]).await;
    assert_eq!(refused(&report), [("gtin", FaultCode::OutOfScope), ("code", FaultCode::OutOfScope)]);
    let said = &report.rejected.list[0].message;
    assert!(said.contains(G2) && said.contains("coop") && said.contains("prefix"), "{said}");
    // What is the operator's own product is not the publisher's because it is there.
    registry.import_as(OPERATOR, &[product(G2)]).await;
    assert_eq!(refused(&registry.import(&[product(G2)]).await), [("gtin", FaultCode::OutOfScope)]);
    assert!(registry.product(G2).await.unwrap().disputed_by.is_empty());
    let recall = recall("R1", &of_lots(G3, &["L1"]), "active", "");
    assert_eq!(refused(&registry.import(&[recall]).await), [("scope.gtin", FaultCode::OutOfScope)]);
}

#[tokio::test]
async fn whoever_is_not_registered_declares_nothing_and_the_operator_everything() {
    let registry = registered().await;
    let lines = [product(G1), lot(G1, "L1"), r#"{"type":"producer","id":"P1","name":{"vi":"HTX"}}"#.to_owned()];
    let report = registry.import_as("stranger", &lines).await;
    assert_eq!((report.changed, report.rejected.records), (0, 3));
    assert!(report.rejected.list.iter().all(|it| it.code == FaultCode::OutOfScope), "{:?}", report.rejected.list);
    assert_eq!(registry.import_as(OPERATOR, &lines).await.rejected.list, []);
}

#[tokio::test]
async fn while_nobody_is_registered_everybody_declares_as_before() {
    let mut registry = Registry::new();
    let (records, people) =
        (Arc::clone(&registry.store) as Arc<dyn Store>, Arc::clone(&registry.store) as Arc<dyn People>);
    registry.desk = Desk::scoped(records, people, Arc::clone(&registry.clock) as Arc<dyn Clock>);
    assert_eq!(registry.import_as("anybody", &[product(G1), opaque("X", G1)]).await.rejected.list, []);
}

#[tokio::test]
async fn a_dispute_is_settled_once_and_with_a_reason() {
    let registry = Registry::new();
    let settle = |owner: &str| {
        let settlement = Settlement { gtin: G1.parse().unwrap(), owner: Id::try_from(owner).unwrap() };
        let why = crate::registry::Text::try_from("Giấy chứng nhận mã số").unwrap();
        registry.desk.settle(settlement, Author { why: Some(why), ..author(OPERATOR) })
    };
    assert!(settle("first").await.is_err(), "it is not on record");
    registry.import_as("first", &[product(G1), lot(G1, "L1")]).await;
    assert!(settle("first").await.is_err(), "nobody disputes it");
    registry.import_as("second", &[product(G1)]).await;
    assert!(settle("third").await.is_err(), "it has never declared the product");
    settle("second").await.unwrap();
    let entry = registry.product(G1).await.unwrap();
    assert_eq!((entry.publisher.as_str(), entry.disputed_by.len()), ("second", 0));
    let line = registry.evidence().await.pop().unwrap();
    assert_eq!((line.act.as_str(), line.why.as_deref()), ("settle", Some("Giấy chứng nhận mã số")));
    assert_eq!(registry.import_as("second", &[lot(G1, "L2")]).await.rejected.list, []);
    let report = registry.import_as("first", &[product(G1).replace("Nước mắm", "Mắm"), lot(G1, "L3")]).await;
    assert_eq!(refused(&report), [("gtin", FaultCode::OtherPublisher), ("gtin", FaultCode::OtherPublisher)]);
}
