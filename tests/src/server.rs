//! `nguon` as a running process: on ports of its own, stopped when dropped.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::Value;

use crate::binary::nguon;
use crate::http::{Reply, Request};
use crate::output::Output;
use crate::registry::{PUBLISHER, records};
use nguon_test_servers::{Signal, signal, within};

const START: Duration = Duration::from_mins(1);

/// How to start it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    args: Vec<String>,
}

impl Settings {
    /// The demonstration.
    #[must_use]
    pub fn demo() -> Self {
        Self::default().and("demo")
    }

    /// The registry in a file.
    #[must_use]
    pub fn serve(store: &Path) -> Self {
        Self::node(&format!("embedded:{}", store.display()))
    }

    /// The registry in a store, which other nodes may serve as well if it is Redis.
    #[must_use]
    pub fn node(store: &str) -> Self {
        Self::default().and("serve").and("--store").and(store)
    }

    /// With one more argument.
    #[must_use]
    pub fn and(mut self, argument: &str) -> Self {
        self.args.push(argument.to_owned());
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(nguon());
        command.args(&self.args);
        for flag in ["--listen", "--admin-listen"] {
            if !self.args.iter().any(|argument| argument == flag) {
                command.args([flag, "127.0.0.1:0"]);
            }
        }
        // What the caller of the tests has set for a service of theirs is not for ours.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NGUON_")) {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Start one over each of these stores, all at once.
    #[must_use]
    pub fn nodes<const N: usize>(stores: [&str; N]) -> [Server; N] {
        thread::scope(|scope| {
            let starting = stores.map(|store| scope.spawn(move || Self::node(store).start()));
            starting.map(|node| node.join().expect("it starts"))
        })
    }

    /// Run it to its end: for what must not start. Whether it succeeded, and everything it printed.
    #[must_use]
    pub fn run_to_end(&self) -> (bool, String) {
        let done = self.command().output().expect("nguon can be run");
        let printed = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&printed).into_owned())
    }

    /// Start it and wait until it answers.
    #[must_use]
    pub fn start(&self) -> Server {
        let mut child = self.command().spawn().expect("nguon can be run");
        let output = Output::default();
        output.follow(child.stdout.take().expect("its output is a pipe"));
        output.follow(child.stderr.take().expect("its output is a pipe"));
        // A server from here on: whatever fails below, it is stopped.
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Server { child, output, public: nowhere, admin: nowhere, keep: None };
        let Some((public, admin)) = server.output.wait_for(START, addresses) else {
            panic!("nguon {:?} did not say where it listens:\n{}", self.args, server.output.text());
        };
        (server.public, server.admin) = (public, admin);
        within(START, "/livez is 200", || {
            let reply = Request::get("/livez").try_send(server.admin).ok()?;
            (reply.status == 200).then_some(())
        });
        server
    }
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    output: Output,
    /// The public listener.
    pub public: SocketAddr,
    /// The listener for operators.
    pub admin: SocketAddr,
    /// A directory that lives as long as the server.
    keep: Option<tempfile::TempDir>,
}

/// The demonstration, shared by the tests that only read. It stops with the last test that holds it.
#[must_use]
pub fn demo() -> Arc<Server> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock();
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Settings::demo().start());
        *shared = Arc::downgrade(&server);
        server
    })
}

impl Server {
    /// A server of the test's own over an empty registry.
    #[must_use]
    pub fn empty() -> Self {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut server = Settings::serve(&directory.path().join("registry.redb")).start();
        server.keep = Some(directory);
        server
    }

    /// A server of the test's own, with the tests' small registry in it.
    #[must_use]
    pub fn with_records() -> Self {
        let server = Self::empty();
        let report = server.import(&records());
        assert_eq!(report["rejected"]["total"], 0, "{report}");
        server
    }

    /// The public origin, as a browser writes it.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.public)
    }

    /// The origin of the operators' listener, as a browser writes it.
    #[must_use]
    pub fn admin_origin(&self) -> String {
        format!("http://{}", self.admin)
    }

    /// Ask the public listener.
    #[must_use]
    pub fn ask(&self, request: &Request) -> Reply {
        request.send(self.public)
    }

    /// GET from the public listener.
    #[must_use]
    pub fn get(&self, target: &str) -> Reply {
        self.ask(&Request::get(target))
    }

    /// Ask the listener for operators.
    #[must_use]
    pub fn operate(&self, request: &Request) -> Reply {
        request.send(self.admin)
    }

    /// The card of a code: what follows `/v1/verify`, with a query of its own if need be.
    #[must_use]
    pub fn card(&self, code: &str) -> Value {
        let reply = self.get(&format!("/v1/verify{code}"));
        assert_eq!(reply.status, 200, "{code}: {}", reply.text());
        reply.json()
    }

    /// Publish a recall on behalf of the tests' publisher; whether it was acknowledged.
    #[must_use]
    pub fn publishes(&self, recall: &Value) -> bool {
        let target = format!("/v1/recalls?publisher={PUBLISHER}");
        Request::json(target, recall).try_send(self.admin).is_ok_and(|reply| reply.status == 200)
    }

    /// Import NDJSON on behalf of the tests' publisher; the report.
    #[must_use]
    pub fn import(&self, ndjson: &str) -> Value {
        let target = format!("/v1/import?publisher={PUBLISHER}");
        let reply = self.operate(&Request::post(target, "application/x-ndjson", ndjson));
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    /// Everything it has printed so far.
    #[must_use]
    pub fn printed(&self) -> String {
        self.output.text()
    }

    /// Whether it prints a text, now or soon.
    #[must_use]
    pub fn prints(&self, text: &str) -> bool {
        self.output.wait_for(Duration::from_secs(10), |printed| printed.contains(text).then_some(())).is_some()
    }

    /// Kill it at once, as a power cut would; everything that it had not on disk is lost.
    pub fn kill(mut self) {
        self.child.kill().expect("it is ours to kill");
        self.child.wait().expect("it is ours to wait for");
    }

    /// Ask it to stop (SIGTERM).
    pub fn ask_to_stop(&self) {
        signal(&self.child, Signal::Terminate);
    }

    /// What it takes of memory just now (resident set), in bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number of kB") * 1024
    }

    /// Wait until it has stopped by itself.
    #[must_use]
    pub fn stopped(mut self, limit: Duration) -> ExitStatus {
        within(limit, "the server has stopped", || self.child.try_wait().expect("it is ours to wait for"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first two addresses that it prints: the public one, then the one for operators.
fn addresses(printed: &str) -> Option<(SocketAddr, SocketAddr)> {
    let mut found: Vec<SocketAddr> = Vec::new();
    // A line that is still being written may end in half a port.
    let whole = printed.rfind('\n').map_or("", |end| &printed[..end]);
    for at in whole.split("http://").skip(1) {
        let end = at.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':'))).unwrap_or(at.len());
        if let Ok(address) = at[..end].trim_end_matches('.').parse()
            && !found.contains(&address)
        {
            found.push(address);
        }
    }
    match found[..] {
        [public, admin, ..] => Some((public, admin)),
        _ => None,
    }
}
