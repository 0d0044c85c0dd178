//! Which codes there are and in which order they are asked for.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Requests of one stream; then it begins anew.
const STREAM: usize = 200_000;
/// Codes of one batch: as many as the service takes.
pub(crate) const BATCH: usize = 100;
/// Batches of one stream.
const BATCHES: usize = 2_000;

/// A registry of units, as `nguon generate` invents it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) products: usize,
    /// Units of each product, all in one lot.
    pub(crate) units: usize,
}

impl Shape {
    fn generate(self, nguon: &Path) -> Command {
        let mut command = Command::new(nguon);
        command.args(["generate", "--lots", "1", "--products", &self.products.to_string()]);
        command.args(["--items", &self.units.to_string()]);
        command
    }

    /// Load it into a store.
    pub(crate) fn load(self, nguon: &Path, store: &str) -> io::Result<()> {
        let done = self.generate(nguon).args(["--store", store]).output()?;
        if done.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()))
    }

    /// One of every `step` of its codes, as Digital Link paths (GS1 Digital Link URI syntax: product, lot, serial),
    /// shuffled: the first is the one that a stream asks for most.
    pub(crate) fn codes(self, nguon: &Path, step: usize) -> io::Result<Vec<String>> {
        let mut generating = self.generate(nguon).stdout(Stdio::piped()).spawn()?;
        let out = generating.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut codes = Vec::with_capacity(self.products * self.units / step);
        let mut place = 0_usize;
        for line in BufReader::new(out).lines() {
            let line = line?;
            if !line.starts_with(r#"{"type":"items""#) {
                continue;
            }
            let record: Value = serde_json::from_str(&line)?;
            let word = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
            let (gtin, lot) = (word("gtin"), word("lot"));
            for serial in record["serials"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if place.is_multiple_of(step) {
                    codes.push(format!("/01/{gtin}/10/{lot}/21/{serial}"));
                }
                place += 1;
            }
        }
        generating.wait()?;
        fastrand::Rng::with_seed(1).shuffle(&mut codes);
        Ok(codes)
    }
}

/// Codes in the order in which people ask: the n-th most popular one 1/n as often as the first (Zipf's law).
pub(crate) fn zipf(codes: &[String]) -> Vec<&str> {
    let mut sum = 0.0;
    let sums: Vec<f64> = (1..=codes.len())
        .map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        })
        .collect();
    let mut chance = fastrand::Rng::with_seed(2);
    (0..STREAM)
        .map(|_| {
            let at = chance.f64() * sum;
            codes[sums.partition_point(|below| *below < at).min(codes.len() - 1)].as_str()
        })
        .collect()
}

/// Codes of which nobody has heard before: each as likely as any other.
pub(crate) fn uniform(codes: &[String]) -> Vec<&str> {
    let mut chance = fastrand::Rng::with_seed(3);
    (0..STREAM).map(|_| codes[chance.usize(..codes.len())].as_str()).collect()
}

/// Requests in files, as the generators read them.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    /// For `wrk.lua`.
    pub(crate) requests: PathBuf,
    /// For `oha`; only its path differs by server.
    urls: PathBuf,
    targets: Vec<String>,
}

impl Stream {
    /// GET of targets.
    pub(crate) fn of(directory: &Path, name: &str, targets: impl Iterator<Item = String>) -> io::Result<Self> {
        let stream = Self {
            requests: directory.join(format!("{name}.requests")),
            urls: directory.join(format!("{name}.urls")),
            targets: targets.collect(),
        };
        let mut out = BufWriter::new(File::create(&stream.requests)?);
        for target in &stream.targets {
            writeln!(out, "GET {target}")?;
        }
        out.flush()?;
        Ok(stream)
    }

    /// Lookups of codes.
    pub(crate) fn lookups(directory: &Path, name: &str, codes: &[&str]) -> io::Result<Self> {
        Self::of(directory, name, codes.iter().map(|code| target(code)))
    }

    /// Batches of codes.
    pub(crate) fn batches(directory: &Path, codes: &[&str]) -> io::Result<Self> {
        let requests = directory.join("batch.requests");
        let mut out = BufWriter::new(File::create(&requests)?);
        for batch in codes.chunks_exact(BATCH).take(BATCHES) {
            writeln!(out, "POST /v1/verify/batch {}", serde_json::json!({ "codes": batch }))?;
        }
        out.flush()?;
        Ok(Self { requests, urls: PathBuf::new(), targets: Vec::new() })
    }

    /// The stream as addresses at a server: `oha` picks among them at random, as often as each stands there.
    pub(crate) fn urls(&self, server: SocketAddr) -> io::Result<&Path> {
        let mut out = BufWriter::new(File::create(&self.urls)?);
        for target in &self.targets {
            writeln!(out, "http://{server}{target}")?;
        }
        out.flush()?;
        Ok(&self.urls)
    }

    /// The first requests.
    pub(crate) fn first(&self, count: usize) -> &[String] {
        &self.targets[..count.min(self.targets.len())]
    }
}

/// What a lookup of a code asks for.
pub(crate) fn target(code: &str) -> String {
    format!("/v1/verify{code}")
}

/// What a code is kept under in the Redis that Webdis reads: no slash, no dot (Webdis takes those as its own).
pub(crate) fn webdis_key(code: &str) -> String {
    code.replace('/', ":")
}
