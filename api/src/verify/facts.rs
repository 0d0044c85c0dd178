//! Everything a judgement stands on: the code as it was read, and the records found for it.

use std::sync::Arc;

use gs1::{Gtin14, Lot, Serial, TradeItem};

use crate::registry::{Exception, ItemEntry, LotEntry, ProducerEntry, ProductEntry, RecallEntry, Standing};

/// The records behind one answer.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What the code is.
    pub code: CodeFacts,
    /// The product, if it is on record.
    pub product: Option<Arc<ProductEntry>>,
    /// Its producer, if it is on record.
    pub producer: Option<Arc<ProducerEntry>>,
    /// The lot in the code.
    pub lot: LotFacts,
    /// The unit in the code.
    pub item: ItemFacts,
    /// Every recall of this product and of the lots that this one was made from, in any state.
    pub recalls: Vec<Arc<RecallEntry>>,
}

/// What the code is.
#[derive(Clone, Debug)]
pub enum CodeFacts {
    /// It names a trade item.
    TradeItem {
        /// The item, with what else was in the code.
        item: TradeItem,
        /// The code is of another scheme and registered here as standing for the item.
        opaque: bool,
        /// Blanks around the code were removed.
        trimmed: bool,
        /// Host that the label points to, in lower case.
        host: Option<String>,
        /// For a case code whose product is not on record: the unit that is, and that it probably holds.
        trade_unit: Option<Gtin14>,
    },
    /// It is of another scheme and not registered here.
    Opaque,
    /// It is not the code of a product.
    NotProduct(gs1::Reason),
    /// It claims to be a code and is not.
    Malformed(gs1::ParseError),
}

/// The lot in the code.
#[derive(Clone, Debug, Default)]
pub enum LotFacts {
    /// There is none in the code.
    #[default]
    NotGiven,
    /// It could not be read: whether it is on record is not known, and nothing is said of it.
    NotRead,
    /// It is not on record.
    Unknown,
    /// It is on record, or was until it was withdrawn.
    Known(Arc<LotEntry>),
}

/// The unit in the code.
#[derive(Clone, Debug, Default)]
pub enum ItemFacts {
    /// There is no serial in the code.
    #[default]
    NotGiven,
    /// It could not be read: whether it is on record is not known, and nothing is said of it.
    NotRead,
    /// It is not on record.
    Unknown {
        /// A serial that differs only in letter case and is on record.
        case_variant: Option<Serial>,
    },
    /// It is on record.
    Known {
        /// The unit.
        entry: ItemEntry,
        /// What it has of its own.
        exception: Option<Arc<Exception>>,
        /// What its checks have brought to light.
        standing: Option<Arc<Standing>>,
        /// Its lot, if that is on record.
        lot: Option<Arc<LotEntry>>,
    },
}

impl CodeFacts {
    /// A trade item, as plain as its canonical link.
    #[must_use]
    pub const fn of_item(item: TradeItem) -> Self {
        Self::TradeItem { item, opaque: false, trimmed: false, host: None, trade_unit: None }
    }
}

impl Facts {
    /// Facts of a code without records.
    #[must_use]
    pub fn without_records(code: CodeFacts) -> Self {
        Self {
            code,
            product: None,
            producer: None,
            lot: LotFacts::NotGiven,
            item: ItemFacts::NotGiven,
            recalls: Vec::new(),
        }
    }

    /// The trade item in the code.
    pub(super) fn trade_item(&self) -> Option<&TradeItem> {
        match &self.code {
            CodeFacts::TradeItem { item, .. } => Some(item),
            _ => None,
        }
    }

    /// The product, unless it keeps no record of units: then a serial in the code says nothing.
    pub(super) fn keeps_serials(&self) -> bool {
        self.product.as_ref().is_some_and(|p| p.product.keeps_serials)
    }

    /// The lot that is shown: the one that the unit belongs to by the record, else the one in the code. A withdrawn
    /// one is not shown; its dates and recalls go on to count.
    pub(super) fn lot_on_record(&self) -> Option<&Arc<LotEntry>> {
        let lot = match (&self.item, &self.lot) {
            (ItemFacts::Known { lot: Some(lot), .. }, _) | (_, LotFacts::Known(lot)) => Some(lot),
            _ => None,
        };
        lot.filter(|lot| !lot.batch.withdrawn)
    }

    /// The names of every lot that this unit may be of: in the code and on record.
    pub fn lots(&self) -> impl Iterator<Item = Lot> {
        let in_code = self.trade_item().and_then(|item| item.lot);
        let on_record = match &self.item {
            ItemFacts::Known { lot: Some(lot), .. } => Some(lot.batch.lot),
            _ => None,
        };
        in_code.into_iter().chain(on_record)
    }

    /// Entries of every lot that this unit may be of.
    pub fn lot_entries(&self) -> impl Iterator<Item = &Arc<LotEntry>> {
        let in_code = match &self.lot {
            LotFacts::Known(lot) => Some(lot),
            _ => None,
        };
        let on_record = match &self.item {
            ItemFacts::Known { lot: Some(lot), .. } => Some(lot),
            _ => None,
        };
        in_code.into_iter().chain(on_record)
    }
}
