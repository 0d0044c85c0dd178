//! Units: thousands to a line where they share everything, and one to a line where a unit has something of its own.

use std::collections::BTreeMap;

use gs1::{Gtin14, Lot, Serial};
use jiff::civil::Date;

use super::{ExportError, walk};
use crate::registry::item::FIRST_DAY;
use crate::registry::{Exception, Item, ItemEntry, ItemState, Items, Record};
use crate::store::{Entry, Key, Kind, Store, StoreError};

/// Units of one line.
const LINE_UNITS: usize = 1_000;

/// Units held before all of them are written.
const HELD_UNITS: usize = 200_000;

type Group = (Option<u32>, ItemState, Option<u16>);

/// Hand on every unit.
pub(super) async fn each<F>(store: &dyn Store, out: &mut F) -> Result<(), ExportError>
where
    F: FnMut(&Record) -> Result<(), ExportError>,
{
    let mut pen = Pen { store, out, gtin: None, names: BTreeMap::new(), held: BTreeMap::new(), count: 0 };
    walk(store, Kind::Item, async |key, entry| match (key, entry) {
        (Key::Item(gtin, serial), Entry::Item(item)) => pen.unit(*gtin, *serial, *item).await,
        _ => Ok(()),
    })
    .await?;
    pen.write_held().await
}

struct Pen<'a, F> {
    store: &'a dyn Store,
    out: &'a mut F,
    /// The product whose units are held.
    gtin: Option<Gtin14>,
    /// Names of its lots.
    names: BTreeMap<u32, Lot>,
    held: BTreeMap<Group, Vec<Serial>>,
    count: usize,
}

impl<F: FnMut(&Record) -> Result<(), ExportError>> Pen<'_, F> {
    async fn unit(&mut self, gtin: Gtin14, serial: Serial, item: ItemEntry) -> Result<(), ExportError> {
        if self.gtin != Some(gtin) {
            self.write_held().await?;
            self.names.clear();
            self.gtin = Some(gtin);
        }
        if item.has_exception {
            return self.alone(gtin, serial, item).await;
        }
        let group = (item.lot, item.state, item.since_day);
        let serials = self.held.entry(group).or_default();
        serials.push(serial);
        self.count += 1;
        if serials.len() >= LINE_UNITS {
            let serials = core::mem::take(serials);
            self.count -= serials.len();
            self.write(gtin, group, serials).await?;
        }
        if self.count >= HELD_UNITS {
            self.write_held().await?;
        }
        Ok(())
    }

    async fn alone(&mut self, gtin: Gtin14, serial: Serial, item: ItemEntry) -> Result<(), ExportError> {
        let key = Key::Exception(gtin, serial);
        let own = match self.store.read(&[key]).await?.entries.pop().flatten() {
            Some(Entry::Exception(own)) => Exception::clone(&own),
            _ => return Err(StoreError::Corrupt(format!("the exception of {gtin} {serial} is missing")).into()),
        };
        let lot = self.name(gtin, item.lot).await?;
        let record = Item {
            gtin,
            serial,
            lot,
            state: item.state,
            since: item.since_day.map(day).transpose()?,
            expires: own.expires,
            reason: own.reason,
        };
        (self.out)(&Record::Item(record))
    }

    async fn write_held(&mut self) -> Result<(), ExportError> {
        let held = core::mem::take(&mut self.held);
        self.count = 0;
        let Some(gtin) = self.gtin else { return Ok(()) };
        for (group, serials) in held {
            if !serials.is_empty() {
                self.write(gtin, group, serials).await?;
            }
        }
        Ok(())
    }

    async fn write(&mut self, gtin: Gtin14, group: Group, serials: Vec<Serial>) -> Result<(), ExportError> {
        let (ordinal, state, since) = group;
        let lot = self.name(gtin, ordinal).await?;
        let since = since.map(day).transpose()?;
        (self.out)(&Record::Items(Items { gtin, lot, state, since, serials }))
    }

    /// The name behind a lot's ordinal.
    async fn name(&mut self, gtin: Gtin14, ordinal: Option<u32>) -> Result<Option<Lot>, ExportError> {
        let Some(ordinal) = ordinal else { return Ok(None) };
        if let Some(name) = self.names.get(&ordinal) {
            return Ok(Some(*name));
        }
        match self.store.read(&[Key::LotName(gtin, ordinal)]).await?.entries.pop().flatten() {
            Some(Entry::LotName(name)) => {
                self.names.insert(ordinal, name);
                Ok(Some(name))
            }
            _ => Err(StoreError::Corrupt(format!("lot {ordinal} of {gtin} has no name")).into()),
        }
    }
}

/// A stored day. Every stored day is one: the range of two bytes ends in 2199.
fn day(days: u16) -> Result<Date, StoreError> {
    let span = jiff::Span::new().days(i64::from(days));
    FIRST_DAY.checked_add(span).map_err(|error| StoreError::Corrupt(format!("Item: day {days}: {error}")))
}
