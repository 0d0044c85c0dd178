//! What is counted of reports: how many, by reason. Never by code, product or person.

use nguon_openapi::ReportReason;
use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts};

use crate::telemetry::Telemetry;

/// The counters.
#[derive(Debug)]
pub(super) struct Counts {
    kept: IntCounterVec,
    /// Reports that could not be kept.
    pub(super) not_kept: IntCounter,
    /// Reports that wait on this node's disk to be passed on.
    pub(super) waiting: IntGauge,
    /// Reports that waited and were refused: beside the journal, for a person to look at.
    pub(super) set_aside: IntCounter,
    /// Reports that were turned away because there had been too many.
    pub(super) turned_away: IntCounter,
    /// Contacts and reports that were destroyed because their time was up.
    pub(super) expired: IntCounter,
}

impl Counts {
    pub(super) fn in_(telemetry: &Telemetry) -> Self {
        let waiting = "Reports on this node's disk that are to be passed on to the store.";
        let waiting = telemetry.with(IntGauge::new("nguon_reports_waiting", waiting));
        let counter = |name: &str, help: &str| telemetry.with(IntCounter::new(name, help));
        let kept = telemetry
            .with(IntCounterVec::new(Opts::new("nguon_reports_total", "Reports kept, by reason."), &["reason"]));
        for reason in ReportReason::ALL {
            // Shown from the start: an alarm watches how it grows, and from nothing nothing grows.
            kept.with_label_values(&[reason.as_str()]);
        }
        Self {
            kept,
            not_kept: counter(
                "nguon_reports_not_kept_total",
                "Reports that could be kept neither in the store nor for later.",
            ),
            waiting,
            set_aside: counter(
                "nguon_reports_set_aside_total",
                "Reports that waited and were refused: in the journal's .unrecorded.",
            ),
            turned_away: counter("nguon_reports_turned_away_total", "Reports turned away by a limit."),
            expired: counter("nguon_reports_expired_total", "Reports and contacts destroyed when their time was up."),
        }
    }

    /// One was kept.
    pub(super) fn kept(&self, reason: ReportReason) {
        self.kept.with_label_values(&[reason.as_str()]).inc();
    }
}
