//! The desk, over an embedded store in memory and a clock that stands still.

mod certificates;
mod chains;
mod documents;
mod foresee;
mod portions;
mod publishers;
mod recalls;
mod revocations;
mod scope;
mod units;

use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::Mutex;

use super::*;
use crate::clock::Clock;
use crate::registry::{FaultCode, Id, LotEntry, ProductEntry, RecallEntry};
use crate::store::{EmbeddedStore, Entry, Evidence, Key, Store};

pub(super) const G1: &str = "09520000010010";
pub(super) const G2: &str = "09520000020019";
pub(super) const G3: &str = "09520000030018";

/// A clock that a test sets.
#[derive(Debug)]
pub(super) struct Stopped(Mutex<Timestamp>);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        *self.0.lock()
    }
}

/// A desk and what it writes to.
pub(super) struct Registry {
    pub(super) store: Arc<EmbeddedStore>,
    pub(super) clock: Arc<Stopped>,
    pub(super) desk: Desk,
}

impl Registry {
    pub(super) fn new() -> Self {
        let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
        let clock = Arc::new(Stopped(Mutex::new("2026-07-01T03:00:00Z".parse().unwrap())));
        let desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&clock) as Arc<dyn Clock>);
        Self { store, clock, desk }
    }

    pub(super) fn at(&self, time: &str) {
        *self.clock.0.lock() = time.parse().unwrap();
    }

    /// Import lines on behalf of a publisher.
    pub(super) async fn import_as(&self, publisher: &str, lines: &[String]) -> Report {
        let order = ImportOrder::of(author(publisher));
        self.desk.import(Document::bytes(lines.join("\n"), Format::Ndjson), order).await.unwrap()
    }

    pub(super) async fn import(&self, lines: &[String]) -> Report {
        self.import_as("coop", lines).await
    }

    /// Import lines that have to load.
    pub(super) async fn load(&self, lines: &[String]) -> Report {
        let report = self.import(lines).await;
        assert_eq!(report.rejected.list, [], "{lines:?}");
        report
    }

    pub(super) async fn entry(&self, key: Key) -> Option<Entry> {
        self.store.read(&[key]).await.unwrap().entries.pop().unwrap()
    }

    pub(super) async fn product(&self, gtin: &str) -> Option<Arc<ProductEntry>> {
        match self.entry(Key::Product(gtin.parse().unwrap())).await {
            Some(Entry::Product(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) async fn lot(&self, gtin: &str, lot: &str) -> Option<Arc<LotEntry>> {
        match self.entry(Key::lot(gtin.parse().unwrap(), lot.parse().unwrap())).await {
            Some(Entry::Lot(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) async fn recall(&self, id: &str) -> Option<Arc<RecallEntry>> {
        match self.entry(Key::Recall(crate::registry::RecallId(Id::try_from(id).unwrap()))).await {
            Some(Entry::Recall(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) async fn revision(&self) -> u64 {
        self.store.read(&[]).await.unwrap().marker.revision
    }

    pub(super) async fn evidence(&self) -> Vec<Evidence> {
        self.store.evidence(0, 10_000).await.unwrap().into_iter().map(|(_, evidence)| evidence).collect()
    }

    pub(super) async fn acts(&self) -> Vec<String> {
        self.evidence().await.into_iter().map(|evidence| evidence.act).collect()
    }
}

pub(super) fn author(publisher: &str) -> Author {
    Author::of(Id::try_from(publisher).unwrap())
}

/// A product that keeps serials.
pub(super) fn product(gtin: &str) -> String {
    format!(r#"{{"type":"product","gtin":"{gtin}","name":{{"vi":"Nước mắm"}},"keeps_serials":true}}"#)
}

pub(super) fn lot(gtin: &str, lot: &str) -> String {
    format!(r#"{{"type":"batch","gtin":"{gtin}","lot":"{lot}"}}"#)
}

/// A lot made from others, each as `GTIN LOT`.
pub(super) fn made_from(gtin: &str, lot: &str, inputs: &[(&str, &str)]) -> String {
    let inputs: Vec<String> =
        inputs.iter().map(|(gtin, lot)| format!(r#"{{"gtin":"{gtin}","lot":"{lot}"}}"#)).collect();
    format!(r#"{{"type":"batch","gtin":"{gtin}","lot":"{lot}","inputs":[{}]}}"#, inputs.join(","))
}

pub(super) fn items(gtin: &str, lot: &str, state: &str, serials: &[&str]) -> String {
    format!(r#"{{"type":"items","gtin":"{gtin}","lot":"{lot}","state":"{state}","serials":{serials:?}}}"#)
}

/// A recall with more fields, such as `,"ended":"2026-07-01"`.
pub(super) fn recall(id: &str, scope: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"type":"recall","id":"{id}","scope":{scope},"status":"{status}","reason":{{"vi":"Histamin"}},"issuer":"Cơ quan","from":"2026-06-26"{more}}}"#
    )
}

pub(super) fn of_lots(gtin: &str, lots: &[&str]) -> String {
    format!(r#"{{"gtin":"{gtin}","lots":{lots:?}}}"#)
}

/// Field and code of what was refused.
pub(super) fn refused(report: &Report) -> Vec<(&str, FaultCode)> {
    report.rejected.list.iter().map(|it| (it.field.as_str(), it.code)).collect()
}
