//! What every engine promises of reports. Each part takes an empty store.

use super::{
    CONTACT_KEPT_S, Filter, Hold, KEY_KEPT_S, Kept, NewReport, Photo, REPORT_KEPT_S, Report, ReporterContact, Reports,
    Step,
};
use crate::registry::{Digest, Id};

use jiff::{SignedDuration, Timestamp};
use nguon_openapi::{Lang, ReportReason, ReportState};

/// Everything, each part over a store of its own.
pub(crate) async fn all<S: Reports>(mut empty: impl AsyncFnMut() -> S) {
    an_empty_store_has_no_report(&empty().await).await;
    a_report_is_found_by_its_receipt_and_by_its_number(&empty().await).await;
    what_is_kept_apart_is_read_apart(&empty().await).await;
    a_report_that_is_sent_again_is_one_report(&empty().await).await;
    a_key_is_taken_by_one_report_a_day(&empty().await).await;
    a_list_goes_on_after_its_cursor_and_takes_what_its_filter_takes(&empty().await).await;
    only_the_one_who_saw_the_last_version_changes_it(&empty().await).await;
    a_contact_outlives_the_closing_by_90_days(&empty().await).await;
    a_report_is_destroyed_with_all_that_belongs_to_it(&empty().await).await;
    what_is_held_is_kept_until_the_hold_ends_and_nothing_else_with_it(&empty().await).await;
}

fn start() -> Timestamp {
    "2026-11-29T03:00:00Z".parse().unwrap()
}

