//! A Cluster of a test's own: three primaries, each with a replica if wanted.

use redis::cmd;

use super::server::{Server, until};

/// Its servers: primaries first.
pub(crate) struct Cluster {
    pub(crate) servers: Vec<Server>,
}

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

impl Cluster {
    /// Start one and wait until it works.
    pub(crate) async fn start(replicas: bool) -> Self {
        let mut servers = Vec::new();
        for _ in 0..if replicas { 6 } else { 3 } {
            servers.push(Server::with(&SETTINGS).await);
        }
        for (n, server) in servers.iter().enumerate() {
            let epoch: String = server.ask(cmd("CLUSTER").arg("SET-CONFIG-EPOCH").arg(n + 1)).await;
            assert_eq!(epoch, "OK");
            let _: String = servers[0].ask(cmd("CLUSTER").arg("MEET").arg("127.0.0.1").arg(server.port)).await;
        }
        for (server, (first, last)) in servers.iter().zip([(0, 5460), (5461, 10922), (10923, 16383)]) {
            let _: String = server.ask(cmd("CLUSTER").arg("ADDSLOTSRANGE").arg(first).arg(last)).await;
        }
        let cluster = Self { servers };
        cluster.settled().await;
        for n in 3..cluster.servers.len() {
            let primary = cluster.id(n - 3).await;
            let _: String = cluster.servers[n].ask(cmd("CLUSTER").arg("REPLICATE").arg(primary)).await;
        }
        for n in 3..cluster.servers.len() {
            until("a replica is in step", async || {
                let info: String = cluster.servers[n].ask(cmd("INFO").arg("replication")).await;
                info.contains("role:slave") && info.contains("master_link_status:up")
            })
            .await;
        }
        cluster.settled().await;
        cluster
    }

    /// Every server knows all others and finds every slot served.
    pub(crate) async fn settled(&self) {
        for server in &self.servers {
            until("the cluster works", async || {
                let info: String = server.ask(cmd("CLUSTER").arg("INFO")).await;
                let known = format!("cluster_known_nodes:{}\r", self.servers.len());
                info.contains("cluster_state:ok") && info.contains(&known)
            })
            .await;
        }
    }

    pub(crate) async fn id(&self, n: usize) -> String {
        self.servers[n].ask(cmd("CLUSTER").arg("MYID")).await
    }

    pub(crate) fn address(&self) -> String {
        let hosts: Vec<String> = self.servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
        format!("redis+cluster://{}", hosts.join(","))
    }
}
