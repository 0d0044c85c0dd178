//! Checks: counted once, and what is kept of them.

use std::sync::Arc;

use futures_util::future::join_all;

use super::{at, check, unit};
use crate::registry::{ClientHash, Digest, ItemEntry, ItemState, Standing};
use crate::store::ledger::{AGAIN_S, Check, Counted, Province, REPEAT_S, Tally, VISIT_KEPT_S, VISITS_KEPT, Visit};
use crate::store::{Batch, Entry, Key, Ledger, Put, Store};

pub(super) async fn a_check_counts_once_for_its_key(store: &dyn Ledger) {
    let first = store.record(&check(1, 1, 0)).await.unwrap();
    assert_eq!((first.counted, first.again, first.count, first.first_at), (Counted::New, false, 1, at(0)));
    assert_eq!(first.visits, [check(1, 1, 0).visit]);
    assert_eq!(first.standing.version, 0);
    store.record(&check(2, 2, 10)).await.unwrap();
    // Sent again later, by another client even, it says what it said.
    for again in [check(1, 1, 0), check(1, 3, 20)] {
        let again = store.record(&again).await.unwrap();
        assert_eq!((again.counted, again.again, again.count), (Counted::New, true, 1));
        assert_eq!(again.visits, [check(1, 1, 0).visit, check(2, 2, 10).visit]);
    }
    assert_eq!(store.record(&check(3, 3, 30)).await.unwrap().count, 3);
}

pub(super) async fn one_key_sent_many_times_at_once_counts_once<S: Ledger + 'static>(store: Arc<S>) {
    let sent = (0..30).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.record(&check(1, 1, 0)).await.unwrap() })
    });
    let recorded: Vec<_> = join_all(sent).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(recorded.iter().filter(|recorded| !recorded.again).count(), 1);
    assert!(recorded.iter().all(|recorded| (recorded.counted, recorded.count) == (Counted::New, 1)));
    assert_eq!(store.record(&check(2, 2, 1)).await.unwrap().count, 2);
}

pub(super) async fn a_key_is_of_one_unit_and_is_forgotten_after_a_day(store: &dyn Ledger) {
    store.record(&check(1, 1, 0)).await.unwrap();
    let other = store.record(&Check { unit: unit("S11"), ..check(1, 1, 0) }).await.unwrap();
    assert_eq!((other.counted, other.again, other.count), (Counted::New, false, 1));
    let known = store.record(&check(1, 1, AGAIN_S - 1)).await.unwrap();
    assert_eq!((known.again, known.count), (true, 1));
    let forgotten = store.record(&check(1, 1, AGAIN_S)).await.unwrap();
    assert_eq!((forgotten.counted, forgotten.again, forgotten.count), (Counted::New, false, 2));
}

pub(super) async fn a_client_counts_once_within_an_hour(store: &dyn Ledger) {
    let mut key = 0;
    let mut counted = async |client, seconds| {
        key += 1;
        let recorded = store.record(&check(key, client, seconds)).await.unwrap();
        (recorded.counted, recorded.count)
    };
    assert_eq!(counted(1, 0).await, (Counted::New, 1));
    assert_eq!(counted(1, 1).await, (Counted::Repeat, 1));
    assert_eq!(counted(2, 2).await, (Counted::New, 2));
    // A repeat does not begin the hour anew.
    assert_eq!(counted(1, REPEAT_S - 1).await, (Counted::Repeat, 2));
    assert_eq!(counted(1, REPEAT_S).await, (Counted::New, 3));
    // From a journal, made before the one that was counted.
    assert_eq!(counted(2, 1).await, (Counted::Repeat, 3));
    assert_eq!(counted(1, -5 * REPEAT_S).await, (Counted::New, 4));
    assert_eq!(counted(1, -5 * REPEAT_S + 1).await, (Counted::Repeat, 4));
    assert_eq!(counted(1, REPEAT_S + 1).await, (Counted::Repeat, 4));
    let again = store.record(&check(2, 1, 1)).await.unwrap();
    assert_eq!((again.counted, again.again, again.count), (Counted::Repeat, true, 1));
}

pub(super) async fn a_client_is_known_by_its_hash_of_the_day_before(store: &dyn Ledger) {
    let midnight = 86_400;
    store.record(&check(1, 7, midnight - 60)).await.unwrap();
    let new_day = |key, seconds| Check { yesterday: ClientHash(7), ..check(key, 8, midnight + seconds) };
    let repeat = store.record(&new_day(2, 60)).await.unwrap();
    assert_eq!((repeat.counted, repeat.count), (Counted::Repeat, 1));
    assert_eq!(repeat.visits, [new_day(2, 60).visit]);
    let later = store.record(&new_day(3, REPEAT_S)).await.unwrap();
    assert_eq!((later.counted, later.count), (Counted::New, 2));
    assert_eq!(later.visits, [new_day(3, REPEAT_S).visit]);
}

