//! Where reports are received: kept first, then acknowledged.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nguon_openapi::ReportState;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::counts::Counts;
use super::draft::Draft;
use super::fault::Fault;
use super::later::Waiting;
use super::photo;
use super::receipt::Receipt;
use super::room::Room;
use crate::journal::Journal;
use crate::registry::{Digest, Id};
use crate::store::reports::{Kept, NewReport, Photo, Report, ReporterContact, Reports};
use crate::store::{Entry, Key as StoreKey, Store, StoreError};
use crate::telemetry::Telemetry;

/// Photos developed at a time: each takes a core and up to 250 MB.
const DEVELOPED_AT_A_TIME: usize = 2;
/// Longest that a photo waits for its turn.
const TURN: Duration = Duration::from_secs(10);
/// Longest that it may take to find out whose product it is: a report does not wait for that.
const OWNER: Duration = Duration::from_millis(250);
/// How often what has outlived its time is destroyed.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// Shortest key that is taken, in characters: the receipt of a report under a key is as hard to guess as the key.
const KEY_CHARS: core::ops::RangeInclusive<usize> = 16..=200;

/// An `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same report under the same key is one report.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A key of 16 to 200 visible ASCII characters.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let fits = KEY_CHARS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// What is kept of it: it belongs to one code.
    fn hash(&self, code: &str) -> Digest {
        let digest = Sha256::new()
            .chain_update(b"nguon report key\0")
            .chain_update(Sha256::digest(self.0.as_bytes()))
            .chain_update(code.as_bytes())
            .finalize();
        Digest::of_hash(&digest.into())
    }
}

/// A report that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it is found by.
    pub receipt: Receipt,
    /// When it was received.
    pub at: Timestamp,
    /// It is where it is read. If not, it is on this node's disk and will be passed on.
    pub passed_on: bool,
}

/// Why a report was not taken.
#[derive(Clone, Debug)]
pub enum Turned {
    /// Something in it is wrong.
    Faulty(Fault),
    /// The key belongs to another report.
    KeyTaken,
    /// Too many photos are being developed.
    Busy,
    /// It could not be kept. Sent again, nothing is lost.
    NotKept(StoreError),
}

/// Where a report was kept.
enum Where {
    /// Where it is read.
    Store(Kept),
    /// In this node's journal.
    Journal,
}

/// Where reports are received.
pub struct Reception {
    pub(super) reports: Arc<dyn Reports>,
    pub(super) records: Arc<dyn Store>,
    /// Where reports wait that cannot be kept where they are read; `None`: they are refused.
    pub(super) journal: Option<Journal>,
    pub(super) waiting: Waiting,
    developing: Arc<Semaphore>,
    room: Room,
    pub(super) counts: Counts,
}

impl Reception {
    /// A reception that keeps reports in one place and finds products in another.
    #[must_use]
    pub fn over(reports: Arc<dyn Reports>, records: Arc<dyn Store>, telemetry: &Telemetry) -> Self {
        let developing = Arc::new(Semaphore::new(DEVELOPED_AT_A_TIME));
        let (journal, waiting) = (None, Waiting::default());
        Self { reports, records, journal, waiting, developing, room: Room::default(), counts: Counts::in_(telemetry) }
    }

    /// The receipt of a draft: of its key, or of chance.
    #[must_use]
    pub fn receipt(draft: &Draft, key: Option<&Key>, chance: [u8; super::RECEIPT_BYTES]) -> Receipt {
        key.map_or_else(|| Receipt::of_chance(chance), |key| Receipt::of_key(&key.0, &draft.digest()))
    }

    /// The report that was kept under this receipt before, if it was and the store, or this process, can say so.
    pub async fn known(&self, receipt: Receipt) -> Option<Taken> {
        if let Some(at) = self.waits_since(&receipt.hash()) {
            return Some(Taken { receipt, at, passed_on: false });
        }
        let report = self.reports.of_receipt(&receipt.hash()).await.ok()??;
        Some(Taken { receipt, at: report.at, passed_on: true })
    }

