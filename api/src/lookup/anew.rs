//! Facts for whoever does more with them than show a card: read anew, and never from a body in memory.

use std::sync::Arc;

use jiff::Timestamp;
use nguon_openapi::{Card, Context, Lang};

use super::validity::Basis;
use super::{Inner, Lookup, Question, gather};
use crate::store::StoreError;
use crate::verify::{self, Asked, Checked, Facts, Judgement};

/// Everything on record about a code, as it was at an instant.
#[derive(Debug)]
pub struct Gathered {
    /// The records.
    pub facts: Facts,
    /// When they were asked for.
    pub now: Timestamp,
    basis: Basis,
}

impl Lookup {
    /// Everything on record about the code in a question, from the store and under the deadline of a miss.
    ///
    /// # Errors
    /// When the registry cannot be asked.
    pub async fn facts(&self, question: &Question<'_>) -> Result<Gathered, Arc<StoreError>> {
        let now = self.inner.clock.now();
        let (facts, basis) = self.inner.facts(question, now).await?;
        Ok(Gathered { facts, now, basis })
    }

    /// The same facts if nothing that they stand on has changed since, else as they are now: a recall that was published
    /// while a check was being counted must be in its answer.
    ///
    /// # Errors
    /// When something has changed and the registry cannot be asked.
    pub async fn still(&self, gathered: Gathered, question: &Question<'_>) -> Result<Gathered, Arc<StoreError>> {
        let now = self.inner.clock.now();
        if self.inner.coherence.validity.holds(&gathered.basis, now) {
            return Ok(Gathered { now, ..gathered });
        }
        self.facts(question).await
    }

    /// A card in words, for a judgement that somebody else has made.
    #[must_use]
    pub fn worded(
        &self,
        gathered: &Gathered,
        judgement: &Judgement,
        question: &Question<'_>,
        checked: Option<(&Checked, Option<&str>)>,
    ) -> Card {
        let input = question.input.trim();
        let asked = self.inner.asked(input, question.lang, question.context, checked);
        verify::card(&gathered.facts, judgement, asked, gathered.now)
    }

    /// Whether the store is asked at all just now.
    #[must_use]
    pub fn store_is_asked(&self) -> bool {
        self.inner.gate.is_open()
    }
}

impl Inner {
    pub(super) async fn facts(
        &self,
        question: &Question<'_>,
        now: Timestamp,
    ) -> Result<(Facts, Basis), Arc<StoreError>> {
        let _place = self.gate.enter(self.coherence.validity.is_in_time())?;
        let reader = self.reader();
        let mut basis = self.coherence.validity.begin(now);
        let code = gather::code(reader, &self.own_host, question, &mut basis, now).await?;
        let facts = gather::facts(reader, &self.coherence, code, &mut basis, now).await?;
        Ok((facts, basis))
    }

    pub(super) fn asked<'a>(
        &'a self,
        input: &'a str,
        lang: Lang,
        context: Context,
        checked: Option<(&'a Checked, Option<&'a str>)>,
    ) -> Asked<'a> {
        let site = &self.site;
        Asked { input, lang, context, base_url: &site.base_url, checks: site.checks, demo: site.demo, checked }
    }
}
