//! Units. A unit that is cancelled or used up stays so, whatever an older file says, and absence deletes nothing.

use std::sync::Arc;

use gs1::Serial;
use jiff::civil::Date;

use super::{Fold, Told, inconsistent};
use crate::registry::import::DeskError;
use crate::registry::item::FIRST_DAY;
use crate::registry::{Exception, Fault, FaultCode, Item, ItemEntry, ItemState, Items, LotRef};
use crate::store::{Entry, Key};

/// Most faults that one record of many units lists.
const MAX_FAULTS: usize = 10;

/// What a record says about one unit.
struct Said<'a> {
    ordinal: Option<u32>,
    state: ItemState,
    since_day: Option<u16>,
    own: Option<&'a Item>,
}

impl Fold<'_, '_> {
    pub(super) async fn item(&mut self, item: &Item) -> Result<Told, DeskError> {
        let ordinal = self.place(item.gtin, item.lot).await?;
        let said = Said { ordinal, state: item.state, since_day: day(item.since)?, own: Some(item) };
        let changed = self.unit(item.gtin, item.serial, &said, "serial").await?;
        Ok(Told::Units(if changed { vec![item.serial] } else { Vec::new() }))
    }

    pub(super) async fn items(&mut self, items: &Items) -> Result<Told, DeskError> {
        let ordinal = self.place(items.gtin, items.lot).await?;
        let said = Said { ordinal, state: items.state, since_day: day(items.since)?, own: None };
        let mut changed = Vec::new();
        let mut faults: Vec<Fault> = Vec::new();
        for (n, serial) in items.serials.iter().enumerate() {
            match self.unit(items.gtin, *serial, &said, &format!("serials[{n}]")).await {
                Ok(true) => changed.push(*serial),
                Ok(false) => {}
                Err(DeskError::Refused(more)) => faults.extend(more),
                Err(other) => return Err(other),
            }
            if faults.len() >= MAX_FAULTS {
                break;
            }
        }
        if faults.is_empty() { Ok(Told::Units(changed)) } else { Err(DeskError::Refused(faults)) }
    }

    /// The ordinal of the lot, once product and lot are seen to be there.
    async fn place(&mut self, gtin: gs1::Gtin14, lot: Option<gs1::Lot>) -> Result<Option<u32>, DeskError> {
        let product = self.own_product(gtin, "gtin").await?;
        if !product.product.keeps_serials {
            return Err(DeskError::refused(
                "gtin",
                FaultCode::Combination,
                "keeps no serials: set `keeps_serials` in its product record first",
            ));
        }
        match lot {
            Some(lot) => self.ordinal(LotRef { gtin, lot }).await.map(Some),
            None => Ok(None),
        }
    }

    /// Fold one unit. Returns whether anything about it changed.
    async fn unit(
        &mut self,
        gtin: gs1::Gtin14,
        serial: Serial,
        said: &Said<'_>,
        field: &str,
    ) -> Result<bool, DeskError> {
        let stored = self.draft.item(gtin, serial).await?;
        let revoked = stored.is_some_and(|it| it.state == ItemState::Revoked);
        if revoked && said.state != ItemState::Revoked {
            return Err(DeskError::refused(
                field,
                FaultCode::State,
                format!("{serial} was cancelled, and an import does not take that back"),
            ));
        }
        if stored.is_some_and(|it| it.state == ItemState::Consumed)
            && !matches!(said.state, ItemState::Consumed | ItemState::Revoked)
        {
            return Err(DeskError::refused(
                field,
                FaultCode::State,
                format!("{serial} is on record as used up, and an import does not take that back"),
            ));
        }
        let before = match stored {
            Some(it) if it.has_exception => self.draft.exception(gtin, serial).await?,
            _ => None,
        };
        // What a record leaves out stays as it is: a file that puts units on sale takes neither lot nor date from them.
        let known = before.as_deref().cloned().unwrap_or_default();
        let exception = Exception {
            expires: said.own.and_then(|item| item.expires).or(known.expires),
            reason: said.own.and_then(|item| item.reason.clone()).or(known.reason),
        };
        let same_state = stored.filter(|it| it.state == said.state);
        let since_day = said.since_day.or(same_state.and_then(|it| it.since_day));
        let has_exception = exception != Exception::default();
        let entry = ItemEntry {
            lot: said.ordinal.or(stored.and_then(|it| it.lot)),
            state: said.state,
            has_exception,
            since_day,
        };
        let mut changed = self.draft.set(Key::Item(gtin, serial), Entry::Item(entry));
        if has_exception {
            changed |= self.draft.set(Key::Exception(gtin, serial), Entry::Exception(Arc::new(exception)));
        }
        Ok(changed)
    }
}

/// A day as it is stored.
fn day(since: Option<Date>) -> Result<Option<u16>, DeskError> {
    since.map(|day| days_since_first(day).ok_or_else(|| inconsistent(format!("{day} cannot be stored")))).transpose()
}

/// Days since 2020-01-01; `None` for a day that an item cannot have.
fn days_since_first(day: Date) -> Option<u16> {
    let days = day.since(FIRST_DAY).ok()?.get_days();
    u16::try_from(days).ok().filter(|&days| days != u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::item::LAST_DAY;

    #[test]
    fn every_day_that_a_unit_may_have_can_be_stored() {
        assert_eq!((days_since_first(FIRST_DAY), days_since_first(LAST_DAY)), (Some(0), Some(65_533)));
        assert_eq!(days_since_first(jiff::civil::date(2019, 12, 31)), None);
    }
}
