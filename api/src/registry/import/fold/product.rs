//! A product. Two publishers of one GTIN: the first one's record stays, and the card says that it is disputed.

use std::sync::Arc;

use super::{Fold, Told};
use crate::registry::import::{DeskError, WarningCode};
use crate::registry::{FaultCode, NameClaims, Product, ProductEntry, is_claim};
use crate::store::{Entry, Key};

/// Most publishers whose dispute a product lists. One is enough for the card; the log keeps all.
const MAX_DISPUTING: usize = 16;

impl Fold<'_, '_> {
    pub(super) async fn product(&mut self, product: &Product) -> Result<Told, DeskError> {
        self.must_be_numbered_here(product.gtin, "gtin")?;
        self.refers(product).await?;
        self.name_claims(product);
        let key = Key::Product(product.gtin);
        let Some(stored) = self.draft.product(product.gtin).await? else {
            let entry = ProductEntry {
                product: product.clone(),
                publisher: self.author.publisher.clone(),
                disputed_by: Vec::new(),
                overruled: Vec::new(),
                certificates: Vec::new(),
                links: Vec::new(),
                withdrawn_at: product.withdrawn.then(|| self.draft.now()),
                stamp: self.draft.stamp(),
                claims: NameClaims::default(),
            };
            self.draft.set(key, Entry::Product(Arc::new(entry)));
            return Ok(Told::Act("declare"));
        };
        if stored.overruled.contains(&self.author.publisher) {
            return Err(DeskError::other_publisher("gtin", "the product, as was settled,"));
        }
        if stored.publisher != self.author.publisher {
            self.dispute(&stored);
            return Ok(Told::Act("dispute"));
        }
        if stored.product.keeps_serials && !product.keeps_serials {
            return Err(DeskError::refused(
                "keeps_serials",
                FaultCode::State,
                "cannot be taken back: units may be on record, and they would no longer be looked at",
            ));
        }
        let withdrawn_at = product.withdrawn.then(|| stored.withdrawn_at.unwrap_or(self.draft.now()));
        let entry = ProductEntry { product: product.clone(), withdrawn_at, ..(*stored).clone() };
        self.draft.set(key, Entry::Product(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }

    fn dispute(&mut self, stored: &ProductEntry) {
        self.warn(
            "gtin",
            WarningCode::OwnershipDisputed,
            format!(
                "publisher {} declared this product first; its record stays and is shown as disputed",
                stored.publisher
            ),
        );
        let known = stored.disputed_by.contains(&self.author.publisher);
        if known || stored.disputed_by.len() >= MAX_DISPUTING {
            return;
        }
        let mut disputed_by = stored.disputed_by.clone();
        disputed_by.push(self.author.publisher.clone());
        disputed_by.sort_unstable();
        let entry = ProductEntry { disputed_by, ..stored.clone() };
        self.draft.set(Key::Product(stored.product.gtin), Entry::Product(Arc::new(entry)));
    }

    async fn refers(&mut self, product: &Product) -> Result<(), DeskError> {
        if let Some(id) = &product.producer
            && self.draft.producer(id).await?.is_none()
        {
            return Err(DeskError::not_on_record("producer", &format!("the producer {id}")));
        }
        for hash in product.pictures() {
            if !self.draft.has_picture(hash).await? {
                return Err(DeskError::not_on_record("images", &format!("the picture {hash}")));
            }
        }
        Ok(())
    }

    fn name_claims(&mut self, product: &Product) {
        let name = &product.name;
        let english = name.en.as_ref().filter(|en| is_claim(en.as_str())).map(|_| "name.en");
        for field in is_claim(name.vi.as_str()).then_some("name.vi").into_iter().chain(english) {
            self.warn(
                field,
                WarningCode::ClaimInName,
                "makes a claim about the goods: it is shown in quotes as the producer's, and never as a heading",
            );
        }
    }
}
