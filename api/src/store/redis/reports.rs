//! Reports in Redis: everything under `w:{rep}:`, one slot, so that report, lists, contact and photo change at once.
//!
//! | name | what |
//! |---|---|
//! | `w:{rep}:count` | the last number |
//! | `w:{rep}:r:RECEIPT` | a report, by the hash of its receipt |
//! | `w:{rep}:c:RECEIPT` `:p:RECEIPT` | how to reach the reporter; the photo |
//! | `w:{rep}:k:KEY` | the receipt that was kept under a key; a day |
//! | `w:{rep}:z:SHELF` | sorted set: receipts that stand on a shelf, scored by number |
//!
//! Each script looks at the witness of the slot first: nothing is written over the ruins of a slot that was emptied.
//! What a lost reply makes the store send again changes nothing the second time.

mod scripts;

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use redis::{Cmd, Value, cmd};

use super::ask::{Ask, Manner};
use super::reply::{bytes, list, number, odd, text};
use super::write::is_yes;
use super::{Inner, RedisStore, in_time, replica};
use crate::registry::Digest;
use crate::store::StoreError;
use crate::store::codec::report as codec;
use crate::store::reports::{
    EVERY, FORGETTING, Filter, KEY_KEPT_S, Kept, MOST_LISTED, NewReport, Photo, Report, ReporterContact, Reports,
};
use scripts::{DESTROY, KEEP, REPLACE};

/// Longest that keeping, changing or reading one report may take.
const ONE: Duration = Duration::from_secs(3);
/// Longest that a list, or destroying what is over, may take.
const MANY: Duration = Duration::from_secs(30);
/// Reports looked at together.
const PAGE: usize = 256;

const COUNT: &str = "w:{rep}:count";

fn named(kind: char, digest: &Digest) -> String {
    format!("w:{{rep}}:{kind}:{digest}")
}

fn report_name(receipt: &Digest) -> String {
    named('r', receipt)
}

fn shelf_name(shelf: &str) -> String {
    format!("w:{{rep}}:z:{shelf}")
}

#[async_trait]
impl Reports for RedisStore {
    async fn keep(&self, new: &NewReport) -> Result<Kept, StoreError> {
        in_time(ONE, self.inner.keep_report(new)).await
    }

    async fn of_receipt(&self, receipt: &Digest) -> Result<Option<Report>, StoreError> {
        in_time(ONE, async {
            let score = cmd("ZSCORE").arg(shelf_name(EVERY)).arg(receipt.to_string()).to_owned();
            let number = bytes(self.inner.in_reports(score).await?, "ZSCORE")?;
            let Some(number) = number else { return Ok(None) };
            let number = scored(&number).ok_or_else(|| odd("ZSCORE"))?;
            Ok(self.inner.read_reports(&[(number, *receipt)]).await?.pop())
        })
        .await
    }

    async fn of_number(&self, number: u64) -> Result<Option<Report>, StoreError> {
        in_time(ONE, async {
            let found = self.inner.standing(EVERY, number.saturating_sub(1), 1).await?;
            let found: Vec<_> = found.into_iter().filter(|(of, _)| *of == number).collect();
            Ok(self.inner.read_reports(&found).await?.pop())
        })
        .await
    }

    async fn list(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
        in_time(MANY, self.inner.list_reports(filter, after, limit.min(MOST_LISTED))).await
    }

    async fn replace(&self, was: &Report, is: &Report) -> Result<bool, StoreError> {
        in_time(ONE, self.inner.replace_report(was, is)).await
    }

    async fn contact(&self, report: &Report) -> Result<Option<ReporterContact>, StoreError> {
        let stored = in_time(ONE, self.inner.get_in_reports(named('c', &report.receipt))).await?;
        stored.map(|bytes| codec::decode_contact(&bytes)).transpose()
    }

    async fn photo(&self, report: &Report) -> Result<Option<Photo>, StoreError> {
        let stored = in_time(ONE, self.inner.get_in_reports(named('p', &report.receipt))).await?;
        stored.map(|bytes| codec::decode_photo(&bytes)).transpose()
    }

