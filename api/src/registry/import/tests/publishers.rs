//! Who may say what.

use super::*;

#[tokio::test]
async fn the_first_publisher_of_a_product_stays_and_the_second_is_kept_in_evidence() {
    let registry = Registry::new();
    registry.import_as("first", &[product(G1)]).await;
    let other = product(G1).replace("Nước mắm", "Nước tương");
    let report = registry.import_as("second", core::slice::from_ref(&other)).await;
    assert_eq!(report.warnings.list[0].code, WarningCode::OwnershipDisputed);
    assert_eq!(report.rejected.total, 0);

    let entry = registry.product(G1).await.unwrap();
    assert_eq!(entry.publisher.as_str(), "first");
    assert_eq!(entry.product.name.vi.as_str(), "Nước mắm");
    assert_eq!(entry.disputed_by.iter().map(Id::as_str).collect::<Vec<_>>(), ["second"]);
    let evidence = registry.evidence().await;
    let dispute = evidence.iter().find(|it| it.act == "dispute").unwrap();
    assert_eq!((dispute.publisher.as_str(), &dispute.body["name"]["vi"]), ("second", &"Nước tương".into()));

    let revision = registry.revision().await;
    registry.import_as("second", &[other]).await;
    assert_eq!(registry.revision().await, revision, "a dispute is on record once");
}

#[tokio::test]
async fn nobody_adds_to_the_product_of_another_except_the_operator() {
    let registry = Registry::new();
    registry.import_as("first", &[product(G1), lot(G1, "L1")]).await;
    let lines = [
        lot(G1, "L2"),
        items(G1, "L1", "active", &["A1"]),
        recall("R1", &of_lots(G1, &["L1"]), "active", ""),
        format!(r#"{{"type":"certificate","id":"C1","gtins":["{G1}"],"kind":"haccp"}}"#),
        format!(r#"{{"type":"opaque","code":"X","gtin":"{G1}"}}"#),
    ];
    let report = registry.import_as("second", &lines).await;
    assert_eq!(report.rejected.records, 5);
    assert!(report.rejected.list.iter().all(|it| it.code == FaultCode::OtherPublisher));
    let report = registry.import_as(OPERATOR, &lines).await;
    assert_eq!(report.rejected.list, []);
}

#[tokio::test]
async fn a_producer_stays_as_its_first_publisher_declared_it() {
    let registry = Registry::new();
    let line = |name: &str| format!(r#"{{"type":"producer","id":"P1","name":{{"vi":"{name}"}}}}"#);
    registry.import_as("first", &[line("HTX")]).await;
    let report = registry.import_as("second", &[line("Công ty"), line("HTX")]).await;
    assert_eq!((report.changed, report.unchanged, report.warnings.total), (0, 2, 1));
    let Some(Entry::Producer(entry)) =
        registry.entry(Key::Producer(crate::registry::ProducerId(Id::try_from("P1").unwrap()))).await
    else {
        panic!("the producer is on record");
    };
    assert_eq!(entry.producer.name.vi.as_str(), "HTX");
}

#[tokio::test]
async fn a_claim_in_a_name_loads_with_a_warning() {
    let registry = Registry::new();
    let report = registry.load(&[product(G1).replace("Nước mắm", "Nước mắm chính hãng")]).await;
    assert_eq!(report.changed, 1);
    assert_eq!(
        (report.warnings.list[0].field.as_str(), report.warnings.list[0].code),
        ("name.vi", WarningCode::ClaimInName)
    );
}

#[tokio::test]
async fn a_withdrawn_product_keeps_the_day_on_which_it_was_withdrawn() {
    let registry = Registry::new();
    registry.load(&[product(G1)]).await;
    let withdrawn = product(G1).replace("\"keeps_serials\":true", "\"keeps_serials\":true,\"withdrawn\":true");
    registry.load(core::slice::from_ref(&withdrawn)).await;
    registry.at("2026-09-01T00:00:00Z");
    registry.load(&[withdrawn.replace("Nước mắm", "Mắm")]).await;
    let entry = registry.product(G1).await.unwrap();
    assert_eq!(entry.withdrawn_at, Some("2026-07-01T03:00:00Z".parse().unwrap()));
    registry.load(&[product(G1)]).await;
    assert_eq!(registry.product(G1).await.unwrap().withdrawn_at, None);
}