    /// Take a report: when this returns a receipt, the report is on disk.
    ///
    /// # Errors
    /// Why it is not.
    pub async fn take(
        &self,
        draft: Draft,
        receipt: Receipt,
        key: Option<&Key>,
        now: Timestamp,
    ) -> Result<Taken, Turned> {
        let photo = match draft.photo.clone() {
            Some(bytes) => Some(self.develop(bytes).await?),
            None => None,
        };
        let reason = draft.reason;
        let owner = self.owner_in_time(draft.gtin).await;
        let new = written(draft, owner.clone().unwrap_or_default(), photo, receipt, key, now);
        let (at, passed_on) = match self.keep(&new, owner.err()).await {
            Ok(Where::Store(Kept::New)) => (now, true),
            Ok(Where::Store(Kept::Before { at })) => return Ok(Taken { receipt, at, passed_on: true }),
            Ok(Where::Store(Kept::KeyTaken)) => return Err(Turned::KeyTaken),
            Ok(Where::Journal) => (now, false),
            Err(error) => {
                self.counts.not_kept.inc();
                return Err(Turned::NotKept(error));
            }
        };
        self.counts.kept(reason);
        Ok(Taken { receipt, at, passed_on })
    }

    /// Keep a report durably. No receipt is given before this has returned, and nothing else stands between a report
    /// and a disk: the store's, or this node's while the store is away. A store that did not say whose product it is
    /// (`away`) is not asked to keep it where there is a journal: what it did late would lack that for ever.
    async fn keep(&self, new: &NewReport, away: Option<StoreError>) -> Result<Where, StoreError> {
        if let Some(away) = away
            && self.keep_for_later(new, away).await.is_ok()
        {
            return Ok(Where::Journal);
        }
        match self.reports.keep(new).await {
            Ok(kept) => Ok(Where::Store(kept)),
            Err(error) => self.keep_for_later(new, error).await.map(|()| Where::Journal),
        }
    }

    /// Memory for reports on their way.
    #[must_use]
    pub const fn room(&self) -> &Room {
        &self.room
    }

    /// A limit has turned one away.
    pub fn turned_away(&self) {
        self.counts.turned_away.inc();
    }

    async fn develop(&self, bytes: bytes::Bytes) -> Result<Photo, Turned> {
        let turn = timeout(TURN, Arc::clone(&self.developing).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(Turned::Busy) };
        let developing = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _turn = turn;
            photo::develop(&bytes)
        });
        developing.await.unwrap_or(Err(Fault::PhotoUnreadable)).map_err(Turned::Faulty)
    }

    /// Whose product it is, if the store says so at once.
    async fn owner_in_time(&self, gtin: Option<gs1::Gtin14>) -> Result<Option<Id>, StoreError> {
        let Some(gtin) = gtin else { return Ok(None) };
        match timeout(OWNER, self.owner(gtin)).await {
            Ok(owner) => owner,
            Err(_) => Err(StoreError::Unreachable("whose product it is was not said in time".to_owned())),
        }
    }

    /// Whose product it is; `None` where it is on no record.
    pub(super) async fn owner(&self, gtin: gs1::Gtin14) -> Result<Option<Id>, StoreError> {
        let read = self.records.read(&[StoreKey::Product(gtin)]).await?;
        Ok(read.entries.into_iter().flatten().find_map(|entry| match entry {
            Entry::Product(product) => Some(product.publisher.clone()),
            _ => None,
        }))
    }

    /// Destroy what has outlived its time, now and once an hour, as long as this runs.
    pub async fn sweep(&self, clock: &dyn crate::clock::Clock) {
        loop {
            match self.reports.expire(clock.now()).await {
                Ok(0) => {}
                Ok(gone) => {
                    self.counts.expired.inc_by(gone as u64);
                    tracing::info!(gone, "reports or contacts whose time was up were destroyed");
                }
                Err(error) => tracing::warn!(%error, "reports whose time is up could not be destroyed: tried again"),
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    }
}

/// A draft as it is kept.
pub(super) fn written(
    draft: Draft,
    publisher: Option<Id>,
    photo: Option<Photo>,
    receipt: Receipt,
    key: Option<&Key>,
    now: Timestamp,
) -> NewReport {
    let key = key.map(|key| key.hash(&draft.code));
    let Draft { code, gtin, reason, text, contact, place, lang, .. } = draft;
    let report = Report {
        number: 0,
        version: 1,
        receipt: receipt.hash(),
        at: now,
        code,
        gtin,
        publisher,
        reason,
        text,
        place,
        lang,
        has_photo: photo.is_some(),
        has_contact: contact.is_some(),
        state: ReportState::Received,
        answer: None,
        steps: Vec::new(),
        held: None,
    };
    NewReport { report, contact: contact.map(ReporterContact), photo, key }
}
