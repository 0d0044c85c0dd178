//! Reports that wait for a store that comes back.

use core::sync::atomic::{AtomicBool, Ordering};
use std::path::Path;

use tempfile::TempDir;
use tokio::time::{Instant, sleep, timeout};

use super::super::photo::KEPT_BYTES;
use super::super::reception::written;
use super::*;
use crate::clock::SystemClock;
use crate::journal::{Bounds, Journal};
use crate::registry::Digest;

/// A store that goes away, and that may take a report and not say so.
struct Fickle {
    store: EmbeddedStore,
    away: AtomicBool,
    takes: AtomicBool,
}

impl Fickle {
    fn here(&self) -> Result<&EmbeddedStore, StoreError> {
        if self.away.load(Ordering::SeqCst) { super::away() } else { Ok(&self.store) }
    }
}

#[async_trait::async_trait]
impl Reports for Fickle {
    async fn keep(&self, new: &NewReport) -> Result<Kept, StoreError> {
        if self.takes.load(Ordering::SeqCst) {
            self.store.keep(new).await?;
        }
        self.here()?.keep(new).await
    }
    async fn of_receipt(&self, receipt: &Digest) -> Result<Option<Report>, StoreError> {
        self.here()?.of_receipt(receipt).await
    }
    async fn of_number(&self, number: u64) -> Result<Option<Report>, StoreError> {
        self.here()?.of_number(number).await
    }
    async fn list(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
        self.here()?.list(filter, after, limit).await
    }
    async fn replace(&self, was: &Report, is: &Report) -> Result<bool, StoreError> {
        self.here()?.replace(was, is).await
    }
    async fn contact(&self, report: &Report) -> Result<Option<ReporterContact>, StoreError> {
        self.here()?.contact(report).await
    }
    async fn photo(&self, report: &Report) -> Result<Option<Photo>, StoreError> {
        self.here()?.photo(report).await
    }
    async fn expire(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.here()?.expire(now).await
    }
}

struct Desk {
    folder: TempDir,
    fickle: Arc<Fickle>,
    telemetry: Telemetry,
}

impl Desk {
    fn new() -> Self {
        let store = EmbeddedStore::open_temporary().unwrap();
        let fickle = Arc::new(Fickle { store, away: AtomicBool::new(true), takes: AtomicBool::default() });
        Self { folder: tempfile::tempdir().unwrap(), fickle, telemetry: Telemetry::default() }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("journal.reports")
    }

    fn reception(&self, bounds: Bounds) -> Reception {
        let (journal, _) = Journal::open(&self.path(), bounds).unwrap();
        let records = Arc::new(self.fickle.store.clone());
        let reports = Arc::<Fickle>::clone(&self.fickle);
        Reception::over(reports, records, &self.telemetry).with_journal(Some(journal))
    }

    /// The store is back, and what waits is passed on.
    async fn back(&self, reception: &Reception) {
        self.fickle.away.store(false, Ordering::SeqCst);
        let until = async {
            let begun = Instant::now();
            while reception.anything_waits().await || reception.counts.waiting.get() > 0 {
                assert!(begun.elapsed().as_secs() < 30, "it is passed on");
                sleep(core::time::Duration::from_millis(5)).await;
            }
        };
        let passing_on = timeout(core::time::Duration::from_mins(1), reception.pass_on(&SystemClock));
        tokio::select! { _ = passing_on => panic!("it goes on for ever"), () = until => {} }
    }

