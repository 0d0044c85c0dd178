//! The primaries that serve a registry: who they are just now, and the connections to them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use redis::ProtocolVersion;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use super::address::{Host, RedisAddress};
use super::link::Link;
use super::replica::{Followed, Replicas};
use super::slot::Spread;
use super::survey;
use crate::store::StoreError;

/// How often it is looked up who serves what.
pub(super) const SURVEY_EVERY: Duration = Duration::from_secs(5);

/// A primary.
pub(super) struct Node {
    pub(super) host: Host,
    /// For lookups and heartbeats.
    pub(super) reads: Link,
    /// For commits: what a lookup waits for must not stand behind an import.
    writes: OnceLock<Option<Link>>,
    /// For checks: they wait for replicas, and nobody else may stand behind that.
    checks: OnceLock<Option<Link>>,
    pub(super) followed: Followed,
    address: RedisAddress,
    runtime: Handle,
}

impl Node {
    fn new(address: &RedisAddress, host: Host, runtime: &Handle) -> Result<Self, StoreError> {
        let info = address.to(&host, ProtocolVersion::RESP2);
        let info = info.ok_or_else(|| StoreError::Unreachable(format!("{host} is no address")))?;
        let reads = Link::to(info, runtime);
        Ok(Self {
            host,
            reads,
            writes: OnceLock::new(),
            checks: OnceLock::new(),
            followed: Followed::default(),
            address: address.clone(),
            runtime: runtime.clone(),
        })
    }

    /// How many replicas the address asks for.
    pub(super) const fn asked_replicas(&self) -> u32 {
        self.address.replicas()
    }

    /// The connections that no heartbeat goes through, as far as they were needed.
    pub(super) fn without_heartbeat(&self) -> impl Iterator<Item = &Link> {
        [&self.writes, &self.checks].into_iter().filter_map(|place| place.get()?.as_ref())
    }

    /// The connection for commits, made when it is first needed.
    pub(super) fn writes(&self) -> &Link {
        self.made(&self.writes)
    }

    /// The connection for checks, made when it is first needed.
    pub(super) fn checks(&self) -> &Link {
        self.made(&self.checks)
    }

    fn made<'a>(&'a self, place: &'a OnceLock<Option<Link>>) -> &'a Link {
        let link = place.get_or_init(|| {
            let info = self.address.to(&self.host, ProtocolVersion::RESP2)?;
            Some(Link::to(info, &self.runtime))
        });
        // `new` has made a connection of the same address.
        link.as_ref().unwrap_or(&self.reads)
    }
}

/// Who serves what.
#[derive(Clone, Default)]
pub(super) struct Topology {
    pub(super) nodes: Vec<Arc<Node>>,
    /// For each slot the node, as its place in `nodes`.
    slots: Vec<Option<u16>>,
}

impl Topology {
    /// Who serves a slot.
    pub(super) fn node(&self, slot: u16) -> Option<(usize, &Arc<Node>)> {
        let n = usize::from((*self.slots.get(usize::from(slot))?)?);
        Some((n, self.nodes.get(n)?))
    }

    /// The first slot that a node serves.
    pub(super) fn first_slot(&self, host: &Host) -> Option<u16> {
        let n = self.nodes.iter().position(|node| node.host == *host)?;
        let slot = self.slots.iter().position(|slot| slot.map(usize::from) == Some(n))?;
        u16::try_from(slot).ok()
    }
}

/// All of them.
pub(super) struct Fleet {
    pub(super) address: RedisAddress,
    pub(super) spread: Spread,
    topology: watch::Sender<Arc<Topology>>,
    /// Somebody was sent elsewhere: look now.
    pub(super) moved: Notify,
    /// What is known of their replicas.
    pub(super) replicas: Replicas,
    /// Where connections live: a commit may come from a runtime that ends before the store does.
    runtime: Handle,
}

impl Fleet {
    /// Find them.
    ///
    /// # Errors
    /// `Unreachable` when nobody says who they are.
    pub(super) async fn find(address: RedisAddress) -> Result<Self, StoreError> {
        if address.speaks_tls() {
            // Fails when the process has chosen a provider already: then that one is used.
            drop(rustls::crypto::ring::default_provider().install_default());
        }
        let spread = if address.is_cluster() { Spread::Cluster } else { Spread::One };
        let fleet = Self {
            address,
            spread,
            topology: watch::Sender::default(),
            moved: Notify::new(),
            replicas: Replicas::default(),
            runtime: Handle::current(),
        };
        fleet.survey().await?;
        Ok(fleet)
    }

    /// Who they are just now.
    pub(super) fn topology(&self) -> Arc<Topology> {
        Arc::clone(&self.topology.borrow())
    }

    /// To be told when that changes.
    pub(super) fn watch(&self) -> watch::Receiver<Arc<Topology>> {
        self.topology.subscribe()
    }

    /// These slots are served by these nodes, as another node says. Returns whether all of those are known; a survey
    /// finds the others.
    pub(super) fn follow(&self, moved: &[(u16, String)]) -> bool {
        let mut topology = Topology::clone(&self.topology());
        let mut known = true;
        for (slot, host) in moved {
            let node = topology.nodes.iter().position(|node| node.host.to_string() == *host);
            match (node, topology.slots.get_mut(usize::from(*slot))) {
                (Some(node), Some(place)) => *place = u16::try_from(node).ok(),
                _ => known = false,
            }
        }
        self.topology.send_replace(Arc::new(topology));
        self.moved.notify_one();
        known
    }

    /// Look again who serves what. Nodes that stay keep their connections.
    ///
    /// # Errors
    /// `Unreachable` when nobody says; what was known stays.
    pub(super) async fn survey(&self) -> Result<(), StoreError> {
        let known = self.topology();
        let found = survey::survey(&self.address, &known).await?;
        let mut topology = Topology { nodes: Vec::new(), slots: vec![None; usize::from(self.spread.slots())] };
        for (host, ranges) in found {
            let node = match known.nodes.iter().find(|node| node.host == host) {
                Some(node) => Arc::clone(node),
                None => Arc::new(Node::new(&self.address, host, &self.runtime)?),
            };
            let n = u16::try_from(topology.nodes.len()).ok();
            topology.nodes.push(node);
            for slot in ranges.into_iter().flatten() {
                if let Some(place) = topology.slots.get_mut(usize::from(slot)) {
                    *place = n;
                }
            }
        }
        self.topology.send_if_modified(|current| {
            let hosts = |topology: &Topology| topology.nodes.iter().map(|node| node.host.clone()).collect::<Vec<_>>();
            let same = current.slots == topology.slots && hosts(current) == hosts(&topology);
            if !same {
                *current = Arc::new(topology);
            }
            !same
        });
        Ok(())
    }
}