    async fn expire(&self, now: Timestamp) -> Result<usize, StoreError> {
        in_time(MANY, self.inner.expire_reports(now.as_second())).await
    }
}

/// A score as a whole number.
fn scored(score: &[u8]) -> Option<u64> {
    core::str::from_utf8(score).ok()?.parse().ok()
}

impl Inner {
    fn slot_of_reports(&self) -> u16 {
        self.fleet.spread.slot(COUNT.as_bytes())
    }

    /// Ask, and make sure that the slot was not emptied.
    async fn in_reports(&self, command: Cmd) -> Result<Value, StoreError> {
        self.witnessed(self.slot_of_reports(), command).await
    }

    async fn get_in_reports(&self, name: String) -> Result<Option<Vec<u8>>, StoreError> {
        bytes(self.in_reports(cmd("GET").arg(name).to_owned()).await?, "GET")
    }

    /// Carry out a script that writes. Its first name is the witness.
    async fn write_reports(
        &self,
        script: &str,
        names: Vec<String>,
        arguments: Vec<Vec<u8>>,
    ) -> Result<Value, StoreError> {
        let slot = self.slot_of_reports();
        let mut command = cmd("EVAL");
        command.arg(script).arg(names.len() + 1).arg(self.fleet.spread.witness(slot)).arg(names).arg(arguments);
        let reply = self.fleet.one(slot, command, Manner::Patient).await?;
        replica::wait_at(&self.fleet, slot).await?;
        Ok(reply)
    }

    async fn keep_report(&self, new: &NewReport) -> Result<Kept, StoreError> {
        let report = &new.report;
        let contact = new.contact.as_ref().map(codec::encode_contact).transpose()?;
        let photo = new.photo.as_ref().map(codec::encode_photo).transpose()?;
        // The clock of the server measures: a report that comes late from a journal holds its key for a day more.
        let key_ms = new.key.map_or_else(String::new, |_| (KEY_KEPT_S * 1_000).to_string());
        let mut names = vec![COUNT.to_owned(), report_name(&report.receipt)];
        names.extend(['c', 'p'].map(|kind| named(kind, &report.receipt)));
        names.push(named('k', &new.key.unwrap_or(report.receipt)));
        names.extend(report.shelves().iter().map(|shelf| shelf_name(shelf)));
        let arguments = vec![
            codec::encode_report(report)?,
            report.receipt.to_string().into_bytes(),
            contact.unwrap_or_default(),
            photo.unwrap_or_default(),
            key_ms.into_bytes(),
        ];
        let Value::Array(reply) = self.write_reports(KEEP, names, arguments).await? else { return Err(odd("KEEP")) };
        let mut reply = reply.into_iter();
        match reply.next().as_ref().and_then(text).as_deref() {
            Some("kept") => Ok(Kept::New),
            Some("taken") => Ok(Kept::KeyTaken),
            Some("before") => {
                let before = bytes(reply.next().unwrap_or_default(), "KEEP")?.ok_or_else(|| odd("KEEP"))?;
                Ok(Kept::Before { at: codec::decode_report(0, &before)?.at })
            }
            _ => Err(odd("KEEP")),
        }
    }

    async fn replace_report(&self, was: &Report, is: &Report) -> Result<bool, StoreError> {
        let name = report_name(&was.receipt);
        let Some(raw) = self.get_in_reports(name.clone()).await? else { return Ok(false) };
        let now = codec::decode_report(was.number, &raw)?;
        if now.version != was.version {
            return Ok(false);
        }
        let (left, taken) = (now.shelves(), is.shelves());
        let mut names = vec![name, named('c', &was.receipt)];
        names.extend(left.iter().chain(&taken).map(|shelf| shelf_name(shelf)));
        let arguments = vec![
            raw,
            codec::encode_report(is)?,
            was.receipt.to_string().into_bytes(),
            was.number.to_string().into_bytes(),
            left.len().to_string().into_bytes(),
            if is.has_contact { Vec::new() } else { b"1".to_vec() },
        ];
        Ok(is_yes(&self.write_reports(REPLACE, names, arguments).await?))
    }

