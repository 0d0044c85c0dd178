//! Each rule just before and just at what it asks for.

use super::*;
use Sign::{AfterPin, Burst, Clients, ClientsInProvinces, Provinces};

/// Visits by different clients, so many seconds apart, in these provinces one after the other.
fn row(visits: usize, every_s: i64, provinces: &[u8]) -> Vec<Visit> {
    let places = provinces.iter().cycle();
    (0_u32..)
        .zip(places)
        .take(visits)
        .map(|(n, place)| visit(i64::from(n) * every_s, u64::from(n) + 1, *place))
        .collect()
}

#[test]
fn six_clients_within_a_day_in_two_provinces_are_unusual() {
    let visits = row(6, 4 * HOUR, &[1, 1, 1, 1, 31, 31]);
    let found = after(&visits, &Standing::default()).unwrap();
    assert_eq!((found.gravity, &*found.signs), (Gravity::Soft, &[ClientsInProvinces][..]));
    assert_eq!((found.at, found.until), (at(20 * HOUR), Some(at(20 * HOUR + 7 * DAY))));
    assert_eq!((found.count, found.first_at), (6, at(0)));
}

#[test]
fn five_clients_or_one_province_or_more_than_a_day_are_not() {
    assert_eq!(after(&row(5, 4 * HOUR, &[1, 31]), &Standing::default()), None);
    assert_eq!(after(&row(6, 4 * HOUR, &[1]), &Standing::default()), None);
    assert_eq!(after(&row(6, 4 * HOUR, &[1, 1, 1, 1, 1, 31]), &Standing::default()), None);
    assert_eq!(after(&row(6, 4 * HOUR, &[1, 31, 0]), &Standing::default()).map(|_| ()), Some(()));
    assert_eq!(after(&row(6, 4 * HOUR, &[1, 31, 0, 0, 1, 0]), &Standing::default()), None);
    assert_eq!(after(&row(6, 4 * HOUR, &[1, 0]), &Standing::default()), None);
    // Five steps of 17,280 s are a day, and a day is within a day.
    assert_eq!(signs(after(&row(6, 17_280, &[1, 31]), &Standing::default())), [ClientsInProvinces]);
    assert_eq!(after(&row(6, 17_281, &[1, 31]), &Standing::default()), None);
}

#[test]
fn a_client_counts_once_however_often_it_is_listed() {
    let mut visits = row(5, HOUR, &[1, 31]);
    visits.push(visit(5 * HOUR, 1, 1));
    assert_eq!(after(&visits, &Standing::default()), None);
}

#[test]
fn fifteen_clients_within_a_month_in_two_provinces_are_unusual() {
    assert_eq!(signs(after(&row(15, 2 * DAY, &[1, 31]), &Standing::default())), [Clients]);
    assert_eq!(after(&row(14, 2 * DAY, &[1, 31]), &Standing::default()), None);
    // Fourteen steps of two days and a little over three hours are more than 30 days.
    assert_eq!(after(&row(15, 30 * DAY / 14 + 1, &[1, 31]), &Standing::default()), None);
}

#[test]
fn a_shelf_in_one_province_may_meet_any_number_of_phones() {
    for places in [&[31][..], &[31, 0], &[0, 31, 0, 0]] {
        let visits = row(16, 10 * 60, places);
        let standing = Standing::default();
        let seen = Seen { count: 10_000, ..seen(&visits, &standing) };
        assert_eq!(suspicion(&seen, &Thresholds::default()), None, "{places:?}");
    }
}

#[test]
fn clients_of_unknown_place_are_unusual_once_more_checks_were_counted_than_a_shelf_brings() {
    let (visits, standing) = (row(15, HOUR, &[0]), Standing::default());
    let judged =
        |count, on_sale| suspicion(&Seen { count, on_sale, ..seen(&visits, &standing) }, &Thresholds::default());
    assert_eq!(judged(29, true), None);
    assert_eq!(signs(judged(30, true)), [Clients]);
    assert_eq!(judged(30, false), None);
}

#[test]
fn after_pin_use_fifteen_clients_are_unusual_wherever_they_are_and_earlier_ones_do_not_count() {
    let visits = row(16, HOUR, &[0]);
    assert_eq!(signs(after(&visits, &used(1, 1))), [Clients]);
    assert_eq!(after(&visits, &used(HOUR, 2)), None);
}

