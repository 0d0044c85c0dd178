//! Cancelling codes: a roll of labels that was stolen, a print run that went wrong.

use gs1::{Gtin14, Serial};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::desk::{Desk, Inner};
use super::fold::Fold;
use super::portion::Work;
use super::reach::Recalls;
use super::{Author, DeskError};
use crate::registry::{FaultCode, Item, ItemState, Record, Revision, SerialRange, Text};
use crate::store::{Key, Kind, Store};

/// Most units that one revocation may cancel.
pub(super) const MAX_REVOKED: usize = 100_000;

/// Most units that it may look at to find those of its ranges.
const MAX_SEEN: usize = 1_000_000;

/// Entries read in one go.
const PAGE: usize = 10_000;

/// What to cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The product.
    pub gtin: Gtin14,
    /// Serials, one by one; at most 1,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<Serial>,
    /// Ranges of serials; at most 100. Only units that are on record are cancelled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<SerialRange>,
    /// Why, for whoever looks the code up.
    pub reason: Text,
}

/// What was cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Units that are cancelled now and were not before.
    pub revoked: u64,
    /// Units that had been cancelled before.
    pub already: u64,
    /// Serials that were named and are not on record; the first 1,000.
    pub not_on_record: Vec<Serial>,
    /// The commit, if anything changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
}

impl Desk {
    /// Cancel units of a product. All of them, or none.
    ///
    /// # Errors
    /// `Refused` when it names nothing, too much, or a product that is not on record or not the author's; otherwise when the
    /// store fails.
    pub async fn revoke(&self, revocation: Revocation, author: Author) -> Result<Revoked, DeskError> {
        self.decide(move |desk| {
            let (revocation, author) = (revocation.clone(), author.clone());
            Box::pin(async move { desk.revoke(&revocation, &author).await })
        })
        .await
    }
}

impl Revocation {
    fn must_be_sound(&self) -> Result<(), DeskError> {
        let refused = |field: &str, message: &str| Err(DeskError::refused(field, FaultCode::Count, message));
        if self.serials.is_empty() && self.ranges.is_empty() {
            return refused("serials", "is empty: give `serials` or `ranges`");
        }
        if self.serials.len() > 1_000 {
            return refused("serials", "may hold 1,000 serials: use `ranges`, or divide");
        }
        if self.ranges.len() > 100 {
            return refused("ranges", "may hold 100 ranges: divide");
        }
        for (n, range) in self.ranges.iter().enumerate() {
            if let Some(why) = range.fault() {
                return Err(DeskError::refused(&format!("ranges[{n}]"), FaultCode::Combination, why));
            }
        }
        Ok(())
    }
}

impl Inner {
    async fn revoke(&self, revocation: &Revocation, author: &Author) -> Result<Revoked, DeskError> {
        let (work, mut done) = self.cancel(revocation, author).await?;
        if let Some(work) = work {
            (_, done.revision) = work.commit(None).await?;
        }
        Ok(done)
    }

    /// Fold a revocation, and what it comes to; `None`: there is nothing to write.
    pub(super) async fn cancel(
        &self,
        revocation: &Revocation,
        author: &Author,
    ) -> Result<(Option<Work<'_>>, Revoked), DeskError> {
        revocation.must_be_sound()?;
        let mut work = Work::begin(self, author, None).await?;
        let mut recalls = Recalls::default();
        // First of all: which serials are on record is told to nobody else.
        Fold::new(&mut work.draft, &mut recalls, author).own_product(revocation.gtin, "gtin").await?;
        let mut serials = revocation.serials.clone();
        for range in &revocation.ranges {
            in_range(&*self.store, revocation.gtin, range, &mut serials).await?;
        }
        serials.sort_unstable();
        serials.dedup();

        work.draft.load(serials.iter().map(|serial| Key::Item(revocation.gtin, *serial))).await?;
        let mut fold = Fold::new(&mut work.draft, &mut recalls, author);
        let mut done = Revoked::default();
        let mut cancelled = Vec::new();
        for serial in serials {
            let Some(stored) = fold.draft.item(revocation.gtin, serial).await? else {
                done.not_on_record.push(serial);
                continue;
            };
            if stored.state == ItemState::Revoked {
                done.already += 1;
                continue;
            }
            let item = self.cancelled(&mut fold, revocation, serial, stored.lot).await?;
            fold.record(&Record::Item(item)).await?;
            cancelled.push(serial);
        }
        done.revoked = cancelled.len() as u64;
        for serials in cancelled.chunks(1_000) {
            let body = json!({ "gtin": revocation.gtin, "serials": serials, "reason": revocation.reason });
            work.log.note("revoke", body);
        }
        Ok(((done.revoked > 0).then_some(work), done))
    }

    /// The unit's record, with what is on record of it, cancelled today.
    async fn cancelled(
        &self,
        fold: &mut Fold<'_, '_>,
        revocation: &Revocation,
        serial: Serial,
        ordinal: Option<u32>,
    ) -> Result<Item, DeskError> {
        let gtin = revocation.gtin;
        let lot = match ordinal {
            Some(ordinal) => fold.draft.lot_name(gtin, ordinal).await?,
            None => None,
        };
        let own = fold.draft.exception(gtin, serial).await?;
        Ok(Item {
            gtin,
            serial,
            lot,
            state: ItemState::Revoked,
            since: Some(self.today()),
            expires: own.as_deref().and_then(|own| own.expires),
            reason: Some(revocation.reason.clone()),
        })
    }
}

/// The units on record in a range, added to `found`.
async fn in_range(
    store: &dyn Store,
    gtin: Gtin14,
    range: &SerialRange,
    found: &mut Vec<Serial>,
) -> Result<(), DeskError> {
    let first = Key::Item(gtin, range.from);
    if store.holds(core::slice::from_ref(&first)).await?.first().copied().unwrap_or_default() {
        found.push(range.from);
    }
    let mut after = first;
    let mut seen = 0;
    loop {
        let page = store.scan(Kind::Item, Some(after), PAGE).await?;
        seen += page.len();
        let full = page.len() == PAGE;
        let mut last = None;
        for (key, _) in page {
            let Key::Item(of, serial) = key else { continue };
            if of != gtin || serial.as_str() > range.to.as_str() {
                return Ok(());
            }
            if range.contains(&serial) {
                found.push(serial);
            }
            last = Some(Key::Item(of, serial));
        }
        if found.len() > MAX_REVOKED || seen > MAX_SEEN {
            return Err(DeskError::TooLarge(format!(
                "a revocation cancels at most {MAX_REVOKED} units and looks at {MAX_SEEN}: divide the range"
            )));
        }
        match last {
            Some(last) if full => after = last,
            _ => return Ok(()),
        }
    }
}
