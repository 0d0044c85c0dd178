//! What operators do with a report: read it, answer it, close it. Every step is kept with who took it, when and why.

use jiff::Timestamp;
use nguon_openapi::{ReportState, ReportStatus};

use super::Reception;
use super::draft::taken;
use super::fault::TEXT_CHARS;
use super::receipt::Receipt;
use crate::registry::Id;
use crate::store::StoreError;
use crate::store::reports::{Filter, Hold, Photo, Report, ReporterContact, Step};

/// A step to be taken.
#[derive(Clone, Debug)]
pub struct Change {
    /// The state that it leads to.
    pub state: ReportState,
    /// An answer to the reporter, in place of the one that is there.
    pub answer: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// By whom.
    pub by: Id,
    /// The version that was looked at; `None`: whatever is there.
    pub version: Option<u64>,
}

/// Why a step was not taken.
#[derive(Clone, Debug)]
pub enum Refused {
    /// There is no such report.
    Missing,
    /// It is of another version by now.
    Moved {
        /// Which.
        version: u64,
    },
    /// The step does not fit: field, and what to do.
    Unfit(&'static str, &'static str),
    /// The store could not say.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Change {
    /// The report after this step.
    fn of(&self, was: &Report, now: Timestamp) -> Result<Report, Refused> {
        let clean = |text: &Option<String>| text.as_deref().map(|text| taken(text, true)).filter(|it| !it.is_empty());
        let (answer, why) = (clean(&self.answer), clean(&self.why));
        for (field, text) in [("answer", &answer), ("why", &why)] {
            if text.as_ref().is_some_and(|text| text.chars().count() > TEXT_CHARS) {
                return Err(Refused::Unfit(field, "has at most 2,000 characters: shorten it"));
            }
        }
        let answer = answer.or_else(|| was.answer.clone());
        match self.state {
            ReportState::Received => Err(Refused::Unfit("status", "must be one of: read, answered, closed")),
            ReportState::Answered if answer.is_none() => {
                Err(Refused::Unfit("answer", "is needed: say what the reporter is to read"))
            }
            state if was.state == ReportState::Closed && state != ReportState::Closed && why.is_none() => {
                Err(Refused::Unfit("why", "is needed: the report was closed, say why it is opened again"))
            }
            state => {
                let mut steps = was.steps.clone();
                steps.push(Step { at: now, by: self.by.clone(), state, why });
                Ok(Report { version: was.version + 1, state, answer, steps, ..was.clone() })
            }
        }
    }
}

impl Reception {
    /// How far the report of a receipt has come; `by_when` is worked out by whoever knows how long it may take.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn status(
        &self,
        receipt: Receipt,
        read_by: &str,
        by_when: impl FnOnce(Timestamp) -> jiff::civil::Date,
    ) -> Result<Option<ReportStatus>, StoreError> {
        let receipt = receipt.hash();
        if let Some(at) = self.waits_since(&receipt) {
            return Ok(Some(ReportStatus {
                status: ReportState::Received,
                answer: None,
                read_by: read_by.to_owned(),
                by_when: by_when(at),
                received_at: at,
                read_at: None,
                answered_at: None,
                closed_at: None,
            }));
        }
        // Asked first: what is passed on meanwhile is found by then.
        let anything_waits = self.anything_waits().await;
        let report = self.reports.of_receipt(&receipt).await?;
        if report.is_none() && anything_waits {
            return Err(StoreError::Unreachable("reports wait to be passed on, and it may be one of them".to_owned()));
        }
        Ok(report.map(|report| ReportStatus {
            status: report.state,
            read_by: read_by.to_owned(),
            by_when: by_when(report.at),
            received_at: report.at,
            // What was answered or closed at once has been read by then.
            read_at: report.steps.first().map(|step| step.at),
            answered_at: report.came_into(ReportState::Answered, false),
            closed_at: report.came_into(ReportState::Closed, false).filter(|_| report.state == ReportState::Closed),
            answer: report.answer,
        }))
    }

    /// Reports that a filter takes, after a number.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn list(&self, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Report>, StoreError> {
        self.reports.list(filter, after, limit).await
    }

    /// A report, and how to reach whoever sent it.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn look_at(&self, number: u64) -> Result<Option<(Report, Option<ReporterContact>)>, StoreError> {
        let Some(report) = self.reports.of_number(number).await? else { return Ok(None) };
        let contact = if report.has_contact { self.reports.contact(&report).await? } else { None };
        Ok(Some((report, contact)))
    }

    /// The photo of a report.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn photo(&self, number: u64) -> Result<Option<Photo>, StoreError> {
        match self.reports.of_number(number).await? {
            Some(report) if report.has_photo => self.reports.photo(&report).await,
            _ => Ok(None),
        }
    }

    /// Hold a report, or let go of it; the report after it. No step of it changes with that.
    ///
    /// # Errors
    /// Why it was not done.
    pub async fn hold(&self, number: u64, hold: Option<Hold>) -> Result<Report, Refused> {
        let was = self.reports.of_number(number).await?.ok_or(Refused::Missing)?;
        let is = Report { version: was.version + 1, held: hold, ..was.clone() };
        if self.reports.replace(&was, &is).await? {
            return Ok(is);
        }
        let now = self.reports.of_number(number).await?.ok_or(Refused::Missing)?;
        Err(Refused::Moved { version: now.version })
    }

    /// Take a step with a report; the report after it.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn change(&self, number: u64, change: &Change, now: Timestamp) -> Result<Report, Refused> {
        let was = self.reports.of_number(number).await?.ok_or(Refused::Missing)?;
        if change.version.is_some_and(|version| version != was.version) {
            return Err(Refused::Moved { version: was.version });
        }
        let is = change.of(&was, now)?;
        if self.reports.replace(&was, &is).await? {
            return Ok(is);
        }
        let now = self.reports.of_number(number).await?.ok_or(Refused::Missing)?;
        Err(Refused::Moved { version: now.version })
    }
}
