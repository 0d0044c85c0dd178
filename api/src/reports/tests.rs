//! A reception over a store, and over one that fails.

mod later;

use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use nguon_openapi::ReportState;

use super::*;
use crate::registry::Id;
use crate::store::reports::{Filter, Kept, NewReport, Photo, Report, ReporterContact, Reports};
use crate::store::{EmbeddedStore, StoreError};
use crate::telemetry::Telemetry;

fn now() -> Timestamp {
    "2026-11-29T03:00:00Z".parse().unwrap()
}

fn draft(text: &str) -> Draft {
    let given = Given {
        code: "(01)09520000010010(10)L01A".to_owned(),
        reason: "seal_broken".to_owned(),
        text: text.to_owned(),
        contact: "0912 345 678".to_owned(),
        ..Given::default()
    };
    Draft::of(given).unwrap()
}

fn reception() -> Reception {
    let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
    Reception::over(Arc::<EmbeddedStore>::clone(&store), store, &Telemetry::default())
}

fn change(state: ReportState) -> Change {
    Change { state, answer: None, why: None, by: Id::try_from("desk").unwrap(), version: None }
}

async fn taken(reception: &Reception, text: &str, chance: u8) -> Taken {
    let draft = draft(text);
    let receipt = Reception::receipt(&draft, None, [chance; RECEIPT_BYTES]);
    reception.take(draft, receipt, None, now()).await.unwrap()
}

#[tokio::test]
async fn a_receipt_is_of_a_report_that_is_kept() {
    let reception = reception();
    let taken = taken(&reception, "hở", 1).await;
    assert_eq!(reception.known(taken.receipt).await, Some(taken));
    let (report, contact) = reception.look_at(1).await.unwrap().unwrap();
    assert_eq!((report.text.as_deref(), report.at), (Some("hở"), now()));
    assert_eq!(contact.unwrap().0, "0912 345 678");
    assert_eq!(reception.known(Receipt::of_chance([9; RECEIPT_BYTES])).await, None);
}

#[tokio::test]
async fn under_a_key_the_same_report_has_the_same_receipt_and_the_time_of_its_first() {
    let reception = reception();
    let key = Key::of("0123456789abcdef").unwrap();
    let take = async |text: &str, at: Timestamp| {
        let draft = draft(text);
        let receipt = Reception::receipt(&draft, Some(&key), [7; RECEIPT_BYTES]);
        reception.take(draft, receipt, Some(&key), at).await
    };
    let first = take("hở", now()).await.unwrap();
    let later = now() + SignedDuration::from_hours(1);
    assert_eq!(take("hở", later).await.unwrap(), first);
    assert!(matches!(take("khác", later).await, Err(Turned::KeyTaken)));
    for key in ["", "short", "0123456789abcde f", "0123456789abcdeé", &"x".repeat(201)] {
        assert!(Key::of(key).is_none(), "{key}");
    }
}

#[tokio::test]
async fn a_photo_that_cannot_be_read_keeps_nothing() {
    let reception = reception();
    let mut draft = draft("hở");
    draft.photo = Some(Bytes::from_static(b"\xFF\xD8\xFF no picture"));
    let receipt = Receipt::of_chance([1; RECEIPT_BYTES]);
    let turned = reception.take(draft, receipt, None, now()).await;
    assert!(matches!(turned, Err(Turned::Faulty(Fault::PhotoUnreadable))));
    assert_eq!(reception.known(receipt).await, None);
}

#[tokio::test]
async fn a_report_goes_its_way_step_by_step() {
    let reception = reception();
    let receipt = taken(&reception, "hở", 1).await.receipt;
    let day = |at: Timestamp| crate::verify::today(at);
    let refused = |refused: Refused| match refused {
        Refused::Unfit(field, _) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(reception.change(1, &change(ReportState::Received), now()).await.unwrap_err()), "status");
    assert_eq!(refused(reception.change(1, &change(ReportState::Answered), now()).await.unwrap_err()), "answer");
    let answered = Change { answer: Some(" Cảm ơn\u{202E} ".to_owned()), ..change(ReportState::Answered) };
    assert_eq!(reception.change(1, &answered, now()).await.unwrap().answer.as_deref(), Some("Cảm ơn"));
    let status = reception.status(receipt, "Ai đó", day).await.unwrap().unwrap();
    assert_eq!((status.status, status.read_at, status.answered_at), (ReportState::Answered, Some(now()), Some(now())));
    reception.change(1, &change(ReportState::Closed), now()).await.unwrap();
    assert_eq!(refused(reception.change(1, &change(ReportState::Read), now()).await.unwrap_err()), "why");
    let late = Change { version: Some(1), ..change(ReportState::Closed) };
    assert!(matches!(reception.change(1, &late, now()).await, Err(Refused::Moved { version: 3 })));
    assert!(matches!(reception.change(2, &late, now()).await, Err(Refused::Missing)));
    let status = reception.status(receipt, "Ai đó", day).await.unwrap().unwrap();
    assert_eq!((status.closed_at, status.answer.as_deref()), (Some(now()), Some("Cảm ơn")));
}

