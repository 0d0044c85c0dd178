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
