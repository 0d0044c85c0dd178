//! One Redis.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use redis::{Client, Cmd, Connection, FromRedisValue, RedisResult};
use tempfile::TempDir;

use crate::process::{Signal, signal};
use crate::wait::{PATIENCE, within};

/// What to do when there is no `redis-server`.
pub(crate) const NOT_INSTALLED: &str =
    "redis-server is not installed: start the tests with tests/run, which installs what they need";

/// How often another port is tried when somebody else takes the one that was free.
const TRIES: usize = 5;

/// A server.
#[derive(Debug)]
pub struct Redis {
    child: Child,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    dir: TempDir,
    args: Vec<String>,
}

impl Redis {
    /// Start a server that syncs every write before it answers.
    #[must_use]
    pub fn start() -> Self {
        Self::with(&["--appendonly", "yes", "--appendfsync", "always"])
    }

    /// Start a server with settings.
    #[must_use]
    pub fn with(args: &[&str]) -> Self {
        for _ in 0..TRIES {
            let port = free_port();
            let dir = tempfile::tempdir().expect("a directory can be made");
            let args: Vec<String> = args.iter().map(ToString::to_string).collect();
            let mut server = Self { child: spawn(port, &dir, &args), port, dir, args };
            if server.is_up() {
                return server;
            }
        }
        panic!("redis-server does not start");
    }

    /// Whether it comes up; not when somebody else had taken the port.
    fn is_up(&mut self) -> bool {
        within(PATIENCE, "redis-server answers", || {
            if self.child.try_wait().expect("it is ours").is_some() {
                return Some(false);
            }
            let mut connection = connect(self.port).ok()?;
            redis::cmd("PING").query::<String>(&mut connection).ok().map(|_| true)
        })
    }

    /// What a client gets.
    pub fn ask<T: FromRedisValue>(&self, command: &Cmd) -> T {
        self.try_ask(command).expect("the server answers")
    }

    /// What a client gets, or its error.
    ///
    /// # Errors
    /// What the server says, or that it says nothing.
    pub fn try_ask<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        command.query(&mut connect(self.port)?)
    }

    /// Whether it is a replica that has caught up with its primary.
    pub(crate) fn is_in_step(&self) -> bool {
        let info: String = self.ask(redis::cmd("INFO").arg("replication"));
        info.contains("role:slave") && info.contains("master_link_status:up")
    }

    /// As the store's address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Kill it, as a power cut would.
    pub fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Kill it and start it again in the same directory.
    pub fn restart(&mut self) {
        self.kill();
        self.child = spawn(self.port, &self.dir, &self.args);
        assert!(self.is_up(), "redis-server does not start again");
    }

    /// Kill it and start it again with nothing.
    pub fn restart_empty(&mut self) {
        self.kill();
        self.dir = tempfile::tempdir().expect("a directory can be made");
        self.restart();
    }

    /// Freeze it: it keeps its connections, takes bytes as far as the kernel does, and says nothing.
    pub fn freeze(&self) {
        signal(&self.child, Signal::Stop);
    }

    /// Let it go on.
    pub fn thaw(&self) {
        signal(&self.child, Signal::Continue);
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) fn connect(port: u16) -> RedisResult<Connection> {
    let connection = Client::open(("127.0.0.1", port))?.get_connection_with_timeout(PATIENCE)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    Ok(connection)
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
        .expect(NOT_INSTALLED)
}

/// A port that is free, and whose bus port in a Cluster (10,000 more) is free too.
fn free_port() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
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
