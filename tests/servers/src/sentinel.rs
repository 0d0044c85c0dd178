//! A primary and its replica under one Sentinel, which alone decides.

use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use redis::cmd;
use tempfile::TempDir;

use crate::redis::{NOT_INSTALLED, Redis, connect};
use crate::wait::{PATIENCE, within};

/// All three.
#[derive(Debug)]
pub struct Sentinel {
    /// Who is the primary at first.
    pub primary: Redis,
    /// Who takes over, a second after the primary has gone.
    pub replica: Redis,
    child: Child,
    port: u16,
    _dir: TempDir,
}

impl Sentinel {
    /// Start them and wait until the Sentinel knows both.
    #[must_use]
    pub fn start() -> Self {
        let (primary, replica) = (Redis::start(), Redis::start());
        replica.ask::<()>(cmd("REPLICAOF").arg("127.0.0.1").arg(primary.port));
        within(PATIENCE, "the replica is in step", || replica.is_in_step().then_some(()));
        let dir = tempfile::tempdir().expect("a directory can be made");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port is free").port();
        let file = dir.path().join("sentinel.conf");
        let lines = [
            format!("port {port}"),
            "bind 127.0.0.1".to_owned(),
            format!("dir {}", dir.path().display()),
            format!("sentinel monitor main 127.0.0.1 {} 1", primary.port),
            "sentinel down-after-milliseconds main 1000".to_owned(),
            "sentinel failover-timeout main 10000".to_owned(),
        ];
        fs::write(&file, lines.join("\n")).expect("the directory is ours");
        let child = Command::new("redis-server")
            .arg(&file)
            .arg("--sentinel")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(NOT_INSTALLED);
        let sentinel = Self { primary, replica, child, port, _dir: dir };
        within(PATIENCE, "the sentinel knows the replica", || {
            let known =
                cmd("SENTINEL").arg("REPLICAS").arg("main").query::<Vec<redis::Value>>(&mut connect(port).ok()?);
            (known.ok()?.len() == 1).then_some(())
        });
        sentinel
    }

    /// As the store's address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("redis+sentinel://127.0.0.1:{}/main", self.port)
    }
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
