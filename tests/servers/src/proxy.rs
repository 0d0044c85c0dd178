//! A link to a server that fails on demand.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;

/// What becomes of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: they are handed on.
    None,
    /// Every connection is closed, and each new one.
    Cut,
    /// They are taken and nothing is said: the other side is gone, and nobody knows.
    Swallow,
    /// Connections that ask for pushes are closed, and only those.
    CutPushes,
    /// What comes back on connections that asked for pushes is swallowed.
    SwallowPushes,
    /// They are handed on after a while, in both directions.
    Delay(Duration),
}

/// In front of a server.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    fault: Mutex<Fault>,
    streams: Mutex<Vec<TcpStream>>,
    over: AtomicBool,
}

impl Shared {
    fn fault(&self) -> Fault {
        *self.fault.lock()
    }

    fn close_all(&self) {
        for stream in self.streams.lock().drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
    }
}

impl Proxy {
    /// In front of what listens on a port of 127.0.0.1.
    #[must_use]
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let shared = Arc::new(Shared {
            fault: Mutex::new(Fault::None),
            streams: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if accepting.over.load(Ordering::Acquire) {
                    return;
                }
                if accepting.fault() != Fault::Cut
                    && let Ok(server) = TcpStream::connect(("127.0.0.1", server))
                {
                    join(&accepting, client, server);
                }
            }
        });
        Self { port, shared }
    }

    /// Fail like this from now on.
    pub fn set(&self, fault: Fault) {
        *self.shared.fault.lock() = fault;
        if fault == Fault::Cut {
            self.shared.close_all();
        }
    }

    /// As the store's address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        self.shared.close_all();
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn join(shared: &Arc<Shared>, client: TcpStream, server: TcpStream) {
    let twice = |stream: &TcpStream| stream.try_clone().expect("a stream has two ends");
    for stream in [&client, &server] {
        stream.set_nodelay(true).expect("it is a TCP stream");
        shared.streams.lock().push(twice(stream));
    }
    let tracked = Arc::new(AtomicBool::new(false));
    let ways = [(twice(&client), twice(&server), true), (server, client, false)];
    for (from, to, asking) in ways {
        let (shared, tracked) = (Arc::clone(shared), Arc::clone(&tracked));
        thread::spawn(move || hand_on(&shared, &tracked, from, to, asking));
    }
}

fn hand_on(shared: &Shared, tracked: &AtomicBool, mut from: TcpStream, mut to: TcpStream, asking: bool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let bytes = &buffer[..read];
        if asking && bytes.windows(8).any(|window| window == b"TRACKING") {
            tracked.store(true, Ordering::Release);
        }
        let tracked = tracked.load(Ordering::Acquire);
        match shared.fault() {
            Fault::Swallow => continue,
            Fault::SwallowPushes if !asking && tracked => continue,
            Fault::CutPushes if tracked => break,
            Fault::Delay(delay) => thread::sleep(delay),
            Fault::None | Fault::Cut | Fault::CutPushes | Fault::SwallowPushes => {}
        }
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    drop(from.shutdown(Shutdown::Both));
    drop(to.shutdown(Shutdown::Both));
}
