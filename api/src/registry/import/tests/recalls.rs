//! Recalls: their states, and whom they reach.

use super::*;
use crate::registry::{RecallId, Text};

fn recall_id(id: &str) -> RecallId {
    RecallId(Id::try_from(id).unwrap())
}

async fn derived(registry: &Registry, id: &str) -> Vec<String> {
    registry.recall(id).await.unwrap().derived.iter().map(|it| it.lot.to_string()).collect()
}

#[tokio::test]
async fn a_recall_reaches_what_was_made_from_the_lot() {
    let registry = Registry::new();
    registry
        .load(&[
            product(G1),
            lot(G1, "A"),
            made_from(G1, "B", &[(G1, "A")]),
            made_from(G1, "C", &[(G1, "B")]),
            lot(G1, "OTHER"),
            recall("R1", &of_lots(G1, &["A"]), "active", ""),
        ])
        .await;
    assert_eq!(derived(&registry, "R1").await, ["B", "C"]);
}

#[tokio::test]
async fn a_recall_reaches_a_lot_that_comes_later_and_lets_go_of_one_that_was_corrected() {
    let registry = Registry::new();
    registry.load(&[product(G1), recall("R1", &of_lots(G2, &["SALT"]), "active", "")]).await;
    registry.load(&[made_from(G1, "B", &[(G2, "SALT")]), made_from(G1, "C", &[(G1, "B")])]).await;
    assert_eq!(derived(&registry, "R1").await, ["B", "C"]);
    registry.load(&[made_from(G1, "B", &[(G2, "SUGAR")])]).await;
    assert_eq!(derived(&registry, "R1").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_recall_of_a_product_reaches_by_every_lot_on_record_or_not() {
    for one_file in [true, false] {
        let registry = Registry::new();
        let lines = [
            product(G1),
            made_from(G1, "B", &[(G2, "!")]),
            made_from(G1, "C", &[(G2, "SALT")]),
            made_from(G1, "D", &[(G3, "SALT")]),
        ];
        let whole = recall("R1", &format!(r#"{{"gtin":"{G2}","whole_product":true}}"#), "active", "");
        if one_file {
            registry.load(&[lines.as_slice(), &[whole]].concat()).await;
        } else {
            registry.load(&lines).await;
            registry.load(&[whole]).await;
        }
        assert_eq!(derived(&registry, "R1").await, ["B", "C"]);
    }
}

#[tokio::test]
async fn a_recall_within_one_file_and_across_files_is_the_same() {
    let lines = [
        product(G1),
        recall("R1", &of_lots(G1, &["A"]), "active", ""),
        made_from(G1, "C", &[(G1, "B")]),
        made_from(G1, "B", &[(G1, "A")]),
        lot(G1, "A"),
    ];
    let one = Registry::new();
    one.load(&lines).await;
    let many = Registry::new();
    for line in &lines {
        many.load(core::slice::from_ref(line)).await;
    }
    assert_eq!(derived(&one, "R1").await, ["B", "C"]);
    assert_eq!(derived(&many, "R1").await, ["B", "C"]);
}

#[tokio::test]
async fn a_recall_goes_forward_and_never_back() {
    let scope = of_lots(G1, &["A"]);
    let ended = r#","ended":"2026-07-01""#;
    let steps = [("active", ""), ("active", r#","phone":"1900 0000""#), ("closed", ended), ("withdrawn", ended)];
    let registry = Registry::new();
    for (status, more) in steps {
        assert_eq!(registry.load(&[recall("R1", &scope, status, more)]).await.changed, 1, "{status}");
    }
    for (status, more) in [("active", ""), ("closed", ended)] {
        let report = registry.import(&[recall("R1", &scope, status, more)]).await;
        assert_eq!(refused(&report), [("status", FaultCode::State)]);
    }
    let acts: Vec<String> = registry.acts().await.into_iter().filter(|act| act != "import").collect();
    assert_eq!(acts, ["recall", "amend", "close", "withdraw"]);
}

#[tokio::test]
async fn an_amendment_adds_lots_and_drops_none() {
    let registry = Registry::new();
    registry.load(&[product(G1), made_from(G1, "C", &[(G1, "B")])]).await;
    registry.load(&[recall("R1", &of_lots(G1, &["A"]), "active", "")]).await;
    registry.load(&[recall("R1", &of_lots(G1, &["A", "B"]), "active", "")]).await;
    assert_eq!(derived(&registry, "R1").await, ["C"]);
    let report = registry.import(&[recall("R1", &of_lots(G1, &["B"]), "active", "")]).await;
    assert_eq!(refused(&report), [("scope", FaultCode::State)]);
    let wider = format!(r#"{{"gtin":"{G1}","whole_product":true}}"#);
    registry.load(&[recall("R1", &wider, "active", "")]).await;
}

#[tokio::test]
async fn an_operator_closes_and_withdraws_with_a_reason_that_is_kept() {
    let registry = Registry::new();
    registry.load(&[recall("R1", &of_lots(G1, &["A"]), "active", "")]).await;
    let reason = || Text::try_from("Đã thu hồi hết").unwrap();
    let done = registry.desk.close_recall(recall_id("R1"), reason(), author(OPERATOR)).await.unwrap();
    assert!(done.changed);
    let again = registry.desk.close_recall(recall_id("R1"), reason(), author(OPERATOR)).await.unwrap();
    assert!(!again.changed);
    let entry = registry.recall("R1").await.unwrap();
    assert_eq!(entry.recall.ended, Some(jiff::civil::date(2026, 7, 1)));
    assert_eq!(entry.publisher.as_str(), "coop");
    registry.desk.withdraw_recall(recall_id("R1"), reason(), author(OPERATOR)).await.unwrap();
    let evidence = registry.evidence().await;
    let last = evidence.last().unwrap();
    assert_eq!(
        (last.act.as_str(), last.why.as_deref(), last.publisher.as_str()),
        ("withdraw", Some("Đã thu hồi hết"), OPERATOR)
    );
    let missing = registry.desk.close_recall(recall_id("R9"), reason(), author(OPERATOR)).await;
    assert!(matches!(missing, Err(DeskError::Refused(faults)) if faults[0].code == FaultCode::NotOnRecord));
}

/// How long an ended recall stays visible counts from the day on which it ended here.
#[tokio::test]
async fn a_recall_ends_on_the_day_on_which_it_is_said_to() {
    let scope = of_lots(G1, &["A"]);
    let registry = Registry::new();
    let early = recall("R0", &scope, "withdrawn", r#","ended":"2026-07-02""#);
    assert_eq!(refused(&registry.import(&[early]).await), [("ended", FaultCode::State)]);
    registry.load(&[recall("R1", &scope, "active", "")]).await;
    for day in ["2026-06-30", "2026-07-02"] {
        let line = recall("R1", &scope, "withdrawn", &format!(r#","ended":"{day}""#));
        assert_eq!(refused(&registry.import(&[line]).await), [("ended", FaultCode::State)]);
    }
    registry.load(&[recall("R1", &scope, "withdrawn", r#","ended":"2026-07-01""#)]).await;
    let moved = recall("R1", &scope, "withdrawn", r#","ended":"2026-06-27""#);
    assert_eq!(refused(&registry.import(&[moved]).await), [("ended", FaultCode::State)]);
}