#[test]
fn four_provinces_within_two_days_are_unusual() {
    assert_eq!(signs(after(&row(4, 16 * HOUR, &PLACES), &Standing::default())), [Provinces]);
    assert_eq!(after(&row(4, 16 * HOUR + 1, &PLACES), &Standing::default()), None);
    assert_eq!(after(&row(4, HOUR, &PLACES[..3]), &Standing::default()), None);
}

#[test]
fn a_number_that_is_no_province_is_no_place() {
    assert_eq!(after(&row(4, HOUR, &[1, 31, 48, 99]), &Standing::default()), None);
    assert_eq!(after(&row(6, HOUR, &[1, 2]), &Standing::default()), None);
}

#[test]
fn five_clients_within_an_hour_in_two_provinces_are_unusual() {
    assert_eq!(signs(after(&row(5, 900, &[1, 31]), &Standing::default())), [Burst]);
    assert_eq!(after(&row(5, 901, &[1, 31]), &Standing::default()), None);
    assert_eq!(after(&row(4, 60, &[1, 31]), &Standing::default()), None);
    assert_eq!(after(&row(5, 60, &[1]), &Standing::default()), None);
}

#[test]
fn many_provinces_and_a_burst_are_two_kinds_of_evidence() {
    let found = after(&row(5, 600, &PLACES), &Standing::default()).unwrap();
    assert_eq!((found.gravity, &*found.signs, found.until), (Gravity::Hard, &[Provinces, Burst][..], None));
}

#[test]
fn a_crowd_seen_in_three_ways_is_one_kind_of_evidence() {
    let found = after(&row(15, 60, &[1, 31]), &Standing::default()).unwrap();
    assert_eq!((found.gravity, &*found.signs), (Gravity::Soft, &[ClientsInProvinces, Clients, Burst][..]));
}

#[test]
fn signs_further_apart_than_they_hold_are_not_seen_together() {
    let burst = [(0, 1), (60, 31), (120, 1), (180, 31), (240, 1)];
    let mut visits: Vec<Visit> = (1..).zip(burst).map(|(client, (s, place))| visit(s, client, place)).collect();
    let spread = |start| (10..).zip(PLACES).take(4).map(move |(client, place)| visit(start, client, place));
    let burst_over = 240 + 7 * DAY;
    visits.extend(spread(burst_over));
    assert_eq!(signs(after(&visits, &Standing::default())), [Provinces]);
    visits.truncate(5);
    visits.extend(spread(burst_over - 1));
    assert_eq!(gravity(after(&visits, &Standing::default())), Some(Gravity::Hard));
}

#[test]
fn somebody_else_after_pin_use_is_no_suspicion_alone() {
    let visits = [visit(0, 1, 1), visit(DAY, 2, 31)];
    assert_eq!(after(&visits, &used(0, 1)), None);
}

#[test]
fn somebody_else_after_pin_use_and_many_places_are_two_kinds_of_evidence() {
    let visits = row(5, 10 * HOUR, &PLACES);
    let standing = used(0, 1);
    let found = after(&visits, &standing).unwrap();
    assert_eq!((found.gravity, &*found.signs), (Gravity::Hard, &[Provinces, AfterPin][..]));

    let soft = |seen: Seen<'_>| assert_eq!(signs(suspicion(&seen, &Thresholds::default())), [Provinces]);
    soft(Seen { holds_receipt: true, ..seen(&visits, &standing) });
    soft(Seen { yesterday: ClientHash(1), ..seen(&visits, &standing) });
    soft(seen(&visits, &used(0, 5)));
    soft(seen(&visits, &used(40 * HOUR, 1)));
    soft(seen(&visits, &Standing::default()));
}

#[test]
fn somebody_else_after_pin_use_and_a_crowd_in_more_than_one_place_are_two_kinds_of_evidence() {
    let standing = used(-1, 99);
    let found = after(&row(6, 4 * HOUR, &[1, 1, 1, 31, 31, 31]), &standing).unwrap();
    assert_eq!((found.gravity, &*found.signs), (Gravity::Hard, &[ClientsInProvinces, AfterPin][..]));
    assert_eq!(signs(after(&row(6, 4 * HOUR, &[1, 1, 1, 1, 31, 31]), &standing)), [ClientsInProvinces]);
}

#[test]
fn a_crowd_before_pin_use_and_somebody_else_after_it_are_one_pack() {
    let mut visits = row(6, HOUR, &[1, 31]);
    visits.push(visit(7 * HOUR, 70, 0));
    visits.push(visit(8 * HOUR, 80, 0));
    assert_eq!(signs(after(&visits, &used(7 * HOUR, 70))), [ClientsInProvinces]);
}

