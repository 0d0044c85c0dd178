//! Whole documents: order, repetition, resuming, all or nothing.

use proptest::prelude::*;

use super::*;
use crate::commands::export::export;
use crate::store::{Batch, Progress};

fn a_bit_of_everything() -> Vec<String> {
    vec![
        r#"{"type":"producer","id":"9520000019006","name":{"vi":"HTX Mẫu 01"}}"#.to_owned(),
        format!(
            r#"{{"type":"product","gtin":"{G1}","name":{{"vi":"Nước mắm"}},"producer":"9520000019006","keeps_serials":true}}"#
        ),
        product(G2),
        lot(G1, "L1"),
        made_from(G2, "M1", &[(G1, "L1")]),
        format!(r#"{{"type":"event","id":"E1","gtin":"{G1}","lot":"L1","stage":"packing","date":"2026-05-01"}}"#),
        format!(r#"{{"type":"certificate","id":"C1","gtins":["{G1}","{G2}"],"kind":"ocop","stars":4}}"#),
        r#"{"type":"certificate","id":"C2","producer":"9520000019006","kind":"haccp"}"#.to_owned(),
        format!(
            r#"{{"type":"link","id":"K1","gtin":"{G1}","link_type":"pip","href":"https://example.vn/a","title":"Trang"}}"#
        ),
        items(G1, "L1", "active", &["AAA1", "AAA2", "AAA3"]),
        format!(
            r#"{{"type":"item","gtin":"{G1}","serial":"BBB1","lot":"L1","state":"revoked","reason":"Mất cuộn tem","since":"2026-06-01"}}"#
        ),
        format!(r#"{{"type":"item","gtin":"{G1}","serial":"BBB2","state":"issued","expires":"2027-01-01"}}"#),
        recall("R1", &of_lots(G1, &["L1"]), "active", ""),
        format!(r#"{{"type":"opaque","code":"VN-0001","gtin":"{G1}","lot":"L1","serial":"AAA1"}}"#),
    ]
}

async fn exported(registry: &Registry) -> String {
    let mut out = Vec::new();
    export(&*registry.store, &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn an_import_again_changes_nothing_and_says_so() {
    let registry = Registry::new();
    let first = registry.load(&a_bit_of_everything()).await;
    assert_eq!((first.read, first.changed, first.unchanged), (14, 14, 0));
    assert_eq!(first.units, 5);
    let (revision, evidence) = (registry.revision().await, registry.evidence().await);

    registry.at("2026-08-01T00:00:00Z");
    let second = registry.load(&a_bit_of_everything()).await;
    assert_eq!((second.changed, second.unchanged, second.revision), (0, 14, None));
    assert_eq!(registry.revision().await, revision);
    assert_eq!(registry.evidence().await, evidence);
}

#[tokio::test]
async fn what_is_exported_imports_to_the_same_registry() {
    let registry = Registry::new();
    registry.load(&a_bit_of_everything()).await;
    let text = exported(&registry).await;
    let copy = Registry::new();
    copy.load(&text.lines().map(str::to_owned).collect::<Vec<_>>()).await;
    assert_eq!(exported(&copy).await, text);
    assert_eq!(registry.recall("R1").await.unwrap().derived, copy.recall("R1").await.unwrap().derived);
}

#[tokio::test]
async fn every_declaration_is_in_the_evidence_with_its_line_and_file() {
    let registry = Registry::new();
    let report = registry.load(&a_bit_of_everything()).await;
    let evidence = registry.evidence().await;
    let acts: Vec<&str> = evidence.iter().map(|it| it.act.as_str()).collect();
    assert_eq!(acts.iter().filter(|act| **act == "declare").count(), 13);
    assert_eq!(acts.iter().filter(|act| **act == "recall").count(), 1);
    assert_eq!(acts.iter().filter(|act| **act == "import").count(), 1);
    for line in &evidence {
        assert_eq!(line.file.as_deref(), Some(report.file.as_str()));
        assert_eq!(line.publisher, "coop");
        assert_eq!(Some(line.revision), report.revision);
    }
    let units = evidence.iter().find(|it| it.body["type"] == "items").unwrap();
    assert_eq!(units.line, Some(10));
    assert_eq!(units.body["serials"], serde_json::json!(["AAA1", "AAA2", "AAA3"]));
}

#[tokio::test]
async fn what_is_wrong_is_named_and_the_rest_loads() {
    let registry = Registry::new();
    let lines = vec![
        product(G1),
        "not json".to_owned(),
        lot(G1, "L1"),
        format!(r#"{{"type":"batch","gtin":"{G1}","lot":"L2","colour":"red"}}"#),
        lot(G2, "M1"),
        format!(r#"{{"type":"batch","gtin":"{G1}","lot":"L3","produced":"2026-05-02","expires":"2026-05-01"}}"#),
    ];
    let report = registry.import(&lines).await;
    let found: Vec<(u64, &str, FaultCode)> =
        report.rejected.list.iter().map(|it| (it.line, it.field.as_str(), it.code)).collect();
    assert_eq!(
        found,
        [
            (2, "", FaultCode::Json),
            (4, "colour", FaultCode::UnknownField),
            (5, "gtin", FaultCode::NotOnRecord),
            (6, "expires", FaultCode::Combination),
        ]
    );
    assert_eq!((report.read, report.changed), (6, 2));
    assert!(registry.lot(G1, "L1").await.is_some());
}

#[tokio::test]
async fn a_record_that_is_refused_half_way_leaves_no_trace() {
    let registry = Registry::new();
    registry.load(&[product(G1), lot(G1, "L1"), items(G1, "L1", "revoked", &["X3"])]).await;
    let before = exported(&registry).await;
    let report = registry.import(&[items(G1, "L1", "active", &["X1", "X2", "X3"])]).await;
    assert_eq!(refused(&report), [("serials[2]", FaultCode::State)]);
    assert_eq!(exported(&registry).await, before);
}

#[tokio::test]
async fn strict_writes_all_or_nothing() {
    let registry = Registry::new();
    let strict = ImportOrder { strict: true, ..ImportOrder::of(author("coop")) };
    let bad = [product(G1), lot(G2, "L1")].join("\n");
    let report = registry.desk.import(Document::bytes(bad, Format::Ndjson), strict.clone()).await.unwrap();
    assert_eq!((report.rejected.total, report.revision), (1, None));
    assert!(registry.product(G1).await.is_none());
    assert_eq!(registry.revision().await, 0);

    let good = a_bit_of_everything().join("\n");
    let report = registry.desk.import(Document::bytes(good, Format::Ndjson), strict).await.unwrap();
    assert_eq!((report.rejected.total, report.revision), (0, Some(1)));
}

#[tokio::test]
async fn a_dry_run_finds_everything_and_writes_nothing() {
    let registry = Registry::new();
    let dry = ImportOrder { dry_run: true, ..ImportOrder::of(author("coop")) };
    let mut lines = a_bit_of_everything();
    lines.push(lot(G3, "L1"));
    let report = registry.desk.import(Document::bytes(lines.join("\n"), Format::Ndjson), dry).await.unwrap();
    assert_eq!((report.changed, report.rejected.total, report.revision), (14, 1, None));
    assert_eq!(registry.revision().await, 0);
}

#[tokio::test]
async fn a_document_finds_its_own_order() {
    let registry = Registry::new();
    let mut records = a_bit_of_everything();
    records.reverse();
    for form in [format!("[{}]", records.join(",\n")), format!("{{\"records\": [{}]}}", records.join(","))] {
        let report =
            registry.desk.import(Document::bytes(form, Format::Json), ImportOrder::of(author("coop"))).await.unwrap();
        assert_eq!(report.rejected.list, []);
        assert_eq!(report.read, 14);
    }
    let one = Document::bytes(product(G3), Format::Json);
    assert_eq!(registry.desk.import(one, ImportOrder::of(author("coop"))).await.unwrap().changed, 1);
}

#[tokio::test]
async fn a_document_that_is_none_is_refused_as_a_whole() {
    let registry = Registry::new();
    for bad in ["", "12", "[1,", "{\"records\": 3}", "\"text\"", &"[".repeat(100_000)] {
        let document = Document::bytes(bad.to_owned(), Format::Json);
        let answer = registry.desk.import(document, ImportOrder::of(author("coop"))).await;
        match answer {
            Err(DeskError::Refused(_)) => {}
            Ok(report) => assert!(report.rejected.total > 0, "{bad:.20}"),
            Err(other) => panic!("{bad:.20}: {other}"),
        }
    }
    assert_eq!(registry.revision().await, 0);
}

#[tokio::test]
async fn an_import_that_was_cut_short_continues() {
    let lines = a_bit_of_everything();
    let whole = Registry::new();
    let file = whole.load(&lines).await.file;

    let registry = Registry::new();
    registry.load(&lines[..9]).await;
    let place = format!("{file}:coop");
    let progress = Some(Progress { file: place.clone(), lines: Some(9) });
    registry.store.commit(Batch { progress, ..Batch::default() }).await.unwrap();

    let report = registry.load(&lines).await;
    assert_eq!((report.resumed_after, report.read, report.changed), (Some(9), 5, 5));
    assert_eq!(registry.store.progress(&place).await.unwrap(), None);
    assert_eq!(exported(&registry).await, exported(&whole).await);
}

#[tokio::test]
async fn two_imports_at_once_take_turns() {
    let registry = Registry::new();
    let (first, second) = ([product(G1), lot(G1, "L1")], [product(G2), lot(G2, "L1")]);
    let (a, b) = tokio::join!(registry.import_as("a", &first), registry.import_as("b", &second));
    assert_eq!((a.changed, b.changed), (2, 2));
    assert_eq!(registry.revision().await, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever order lines come in, loading them twice is as good as once, and what comes out goes in again.
    #[test]
    fn any_lines_load_to_something_that_round_trips(order in Just(a_bit_of_everything()).prop_shuffle(), cut in 0_usize..14) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let registry = Registry::new();
            registry.import(&order[cut..]).await;
            registry.import(&order).await;
            let text = exported(&registry).await;
            let copy = Registry::new();
            let report = copy.import(&text.lines().map(str::to_owned).collect::<Vec<_>>()).await;
            prop_assert_eq!(report.rejected.list, vec![]);
            prop_assert_eq!(exported(&copy).await, text);
            Ok(())
        })?;
    }

    /// Nothing that a stranger sends stops the desk.
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..2_000), json: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let registry = Registry::new();
            let format = if json { Format::Json } else { Format::Ndjson };
            let _ = registry.desk.import(Document::bytes(bytes, format), ImportOrder::of(author("coop"))).await;
            assert_eq!(registry.revision().await, 0);
        });
    }
}
