//! A TCP proxy that fails on demand: cuts connections, swallows everything, or swallows pushes alone.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;

use parking_lot::Mutex;

/// What it does with bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mode {
    /// Hands them on.
    Pass,
    /// Closes every connection, and each new one.
    Cut,
    /// Takes them and says nothing: the other side is gone, and nobody knows.
    Swallow,
    /// Swallows what comes back on connections that asked for pushes.
    SwallowPushes,
}

/// In front of a server.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    mode: AtomicU8,
    streams: Mutex<Vec<TcpStream>>,
    over: AtomicBool,
}

impl Shared {
    fn is(&self, mode: Mode) -> bool {
        self.mode.load(Ordering::Acquire) == mode as u8
    }
}

impl Proxy {
    pub(crate) fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            mode: AtomicU8::new(Mode::Pass as u8),
            streams: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if accepting.over.load(Ordering::Acquire) {
                    return;
                }
                if !accepting.is(Mode::Cut)
                    && let Ok(server) = TcpStream::connect(("127.0.0.1", server))
                {
                    join(&accepting, client, server);
                }
            }
        });
        Self { port, shared }
    }

    pub(crate) fn set(&self, mode: Mode) {
        self.shared.mode.store(mode as u8, Ordering::Release);
        if mode == Mode::Cut {
            self.close_all();
        }
    }

    fn close_all(&self) {
        for stream in self.shared.streams.lock().drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        self.close_all();
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn join(shared: &Arc<Shared>, client: TcpStream, server: TcpStream) {
    client.set_nodelay(true).unwrap();
    server.set_nodelay(true).unwrap();
    let copies = [client.try_clone().unwrap(), server.try_clone().unwrap()];
    shared.streams.lock().extend(copies);
    let ear = Arc::new(AtomicBool::new(false));
    let ways = [(client.try_clone().unwrap(), server.try_clone().unwrap(), true), (server, client, false)];
    for (from, to, asking) in ways {
        let (shared, ear) = (Arc::clone(shared), Arc::clone(&ear));
        thread::spawn(move || hand_on(&shared, &ear, from, to, asking));
    }
}

fn hand_on(shared: &Shared, ear: &AtomicBool, mut from: TcpStream, mut to: TcpStream, asking: bool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let bytes = &buffer[..read];
        if asking && bytes.windows(8).any(|window| window == b"TRACKING") {
            ear.store(true, Ordering::Release);
        }
        let pushes = !asking && ear.load(Ordering::Acquire) && shared.is(Mode::SwallowPushes);
        if shared.is(Mode::Swallow) || pushes {
            continue;
        }
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    drop(from.shutdown(Shutdown::Both));
    drop(to.shutdown(Shutdown::Both));
}
