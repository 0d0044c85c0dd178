//! What would be written, without writing it.

use super::*;
use crate::registry::{Record, Text};

fn record(line: &str) -> Record {
    serde_json::from_str(line).unwrap()
}

#[tokio::test]
async fn what_is_foreseen_is_not_written_and_is_what_is_written_then() {
    let registry = Registry::new();
    let lines = [product(G1), lot(G1, "A"), made_from(G1, "B", &[(G1, "A")]), items(G1, "A", "active", &["S1"])];
    let document = || Document::bytes(lines.join("\n"), Format::Ndjson);
    let foreseen = registry.desk.foresee_document(document(), author("coop")).await.unwrap();
    assert_eq!((foreseen.report.read, foreseen.report.changed, foreseen.report.revision), (4, 4, None));
    assert_eq!((registry.revision().await, registry.acts().await.len()), (0, 0));
    registry.load(&lines).await;
    for put in foreseen.puts {
        let written = registry.entry(put.key.clone()).await.unwrap();
        assert!(written.says_the_same(&put.entry), "{:?}", put.key);
    }
}

#[tokio::test]
async fn a_recall_is_foreseen_with_the_lots_that_it_reaches() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "A"), made_from(G1, "B", &[(G1, "A")])]).await;
    let recall = record(&recall("R1", &of_lots(G1, &["A"]), "active", ""));
    let foreseen = registry.desk.foresee(recall.clone(), author("coop")).await.unwrap();
    let derived = foreseen.puts.iter().find_map(|put| match &put.entry {
        Entry::Recall(entry) => Some(entry.derived.len()),
        _ => None,
    });
    assert_eq!((derived, registry.recall("R1").await.is_some()), (Some(1), false));
    assert!(matches!(registry.desk.foresee(recall, author("other")).await, Err(DeskError::Refused(_))));
}

#[tokio::test]
async fn a_revocation_is_counted_before_it_cancels_anything() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "A"), items(G1, "A", "active", &["S1", "S2"])]).await;
    let serials = ["S1", "S9"].map(|serial| serial.parse().unwrap()).to_vec();
    let reason = Text::try_from("Mất cuộn tem").unwrap();
    let revocation = Revocation { gtin: G1.parse().unwrap(), serials, ranges: Vec::new(), reason };
    let revision = registry.revision().await;
    let foreseen = registry.desk.foresee_revocation(revocation.clone(), author("coop")).await.unwrap();
    assert_eq!((foreseen.revoked, foreseen.not_on_record.len(), foreseen.revision), (1, 1, None));
    assert_eq!(registry.revision().await, revision);
    assert_eq!(registry.desk.revoke(revocation, author("coop")).await.unwrap().revoked, 1);
}

fn strict(over: Option<Basis>, once: Option<&str>) -> ImportOrder {
    ImportOrder { strict: true, over, once: once.map(str::to_owned), ..ImportOrder::of(author("coop")) }
}

fn named(name: &str) -> String {
    product(G1).replace("Nước mắm", name)
}

#[tokio::test]
async fn what_was_looked_at_is_written_over_what_was_there_then_and_over_nothing_else() {
    let registry = Registry::new();
    registry.load(&[product(G1), product(G2)]).await;
    let document = || Document::bytes(named("Mắm mới"), Format::Ndjson);
    let foreseen = async || registry.desk.foresee_document(document(), author("coop")).await.unwrap();
    let seen = foreseen().await.basis;
    // What the document does not touch is no part of it.
    registry.load(&[product(G2).replace("Nước mắm", "Gạo")]).await;
    assert_eq!(foreseen().await.basis, seen);
    let revision = registry.load(&[named("Mắm sửa tay")]).await.revision.unwrap();
    assert!(foreseen().await.basis != seen);
    let done = registry.desk.import(document(), strict(Some(seen), None)).await;
    assert!(matches!(done, Err(DeskError::Moved)), "{done:?}");
    assert_eq!(registry.revision().await, revision);
    // There and back again is another commit all the same.
    registry.load(&[product(G1)]).await;
    let seen = foreseen().await.basis;
    let done = registry.desk.import(document(), strict(Some(seen), None)).await.unwrap();
    assert_eq!((done.changed, registry.product(G1).await.unwrap().product.name.vi.as_str()), (1, "Mắm mới"));
}

#[tokio::test]
async fn what_is_done_once_is_not_done_again_whatever_came_after_it() {
    let registry = Registry::new();
    registry.load(&[product(G1)]).await;
    let document = || Document::bytes(named("Mắm mới"), Format::Ndjson);
    let basis = registry.desk.foresee_document(document(), author("coop")).await.unwrap().basis;
    let order = || strict(Some(basis.clone()), Some("submission:1"));
    let done = registry.desk.import(document(), order()).await.unwrap();
    registry.load(&[named("Mắm sửa tay")]).await;
    let again = registry.desk.import(document(), order()).await.unwrap();
    assert_eq!((again.changed, again.revision), (0, done.revision));
    assert_eq!(registry.product(G1).await.unwrap().product.name.vi.as_str(), "Mắm sửa tay");
    // Under another name it is another thing.
    let other = registry.desk.import(document(), strict(None, Some("submission:2"))).await.unwrap();
    assert_eq!(other.changed, 1);
}