    /// Numbers and receipts on a shelf after a number, in order; at most `count`.
    async fn standing(&self, on: &str, after: u64, count: usize) -> Result<Vec<(u64, Digest)>, StoreError> {
        let mut command = cmd("ZRANGEBYSCORE");
        command.arg(shelf_name(on)).arg(format!("({after}")).arg("+inf");
        command.arg("WITHSCORES").arg("LIMIT").arg(0).arg(count);
        let flat = list(self.in_reports(command).await?).ok_or_else(|| odd("ZRANGEBYSCORE"))?;
        let pairs = flat.chunks_exact(2).map(|pair| {
            let receipt = String::from_utf8(pair[0].clone()).ok().and_then(|text| Digest::try_from(text).ok());
            receipt.and_then(|receipt| Some((scored(&pair[1])?, receipt)))
        });
        pairs.collect::<Option<_>>().ok_or_else(|| StoreError::Corrupt("a shelf of reports".to_owned()))
    }

    /// The reports of these receipts that are there.
    async fn read_reports(&self, found: &[(u64, Digest)]) -> Result<Vec<Report>, StoreError> {
        let slot = self.slot_of_reports();
        let asks: Vec<Ask> = found
            .iter()
            .map(|(_, receipt)| Ask { slot, command: cmd("GET").arg(report_name(receipt)).to_owned() })
            .collect();
        let replies = self.fleet.ask(&asks, Manner::Patient).await?;
        let mut reports = Vec::with_capacity(found.len());
        for ((number, _), reply) in found.iter().zip(replies) {
            if let Some(raw) = bytes(reply, "GET")? {
                reports.push(codec::decode_report(*number, &raw)?);
            }
        }
        Ok(reports)
    }

    async fn list_reports(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
        let (mut after, mut found) = (after, Vec::new());
        loop {
            let standing = self.standing(&filter.shelf(), after, PAGE).await?;
            let reports = self.read_reports(&standing).await?;
            found.extend(reports.into_iter().filter(|report| filter.takes(report)));
            match standing.last() {
                Some((last, _)) if standing.len() == PAGE && found.len() < limit => after = *last,
                _ => break,
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    async fn expire_reports(&self, now: i64) -> Result<usize, StoreError> {
        let mut gone = 0;
        // Numbers follow the time of receipt but for those that came late: these go when those before them do.
        let mut after = 0;
        'all: loop {
            let standing = self.standing(EVERY, after, PAGE).await?;
            for report in self.read_reports(&standing).await? {
                if report.own_end() > now {
                    break 'all;
                }
                if report.ends_at() <= now {
                    self.destroy_report(&report).await?;
                    gone += 1;
                }
            }
            match standing.last() {
                Some((last, _)) if standing.len() == PAGE => after = *last,
                _ => break,
            }
        }
        let mut after = 0;
        loop {
            let standing = self.standing(FORGETTING, after, PAGE).await?;
            for was in self.read_reports(&standing).await? {
                if was.contact_ends_at().is_some_and(|end| end <= now) {
                    let is = Report { has_contact: false, version: was.version + 1, ..was.clone() };
                    gone += usize::from(self.replace_report(&was, &is).await?);
                }
            }
            match standing.last() {
                Some((last, _)) if standing.len() == PAGE => after = *last,
                _ => return Ok(gone),
            }
        }
    }

    async fn destroy_report(&self, report: &Report) -> Result<(), StoreError> {
        let mut names = vec![report_name(&report.receipt)];
        names.extend(['c', 'p'].map(|kind| named(kind, &report.receipt)));
        names.extend(report.shelves().iter().map(|shelf| shelf_name(shelf)));
        let gone = self.write_reports(DESTROY, names, vec![report.receipt.to_string().into_bytes()]).await?;
        number(&gone).map(drop).ok_or_else(|| odd("DESTROY"))
    }
}