pub(super) async fn the_latest_visits_are_kept_one_for_each_client(store: &dyn Ledger) {
    let visit = |client: u64, seconds| Visit { province: None, ..check(0, client, seconds).visit };
    let mut last = None;
    for n in 0..60u8 {
        let seconds = i64::from(n) * 10;
        let check = Check { visit: visit(n.into(), seconds), ..check(n, n.into(), seconds) };
        last = Some(store.record(&check).await.unwrap());
    }
    let last = last.unwrap();
    assert_eq!((last.count, last.first_at), (60, at(0)));
    let expected: Vec<Visit> = (28..60).map(|n: u8| visit(n.into(), i64::from(n) * 10)).collect();
    assert_eq!((last.visits.len(), last.visits), (VISITS_KEPT, expected));
    // A visit takes the place of the client's last one, also where it does not count.
    let again = store.record(&check(100, 40, 600)).await.unwrap();
    assert_eq!((again.counted, again.visits.len()), (Counted::Repeat, VISITS_KEPT));
    assert_eq!(again.visits.last(), Some(&check(100, 40, 600).visit));
    assert_eq!(again.visits.iter().filter(|visit| visit.client == ClientHash(40)).count(), 1);
    // After their time they are not shown.
    let late = store.record(&check(101, 101, 590 + VISIT_KEPT_S)).await.unwrap();
    let clients: Vec<u64> = late.visits.iter().map(|visit| visit.client.0).collect();
    assert_eq!((late.count, clients), (61, vec![40, 101]));
    assert_eq!(late.first_at, at(0));
}

/// A crowd of one place comes again every hour; the others are of other places, or of none that is known.
pub(super) async fn no_crowd_pushes_out_the_visits_of_another_place(store: &dyn Ledger) {
    let others = [(1, Some(1)), (2, Some(48)), (3, None)];
    let crowd = |hour: i64| (0..40_u64).map(move |n| (1_000 + n, Some(31), hour * REPEAT_S + 60 * n.cast_signed()));
    let first = others.into_iter().zip(0..).map(|((client, place), seconds)| (client, place, seconds));
    // In the third hour somebody else of a place that is there, and in the fifth more of unknown place than the crowd.
    let more = (0..40_u64).map(|n| (2_000 + n, None, 5 * REPEAT_S + n.cast_signed()));
    let all = first.chain(crowd(1)).chain(crowd(2)).chain([(4, Some(48), 3 * REPEAT_S)]).chain(crowd(4)).chain(more);
    let mut seen = Vec::new();
    for (n, (client, place, seconds)) in (0_u64..).zip(all) {
        let mut key = [0; 16];
        key[..8].copy_from_slice(&n.to_be_bytes());
        let visit = Visit { at: at(seconds), client: ClientHash(client), province: place.map(Province) };
        let check = Check { key: Digest(key), visit, ..check(0, client, seconds) };
        seen = store.record(&check).await.unwrap().visits;
        assert_eq!(seen.last(), Some(&visit), "the one that came last is there");
        assert!(seen.is_sorted_by_key(|visit| visit.at) && seen.len() <= VISITS_KEPT);
        for (client, place) in others.into_iter().filter(|(client, _)| seconds > 2 && *client < 3) {
            assert!(seen.iter().any(|it| (it.client, it.province) == (ClientHash(client), place.map(Province))));
        }
    }
    let of = |place: Option<u8>| seen.iter().filter(|visit| visit.province == place.map(Province)).count();
    // Two crowds hold each other's place.
    assert_eq!([of(Some(1)), of(Some(48)), of(Some(31)), of(None)], [1, 2, 14, 15]);
}

pub(super) async fn a_check_that_comes_late_takes_its_place_in_time(store: &dyn Ledger) {
    store.record(&check(1, 1, 1_000)).await.unwrap();
    store.record(&check(2, 2, 2_000)).await.unwrap();
    let late = store.record(&check(3, 3, 1_500)).await.unwrap();
    let clients: Vec<u64> = late.visits.iter().map(|visit| visit.client.0).collect();
    assert_eq!((late.count, clients), (3, vec![1, 3, 2]));
    // The first check is the first that was made, not the first that came.
    let first = store.record(&check(4, 4, 500)).await.unwrap();
    assert_eq!((first.count, first.first_at), (4, at(500)));
    // A later visit of the same client stays the latest.
    let earlier = store.record(&check(5, 2, 100)).await.unwrap();
    let of_2: Vec<_> = earlier.visits.iter().filter(|visit| visit.client == ClientHash(2)).collect();
    assert_eq!(of_2, [&check(2, 2, 2_000).visit]);
}