#[test]
fn a_soft_suspicion_lasts_until_its_time_and_not_longer() {
    let visits = row(6, HOUR, &[1, 31]);
    let suspicion = after(&visits, &Standing::default());
    let standing = Standing { version: 1, suspicion: suspicion.clone(), ..Standing::default() };
    let over = 5 * HOUR + 7 * DAY;
    assert_eq!(after(&[visit(over - 1, 90, 1)], &standing), suspicion);
    assert_eq!(after(&[visit(over, 90, 1)], &standing), None);
    // The visits that raised it do not raise it again.
    let with = |seconds| [&*visits, &[visit(seconds, 90, 1)]].concat();
    assert_eq!(after(&with(over - 1), &standing), suspicion);
    assert_eq!(after(&with(over), &standing), None);
}

#[test]
fn a_soft_suspicion_is_renewed_when_it_would_last_an_hour_longer_or_stands_on_more() {
    let mut visits = row(6, 60, &[1, 1, 1, 1, 31, 31]);
    let first = after(&visits, &Standing::default()).unwrap();
    assert_eq!(first.signs, [ClientsInProvinces, Burst]);
    let standing = Standing { version: 1, suspicion: Some(first.clone()), ..Standing::default() };
    visits.push(visit(300 + HOUR, 90, 1));
    assert_eq!(after(&visits, &standing).as_ref(), Some(&first));
    visits.push(visit(301 + HOUR, 91, 1));
    let renewed = after(&visits, &standing).unwrap();
    assert_eq!((renewed.at, renewed.until, renewed.count), (at(301 + HOUR), Some(at(301 + HOUR + 7 * DAY)), 8));

    let mut visits = row(6, 60, &[1, 1, 1, 1, 31, 31]);
    visits.extend([visit(310, 90, 48), visit(320, 91, 79)]);
    assert_eq!(gravity(after(&visits, &standing)), Some(Gravity::Hard));
}

#[test]
fn a_hard_suspicion_stays_as_it_is_until_it_is_cleared() {
    let suspicion = after(&row(5, 600, &PLACES), &Standing::default());
    let mut standing = Standing { version: 1, suspicion: suspicion.clone(), ..Standing::default() };
    assert_eq!(after(&[visit(400 * DAY, 90, 1)], &standing), suspicion);
    standing.cleared_at = Some(at(2_400));
    assert_eq!(after(&[visit(400 * DAY, 90, 1)], &standing), None);
}

#[test]
fn visits_up_to_the_clearing_count_for_nothing() {
    let visits = row(6, HOUR, &[1, 31]);
    let cleared = |seconds| Standing { version: 2, cleared_at: Some(at(seconds)), ..Standing::default() };
    assert_eq!(signs(after(&visits, &cleared(-1))), [ClientsInProvinces]);
    assert_eq!(after(&visits, &cleared(0)), None);
}

#[test]
fn a_code_posted_in_public_is_never_taken_for_a_copy() {
    let visits = row(16, 60, &PLACES);
    let posted = Standing { version: 1, shared_publicly: true, ..Standing::default() };
    assert_eq!(after(&row(3, HOUR, &PLACES), &posted), None);
    assert_eq!(gravity(after(&visits, &posted)), Some(Gravity::Soft));
    let taken = Standing { suspicion: after(&visits, &Standing::default()), ..posted };
    assert_eq!(gravity(taken.suspicion.clone()), Some(Gravity::Hard));
    assert_eq!(gravity(after(&[visit(900 + DAY, 90, 1)], &taken)), Some(Gravity::Soft));
    assert_eq!(after(&[visit(900 + 7 * DAY, 90, 1)], &taken), None);
}

#[test]
fn a_clock_that_is_wrong_makes_nothing_last_longer() {
    let mut visits = row(6, HOUR, &[1, 31]);
    let standing = Standing::default();
    let this = visits[5];
    visits.extend((0..6).map(|n| visit(4_000 * DAY, 50 + n, PLACES[usize::try_from(n % 2).unwrap()])));
    let found = suspicion(&Seen { this, ..seen(&visits, &standing) }, &Thresholds::default()).unwrap();
    assert_eq!((found.at, found.until), (this.at, Some(at(5 * HOUR + 7 * DAY))));
    // Nor do times at the end of time break anything.
    let last = Visit { at: Timestamp::MAX, ..this };
    assert!(suspicion(&Seen { this: last, ..seen(&visits, &standing) }, &Thresholds::default()).is_none());
}
