//! A certificate, copied to where it is shown: each product, or the producer.

use std::sync::Arc;

use gs1::Gtin14;

use super::{Fold, Told, upsert};
use crate::registry::import::DeskError;
use crate::registry::{Certificate, CertificateEntry, Id, ProducerEntry, ProducerId, ProductEntry};
use crate::store::{Entry, Key};

/// Most certificates that one product or producer shows.
const MAX_CERTIFICATES: (usize, &str) = (100, "a product or producer shows 100 certificates");

impl Fold<'_, '_> {
    pub(super) async fn certificate(&mut self, certificate: &Certificate) -> Result<Told, DeskError> {
        let stored = self.draft.certificate(&certificate.id).await?;
        if stored.as_ref().is_some_and(|it| !self.author.may_act_for(&it.publisher)) {
            return Err(DeskError::other_publisher("id", "a certificate of this identifier"));
        }
        self.covered_must_be_own(certificate).await?;
        if let Some(before) = stored.as_ref().map(|it| &it.certificate) {
            self.take_down(before, certificate).await?;
        }
        let shown = (!certificate.withdrawn).then_some(certificate);
        for &gtin in &certificate.gtins {
            self.show_on_product(gtin, &certificate.id, shown).await?;
        }
        if let Some(producer) = &certificate.producer {
            self.show_on_producer(producer, &certificate.id, shown).await?;
        }
        let entry = CertificateEntry {
            certificate: certificate.clone(),
            publisher: stored.map_or_else(|| self.author.publisher.clone(), |it| it.publisher.clone()),
            stamp: self.draft.stamp(),
        };
        self.draft.set(Key::Certificate(certificate.id.clone()), Entry::Certificate(Arc::new(entry)));
        Ok(Told::Act("declare"))
    }

    async fn covered_must_be_own(&mut self, certificate: &Certificate) -> Result<(), DeskError> {
        for (n, &gtin) in certificate.gtins.iter().enumerate() {
            self.own_product(gtin, &format!("gtins[{n}]")).await?;
        }
        if let Some(id) = &certificate.producer {
            let stored = self.draft.producer(id).await?;
            let stored = stored.ok_or_else(|| DeskError::not_on_record("producer", &format!("the producer {id}")))?;
            if !self.author.may_act_for(&stored.publisher) {
                return Err(DeskError::other_publisher("producer", &format!("the producer {id}")));
            }
        }
        Ok(())
    }

    /// Take the certificate off what it no longer covers.
    async fn take_down(&mut self, before: &Certificate, after: &Certificate) -> Result<(), DeskError> {
        for &gtin in before.gtins.iter().filter(|gtin| !after.gtins.contains(gtin)) {
            self.show_on_product(gtin, &before.id, None).await?;
        }
        match &before.producer {
            Some(producer) if after.producer.as_ref() != Some(producer) => {
                self.show_on_producer(producer, &before.id, None).await
            }
            _ => Ok(()),
        }
    }

    async fn show_on_product(&mut self, gtin: Gtin14, id: &Id, shown: Option<&Certificate>) -> Result<(), DeskError> {
        let Some(stored) = self.draft.product(gtin).await? else { return Ok(()) };
        let certificates = shelved(&stored.certificates, id, shown)?;
        let entry = ProductEntry { certificates, ..(*stored).clone() };
        self.draft.set(Key::Product(gtin), Entry::Product(Arc::new(entry)));
        Ok(())
    }

    async fn show_on_producer(
        &mut self,
        producer: &ProducerId,
        id: &Id,
        shown: Option<&Certificate>,
    ) -> Result<(), DeskError> {
        let Some(stored) = self.draft.producer(producer).await? else { return Ok(()) };
        let certificates = shelved(&stored.certificates, id, shown)?;
        let entry = ProducerEntry { certificates, ..(*stored).clone() };
        self.draft.set(Key::Producer(producer.clone()), Entry::Producer(Arc::new(entry)));
        Ok(())
    }
}

fn shelved(list: &[Certificate], id: &Id, shown: Option<&Certificate>) -> Result<Vec<Certificate>, DeskError> {
    upsert(list, shown.cloned(), |it| it.id == *id, |it| it.id.clone(), MAX_CERTIFICATES)
}
