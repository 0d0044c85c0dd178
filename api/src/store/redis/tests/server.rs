//! Redis servers of a test's own: on free ports of the loopback, in a directory of their own, killed when dropped.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{Client, Cmd, FromRedisValue};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

/// Longest that anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A server.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    dir: TempDir,
    args: Vec<String>,
}

impl Server {
    /// Start a server that syncs every write.
    pub(crate) async fn start() -> Self {
        Self::with(&["--appendonly", "yes", "--appendfsync", "always"]).await
    }

    /// Start a server with settings.
    pub(crate) async fn with(args: &[&str]) -> Self {
        for _ in 0..5 {
            let port = free_port();
            let dir = tempfile::tempdir().unwrap();
            let args: Vec<String> = args.iter().map(ToString::to_string).collect();
            let mut server = Self { child: spawn(port, &dir, &args), port, dir, args };
            if server.up().await {
                return server;
            }
        }
        panic!("redis-server does not start");
    }

    /// Whether it answers; not when somebody else had taken the port.
    async fn up(&mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            if let Some(mut connection) = self.connect().await
                && redis::cmd("PING").query_async::<String>(&mut connection).await.is_ok()
            {
                return true;
            }
            sleep(Duration::from_millis(10)).await;
        }
        false
    }

    async fn connect(&self) -> Option<MultiplexedConnection> {
        connect(self.port).await
    }

    /// What a client gets.
    pub(crate) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> T {
        self.try_ask(command).await.unwrap()
    }

    /// What a client gets, or its error.
    pub(crate) async fn try_ask<T: FromRedisValue>(&self, command: &Cmd) -> redis::RedisResult<T> {
        let mut connection = self.connect().await.expect("the server answers");
        command.query_async(&mut connection).await
    }

    /// What a client gets from whatever listens on a port.
    pub(crate) async fn ask_at<T: FromRedisValue>(port: u16, command: &Cmd) -> redis::RedisResult<T> {
        let mut connection = connect(port).await.expect("the server answers");
        command.query_async(&mut connection).await
    }

    pub(crate) fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Kill it, as a power cut would.
    pub(crate) fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Kill it and start it again in the same directory.
    pub(crate) async fn restart(&mut self) {
        self.kill();
        self.child = spawn(self.port, &self.dir, &self.args);
        assert!(self.up().await, "redis-server does not start again");
    }

    /// Kill it and start it again with nothing.
    pub(crate) async fn restart_empty(&mut self) {
        self.kill();
        self.dir = tempfile::tempdir().unwrap();
        self.restart().await;
    }

    /// Freeze it, or let it go on.
    pub(crate) fn freeze(&self, frozen: bool) {
        let signal = if frozen { "-STOP" } else { "-CONT" };
        let done = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn connect(port: u16) -> Option<MultiplexedConnection> {
    let client = Client::open(format!("redis://127.0.0.1:{port}")).unwrap();
    client.get_multiplexed_async_connection().await.ok()
}

fn spawn(port: u16, dir: &TempDir, args: &[String]) -> Child {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"])
        .arg("--dir")
        .arg(dir.path())
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is not installed: start the tests with tests/run, which installs what they need")
}

/// A port that is free, and whose bus port in a Cluster (10,000 more) is free too.
fn free_port() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        if port < 55_000 && TcpListener::bind(("127.0.0.1", port + 10_000)).is_ok() {
            return port;
        }
        // Take another one: the system may give the same again.
        let step = port.wrapping_add(7_919) % 20_000 + 20_000;
        if TcpListener::bind(("127.0.0.1", step)).is_ok() && TcpListener::bind(("127.0.0.1", step + 10_000)).is_ok() {
            return step;
        }
    }
}

/// Wait for a condition.
pub(crate) async fn until(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition().await {
        assert!(Instant::now() < end, "in vain: {what}");
        sleep(Duration::from_millis(5)).await;
    }
}
