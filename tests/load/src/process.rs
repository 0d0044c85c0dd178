//! Processes of ours: started, found with their children, weighed, stopped.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longest that a server may take until it takes connections.
const START: Duration = Duration::from_mins(1);
/// Longest that a server may take to stop by itself.
const STOP: Duration = Duration::from_secs(10);
/// Clock ticks in `/proc`, per second: fixed in Linux's interface to user space.
const TICKS_PER_S: u64 = 100;

/// The processors, in two halves: servers run on one, generators on the other, so that neither takes the other's time
/// nor its caches. On a machine with one processor both are that one.
#[derive(Clone, Debug)]
pub(crate) struct Halves {
    /// For servers, as `taskset` writes lists.
    pub(crate) servers: String,
    /// For generators.
    pub(crate) generators: String,
    /// How many there are for servers: each gets as many threads.
    pub(crate) threads: usize,
}

impl Halves {
    /// Of this machine.
    pub(crate) fn of_this_machine() -> Self {
        let all = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = (all / 2).max(1);
        let list = |from: usize, to: usize| if from == to { from.to_string() } else { format!("{from}-{to}") };
        Self { servers: list(0, threads - 1), generators: list(threads.min(all - 1), all - 1), threads }
    }

    /// A program on some processors, which ends with this one however that ends.
    pub(crate) fn on(list: &str, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "taskset", "-c", list, program]);
        command
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Start a server and wait until it takes connections at an address.
    pub(crate) fn start(command: &mut Command, address: SocketAddr) -> io::Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut server = Self { child, address };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if server.child.try_wait()?.is_some() || began.elapsed() > START {
                return Err(io::Error::other(format!("{command:?} does not listen at {address}")));
            }
            sleep(Duration::from_millis(1));
        }
        Ok(server)
    }

    /// Its process and all processes below it.
    pub(crate) fn family(&self) -> Vec<u32> {
        family(self.child.id())
    }

    /// Kill it as a power cut would.
    pub(crate) fn kill(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever has ended has given its number back.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).stderr(Stdio::null()).status();
        let began = Instant::now();
        while began.elapsed() < STOP {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address of the loopback that nobody has at the moment.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}

fn family(root: u32) -> Vec<u32> {
    // Not every kernel lists the children of a process: every process names its parent.
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u32, u32)> = all
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, fields(process).get(1)?.parse().ok()?)))
        .collect();
    let mut found = vec![root];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        at += 1;
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(process, _)| *process));
    }
    found
}

/// What proc(5) says in `/proc/PID/stat`, from the third field on: the second is a name and may hold anything.
fn fields(process: u32) -> Vec<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// Processor time that processes have taken so far, in their own code and in the kernel's, in microseconds
/// (`utime` and `stime` of proc(5)).
pub(crate) fn cpu_us(processes: &[u32]) -> u64 {
    processes.iter().map(|process| ticks(*process) * (1_000_000 / TICKS_PER_S)).sum()
}

fn ticks(process: u32) -> u64 {
    // Fields 14 and 15.
    fields(process).iter().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

/// Memory of processes in MiB, what they share counted once (`Pss` of proc(5)).
pub(crate) fn pss_mib(processes: &[u32]) -> u64 {
    let kib: u64 = processes
        .iter()
        .filter_map(|process| fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok())
        .filter_map(|rollup| {
            rollup
                .lines()
                .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok())
        })
        .sum();
    kib / 1024
}
