//! What checks count for operators. No label is about a person or a product.

use prometheus::{IntCounterVec, Opts};

use crate::telemetry::Telemetry;

/// What may become of a check, as `nguon_checks_total` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Counted,
    Repeat,
    Again,
    Journaled,
    NotTaken,
    NotOneUnit,
}

impl Outcome {
    const ALL: [Self; 6] =
        [Self::Counted, Self::Repeat, Self::Again, Self::Journaled, Self::NotTaken, Self::NotOneUnit];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Repeat => "repeat",
            Self::Again => "again",
            Self::Journaled => "journaled",
            Self::NotTaken => "not_taken",
            Self::NotOneUnit => "not_one_unit",
        }
    }
}

/// Kinds of alert. The closed list of `kind` in [`Alert`](crate::store::ledger::Alert).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum AlertKind {
    /// A code looks copied.
    SuspectedClone,
    /// A code is checked more often than usual.
    UnusualActivity,
    /// A unit was checked that is not on sale yet.
    CheckBeforeActivation,
    /// A PIN was tried so often that no more tries are taken for a day.
    PinGuessing,
    /// An operator cleared a suspicion.
    Cleared,
    /// An operator marked a code as posted in public, or no longer.
    SharedPublicly,
}

impl AlertKind {
    const ALL: [Self; 6] = [
        Self::SuspectedClone,
        Self::UnusualActivity,
        Self::CheckBeforeActivation,
        Self::PinGuessing,
        Self::Cleared,
        Self::SharedPublicly,
    ];

    /// An operator's own act, told each time.
    pub(super) const fn is_by_operator(self) -> bool {
        matches!(self, Self::Cleared | Self::SharedPublicly)
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::SuspectedClone => "suspected_clone",
            Self::UnusualActivity => "unusual_activity",
            Self::CheckBeforeActivation => "check_before_activation",
            Self::PinGuessing => "pin_guessing",
            Self::Cleared => "cleared",
            Self::SharedPublicly => "shared_publicly",
        }
    }
}

#[derive(Debug)]
pub(super) struct Counts {
    checks: IntCounterVec,
    alerts: IntCounterVec,
}

impl Counts {
    pub(super) fn in_(telemetry: &Telemetry) -> Self {
        let checks = telemetry
            .with(IntCounterVec::new(Opts::new("nguon_checks_total", "Checks, by what became of them."), &["outcome"]));
        let alerts = telemetry.with(IntCounterVec::new(
            Opts::new("nguon_alerts_total", "Alerts raised by this node, by kind: see /v1/alerts."),
            &["kind"],
        ));
        // Shown from the start: an alarm watches how they grow.
        for outcome in Outcome::ALL {
            checks.with_label_values(&[outcome.as_str()]);
        }
        for kind in AlertKind::ALL {
            alerts.with_label_values(&[kind.as_str()]);
        }
        Self { checks, alerts }
    }

    pub(super) fn check(&self, outcome: Outcome) {
        self.checks.with_label_values(&[outcome.as_str()]).inc();
    }

    pub(super) fn alert(&self, kind: AlertKind) {
        self.alerts.with_label_values(&[kind.as_str()]).inc();
    }
}
