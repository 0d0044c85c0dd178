//! What holds of every unit, however it was visited.

use proptest::prelude::*;

use super::*;
use crate::checks::rules::independent;

const SIGNS: [Sign; 5] = [Sign::ClientsInProvinces, Sign::Clients, Sign::Provinces, Sign::Burst, Sign::AfterPin];

prop_compose! {
    fn any_visit()(seconds in prop_oneof![0..2 * HOUR, 0..3 * DAY, 0..30 * DAY], client in 0..24_u64, place in 0..6_usize) -> Visit {
        visit(seconds, client, PLACES.get(place).copied().unwrap_or(0))
    }
}

prop_compose! {
    fn any_standing()(
        used_at in prop::option::of((0..30 * DAY, 0..24_u64)),
        cleared_at in prop::option::weighted(0.3, 0..30 * DAY),
        shared_publicly in prop::bool::weighted(0.2),
        hard in prop::bool::weighted(0.2),
        suspicion_at in prop::option::weighted(0.3, 0..30 * DAY),
    ) -> Standing {
        let suspicion = suspicion_at.map(|seconds| Suspicion {
            gravity: if hard { Gravity::Hard } else { Gravity::Soft },
            signs: vec![Sign::Clients],
            at: at(seconds),
            until: (!hard).then(|| at(seconds + 7 * DAY)),
            count: 3,
            first_at: at(0),
        });
        let redeemed = used_at.and_then(|(seconds, client)| used(seconds, client).redeemed);
        Standing { version: 1, suspicion, redeemed, shared_publicly, cleared_at: cleared_at.map(at) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn hard_stands_on_two_independent_kinds_of_evidence(
        visits in prop::collection::vec(any_visit(), 1..=16),
        standing in any_standing(),
        on_sale: bool,
    ) {
        let standing = Standing { suspicion: None, ..standing };
        let found = suspicion(&Seen { on_sale, ..seen(&visits, &standing) }, &Thresholds::default());
        if let Some(found) = found.filter(|found| found.gravity == Gravity::Hard) {
            prop_assert!(found.signs.iter().any(|one| found.signs.iter().any(|other| independent(*one, *other))));
            prop_assert!(!standing.shared_publicly);
            prop_assert_eq!(found.until, None);
        }
    }

    #[test]
    fn one_more_visit_never_makes_it_less(
        visits in prop::collection::vec(any_visit(), 1..=16),
        more in prop::collection::vec(any_visit(), 1..=4),
        standing in any_standing(),
    ) {
        let this = seen(&visits, &standing);
        let all = [&*visits, &*more].concat();
        let with_more = Seen { visits: &all, ..this };
        let judged = |seen| gravity(suspicion(seen, &Thresholds::default()));
        prop_assert!(judged(&with_more) >= judged(&this));
        let counted_more = Seen { count: this.count + 40, ..this };
        prop_assert!(judged(&counted_more) >= judged(&this));
    }

    #[test]
    fn the_order_of_visits_does_not_matter(
        (visits, shuffled) in prop::collection::vec(any_visit(), 1..=16).prop_flat_map(|visits| (Just(visits.clone()), Just(visits).prop_shuffle())),
        standing in any_standing(),
    ) {
        let this = seen(&visits, &standing);
        let rules = Thresholds::default();
        prop_assert_eq!(suspicion(&this, &rules), suspicion(&Seen { visits: &shuffled, ..this }, &rules));
    }

    #[test]
    fn what_was_decided_is_decided_again(
        visits in prop::collection::vec(any_visit(), 1..=16),
        standing in any_standing(),
    ) {
        let rules = Thresholds::default();
        let first = suspicion(&seen(&visits, &standing), &rules);
        let written = Standing { version: 2, suspicion: first.clone(), ..standing };
        prop_assert_eq!(suspicion(&seen(&visits, &written), &rules), first);
    }

    #[test]
    fn no_place_no_copy(
        visits in prop::collection::vec(any_visit(), 1..=16),
        standing in any_standing(),
        count in 0..1_000_u64,
    ) {
        let visits: Vec<Visit> = visits.into_iter().map(|visit| Visit { province: None, ..visit }).collect();
        let standing = Standing { suspicion: None, ..standing };
        let found = suspicion(&Seen { count, ..seen(&visits, &standing) }, &Thresholds::default());
        prop_assert_ne!(gravity(found), Some(Gravity::Hard));
    }
}

#[test]
fn independence_is_mutual_and_nothing_is_independent_of_itself() {
    for one in SIGNS {
        assert!(!independent(one, one));
        for other in SIGNS {
            assert_eq!(independent(one, other), independent(other, one));
        }
    }
}