pub(super) async fn visits_are_forgotten_and_the_count_stays(store: &dyn Ledger) {
    store.forget_visits(&unit("S1")).await.unwrap();
    store.record(&check(1, 1, 0)).await.unwrap();
    store.record(&Check { unit: unit("S2"), ..check(1, 1, 0) }).await.unwrap();
    store.forget_visits(&unit("S1")).await.unwrap();
    let next = store.record(&check(2, 2, 1)).await.unwrap();
    assert_eq!((next.count, next.first_at), (2, at(0)));
    assert_eq!(next.visits, [check(2, 2, 1).visit]);
    let other = store.record(&Check { unit: unit("S2"), ..check(2, 2, 1) }).await.unwrap();
    assert_eq!(other.visits.len(), 2);
}

pub(super) async fn many_checks_at_once_are_all_counted<S: Ledger + 'static>(store: Arc<S>) {
    let sent = (0..200u8).map(|n| {
        let store = Arc::clone(&store);
        let of = unit(&format!("S{}", n % 3));
        tokio::spawn(async move { store.record(&Check { unit: of, ..check(n, n.into(), n.into()) }).await.unwrap() })
    });
    let mut counts: Vec<u64> = join_all(sent).await.into_iter().map(|recorded| recorded.unwrap().count).collect();
    counts.sort_unstable();
    let expected: Vec<u64> = (1..=66).flat_map(|n| [n; 3]).chain([67, 67]).collect();
    assert_eq!(counts, expected);
}

/// Checks and commits do not touch each other, and neither does what a commit moves.
pub(super) async fn the_registry_is_none_of_its_business<S: Store + Ledger>(store: &S) {
    let before = store.read(&[]).await.unwrap().marker;
    store.record(&check(1, 1, 0)).await.unwrap();
    store.stand(&unit("S1"), 0, &Standing::default()).await.unwrap();
    store.put_pins(&[(unit("S1"), Digest([1; 16]))]).await.unwrap();
    assert_eq!(store.read(&[]).await.unwrap().marker, before);
    // So many that a product's units have to move.
    let item = ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day: None };
    let key = |n: usize| Key::Item(unit("S1").gtin, format!("S{n}").parse().unwrap());
    let puts = (0..3_000).map(|n| Put { key: key(n), entry: Entry::Item(item) }).collect();
    store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
    assert_eq!(store.read(&[]).await.unwrap().marker.records, before.records + 3_000);
    let after = store.record(&check(2, 2, 1)).await.unwrap();
    assert_eq!((after.count, after.visits.len(), after.standing.version), (2, 2, 1));
}

pub(super) async fn tallies_are_of_days_products_and_provinces<S: Ledger>(store: &S) {
    let in_province = |province, check: Check| Check { visit: Visit { province, ..check.visit }, ..check };
    let evening = 17 * 3_600;
    let hanoi = Some(Province(1));
    let saigon = Some(Province(79));
    for (key, client, seconds, province) in [
        (1, 1, evening - 1, hanoi),
        (2, 2, evening - 1, hanoi),
        (3, 3, evening - 1, None),
        // The day begins in Vietnam.
        (4, 4, evening, saigon),
        // Neither a repeat nor a key that is known counts.
        (5, 4, evening + 1, saigon),
        (4, 4, evening + 2, saigon),
    ] {
        store.record(&in_province(province, check(key, client, seconds))).await.unwrap();
    }
    let gtin = unit("S1").gtin;
    let [first, second] = ["2100-03-01", "2100-03-02"].map(|day| day.parse().unwrap());
    let tally = |day, province, checks| Tally { day, gtin, province, checks };
    let mut tallies = store.tallies(first, second).await.unwrap();
    tallies.sort();
    let mut expected = vec![tally(first, None, 1), tally(first, hanoi, 2), tally(second, saigon, 1)];
    expected.sort();
    assert_eq!(tallies, expected);
    assert_eq!(store.tallies(second, second).await.unwrap(), [tally(second, saigon, 1)]);
    assert_eq!(store.tallies(second, first).await.unwrap(), []);
}

pub(super) async fn what_has_outlived_its_time_is_destroyed_and_nothing_else<S: Ledger>(store: &S) {
    let day = 86_400;
    for n in 0..10u8 {
        store.record(&check(n, n.into(), i64::from(n) * 5 * day)).await.unwrap();
    }
    let now = 45 * day;
    store.expire(at(now)).await.unwrap();
    let again = store.record(&check(9, 9, now)).await.unwrap();
    assert_eq!((again.again, again.count, again.first_at), (true, 10, at(0)));
    let clients: Vec<u64> = again.visits.iter().map(|visit| visit.client.0).collect();
    assert_eq!(clients, [4, 5, 6, 7, 8, 9]);
    let repeat = store.record(&check(10, 9, now + 1)).await.unwrap();
    assert_eq!((repeat.counted, repeat.count), (Counted::Repeat, 10));
    store.expire(at(100 * day)).await.unwrap();
    let next = store.record(&check(9, 9, 100 * day)).await.unwrap();
    assert_eq!((next.counted, next.again, next.count, next.visits.len()), (Counted::New, false, 11, 1));
}
