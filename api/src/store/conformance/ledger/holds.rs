//! What is held of units.

use super::{at, check, unit};
use crate::registry::Id;
use crate::store::Ledger;
use crate::store::hold::Hold;
use crate::store::ledger::held::Held;
use crate::store::ledger::{Alert, VISIT_KEPT_S};

fn hold(until: i64) -> Hold {
    Hold { at: at(0), by: Id::try_from("hoa").unwrap(), why: "Vụ việc số 7".to_owned(), until: at(until) }
}

pub(super) async fn what_is_held_outlives_its_time_and_is_changed_by_whoever_saw_it_last(store: &dyn Ledger) {
    let (one, other) = (unit("S1"), unit("S2"));
    assert_eq!((store.held(&one).await.unwrap(), store.units_held().await.unwrap()), (None, vec![]));
    assert_eq!(store.visits(&one, at(0)).await.unwrap(), []);
    for (key, client, seconds) in [(1, 1, 0), (2, 2, 10)] {
        store.record(&check(key, client, seconds)).await.unwrap();
    }
    let visits = store.visits(&one, at(20)).await.unwrap();
    assert_eq!(visits, [check(1, 1, 0).visit, check(2, 2, 10).visit]);
    assert_eq!(store.visits(&other, at(20)).await.unwrap(), []);
    let alert = Alert { at: at(5), kind: "clone".to_owned(), unit: Some(one), text: "Nhiều nơi".to_owned() };
    let mut held = Held::under(hold(90));
    assert!(held.take_in(&visits, [(7, alert)]));
    assert!(store.hold(&one, 0, Some(&held)).await.unwrap());
    assert!(store.hold(&other, 0, Some(&Held::under(hold(90)))).await.unwrap());
    assert_eq!(store.units_held().await.unwrap(), [one, other]);
    // Visits go when their time is up, by the housekeeper and by a later check; what is held stays.
    store.expire(at(2 * VISIT_KEPT_S)).await.unwrap();
    store.record(&check(3, 3, 2 * VISIT_KEPT_S)).await.unwrap();
    store.forget_visits(&one).await.unwrap();
    assert_eq!(store.visits(&one, at(2 * VISIT_KEPT_S)).await.unwrap(), []);
    assert_eq!(store.held(&one).await.unwrap(), Some(held.clone()));
    // Whoever saw an older one changes nothing.
    let longer = Held { version: 2, hold: hold(900), ..held.clone() };
    assert!(store.hold(&one, 1, Some(&longer)).await.unwrap());
    assert!(!store.hold(&one, 1, Some(&Held { hold: hold(1), ..longer.clone() })).await.unwrap());
    assert!(!store.hold(&one, 1, None).await.unwrap());
    assert_eq!(store.held(&one).await.unwrap(), Some(longer));
    assert!(store.hold(&one, 2, None).await.unwrap());
    assert_eq!((store.held(&one).await.unwrap(), store.units_held().await.unwrap()), (None, vec![other]));
}
