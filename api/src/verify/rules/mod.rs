//! Rules: one file per family of findings. A rule looks at the facts and the day and says what it finds; it
//! neither orders nor words anything.

pub(super) mod checks;
pub(super) mod dates;
pub(super) mod identity;
pub(super) mod recalls;
pub(super) mod state;

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::{ReasonCode, Tone, Verdict};

use super::day::today;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What was found.
    pub(crate) reason: ReasonCode,
    /// The verdict it asks for; `None`: it is only said.
    pub(crate) verdict: Option<Verdict>,
    /// The tone is at least this.
    pub(crate) at_least: Option<Tone>,
    /// What the code says.
    pub(crate) in_code: Option<Said>,
    /// What the record says.
    pub(crate) on_record: Option<Said>,
    /// The day it speaks of.
    pub(crate) date: Option<Date>,
    /// The instant it speaks of, where more than the day is known.
    pub(crate) moment: Option<Timestamp>,
    /// The number it speaks of.
    pub(crate) count: Option<u64>,
}

impl Finding {
    pub(crate) fn said(reason: ReasonCode) -> Self {
        Self {
            reason,
            verdict: None,
            at_least: None,
            in_code: None,
            on_record: None,
            date: None,
            moment: None,
            count: None,
        }
    }

    pub(crate) fn asks(reason: ReasonCode, verdict: Verdict) -> Self {
        Self { verdict: Some(verdict), ..Self::said(reason) }
    }

    pub(crate) fn cautions(reason: ReasonCode) -> Self {
        Self { at_least: Some(Tone::Caution), ..Self::said(reason) }
    }

    pub(crate) fn on(mut self, date: Option<Date>) -> Self {
        self.date = date;
        self
    }

    pub(crate) fn at(mut self, moment: Timestamp) -> Self {
        self.moment = Some(moment);
        self.on(Some(today(moment)))
    }

    pub(crate) fn compares(self, in_code: impl Into<Said>, on_record: impl Into<Said>) -> Self {
        self.read(in_code).names(on_record)
    }

    pub(crate) fn read(mut self, in_code: impl Into<Said>) -> Self {
        self.in_code = Some(in_code.into());
        self
    }

    pub(crate) fn names(mut self, on_record: impl Into<Said>) -> Self {
        self.on_record = Some(on_record.into());
        self
    }
}

/// A value that a finding speaks of: kept typed, for a day is written differently in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Text(String),
    Day(Date),
}

impl From<Date> for Said {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! said_by_display {
    ($($code:ty),+) => {$(
        impl From<$code> for Said {
            fn from(code: $code) -> Self {
                Self::Text(code.to_string())
            }
        }
    )+};
}

said_by_display!(gs1::Lot, gs1::Serial, gs1::Gtin14);

impl core::fmt::Display for Said {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// What the rules have found so far, and the next instant at which one of them would find something else.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) findings: Vec<Finding>,
    pub(crate) valid_until: Option<Timestamp>,
}

impl Found {
    pub(crate) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Something changes by itself at this instant, if it is still to come.
    pub(crate) fn changes_at(&mut self, instant: Timestamp, now: Timestamp) {
        if instant > now {
            self.valid_until = Some(self.valid_until.map_or(instant, |known| known.min(instant)));
        }
    }
}
