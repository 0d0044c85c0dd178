//! A Cluster: three primaries, each with a replica if wanted.

use redis::cmd;

use crate::bus::Bus;
use crate::redis::Redis;
use crate::wait::{PATIENCE, within};

/// Primaries, of which each serves a third of the slots.
const PRIMARIES: usize = 3;
/// A server's bus port is that much above its own.
const BUS: u16 = 10_000;
const SLOTS: [(u16, u16); PRIMARIES] = [(0, 5460), (5461, 10922), (10923, 16383)];

/// A replica takes over two seconds after its primary has gone.
const SETTINGS: [&str; 10] = [
    "--cluster-enabled",
    "yes",
    "--cluster-node-timeout",
    "2000",
    "--cluster-replica-validity-factor",
    "0",
    "--repl-diskless-sync-delay",
    "0",
    "--appendonly",
    "no",
];

/// Its servers.
#[derive(Debug)]
pub struct Cluster {
    /// Primaries first, then the replica of each.
    pub servers: Vec<Redis>,
    bus: Bus,
}

impl Cluster {
    /// Three primaries.
    #[must_use]
    pub fn start() -> Self {
        Self::of((0..PRIMARIES).map(|_| Redis::with(&SETTINGS)).collect(), Bus::default())
    }

    /// Three primaries, each with a replica.
    #[must_use]
    pub fn with_replicas() -> Self {
        Self::of((0..2 * PRIMARIES).map(|_| Redis::with(&SETTINGS)).collect(), Bus::default())
    }

    /// Three primaries, each with a replica, of which one can be [cut off](Self::cut_off) from the others.
    #[must_use]
    pub fn divisible() -> Self {
        let mut bus = Bus::default();
        let mut servers = Vec::new();
        for _ in 0..2 * PRIMARIES {
            let server = Redis::with(&SETTINGS);
            let gate = bus.gate(server.port + BUS);
            server.ask::<()>(cmd("CONFIG").arg("SET").arg("cluster-announce-bus-port").arg(gate));
            servers.push(server);
        }
        Self::of(servers, bus)
    }

    fn of(servers: Vec<Redis>, bus: Bus) -> Self {
        let cluster = Self { servers, bus };
        let servers = &cluster.servers;
        for (n, server) in servers.iter().enumerate() {
            server.ask::<()>(cmd("CLUSTER").arg("SET-CONFIG-EPOCH").arg(n + 1));
            let gate = cluster.bus.announced(n).unwrap_or(server.port + BUS);
            servers[0].ask::<()>(cmd("CLUSTER").arg("MEET").arg("127.0.0.1").arg(server.port).arg(gate));
        }
        for (server, (first, last)) in servers.iter().zip(SLOTS) {
            server.ask::<()>(cmd("CLUSTER").arg("ADDSLOTSRANGE").arg(first).arg(last));
        }
        cluster.settled();
        for (n, replica) in servers.iter().enumerate().skip(PRIMARIES) {
            replica.ask::<()>(cmd("CLUSTER").arg("REPLICATE").arg(cluster.id(n - PRIMARIES)));
        }
        for replica in &servers[PRIMARIES..] {
            within(PATIENCE, "a replica is in step", || replica.is_in_step().then_some(()));
        }
        cluster.settled();
        cluster
    }

    /// Wait until every server knows all others and finds every slot served.
    pub fn settled(&self) {
        let known = format!("cluster_known_nodes:{}\r", self.servers.len());
        for server in &self.servers {
            within(PATIENCE, "the cluster works", || {
                let info: String = server.ask(cmd("CLUSTER").arg("INFO"));
                (info.contains("cluster_state:ok") && info.contains(&known)).then_some(())
            });
        }
    }

    /// Cut one server off from the others: it answers clients, and the others take it for dead.
    pub fn cut_off(&self, n: usize) {
        self.bus.cut_off(Some((n, self.id(n))));
    }

    /// Let all speak to each other again.
    pub fn unite(&self) {
        self.bus.cut_off(None);
    }

    /// The primary that serves a name at first.
    #[must_use]
    pub fn server_of(&self, name: &str) -> usize {
        let slot: u16 = self.servers[0].ask(cmd("CLUSTER").arg("KEYSLOT").arg(name));
        SLOTS.iter().position(|(_, last)| slot <= *last).expect("every slot is served")
    }

    /// The name of a server among the others.
    #[must_use]
    pub fn id(&self, n: usize) -> String {
        self.servers[n].ask(cmd("CLUSTER").arg("MYID"))
    }

    /// As the store's address.
    #[must_use]
    pub fn address(&self) -> String {
        let hosts: Vec<String> = self.servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
        format!("redis+cluster://{}", hosts.join(","))
    }
}