#[tokio::test]
async fn no_cell_of_a_sheet_is_calculated_and_no_contact_is_in_it() {
    let reception = reception();
    for (n, text) in ["=1+1", "a\n@SUM(1)", "+1", "\u{200B}=1"].into_iter().enumerate() {
        taken(&reception, text, u8::try_from(n).unwrap()).await;
    }
    let reports = reception.list(&Filter::default(), 0, 10).await.unwrap();
    let sheet = String::from_utf8(sheet(&reports)).unwrap();
    assert!(!sheet.contains("0912"), "{sheet}");
    for cell in sheet.lines().flat_map(|line| line.split(',')) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '@']), "{cell}");
    }
}

/// A store that may have kept what it was given, and does not say so.
struct Silent;

fn away<T>() -> Result<T, StoreError> {
    Err(StoreError::Unreachable("it does not answer".to_owned()))
}

#[async_trait::async_trait]
impl Reports for Silent {
    async fn keep(&self, _: &NewReport) -> Result<Kept, StoreError> {
        away()
    }
    async fn of_receipt(&self, _: &crate::registry::Digest) -> Result<Option<Report>, StoreError> {
        away()
    }
    async fn of_number(&self, _: u64) -> Result<Option<Report>, StoreError> {
        away()
    }
    async fn list(&self, _: &Filter, _: u64, _: usize) -> Result<Vec<Report>, StoreError> {
        away()
    }
    async fn replace(&self, _: &Report, _: &Report) -> Result<bool, StoreError> {
        away()
    }
    async fn contact(&self, _: &Report) -> Result<Option<ReporterContact>, StoreError> {
        away()
    }
    async fn photo(&self, _: &Report) -> Result<Option<Photo>, StoreError> {
        away()
    }
    async fn expire(&self, _: Timestamp) -> Result<usize, StoreError> {
        away()
    }
}

#[tokio::test]
async fn what_is_not_certain_to_be_kept_gets_no_receipt() {
    let telemetry = Telemetry::default();
    let records = Arc::new(EmbeddedStore::open_temporary().unwrap());
    let reception = Reception::over(Arc::new(Silent), records, &telemetry);
    let receipt = Receipt::of_chance([1; RECEIPT_BYTES]);
    let turned = reception.take(draft("hở"), receipt, None, now()).await;
    assert!(matches!(turned, Err(Turned::NotKept(StoreError::Unreachable(_)))));
    assert_eq!(reception.known(receipt).await, None);
    assert!(String::from_utf8(telemetry.text()).unwrap().contains("nguon_reports_not_kept_total 1"));
}

#[test]
fn a_report_on_its_way_is_one_line_of_json_and_comes_back_whole() {
    let report = Report {
        number: 0,
        version: 1,
        receipt: Receipt::of_chance([1; RECEIPT_BYTES]).hash(),
        at: now(),
        code: "\u{1D}0109520000010010".to_owned(),
        gtin: None,
        publisher: None,
        reason: nguon_openapi::ReportReason::Other,
        text: Some("một\nhai".to_owned()),
        place: None,
        lang: nguon_openapi::Lang::En,
        has_photo: true,
        has_contact: true,
        state: ReportState::Received,
        answer: None,
        steps: Vec::new(),
        held: None,
    };
    let contact = Some(ReporterContact("a@b.vn".to_owned()));
    let new = NewReport { report, contact, photo: Some(Photo(vec![0, 10, 13, 255])), key: None };
    let line = serde_json::to_string(&new).unwrap();
    assert!(!line.contains('\n'));
    assert_eq!(serde_json::from_str::<NewReport>(&line).unwrap(), new);
}
