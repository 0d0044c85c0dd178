//! What drives the servers: `wrk` as fast as they can (closed loop), `oha` at a fixed rate (open loop).
//!
//! In the open loop a request's time counts from when it was due, so that a server that stalls is not asked less
//! (coordinated omission).

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::process::Halves;

/// What `oha` sends from one processor before it makes requests wait itself, per second, with room to spare: beyond
/// that its own queue is what is measured.
pub(crate) const RATE_OF_A_PROCESSOR: u64 = 12_000;

/// Connections of either generator.
const CONNECTIONS: &str = "64";

/// Both generators.
#[derive(Debug)]
pub(crate) struct Generators {
    pub(crate) halves: Halves,
    pub(crate) script: PathBuf,
    pub(crate) oha: PathBuf,
}

/// What came of a window at full speed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speed {
    pub(crate) requests: u64,
    pub(crate) per_s: f64,
}

/// Times of a window at a fixed rate, in microseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
}

impl Generators {
    /// As many requests as can be had, for whole seconds.
    pub(crate) fn full_speed(&self, server: SocketAddr, requests: &Path, seconds: u64) -> io::Result<Speed> {
        let threads = self.halves.threads.to_string();
        let said = said(
            Halves::on(&self.halves.generators, "wrk")
                .args(["-t", &threads, "-c", CONNECTIONS, "-d", &format!("{seconds}s"), "--timeout", "10s", "-s"])
                .arg(&self.script)
                .arg(format!("http://{server}"))
                .arg("--")
                .arg(requests),
        )?;
        let done =
            said.lines().find_map(|line| line.strip_prefix("DONE ")).ok_or_else(|| io::Error::other(said.clone()))?;
        let numbers: Vec<u64> = done.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [requests, us, failed] = numbers[..] else { return Err(io::Error::other(said)) };
        if failed > 0 || requests == 0 {
            return Err(io::Error::other(format!("{failed} of {requests} requests to {server} failed:\n{said}")));
        }
        Ok(Speed { requests, per_s: requests as f64 * 1e6 / us as f64 })
    }

    /// So many requests a second.
    pub(crate) fn fixed_rate(&self, urls: &Path, per_s: u64, window: Duration) -> io::Result<Times> {
        let said = said(
            Halves::on(&self.halves.generators, &self.oha.to_string_lossy())
                .args(["--no-tui", "--output-format", "json", "--latency-correction", "-c", CONNECTIONS])
                // As `wrk` asks, and as nginx's files are: nobody compresses.
                .arg("--disable-compression")
                .args(["-q", &per_s.to_string(), "-n", &(per_s * window.as_secs()).to_string(), "--urls-from-file"])
                .arg(urls),
        )?;
        let report: Value =
            serde_json::from_str(&said).map_err(|error| io::Error::other(format!("{error}: {said}")))?;
        let ok =
            report["statusCodeDistribution"].as_object().is_some_and(|codes| codes.keys().all(|code| code == "200"));
        let errors = report["errorDistribution"].as_object().map_or(0, serde_json::Map::len);
        let got = report["summary"]["requestsPerSec"].as_f64().unwrap_or_default();
        if !ok || errors > 0 {
            return Err(io::Error::other(format!("requests at a fixed rate failed: {said}")));
        }
        if got < per_s as f64 * 0.97 {
            eprintln!("  asked for {per_s} requests a second, got {got:.0}: the times below include the queue");
        }
        let time = |name: &str| report["latencyPercentiles"][name].as_f64().unwrap_or(f64::NAN) * 1e6;
        Ok(Times { p50: time("p50"), p99: time("p99"), p999: time("p99.9") })
    }
}

fn said(command: &mut Command) -> io::Result<String> {
    let done = command.output()?;
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(out);
    }
    Err(io::Error::other(format!("{command:?}: {out}{}", String::from_utf8_lossy(&done.stderr))))
}
