//! Cancelling codes.

use super::*;
use crate::registry::{SerialRange, Text};

fn revocation(serials: &[&str], ranges: &[(&str, &str)]) -> Revocation {
    Revocation {
        gtin: G1.parse().unwrap(),
        serials: serials.iter().map(|serial| serial.parse().unwrap()).collect(),
        ranges: ranges
            .iter()
            .map(|(from, to)| SerialRange { from: from.parse().unwrap(), to: to.parse().unwrap() })
            .collect(),
        reason: Text::try_from("Mất cuộn tem").unwrap(),
    }
}

async fn with_units() -> Registry {
    let registry = Registry::new();
    let other = items(G2, "A", "active", &["S02", "S03"]);
    registry
        .load(&[
            product(G1),
            product(G2),
            lot(G1, "A"),
            lot(G2, "A"),
            items(G1, "A", "active", &["S01", "S02", "S03", "S04", "S021", "T01"]),
            other,
        ])
        .await;
    registry
}

#[tokio::test]
async fn a_range_cancels_the_units_on_record_in_it() {
    let registry = with_units().await;
    let done = registry.desk.revoke(revocation(&["T01", "T99"], &[("S02", "S03")]), author("coop")).await.unwrap();
    assert_eq!((done.revoked, done.already), (3, 0));
    assert_eq!(done.not_on_record, ["T99".parse().unwrap()]);
    let mut out = Vec::new();
    crate::commands::export::export(&*registry.store, &mut out).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    let revoked: Vec<&str> = text.lines().filter(|line| line.contains("revoked")).collect();
    assert_eq!(revoked.len(), 3);
    assert!(revoked.iter().all(|line| line.contains("Mất cuộn tem") && line.contains("2026-07-01")));

    let again = registry.desk.revoke(revocation(&[], &[("S02", "S03")]), author("coop")).await.unwrap();
    assert_eq!((again.revoked, again.already, again.revision), (0, 2, None));
    let evidence = registry.evidence().await;
    assert_eq!(evidence.last().unwrap().act, "revoke");
    assert_eq!(evidence.last().unwrap().body["serials"], serde_json::json!(["S02", "S03", "T01"]));
}

#[tokio::test]
async fn a_revocation_of_nothing_or_of_anothers_product_is_refused() {
    let registry = with_units().await;
    assert!(registry.desk.revoke(revocation(&[], &[]), author("coop")).await.is_err());
    assert!(registry.desk.revoke(revocation(&[], &[("S1", "S02")]), author("coop")).await.is_err());
    assert!(registry.desk.revoke(revocation(&["S01"], &[]), author("other")).await.is_err());
    assert_eq!(registry.revision().await, 1);
}

#[tokio::test]
async fn which_serials_are_on_record_is_told_to_nobody_but_their_publisher() {
    let registry = with_units().await;
    let answer = async |serials: &[&str], ranges: &[(&str, &str)]| {
        let (asked, other) = (revocation(serials, ranges), author("other"));
        let foreseen = registry.desk.foresee_revocation(asked.clone(), other.clone()).await.unwrap_err().to_string();
        assert_eq!(registry.desk.revoke(asked, other).await.unwrap_err().to_string(), foreseen);
        foreseen
    };
    let there = answer(&["S01"], &[]).await;
    assert!(there.contains("another publisher"), "{there}");
    for (serials, ranges) in [(&["Z99"][..], &[][..]), (&[], &[("S01", "S04")]), (&[], &[("Z01", "Z99")])] {
        assert_eq!(answer(serials, ranges).await, there, "{serials:?} {ranges:?}");
    }
}
