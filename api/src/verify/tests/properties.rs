//! Properties over all kinds of facts: a lookup is never positive, a recall never makes anything look better, and
//! nothing changes before `valid_until`.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use nguon_openapi::{Context, Lang, Tone};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::scene::{GTIN, OTHER, code, lot, made_from, noon, on_record, product, recall, record, unit};
use crate::registry::ItemState;
use crate::verify::{Asked, Facts, ItemFacts, LotFacts, card, judge};

const DAYS: [&str; 5] = ["2026-11-21", "2026-11-23", "2026-11-24", "2026-12-20", "2030-01-01"];

fn states() -> impl Strategy<Value = ItemState> {
    prop::sample::select(vec![
        ItemState::Issued,
        ItemState::Active,
        ItemState::Specimen,
        ItemState::Consumed,
        ItemState::Revoked,
    ])
}

fn scopes() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"gtin": GTIN, "whole_product": true}),
        json!({"gtin": GTIN, "lots": ["L1"]}),
        json!({"gtin": GTIN, "lots": ["L9"]}),
        json!({"gtin": GTIN, "serials": [{"from": "S0", "to": "S5"}]}),
        json!({"gtin": OTHER, "lots": ["IN1"]}),
        json!({"gtin": OTHER, "whole_product": true}),
    ])
}

fn days() -> impl Strategy<Value = &'static str> {
    prop::sample::select(DAYS.to_vec())
}

prop_compose! {
    fn recalls()(found in prop::collection::vec((prop::sample::select(vec!["active", "closed", "withdrawn"]), scopes()), 0..3))
        -> Vec<Arc<crate::registry::RecallEntry>> {
        found.into_iter().enumerate().map(|(n, (status, scope))| recall(&format!("R{n}"), status, scope)).collect()
    }
}

prop_compose! {
    fn any_facts()(
        known in any::<bool>(),
        with_lot in 0..4_u8,
        with_item in 0..5_u8,
        state in states(),
        expires in days(),
        best_before in prop::option::of(days()),
        in_code in prop::option::of(prop::sample::select(vec!["261121", "261123", "261200", "491231"])),
        registered_until in prop::option::of(days()),
        certificate_to in prop::option::of(days()),
        keeps_serials in any::<bool>(),
        from_input in any::<bool>(),
        recalls in recalls(),
    ) -> Facts {
        let mut path = format!("/01/{GTIN}");
        if with_lot > 0 { path.push_str("/10/L1"); }
        if with_item > 0 { path.push_str("/21/S1"); }
        if let Some(date) = in_code { path.push_str("?17="); path.push_str(date); }
        if !known {
            return Facts { recalls, ..code(&path) };
        }
        let mut entry = lot("L1", expires);
        entry.batch.best_before = best_before.map(|day| day.parse().unwrap());
        let entry = Arc::new(if from_input { made_from(entry, OTHER, "IN1") } else { entry });
        let mut product = product();
        product.product.keeps_serials = keeps_serials;
        product.product.registered_until = registered_until.map(|day| day.parse().unwrap());
        if let Some(to) = certificate_to {
            product.certificates.push(record(json!({"id": "C", "gtins": [GTIN], "kind": "haccp", "to": to})));
        }
        Facts {
            product: Some(Arc::new(product)),
            lot: match with_lot { 0 => LotFacts::NotGiven, 1 => LotFacts::Unknown, 2 => LotFacts::NotRead, _ => LotFacts::Known(Arc::clone(&entry)) },
            item: match with_item {
                0 => ItemFacts::NotGiven,
                1 => ItemFacts::Unknown { case_variant: None },
                2 => ItemFacts::Known { entry: unit(state), exception: None, standing: None, lot: None },
                3 => ItemFacts::NotRead,
                _ => ItemFacts::Known { entry: unit(state), exception: None, standing: None, lot: Some(entry) },
            },
            recalls,
            ..on_record(&path)
        }
    }
}

fn print(facts: &Facts, now: Timestamp) -> String {
    let judgement = judge(facts, now);
    let asked = Asked {
        input: "x",
        lang: Lang::Vi,
        context: Context::Unit,
        base_url: "https://id.example.vn",
        checks: true,
        demo: false,
        checked: None,
    };
    serde_json::to_string(&card(facts, &judgement, asked, now)).unwrap()
}

proptest! {
    #[test]
    fn a_lookup_is_never_positive(facts in any_facts()) {
        prop_assert_ne!(judge(&facts, noon()).tone, Tone::Positive);
    }

    #[test]
    fn adding_a_recall_never_lowers_the_tone_or_the_safety_status(facts in any_facts(), status in prop::sample::select(vec!["active", "closed", "withdrawn"]), scope in scopes()) {
        let before = judge(&facts, noon());
        let mut more = facts;
        more.recalls.push(recall("NEW", status, scope));
        let after = judge(&more, noon());
        prop_assert!(after.tone >= before.tone);
        prop_assert!(after.safety >= before.safety);
    }

    #[test]
    fn nothing_on_the_card_changes_before_valid_until(facts in any_facts(), share in 0.0..1.0_f64) {
        let now = noon();
        let until = judge(&facts, now).valid_until.unwrap_or_else(|| now + SignedDuration::from_hours(24 * 365 * 3));
        let span = until.duration_since(now).as_secs() - 1;
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a random instant in between")]
        let later = now + SignedDuration::from_secs((span as f64 * share) as i64);
        prop_assert_eq!(print(&facts, now), print(&facts, later));
        let just_before = until - SignedDuration::from_nanos(1);
        prop_assert_eq!(print(&facts, now), print(&facts, just_before));
    }

    #[test]
    fn valid_until_is_still_to_come(facts in any_facts()) {
        prop_assert!(judge(&facts, noon()).valid_until.is_none_or(|until| until > noon()));
    }

    #[test]
    fn every_text_is_short_enough_and_filled(facts in any_facts()) {
        for lang in Lang::ALL {
            let judgement = judge(&facts, noon());
            let asked = Asked { input: "x", lang, context: Context::Shop, base_url: "https://id.example.vn", checks: true, demo: false, checked: None };
            let card = card(&facts, &judgement, asked, noon());
            prop_assert!(card.headline.chars().count() <= 45);
            prop_assert!(card.advice.chars().count() <= 110);
            for text in card.reasons.iter().map(|reason| &reason.text).chain([&card.headline, &card.advice]) {
                prop_assert!(!text.contains(['{', '}']) && !text.is_empty(), "{}", text);
            }
        }
    }
}
