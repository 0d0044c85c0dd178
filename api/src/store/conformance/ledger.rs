//! What every engine promises of its ledger. Each part takes an empty store.
//!
//! Times lie far ahead of any clock: only those that are handed in may count.

mod acts;
mod checks;
mod holds;
mod standings;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::registry::{ClientHash, Digest};
use crate::store::ledger::{Check, Province, Unit, Visit};
use crate::store::{Ledger, Store};

/// Everything.
pub(crate) async fn all<S: Store + Ledger + 'static>(mut empty: impl AsyncFnMut() -> S) {
    let mut empty = async || Arc::new(empty().await);
    checks::a_check_counts_once_for_its_key(&*empty().await).await;
    checks::one_key_sent_many_times_at_once_counts_once(empty().await).await;
    checks::a_key_is_of_one_unit_and_is_forgotten_after_a_day(&*empty().await).await;
    checks::a_client_counts_once_within_an_hour(&*empty().await).await;
    checks::a_client_is_known_by_its_hash_of_the_day_before(&*empty().await).await;
    checks::the_latest_visits_are_kept_one_for_each_client(&*empty().await).await;
    checks::no_crowd_pushes_out_the_visits_of_another_place(&*empty().await).await;
    checks::a_check_that_comes_late_takes_its_place_in_time(&*empty().await).await;
    checks::visits_are_forgotten_and_the_count_stays(&*empty().await).await;
    checks::many_checks_at_once_are_all_counted(empty().await).await;
    checks::the_registry_is_none_of_its_business(&*empty().await).await;
    checks::tallies_are_of_days_products_and_provinces(&*empty().await).await;
    checks::what_has_outlived_its_time_is_destroyed_and_nothing_else(&*empty().await).await;
    standings::a_standing_is_read_as_soon_as_it_is_written(&*empty().await).await;
    standings::of_many_writers_each_sees_what_the_one_before_wrote(empty().await).await;
    standings::watchers_are_told_before_it_returns_and_of_checks_they_are_not(&*empty().await).await;
    standings::no_commit_and_no_walk_knows_a_standing(&*empty().await).await;
    acts::a_wrong_pin_may_be_tried_so_often_and_no_more(&*empty().await).await;
    acts::a_pin_that_is_there_stays_unless_it_is_replaced(&*empty().await).await;
    acts::tries_at_once_do_not_get_past_the_limit(empty().await).await;
    acts::a_day_has_one_key_until_it_is_over(empty().await).await;
    acts::the_first_secret_leaves_its_fingerprint(empty().await).await;
    acts::a_fingerprint_of_before_is_the_one_that_holds(&*empty().await).await;
    acts::alerts_are_told_in_their_order(&*empty().await).await;
    holds::what_is_held_outlives_its_time_and_is_changed_by_whoever_saw_it_last(&*empty().await).await;
}

/// So many seconds after the beginning of a day (UTC).
pub(crate) fn at(seconds: i64) -> Timestamp {
    "2100-03-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

pub(crate) fn unit(serial: &str) -> Unit {
    Unit { gtin: "09520000010010".parse().unwrap(), serial: serial.parse().unwrap() }
}

/// A check of unit `S1` by a client, of a key of its own.
pub(crate) fn check(key: u8, client: u64, seconds: i64) -> Check {
    Check {
        unit: unit("S1"),
        key: Digest([key; 16]),
        visit: Visit { at: at(seconds), client: ClientHash(client), province: Some(Province(1)) },
        yesterday: ClientHash(client + 1_000_000),
    }
}
