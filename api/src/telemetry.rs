//! What operators watch: counters and gauges in the text format of Prometheus (0.0.4), served at `/metrics` on the
//! operators' listener.
//!
//! Each room registers its own here and counts by itself; nothing is read from here to decide anything. No metric is
//! about a person: none has an address, a code or a name among its labels, and every label has a closed list of values.

use prometheus::core::Collector;
#[cfg(target_os = "linux")]
use prometheus::process_collector::ProcessCollector;
use prometheus::{Encoder as _, Registry, TextEncoder};

/// `Content-Type` of the text.
pub const CONTENT_TYPE: &str = prometheus::TEXT_FORMAT;

/// All metrics of this process.
#[derive(Clone, Debug, Default)]
pub struct Telemetry {
    registry: Registry,
}

impl Telemetry {
    /// With what the system tells of this process: processor time, memory, open files (Linux).
    #[must_use]
    pub fn of_this_process() -> Self {
        let telemetry = Self::default();
        #[cfg(target_os = "linux")]
        if let Err(error) = telemetry.registry.register(Box::new(ProcessCollector::for_self())) {
            tracing::error!(%error, "the metrics of the process are not shown");
        }
        telemetry
    }

    /// Take in a metric. One that is there already stays as it is.
    ///
    /// # Panics
    /// When its name or labels are none: they are constants of this crate.
    pub fn with<C: Collector + Clone + 'static>(&self, metric: prometheus::Result<C>) -> C {
        // Names are constants of ours: a wrong one fails the first test that starts a server.
        #[expect(clippy::expect_used, reason = "a constant that is wrong is a fault of ours, found by any test")]
        let metric = metric.expect("a metric has a name and labels that Prometheus takes");
        if let Err(error) = self.registry.register(Box::new(metric.clone())) {
            tracing::error!(%error, "a metric is not shown");
        }
        metric
    }

    /// Everything, as text.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "metrics cannot be written");
        }
        text
    }
}