    fn metrics(&self) -> String {
        String::from_utf8(self.telemetry.text()).unwrap()
    }
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

async fn all(reception: &Reception) -> Vec<Report> {
    reception.list(&Filter::default(), 0, 10).await.unwrap()
}

fn with_photo() -> Draft {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(40, 30).write_to(&mut png, image::ImageFormat::Png).unwrap();
    Draft { photo: Some(png.into_inner().into()), ..draft("hở") }
}

#[tokio::test]
async fn a_report_waits_on_disk_and_is_one_with_contact_and_photo_when_the_store_is_back() {
    let desk = Desk::new();
    let reception = desk.reception(Bounds::REPORTS);
    let receipt = Receipt::of_chance([1; RECEIPT_BYTES]);
    let taken = reception.take(with_photo(), receipt, None, now()).await.unwrap();
    assert_eq!(taken, Taken { receipt, at: now(), passed_on: false });
    assert!(holds(&bytes(&desk.path()), "0912 345 678"), "it is on disk");
    let status = async |reception: &Reception| reception.status(receipt, "Ai đó", crate::verify::today).await;
    assert_eq!(status(&reception).await.unwrap().unwrap().status, ReportState::Received);
    assert!(desk.metrics().contains("nguon_reports_waiting 1"));
    // The process ends, and the next one knows no receipt: then it cannot say that there is no such report.
    drop(reception);
    let reception = desk.reception(Bounds::REPORTS);
    desk.fickle.away.store(false, Ordering::SeqCst);
    assert!(matches!(status(&reception).await, Err(StoreError::Unreachable(_))));
    desk.back(&reception).await;
    let [report] = &all(&reception).await[..] else { panic!("one report") };
    assert_eq!((report.text.as_deref(), report.at), (Some("hở"), now()));
    assert!(reception.photo(report.number).await.unwrap().is_some());
    assert_eq!(reception.look_at(report.number).await.unwrap().unwrap().1.unwrap().0, "0912 345 678");
    assert_eq!(status(&reception).await.unwrap().unwrap().received_at, now());
    assert!(bytes(&desk.path()).is_empty(), "what was passed on is not kept here any more");
}

#[tokio::test]
async fn a_report_that_the_store_had_taken_without_saying_so_is_one() {
    let desk = Desk::new();
    let reception = desk.reception(Bounds::REPORTS);
    desk.fickle.takes.store(true, Ordering::SeqCst);
    assert!(!taken(&reception, "hở", 1).await.passed_on);
    desk.fickle.takes.store(false, Ordering::SeqCst);
    desk.back(&reception).await;
    assert_eq!(all(&reception).await.len(), 1);
}

#[tokio::test]
async fn a_report_sent_again_while_it_waits_is_the_same_and_every_receipt_that_was_given_is_found() {
    let desk = Desk::new();
    let reception = desk.reception(Bounds::REPORTS);
    let key = Key::of("0123456789abcdef").unwrap();
    let take = async |text: &str| {
        let draft = draft(text);
        let receipt = Reception::receipt(&draft, Some(&key), [7; RECEIPT_BYTES]);
        reception.take(draft, receipt, Some(&key), now()).await.unwrap()
    };
    let first = take("hở").await;
    assert_eq!(reception.known(first.receipt).await, Some(first));
    take("hở").await;
    // Another report under the same key: nobody could tell, and it has a receipt.
    let other = take("khác").await;
    desk.back(&reception).await;
    assert_eq!(all(&reception).await.len(), 2);
    for taken in [first, other] {
        assert_eq!(reception.known(taken.receipt).await, Some(Taken { passed_on: true, ..taken }));
    }
}

#[tokio::test]
async fn a_journal_that_is_full_acknowledges_nothing() {
    let desk = Desk::new();
    let reception = desk.reception(Bounds { total_bytes: 100, ..Bounds::REPORTS });
    let receipt = Receipt::of_chance([1; RECEIPT_BYTES]);
    let turned = reception.take(draft("hở"), receipt, None, now()).await;
    assert!(matches!(turned, Err(Turned::NotKept(StoreError::Unreachable(_)))));
    assert_eq!((reception.known(receipt).await, bytes(&desk.path()).len()), (None, 0));
    assert!(desk.metrics().contains("nguon_reports_not_kept_total 1"));
}

#[tokio::test]
async fn the_largest_report_fits_into_a_line() {
    let desk = Desk::new();
    let reception = desk.reception(Bounds::REPORTS);
    let given = Given {
        code: "\u{1d}".repeat(gs1::MAX_BYTES),
        reason: "not_as_described".to_owned(),
        text: "\u{10348}".repeat(TEXT_CHARS),
        place: "\u{10348}".repeat(PLACE_CHARS),
        contact: format!("{}@example.vn", "x".repeat(CONTACT_CHARS - 11)),
        ..Given::default()
    };
    let receipt = Receipt::of_chance([1; RECEIPT_BYTES]);
    let mut new = written(Draft::of(given).unwrap(), None, None, receipt, None, now());
    new.photo = Some(Photo(vec![0xFF; KEPT_BYTES]));
    assert!(reception.keep_for_later(&new, away::<()>().unwrap_err()).await.is_ok());
}
