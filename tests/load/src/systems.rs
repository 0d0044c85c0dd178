//! The systems that are compared, each with the settings that its own manual recommends for this work.

use std::fs;
use std::io::{self, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;

use crate::headers;
use crate::process::{Halves, Server, free_address};

/// What links and cards say of where they are: the same for every instance, so that every body is the same.
const ORIGIN: &str = "https://id.example.vn";

/// How much a Nguon keeps in memory, in MiB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub(crate) cards: u32,
    pub(crate) records: u32,
}

/// How long a lookup waits for Redis here, in milliseconds: whatever else the machine does, every code is answered.
const MISS_DEADLINE_MS: &str = "10000";

/// Nguon over a store. One client asks for everything here, hence its share.
pub(crate) fn nguon(halves: &Halves, binary: &Path, store: &str, kept: Kept) -> io::Result<Server> {
    let address = free_address()?;
    let mut command = Halves::on(&halves.servers, &binary.to_string_lossy());
    command
        .args(["serve", "--store", store, "--base-url", ORIGIN, "--listen", &address.to_string()])
        .args(["--admin-listen", "127.0.0.1:0", "--workers", &halves.threads.to_string()])
        .args(["--miss-deadline-ms", MISS_DEADLINE_MS])
        .args(["--codes-per-minute", &u32::MAX.to_string(), "--unknown-per-minute", &u32::MAX.to_string()])
        .args(["--cards-mib", &kept.cards.to_string(), "--records-mib", &kept.records.to_string()]);
    Server::start(&mut command, address)
}

/// Connections that nginx is told to expect, each with its descriptor.
const CONNECTIONS: u64 = 4_096;

/// Files that a process of this machine may have open at once.
fn descriptors() -> io::Result<u64> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let hard = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    hard.ok_or_else(|| io::Error::other("/proc/self/limits does not say how many files may be open"))
}

/// nginx over files: no log, descriptors and metadata of as many files kept open as the machine allows (at
/// most 50,000), connections kept for good. Without `sendfile`:
/// for bodies of some KiB a copy and one call are cheaper than two calls, by about a fifth.
pub(crate) fn nginx(halves: &Halves, directory: &Path, root: &Path) -> io::Result<Server> {
    let address = free_address()?;
    let headers: String =
        headers::CONSTANT.map(|(name, value)| format!("    add_header {name} \"{value}\";\n")).concat();
    let descriptors = descriptors()?;
    // A master that is root hands its work to another user, who cannot read our files.
    let user = if is_root()? { "user root;" } else { "" };
    let configuration = format!(
        "{user}
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/nginx.log;
worker_processes {threads};
worker_rlimit_nofile {descriptors};
events {{ worker_connections {CONNECTIONS}; }}
http {{
  access_log off;
  sendfile off;
  keepalive_requests 4294967295;
  open_file_cache max={kept} inactive=10m;
  open_file_cache_valid 10m;
  types {{ }}
  default_type application/json;
  client_body_temp_path {directory}/nginx-body;
  proxy_temp_path {directory}/nginx-proxy;
  fastcgi_temp_path {directory}/nginx-fastcgi;
  uwsgi_temp_path {directory}/nginx-uwsgi;
  scgi_temp_path {directory}/nginx-scgi;
  server {{
    listen {address} backlog=4096;
    root {root};
{headers}  }}
}}
",
        directory = directory.display(),
        root = root.display(),
        threads = halves.threads,
        kept = descriptors.saturating_sub(CONNECTIONS).min(50_000),
    );
    let file = directory.join("nginx.conf");
    fs::write(&file, configuration)?;
    let log = directory.join("nginx.log");
    Server::start(Halves::on(&halves.servers, "nginx").arg("-e").arg(log).arg("-c").arg(file), address)
}

/// Varnish before another server; memory for everything.
pub(crate) fn varnish(halves: &Halves, directory: &Path, behind: SocketAddr) -> io::Result<Server> {
    let address = free_address()?;
    let mut command = Halves::on(&halves.servers, "varnishd");
    command
        .args(["-F", "-a", &address.to_string(), "-b", &behind.to_string(), "-s", "malloc,2G", "-n"])
        .arg(directory.join("varnish"));
    Server::start(command.stderr(std::process::Stdio::null()), address)
}

/// Webdis before a Redis.
pub(crate) fn webdis(halves: &Halves, directory: &Path, redis: SocketAddr) -> io::Result<Server> {
    let address = free_address()?;
    let configuration = serde_json::json!({
        "redis_host": redis.ip().to_string(), "redis_port": redis.port(),
        "http_host": address.ip().to_string(), "http_port": address.port(),
        "threads": halves.threads, "daemonize": false, "database": 0,
        "verbosity": 0, "logfile": directory.join("webdis.log"),
    });
    let file = directory.join("webdis.json");
    fs::write(&file, configuration.to_string())?;
    let mut command = Halves::on(&halves.servers, "webdis");
    // It warns of every connection that ends.
    command.arg(file).current_dir(directory).stderr(std::process::Stdio::null());
    Server::start(&mut command, address)
}

/// A Redis that writes nothing to disk.
pub(crate) fn redis(halves: &Halves) -> io::Result<Server> {
    let address = free_address()?;
    let mut command = Halves::on(&halves.servers, "redis-server");
    command.args(["--port", &address.port().to_string(), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]);
    Server::start(&mut command, address)
}

/// The handler that returns a constant: the second binary of this crate.
pub(crate) fn constant(halves: &Halves, body: &Path) -> io::Result<Server> {
    let address = free_address()?;
    let binary = std::env::current_exe()?.with_file_name("constant");
    let mut command = Halves::on(&halves.servers, &binary.to_string_lossy());
    command.arg(address.to_string()).arg(halves.threads.to_string()).arg(body);
    Server::start(&mut command, address)
}

/// Puts strings into a Redis, many at once.
#[derive(Debug)]
pub(crate) struct Filler {
    connection: TcpStream,
    replies: BufReader<TcpStream>,
    waiting: Vec<u8>,
    count: usize,
}

impl Filler {
    const PORTION: usize = 500;

    /// Into the Redis at an address.
    pub(crate) fn into(redis: SocketAddr) -> io::Result<Self> {
        let connection = TcpStream::connect(redis)?;
        let replies = BufReader::new(connection.try_clone()?);
        Ok(Self { connection, replies, waiting: Vec::new(), count: 0 })
    }

    /// SET.
    pub(crate) fn set(&mut self, key: &str, value: &[u8]) -> io::Result<()> {
        write!(self.waiting, "*3\r\n$3\r\nSET\r\n${}\r\n{key}\r\n${}\r\n", key.len(), value.len())?;
        self.waiting.extend_from_slice(value);
        self.waiting.extend_from_slice(b"\r\n");
        self.count += 1;
        if self.count == Self::PORTION { self.flush() } else { Ok(()) }
    }

    /// Send what is left.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.connection.write_all(&self.waiting)?;
        let mut replies = vec![0; b"+OK\r\n".len() * self.count];
        self.replies.read_exact(&mut replies)?;
        (self.waiting, self.count) = (Vec::new(), 0);
        if replies.chunks_exact(5).all(|reply| reply == b"+OK\r\n") {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&replies).into_owned()))
    }
}

fn is_root() -> io::Result<bool> {
    Ok(Command::new("id").arg("-u").output()?.stdout == b"0\n")
}
