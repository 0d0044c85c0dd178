//! Putting units on record whose serials are drawn here: all of an order in one commit, once.

use std::sync::Arc;

use gs1::{Gtin14, Lot, Serial};
use serde_json::Value;

use super::desk::{Desk, Inner};
use super::feed::Portion;
use super::fold::Fold;
use super::portion::Work;
use super::reach::Recalls;
use super::{Author, DeskError};
use crate::registry::read::Read;
use crate::registry::{
    FaultCode, ItemState, Items, LotEntry, LotRef, OpaqueCode, OpaqueRecord, ProductEntry, Record, Revision,
};
use crate::store::{Key, Progress};

/// Units of one record.
const TOGETHER: usize = 1_000;

/// Rounds of drawing. A second one is drawn once in a hundred thousand orders of the largest size beside a hundred million
/// units.
const ROUNDS: u8 = 16;

/// Draws the serials of a round: the same for the same round; `None` when two of them are the same.
pub type DrawRound = Arc<dyn Fn(u8) -> Option<Vec<Serial>> + Send + Sync>;

/// Units to be put on record.
#[derive(Clone)]
pub struct Issue {
    /// The product.
    pub gtin: Gtin14,
    /// Their lot.
    pub lot: Lot,
    /// Where they stand.
    pub state: ItemState,
    /// How their codes in the publisher's own scheme begin, if they get any; the serial follows.
    pub prefix: Option<String>,
    /// Under what it is kept that this was done.
    pub place: String,
    /// Tells what was asked for; 56 bits.
    pub asked: u64,
    /// For the evidence log.
    pub note: Value,
    /// Draws serials.
    pub draw: DrawRound,
}

/// What is on record.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The serials, in the order in which they were drawn.
    pub serials: Vec<Serial>,
    /// The product.
    pub product: Arc<ProductEntry>,
    /// The lot.
    pub lot: Arc<LotEntry>,
    /// The commit; `None`: it had been done before.
    pub revision: Option<Revision>,
}

impl Desk {
    /// Put units on record under serials that are not on record yet. All of them or none, and once: the same again finds
    /// the same serials and writes nothing.
    ///
    /// # Errors
    /// `Refused` when product or lot are not there, not the author's, keep no serials or were withdrawn, and when
    /// something else was done in this place; otherwise when the store fails.
    pub async fn issue(&self, issue: Issue, author: Author) -> Result<Issued, DeskError> {
        self.decide(move |desk| {
            let (issue, author) = (issue.clone(), author.clone());
            Box::pin(async move { desk.issue(&issue, &author).await })
        })
        .await
    }
}

impl Inner {
    async fn issue(&self, issue: &Issue, author: &Author) -> Result<Issued, DeskError> {
        let mut work = Work::begin(self, author, None).await?;
        let lot = LotRef { gtin: issue.gtin, lot: issue.lot };
        work.draft.load([Key::Product(lot.gtin), Key::Lot(lot)]).await?;
        let mut recalls = Recalls::load(&*self.store).await?;
        // Before anything is drawn, or told again.
        let product = Fold::new(&mut work.draft, &mut recalls, author).own_product(lot.gtin, "gtin").await?;
        let name = format!("the lot {} of {}", lot.lot, lot.gtin);
        let entry = work.draft.lot(lot).await?.ok_or_else(|| DeskError::not_on_record("lot", &name))?;
        if let Some(kept) = self.store.progress(&issue.place).await? {
            let serials = self.done_before(issue, kept).await?;
            return Ok(Issued { serials, product, lot: entry, revision: None });
        }
        for (withdrawn, field) in [(product.product.withdrawn, "gtin"), (entry.batch.withdrawn, "lot")] {
            if withdrawn {
                return Err(DeskError::refused(field, FaultCode::State, "was withdrawn: declare it anew first"));
            }
        }

        let (round, serials) = Self::new_serials(&mut work, issue).await?;
        let reads = records(issue, self.today(), &serials).map(|record| Read::at(0, Ok(record))).collect();
        work.portion(&Portion { reads, done: 0 }, &mut recalls, author).await?;
        // What stands against one record stands against all.
        if let Some(found) = work.report.rejected.list.first() {
            return Err(DeskError::refused(&found.field, found.code, found.message.clone()));
        }
        work.log.note("issue", issue.note.clone());
        let progress = Progress { file: issue.place.clone(), lines: Some(issue.asked << 8 | u64::from(round)) };
        let (_, revision) = work.commit(Some(progress)).await?;
        Ok(Issued { serials, product, lot: entry, revision })
    }

    /// The serials of what was done before.
    async fn done_before(&self, issue: &Issue, kept: u64) -> Result<Vec<Serial>, DeskError> {
        let other = |message| DeskError::refused("order", FaultCode::State, message);
        if kept >> 8 != issue.asked {
            return Err(other(
                "is the name of an order for something else: repeat that one as it was, or choose another name",
            ));
        }
        let [.., round] = kept.to_be_bytes();
        let serials = (issue.draw)(round).unwrap_or_default();
        let keys: Vec<Key> = serials.iter().map(|serial| Key::Item(issue.gtin, *serial)).collect();
        for keys in keys.chunks(TOGETHER) {
            if self.store.holds(keys).await?.contains(&false) {
                return Err(other("was carried out under another secret: its codes cannot be told again"));
            }
        }
        Ok(serials)
    }

    /// Serials none of which is on record. A round in which one is counts for nothing.
    async fn new_serials(work: &mut Work<'_>, issue: &Issue) -> Result<(u8, Vec<Serial>), DeskError> {
        for round in 0..ROUNDS {
            let Some(serials) = (issue.draw)(round) else { continue };
            let codes: Vec<OpaqueCode> = serials.iter().filter_map(|serial| code(issue, *serial)).collect();
            let items = serials.iter().map(|serial| Key::Item(issue.gtin, *serial));
            work.draft.load(items.chain(codes.iter().cloned().map(Key::Opaque))).await?;
            let mut taken = false;
            for serial in &serials {
                taken |= work.draft.item(issue.gtin, *serial).await?.is_some();
            }
            for code in &codes {
                taken |= work.draft.opaque(code).await?.is_some();
            }
            if !taken {
                return Ok((round, serials));
            }
        }
        Err(DeskError::refused(
            "count",
            FaultCode::Full,
            "cannot be drawn: so many serials are on record that no new ones were found",
        ))
    }
}

/// A unit's code in the publisher's own scheme.
fn code(issue: &Issue, serial: Serial) -> Option<OpaqueCode> {
    OpaqueCode::try_from(format!("{}{serial}", issue.prefix.as_ref()?)).ok()
}

/// What declares the units: many a record, then a record for each code of the publisher's own scheme.
fn records<'a>(issue: &'a Issue, today: jiff::civil::Date, serials: &'a [Serial]) -> impl Iterator<Item = Record> + 'a {
    let units = serials.chunks(TOGETHER).map(move |serials| {
        let (gtin, lot, state, since) = (issue.gtin, Some(issue.lot), issue.state, Some(today));
        Record::Items(Items { gtin, lot, state, since, serials: serials.to_vec() })
    });
    let codes = serials.iter().filter_map(move |serial| {
        let (gtin, lot) = (issue.gtin, Some(issue.lot));
        Some(Record::Opaque(OpaqueRecord {
            code: code(issue, *serial)?,
            gtin,
            lot,
            serial: Some(*serial),
            withdrawn: false,
        }))
    });
    units.chain(codes)
}
