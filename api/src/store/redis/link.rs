//! A connection to one server that comes back by itself.
//!
//! Everything asked of it at one time shares one socket: what is queued while a write is under way leaves with the
//! next write, without a timer. A link that breaks is mended at once, then after 50 ms, 100 ms, … 1 s; in between
//! whoever asks is told so without waiting.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionInfo};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use crate::store::StoreError;

/// Longest that connecting may take, with TLS and sign-in.
pub(super) const CONNECT: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Requests that may wait for the socket before those who ask have to wait.
const QUEUE: usize = 1_024;

/// The connection of this moment.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) connection: MultiplexedConnection,
    /// Which one it is, for [`Link::broken`].
    number: u64,
}

#[derive(Clone)]
enum State {
    Connecting,
    Up(Line),
    Down(String),
}

/// A connection that is kept up while this exists.
pub(super) struct Link {
    state: watch::Receiver<State>,
    broken: watch::Sender<u64>,
    task: AbortHandle,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Link {
    /// Begin to connect. The connection lives on this runtime, whoever asks it.
    pub(super) fn to(info: ConnectionInfo, runtime: &Handle) -> Self {
        let (tell, state) = watch::channel(State::Connecting);
        let (broken, watched) = watch::channel(0);
        let task = runtime.spawn(tend(info, tell, watched)).abort_handle();
        Self { state, broken, task }
    }

    /// The connection. Waits while it is being made; the caller bounds that.
    ///
    /// # Errors
    /// `Unreachable` when it could not be made the last time.
    pub(super) async fn line(&self) -> Result<Line, StoreError> {
        let mut state = self.state.clone();
        loop {
            match state.borrow_and_update().clone() {
                State::Up(line) => return Ok(line),
                State::Down(why) => return Err(StoreError::Unreachable(why)),
                State::Connecting => {}
            }
            if state.changed().await.is_err() {
                return Err(StoreError::Unreachable("the store is being closed".to_owned()));
            }
        }
    }

    /// Until a connection was found to be of no use: it may be dead and never say so.
    pub(super) async fn given_up(&self, line: &Line) {
        let mut broken = self.broken.subscribe();
        // This link holds the sender: there is always one.
        drop(broken.wait_for(|broken| *broken >= line.number).await);
    }

    /// This connection is of no use any more: make another.
    pub(super) fn broken(&self, line: &Line) {
        self.broken.send_if_modified(|broken| {
            let newer = line.number > *broken;
            *broken = line.number.max(*broken);
            newer
        });
    }
}

async fn tend(info: ConnectionInfo, state: watch::Sender<State>, mut broken: watch::Receiver<u64>) {
    let mut pause = Duration::ZERO;
    for number in 1.. {
        match connect(info.clone(), config()).await {
            Ok(connection) => {
                pause = Duration::ZERO;
                state.send_replace(State::Up(Line { connection, number }));
                if broken.wait_for(|broken| *broken >= number).await.is_err() {
                    return;
                }
                state.send_replace(State::Connecting);
            }
            Err(error) => {
                state.send_replace(State::Down(error.to_string()));
                pause = (pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
                sleep(pause).await;
            }
        }
    }
}

/// Without a deadline of its own for answers: each request has one.
pub(super) fn config() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECT))
        .set_response_timeout(None)
        .set_pipeline_buffer_size(QUEUE)
}

/// Connect and sign in.
///
/// # Errors
/// `Unreachable` with the reason, without user or password.
pub(super) async fn connect(
    info: ConnectionInfo,
    config: AsyncConnectionConfig,
) -> Result<MultiplexedConnection, StoreError> {
    let client = Client::open(info).map_err(|error| StoreError::Unreachable(error.to_string()))?;
    match timeout(CONNECT, client.get_multiplexed_async_connection_with_config(&config)).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(StoreError::Unreachable(error.to_string())),
        Err(_) => Err(StoreError::Unreachable("no connection in time".to_owned())),
    }
}
