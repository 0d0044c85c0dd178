//! What a lookup counts, by tier: where answers come from, and what the store does.

use prometheus::{Gauge, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts};

use super::Way;
use crate::store::StoreError;
use crate::telemetry::Telemetry;

/// Upper bounds of the time of a read, in seconds: a local file takes microseconds, Redis a fraction of a millisecond.
const READ_SECONDS: [f64; 11] = [1e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 1e-2, 5e-2, 0.1, 0.25];

/// The counters. Those on the way of a hit are resolved once: a hit adds one to one number.
#[derive(Debug)]
pub(super) struct Counts {
    hit: IntCounter,
    stored: IntCounter,
    collapsed: IntCounter,
    bypass: IntCounter,
    stale: IntCounter,
    unanswered: IntCounter,
    unanswered_with_origin: IntCounter,
    pub(super) records_hit: IntCounter,
    pub(super) records_miss: IntCounter,
    pub(super) read_seconds: Histogram,
    errors: IntCounterVec,
    pub(super) not_asked: IntCounter,
    pub(super) turned_away: IntCounter,
    pub(super) unreplicated: IntCounter,
    pub(super) gauges: Gauges,
}

/// What is read off when somebody looks.
#[derive(Debug)]
pub(super) struct Gauges {
    pub(super) bytes: [IntGauge; 3],
    pub(super) entries: [IntGauge; 3],
    pub(super) in_time: IntGauge,
    pub(super) store_asked: IntGauge,
    pub(super) misses: Gauge,
    pub(super) recalls: IntGauge,
}

/// Kinds of error, as `failed` names them.
const ERRORS: [&str; 5] = ["registry_unavailable", "unreachable", "corrupt", "busy", "conflict"];

/// The tiers, as `Gauges` has them.
const TIERS: [&str; 3] = ["records", "bodies", "unknown"];

impl Counts {
    pub(super) fn in_(telemetry: &Telemetry) -> Self {
        let counter = |name: &str, help: &str| telemetry.with(IntCounter::new(name, help));
        let gauge = |name: &str, help: &str| telemetry.with(IntGauge::new(name, help));
        let lookups = telemetry.with(IntCounterVec::new(
            Opts::new("nguon_lookups_total", "Lookups, by where the answer came from."),
            &["way"],
        ));
        let records = telemetry.with(IntCounterVec::new(
            Opts::new("nguon_records_total", "Records wanted by misses, by whether memory had them."),
            &["way"],
        ));
        let by_tier = |name: &str, help: &str| {
            let vec = telemetry.with(prometheus::IntGaugeVec::new(Opts::new(name, help), &["tier"]));
            TIERS.map(|tier| vec.with_label_values(&[tier]))
        };
        let of = |way| lookups.with_label_values(&[way]);
        let errors = telemetry.with(IntCounterVec::new(
            Opts::new("nguon_store_errors_total", "Reads that failed, by kind. `corrupt` is an alarm."),
            &["kind"],
        ));
        for kind in ERRORS {
            // Shown from the start: an alarm watches how it grows, and from nothing nothing grows.
            errors.with_label_values(&[kind]);
        }
        Self {
            hit: of("hit"),
            stored: of("stored"),
            collapsed: of("collapsed"),
            bypass: of("bypass"),
            stale: of("stale"),
            unanswered: of("unanswered"),
            unanswered_with_origin: of("unanswered_with_origin"),
            records_hit: records.with_label_values(&["hit"]),
            records_miss: records.with_label_values(&["miss"]),
            read_seconds: telemetry.with(Histogram::with_opts(
                HistogramOpts::new("nguon_store_read_seconds", "Time of reads from the store, in seconds.")
                    .buckets(READ_SECONDS.to_vec()),
            )),
            errors,
            not_asked: counter(
                "nguon_store_not_asked_total",
                "Reads not made because the store did not answer before.",
            ),
            turned_away: counter("nguon_misses_turned_away_total", "Misses turned away: too many were under way."),
            unreplicated: counter(
                "nguon_commits_unreplicated_total",
                "Commits acknowledged while no replica had them, where there are replicas as a rule.",
            ),
            gauges: Gauges {
                bytes: by_tier("nguon_memory_bytes", "Memory that a tier is taken to use, in bytes."),
                entries: by_tier("nguon_memory_entries", "Entries of a tier."),
                in_time: gauge("nguon_changes_in_time", "1 while the store tells of changes in time."),
                store_asked: gauge("nguon_store_asked", "1 while the store is asked; 0 while it does not answer."),
                misses: telemetry
                    .with(Gauge::new("nguon_misses_full", "How much of the room for misses is taken, 0 to 1.")),
                recalls: gauge("nguon_recalls", "Recalls in memory, in any state."),
            },
        }
    }

    /// An answer went out.
    pub(super) fn answered(&self, way: Way) {
        match way {
            Way::Hit => &self.hit,
            Way::Stored => &self.stored,
            Way::Collapsed => &self.collapsed,
            Way::Bypass => &self.bypass,
            Way::Stale => &self.stale,
        }
        .inc();
    }

    /// None did.
    pub(super) fn unanswered(&self, with_origin: bool) {
        if with_origin { &self.unanswered_with_origin } else { &self.unanswered }.inc();
    }

    /// A read failed.
    pub(super) fn failed(&self, error: &StoreError) {
        let kind = match error {
            StoreError::RegistryUnavailable(_) => 0,
            StoreError::Unreachable(_) => 1,
            StoreError::Corrupt(_) => 2,
            StoreError::Busy(_) => 3,
            StoreError::Conflict { .. } => 4,
        };
        self.errors.with_label_values(&[ERRORS[kind]]).inc();
    }
}
