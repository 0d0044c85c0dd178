//! A resolver link: onto its product.

use std::sync::Arc;

use super::{Fold, Told, upsert};
use crate::registry::import::DeskError;
use crate::registry::{Link, LotRef, ProductEntry};
use crate::store::{Entry, Key};

/// Most links of a product.
const MAX_LINKS: (usize, &str) = (50, "a product has 50 links");

impl Fold<'_, '_> {
    pub(super) async fn link(&mut self, link: &Link) -> Result<Told, DeskError> {
        let stored = self.own_product(link.gtin, "gtin").await?;
        if let Some(lot) = link.lot {
            self.ordinal(LotRef { gtin: link.gtin, lot }).await?;
        }
        let shown = (!link.withdrawn).then(|| link.clone());
        let links = upsert(&stored.links, shown, |it| it.id == link.id, |it| it.id.clone(), MAX_LINKS)?;
        let entry = ProductEntry { links, ..(*stored).clone() };
        self.draft.set(Key::Product(link.gtin), Entry::Product(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }
}
