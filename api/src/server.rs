//! The two listeners as running servers: limits, timeouts, and what happens on the way down.
//!
//! A request head that takes longer than 5 s is answered 408; an idle connection is closed after 15 s; one on which a
//! body goes on after its answer 2 s later; on SIGTERM
//! no new connection is taken and requests that were accepted have 10 s to be answered.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config::Listeners;
use crate::routes::admin::Admin;
use crate::routes::{self, Public};

const REQUEST_HEAD_TIMEOUT: Duration = Duration::from_secs(5);
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const SHUTDOWN_TIMEOUT_S: u64 = 10;
/// Connections per worker; more wait in the kernel's queue.
const MAX_CONNECTIONS: usize = 10_000;
/// Connections per worker of the operators' listener.
const MAX_ADMIN_CONNECTIONS: usize = 1_024;

/// The same limits for both listeners. A macro, because the type of a server names its whole application.
macro_rules! limited {
    ($server:expr) => {
        $server
            .client_request_timeout(REQUEST_HEAD_TIMEOUT)
            .client_disconnect_timeout(DISCONNECT_TIMEOUT)
            .keep_alive(KEEP_ALIVE)
            .shutdown_timeout(SHUTDOWN_TIMEOUT_S)
            .disable_signals()
    };
}

/// Both listeners, bound: from here on the addresses are known and ours.
#[derive(Debug)]
pub struct Bound {
    public: TcpListener,
    admin: TcpListener,
    workers: usize,
}

impl Bound {
    /// Take the addresses.
    ///
    /// # Errors
    /// When one of them is taken or not ours; the message names it.
    pub fn bind(listeners: &Listeners) -> io::Result<Self> {
        let bind = |address: SocketAddr, flag: &str| {
            TcpListener::bind(address)
                .map_err(|error| io::Error::new(error.kind(), format!("{flag} {address}: {error}")))
        };
        let workers = match listeners.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            workers => workers,
        };
        Ok(Self {
            public: bind(listeners.listen, "--listen")?,
            admin: bind(listeners.admin_listen, "--admin-listen")?,
            workers,
        })
    }

    /// Address of the public listener, with the port that was given out for port 0.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn public_address(&self) -> io::Result<SocketAddr> {
        self.public.local_addr()
    }

    /// Address of the operators' listener.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn admin_address(&self) -> io::Result<SocketAddr> {
        self.admin.local_addr()
    }

    /// Serve until told to stop.
    ///
    /// # Errors
    /// When a listener cannot be served.
    pub async fn serve(self, public: web::Data<Public>, admin: web::Data<Admin>) -> io::Result<()> {
        let readers = HttpServer::new(move || {
            App::new()
                .app_data(public.clone())
                .wrap(routes::public_headers())
                .wrap(routes::cors())
                .wrap(from_fn(routes::door))
                .configure(routes::configure)
        })
        .workers(self.workers)
        .max_connections(MAX_CONNECTIONS);
        let operators = HttpServer::new(move || {
            App::new()
                .app_data(admin.clone())
                .wrap(routes::default_headers())
                .wrap(from_fn(routes::unread))
                .configure(routes::admin::configure)
        })
        .workers(1)
        .max_connections(MAX_ADMIN_CONNECTIONS);
        let readers = limited!(readers).listen(self.public)?.run();
        let operators = limited!(operators).listen(self.admin)?.run();
        let stopping = tokio::spawn(Signals::heed()?.stop([readers.handle(), operators.handle()]));
        let served = tokio::try_join!(readers, operators).map(drop);
        stopping.abort();
        served
    }
}

/// What asks this process to stop. The servers are not to hear it themselves: the first that had nothing left to do
/// would end the process under the other.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
}

impl Signals {
    fn heed() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    /// Stop when asked to: SIGTERM lets accepted requests be answered, SIGINT and SIGQUIT do not wait for them.
    async fn stop(mut self, servers: [ServerHandle; 2]) {
        let gracefully = tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => false,
            _ = self.quit.recv() => false,
        };
        futures_util::future::join_all(servers.iter().map(|server| server.stop(gracefully))).await;
    }
}
