//! Which reports a list holds, and the shelves that they stand on so that a list need not look at all of them.

use gs1::Gtin14;
use nguon_openapi::ReportState;

use super::Report;
use crate::registry::Id;

/// The shelf of all reports.
pub(crate) const EVERY: &str = "all";
/// The shelf of closed reports whose contact is still kept.
pub(crate) const FORGETTING: &str = "forgetting";

/// Which reports. What is not set takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<ReportState>,
    /// About this publisher's products.
    pub publisher: Option<Id>,
    /// About this product.
    pub gtin: Option<Gtin14>,
}

impl Filter {
    /// Whether it takes a report.
    #[must_use]
    pub fn takes(&self, report: &Report) -> bool {
        self.state.is_none_or(|state| report.state == state)
            && (self.publisher.is_none() || report.publisher == self.publisher)
            && (self.gtin.is_none() || report.gtin == self.gtin)
    }

    /// The narrowest shelf on which every report stands that it takes.
    pub(crate) fn shelf(&self) -> String {
        match (&self.gtin, &self.publisher, self.state) {
            (Some(gtin), _, _) => of_gtin(*gtin),
            (None, Some(publisher), _) => of_publisher(publisher),
            (None, None, Some(state)) => of_state(state),
            (None, None, None) => EVERY.to_owned(),
        }
    }
}

fn of_gtin(gtin: Gtin14) -> String {
    format!("gtin:{gtin}")
}

fn of_publisher(publisher: &Id) -> String {
    format!("publisher:{}", publisher.as_str())
}

fn of_state(state: ReportState) -> String {
    format!("state:{}", state.as_str())
}

impl Report {
    /// The shelves that it stands on.
    pub(crate) fn shelves(&self) -> Vec<String> {
        let mut shelves = vec![EVERY.to_owned(), of_state(self.state)];
        shelves.extend(self.gtin.map(of_gtin));
        shelves.extend(self.publisher.as_ref().map(of_publisher));
        if self.contact_ends_at().is_some() {
            shelves.push(FORGETTING.to_owned());
        }
        shelves
    }
}
