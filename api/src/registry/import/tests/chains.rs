//! Lots made from lots.

use super::*;

async fn ancestors(registry: &Registry, gtin: &str, name: &str) -> Vec<(String, Option<u16>)> {
    let entry = registry.lot(gtin, name).await.unwrap();
    entry.ancestors.iter().map(|it| (it.lot.lot.to_string(), it.into)).collect()
}

fn named(list: &[(&str, Option<u16>)]) -> Vec<(String, Option<u16>)> {
    list.iter().map(|(name, into)| ((*name).to_owned(), *into)).collect()
}

#[tokio::test]
async fn ancestors_are_found_near_ones_first_with_the_way() {
    let registry = Registry::new();
    registry
        .load(&[
            product(G1),
            lot(G1, "WATER"),
            made_from(G1, "BRINE", &[(G1, "WATER"), (G2, "SALT")]),
            made_from(G1, "SAUCE", &[(G1, "FISH"), (G1, "BRINE")]),
        ])
        .await;
    let expected = [("FISH", None), ("BRINE", None), ("WATER", Some(1)), ("SALT", Some(1))];
    assert_eq!(ancestors(&registry, G1, "SAUCE").await, named(&expected));
}

#[tokio::test]
async fn lots_may_come_in_any_order() {
    let forward = [
        lot(G1, "A"),
        made_from(G1, "B", &[(G1, "A")]),
        made_from(G1, "C", &[(G1, "B")]),
        made_from(G1, "D", &[(G1, "C"), (G1, "A")]),
    ];
    let first = Registry::new();
    first.load(&[product(G1)]).await;
    first.load(&forward).await;
    let second = Registry::new();
    second.load(&[product(G1)]).await;
    for line in forward.iter().rev() {
        second.load(core::slice::from_ref(line)).await;
    }
    for name in ["A", "B", "C", "D"] {
        assert_eq!(ancestors(&first, G1, name).await, ancestors(&second, G1, name).await, "{name}");
    }
    let expected = [("C", None), ("A", None), ("B", Some(0))];
    assert_eq!(ancestors(&first, G1, "D").await, named(&expected));
}

#[tokio::test]
async fn a_circle_ends_where_it_began() {
    let registry = Registry::new();
    registry
        .load(&[
            product(G1),
            made_from(G1, "A", &[(G1, "C")]),
            made_from(G1, "B", &[(G1, "A")]),
            made_from(G1, "C", &[(G1, "B")]),
        ])
        .await;
    assert_eq!(ancestors(&registry, G1, "A").await, named(&[("C", None), ("B", Some(0))]));
    assert_eq!(ancestors(&registry, G1, "B").await, named(&[("A", None), ("C", Some(0))]));
}

#[tokio::test]
async fn a_corrected_input_is_handed_on() {
    let registry = Registry::new();
    registry.load(&[product(G1), made_from(G1, "B", &[(G1, "A")]), made_from(G1, "C", &[(G1, "B")])]).await;
    registry.load(&[made_from(G1, "B", &[(G1, "Z")])]).await;
    assert_eq!(ancestors(&registry, G1, "C").await, named(&[("B", None), ("Z", Some(0))]));
    let key = Key::Outputs(crate::registry::LotRef { gtin: G1.parse().unwrap(), lot: "A".parse().unwrap() });
    assert!(matches!(registry.entry(key).await, Some(Entry::Outputs(it)) if it.lots.is_empty()));
}

#[tokio::test]
async fn a_withdrawn_lot_keeps_its_place_in_the_chain() {
    let registry = Registry::new();
    registry.load(&[product(G1), made_from(G1, "B", &[(G1, "A")]), made_from(G1, "C", &[(G1, "B")])]).await;
    let withdrawn = made_from(G1, "B", &[(G1, "A")]).replace("\"inputs\"", "\"withdrawn\":true,\"inputs\"");
    registry.load(&[withdrawn]).await;
    assert_eq!(ancestors(&registry, G1, "C").await, named(&[("B", None), ("A", Some(0))]));
}

#[tokio::test]
async fn a_long_chain_keeps_the_256_nearest_and_says_so() {
    let registry = Registry::new();
    let mut lines = vec![product(G1), lot(G1, "N0")];
    for n in 1..300 {
        lines.push(made_from(G1, &format!("N{n}"), &[(G1, &format!("N{}", n - 1))]));
    }
    let report = registry.load(&lines).await;
    assert!(report.warnings.list.iter().any(|it| it.code == WarningCode::AncestorsCut));
    let found = ancestors(&registry, G1, "N299").await;
    assert_eq!(found.len(), 256);
    assert_eq!(found[0], ("N298".to_owned(), None));
    assert_eq!(found[255], ("N43".to_owned(), Some(254)));
}

/// Six layers of 64 lots, each made from all of the layer before: 64^6 ways, 256 ancestors.
#[tokio::test]
async fn a_bomb_of_inputs_costs_no_more_than_its_bound() {
    let registry = Registry::new();
    let mut lines = vec![product(G1)];
    for layer in 1..=6 {
        let names: Vec<String> = (0..64).map(|n| format!("A{}X{n}", layer - 1)).collect();
        let inputs: Vec<(&str, &str)> = names.iter().map(|name| (G1, name.as_str())).collect();
        lines.extend((0..64).map(|n| made_from(G1, &format!("A{layer}X{n}"), &inputs)));
    }
    lines[1..].reverse();
    registry.load(&lines).await;
    assert_eq!(ancestors(&registry, G1, "A6X0").await.len(), 256);
}

#[tokio::test]
async fn more_outputs_than_a_lot_may_have_are_refused() {
    let registry = Registry::new();
    let mut lines = vec![product(G1)];
    lines.extend((0..=4_096).map(|n| made_from(G1, &format!("N{n}"), &[(G2, "SALT")])));
    let report = registry.import(&lines).await;
    assert_eq!(refused(&report), [("inputs[0]", FaultCode::Full)]);
    assert!(registry.lot(G1, "N4096").await.is_none());
}
