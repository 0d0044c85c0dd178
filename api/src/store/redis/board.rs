//! Who of the primaries is being heard, and whether that is all of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, timeout};

use super::address::Host;
use super::audience::Audience;
use super::fleet::{Fleet, SURVEY_EVERY};
use super::hear::{self, Ear};
use super::herald::Herald;

/// Longest that nobody may say who the primaries are.
const UNSURE: Duration = Duration::from_secs(12);
/// Longest that asking may take.
const SURVEY: Duration = Duration::from_secs(3);
/// Between surveys, however often one is asked for.
const BETWEEN: Duration = Duration::from_millis(200);

/// The state of each primary.
pub(super) struct Board {
    heard: Mutex<State>,
    audience: Arc<Audience>,
}

struct State {
    nodes: HashMap<Host, bool>,
    sure: bool,
}

impl Board {
    pub(super) fn new(audience: Arc<Audience>) -> Self {
        Self { heard: Mutex::new(State { nodes: HashMap::new(), sure: true }), audience }
    }

    /// A primary is heard, or not.
    pub(super) fn say(&self, host: &Host, heard: bool) {
        self.change(|state| {
            if let Some(place) = state.nodes.get_mut(host) {
                *place = heard;
            }
        });
    }

    /// These are the primaries.
    fn expect(&self, hosts: &[Host]) {
        self.change(|state| {
            state.nodes.retain(|host, _| hosts.contains(host));
            for host in hosts {
                state.nodes.entry(host.clone()).or_default();
            }
        });
    }

    fn sure(&self, sure: bool) {
        self.change(|state| state.sure = sure);
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.heard.lock();
        change(&mut state);
        let all = state.sure && !state.nodes.is_empty() && state.nodes.values().all(|heard| *heard);
        // Under the lock: watchers must be told in the order of events.
        self.audience.in_time(all);
    }
}

/// A task that ends with its owner.
pub(super) struct Owned(AbortHandle);

impl Owned {
    pub(super) fn spawn(task: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(task).abort_handle())
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Keep an ear at every primary, whoever they are by now.
pub(super) async fn attend(fleet: Arc<Fleet>, audience: Arc<Audience>) {
    let board = Arc::new(Board::new(Arc::clone(&audience)));
    let herald = Arc::<Herald>::default();
    let telling = (Arc::clone(&herald), Arc::clone(&audience));
    let _telling = Owned::spawn(async move { telling.0.tell(&telling.1).await });
    let id = super::found::new_id();
    let mut ears: HashMap<Host, Owned> = HashMap::new();
    let mut topology = fleet.watch();
    let mut last_sure = Instant::now();
    loop {
        let nodes = topology.borrow_and_update().nodes.clone();
        let hosts: Vec<Host> = nodes.iter().map(|node| node.host.clone()).collect();
        ears.retain(|host, _| hosts.contains(host));
        board.expect(&hosts);
        for node in nodes {
            ears.entry(node.host.clone()).or_insert_with(|| {
                let ear = Ear {
                    fleet: Arc::clone(&fleet),
                    node,
                    audience: Arc::clone(&audience),
                    board: Arc::clone(&board),
                    herald: Arc::clone(&herald),
                    id: id.clone(),
                };
                Owned::spawn(hear::listen(ear))
            });
        }
        sleep(BETWEEN).await;
        tokio::select! {
            () = sleep(SURVEY_EVERY) => {}
            () = fleet.moved.notified() => {}
        }
        match timeout(SURVEY, fleet.survey()).await {
            Ok(Ok(())) => last_sure = Instant::now(),
            Ok(Err(error)) => tracing::warn!(%error, "nobody says which servers hold the registry"),
            Err(_) => tracing::warn!("nobody says in time which servers hold the registry"),
        }
        board.sure(last_sure.elapsed() < UNSURE);
    }
}
