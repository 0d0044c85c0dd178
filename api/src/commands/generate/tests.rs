//! Tests of the invented registry.

use proptest::prelude::*;

use super::*;
use crate::registry::read::record;

fn args(products: u64, lots: u32, items: u32, seed: u64) -> GenerateArgs {
    GenerateArgs { products, lots, items, seed, today: jiff::civil::date(2026, 7, 1), store: None }
}

fn generated(args: &GenerateArgs) -> String {
    let mut out = Vec::new();
    write(args, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_same_arguments_give_the_same_registry() {
    assert_eq!(generated(&args(20, 2, 5, 7)), generated(&args(20, 2, 5, 7)));
    assert_ne!(generated(&args(20, 2, 5, 7)), generated(&args(20, 2, 5, 8)));
}

#[test]
fn serials_do_not_repeat() {
    let text = generated(&args(5, 4, 2_500, 3));
    let mut serials: Vec<_> = text
        .lines()
        .filter_map(|line| match record(line).unwrap() {
            Record::Items(items) => Some(items.serials),
            _ => None,
        })
        .flatten()
        .collect();
    let all = serials.len();
    assert_eq!(all, 5 * 4 * 2_500);
    serials.sort_unstable();
    serials.dedup();
    assert_eq!(serials.len(), all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_line_is_a_record_in_order(products in 1_u64..40, lots in 0_u32..4, items in 0_u32..30, seed: u64) {
        let mut seen = std::collections::HashSet::new();
        for line in generated(&args(products, lots, items, seed)).lines() {
            match record(line).map_err(|faults| TestCaseError::fail(format!("{line}: {faults:?}")))? {
                Record::Product(product) => { seen.insert(product.gtin.to_string()); }
                Record::Batch(batch) => prop_assert!(seen.contains(&batch.gtin.to_string())),
                _ => {}
            }
        }
    }
}