fn after(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

fn receipt(n: u8) -> Digest {
    Digest([n; 16])
}

fn new(n: u8) -> NewReport {
    let report = Report {
        number: 0,
        version: 1,
        receipt: receipt(n),
        at: after(i64::from(n)),
        code: format!("(01)09520000010010(21)S{n}"),
        gtin: Some("09520000010010".parse().unwrap()),
        publisher: Some(Id::try_from("coop").unwrap()),
        reason: ReportReason::SealBroken,
        text: Some("Nắp hở\nmùi lạ".to_owned()),
        place: Some("Chợ Sắt".to_owned()),
        lang: Lang::Vi,
        has_photo: true,
        has_contact: true,
        state: ReportState::Received,
        answer: None,
        steps: Vec::new(),
        held: None,
    };
    NewReport {
        report,
        contact: Some(ReporterContact(format!("0912 345 {n:03}"))),
        photo: Some(Photo(vec![0xFF, 0xD8, n, 0, 13, 10])),
        key: None,
    }
}

async fn kept(store: &dyn Reports, n: u8) -> Report {
    assert_eq!(store.keep(&new(n)).await.unwrap(), Kept::New);
    store.of_receipt(&receipt(n)).await.unwrap().unwrap()
}

/// The next version of a report, in a state.
fn moved(was: &Report, state: ReportState, at: Timestamp) -> Report {
    let by = Id::try_from("operator").unwrap();
    let mut is = Report { state, version: was.version + 1, ..was.clone() };
    is.steps.push(Step { at, by, state, why: Some("xong".to_owned()) });
    is
}

async fn numbers(store: &dyn Reports, filter: &Filter) -> Vec<u64> {
    store.list(filter, 0, 100).await.unwrap().iter().map(|report| report.number).collect()
}

fn in_state(state: ReportState) -> Filter {
    Filter { state: Some(state), ..Filter::default() }
}

async fn an_empty_store_has_no_report(store: &dyn Reports) {
    assert_eq!(store.of_receipt(&receipt(1)).await.unwrap(), None);
    for number in [0, 1, u64::MAX] {
        assert_eq!(store.of_number(number).await.unwrap(), None);
    }
    assert_eq!(store.list(&Filter::default(), 0, 10).await.unwrap(), []);
    assert_eq!(store.contact(&new(1).report).await.unwrap(), None);
    assert_eq!(store.photo(&new(1).report).await.unwrap(), None);
    assert_eq!(store.expire(start()).await.unwrap(), 0);
}

async fn a_report_is_found_by_its_receipt_and_by_its_number(store: &dyn Reports) {
    for n in 1..=3 {
        let report = kept(store, n).await;
        assert_eq!(report, Report { number: n.into(), ..new(n).report });
        assert_eq!(store.of_number(n.into()).await.unwrap(), Some(report));
    }
    assert_eq!(store.of_receipt(&receipt(9)).await.unwrap(), None);
    assert_eq!(store.of_number(4).await.unwrap(), None);
}

async fn what_is_kept_apart_is_read_apart(store: &dyn Reports) {
    let report = kept(store, 1).await;
    assert_eq!(store.contact(&report).await.unwrap(), new(1).contact);
    assert_eq!(store.photo(&report).await.unwrap(), new(1).photo);
    let bare = NewReport { contact: None, photo: None, ..new(2) };
    store.keep(&bare).await.unwrap();
    let report = store.of_receipt(&receipt(2)).await.unwrap().unwrap();
    assert_eq!(store.contact(&report).await.unwrap(), None);
    assert_eq!(store.photo(&report).await.unwrap(), None);
}

async fn a_report_that_is_sent_again_is_one_report(store: &dyn Reports) {
    kept(store, 1).await;
    let later = NewReport { report: Report { at: after(500), ..new(1).report }, ..new(1) };
    assert_eq!(store.keep(&later).await.unwrap(), Kept::Before { at: after(1) });
    assert_eq!(numbers(store, &Filter::default()).await, [1]);
}

async fn a_key_is_taken_by_one_report_a_day(store: &dyn Reports) {
    let key = Some(Digest([7; 16]));
    assert_eq!(store.keep(&NewReport { key, ..new(1) }).await.unwrap(), Kept::New);
    assert_eq!(store.keep(&NewReport { key, ..new(1) }).await.unwrap(), Kept::Before { at: after(1) });
    assert_eq!(store.keep(&NewReport { key, ..new(2) }).await.unwrap(), Kept::KeyTaken);
    assert_eq!(store.of_receipt(&receipt(2)).await.unwrap(), None);
    assert_eq!(store.keep(&NewReport { key: Some(Digest([8; 16])), ..new(2) }).await.unwrap(), Kept::New);
    assert_eq!(numbers(store, &Filter::default()).await, [1, 2]);
    // Which clock says that the day is over differs; that nothing else goes with the key does not.
    store.expire(after(KEY_KEPT_S + 10)).await.unwrap();
    assert_eq!(numbers(store, &Filter::default()).await, [1, 2]);
}

async fn a_list_goes_on_after_its_cursor_and_takes_what_its_filter_takes(store: &dyn Reports) {
    for n in 1..=20 {
        let mut new = new(n);
        if n % 2 == 0 {
            new.report.gtin = None;
            new.report.publisher = None;
        } else if n % 5 == 0 {
            new.report.publisher = Some(Id::try_from("other").unwrap());
        }
        store.keep(&new).await.unwrap();
    }
    let mut found = Vec::new();
    loop {
        let page = store.list(&Filter::default(), found.last().copied().unwrap_or_default(), 6).await.unwrap();
        assert!(page.len() <= 6);
        found.extend(page.iter().map(|report| report.number));
        if page.is_empty() {
            break;
        }
    }
    assert_eq!(found, (1..=20).collect::<Vec<u64>>());
    let five = store.of_number(5).await.unwrap().unwrap();
    assert!(store.replace(&five, &moved(&five, ReportState::Read, after(99))).await.unwrap());
    let other = Some(Id::try_from("other").unwrap());
    let gtin = Some("09520000010010".parse().unwrap());
    for (filter, expected) in [
        (Filter { publisher: other.clone(), ..Filter::default() }, vec![5, 15]),
        (Filter { gtin, ..Filter::default() }, (1..=20).filter(|n| n % 2 == 1).collect()),
        (Filter { gtin, publisher: other.clone(), state: Some(ReportState::Received) }, vec![15]),
        (in_state(ReportState::Read), vec![5]),
        (in_state(ReportState::Received), (1..=20).filter(|n| *n != 5).collect()),
        (Filter { publisher: other, state: Some(ReportState::Closed), gtin: None }, vec![]),
    ] {
        assert_eq!(numbers(store, &filter).await, expected, "{filter:?}");
    }
}

async fn only_the_one_who_saw_the_last_version_changes_it(store: &dyn Reports) {
    let was = kept(store, 1).await;
    let read = moved(&was, ReportState::Read, after(60));
    assert!(store.replace(&was, &read).await.unwrap());
    assert!(!store.replace(&was, &moved(&was, ReportState::Closed, after(70))).await.unwrap());
    assert_eq!(store.of_receipt(&receipt(1)).await.unwrap(), Some(read.clone()));
    let answered = Report { answer: Some("Cảm ơn".to_owned()), ..moved(&read, ReportState::Answered, after(80)) };
    assert!(store.replace(&read, &answered).await.unwrap());
    assert_eq!(store.of_number(1).await.unwrap(), Some(answered.clone()));
    assert_eq!(numbers(store, &in_state(ReportState::Answered)).await, [1]);
    assert!(numbers(store, &in_state(ReportState::Read)).await.is_empty());
    assert_eq!(store.contact(&answered).await.unwrap(), new(1).contact);
    let missing = Report { receipt: receipt(9), number: 9, ..was };
    assert!(!store.replace(&missing, &moved(&missing, ReportState::Read, after(60))).await.unwrap());
}

async fn a_contact_outlives_the_closing_by_90_days(store: &dyn Reports) {
    for n in 1..=3 {
        let was = kept(store, n).await;
        let state = if n == 3 { ReportState::Answered } else { ReportState::Closed };
        assert!(store.replace(&was, &moved(&was, state, after(1_000))).await.unwrap());
    }
    // Opened again: what was to be forgotten is needed.
    let was = store.of_number(2).await.unwrap().unwrap();
    assert!(store.replace(&was, &moved(&was, ReportState::Read, after(2_000))).await.unwrap());
    assert_eq!(store.expire(after(1_000 + CONTACT_KEPT_S - 1)).await.unwrap(), 0);
    assert_eq!(store.expire(after(1_000 + CONTACT_KEPT_S)).await.unwrap(), 1);
    let closed = store.of_number(1).await.unwrap().unwrap();
    assert!(!closed.has_contact);
    assert_eq!((closed.version, closed.state), (3, ReportState::Closed));
    assert_eq!(store.contact(&closed).await.unwrap(), None);
    assert_eq!(store.photo(&closed).await.unwrap(), new(1).photo);
    for n in [2, 3] {
        let open = store.of_number(n).await.unwrap().unwrap();
        assert!(store.contact(&open).await.unwrap().is_some() && open.has_contact);
    }
    assert_eq!(store.expire(after(1_000 + CONTACT_KEPT_S)).await.unwrap(), 0);
}

async fn a_report_is_destroyed_with_all_that_belongs_to_it(store: &dyn Reports) {
    for n in 1..=3 {
        kept(store, n).await;
    }
    let first = store.of_number(1).await.unwrap().unwrap();
    assert_eq!(store.expire(after(REPORT_KEPT_S)).await.unwrap(), 0);
    assert_eq!(store.expire(after(REPORT_KEPT_S + 2)).await.unwrap(), 2);
    assert_eq!(numbers(store, &Filter::default()).await, [3]);
    assert_eq!(numbers(store, &in_state(ReportState::Received)).await, [3]);
    assert_eq!(store.of_receipt(&receipt(1)).await.unwrap(), None);
    assert_eq!(store.of_number(1).await.unwrap(), None);
    assert_eq!(store.contact(&first).await.unwrap(), None);
    assert_eq!(store.photo(&first).await.unwrap(), None);
    // A number is never given twice.
    assert_eq!(store.expire(after(REPORT_KEPT_S + 3)).await.unwrap(), 1);
    assert_eq!(kept(store, 4).await.number, 4);
}

async fn what_is_held_is_kept_until_the_hold_ends_and_nothing_else_with_it(store: &dyn Reports) {
    let end = REPORT_KEPT_S + 5_000;
    for n in 1..=3 {
        let was = kept(store, n).await;
        let closed = moved(&was, ReportState::Closed, after(1_000));
        assert!(store.replace(&was, &closed).await.unwrap());
        if n == 1 {
            let (by, why) = (Id::try_from("hoa").unwrap(), "Vụ việc số 7".to_owned());
            let hold = Some(Hold { at: after(1_100), by, why, until: after(end) });
            let under_hold = Report { held: hold, version: closed.version + 1, ..closed.clone() };
            assert!(store.replace(&closed, &under_hold).await.unwrap());
        }
    }
    assert_eq!(store.expire(after(1_000 + CONTACT_KEPT_S)).await.unwrap(), 2, "two contacts");
    let held = store.of_number(1).await.unwrap().unwrap();
    assert_eq!(store.contact(&held).await.unwrap(), new(1).contact);
    // Those that came after it do not wait for it.
    assert_eq!(store.expire(after(REPORT_KEPT_S + 4)).await.unwrap(), 2);
    assert_eq!(numbers(store, &Filter::default()).await, [1]);
    assert_eq!(store.photo(&held).await.unwrap(), new(1).photo);
    assert_eq!(store.contact(&held).await.unwrap(), new(1).contact);
    assert_eq!(store.expire(after(end - 1)).await.unwrap(), 0);
    assert_eq!(store.expire(after(end)).await.unwrap(), 1);
    assert!(numbers(store, &Filter::default()).await.is_empty());
    assert_eq!(store.contact(&held).await.unwrap(), None);
}
