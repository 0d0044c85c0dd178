//! The bus over which the servers of a Cluster speak to each other, with one of them cut off from it on demand.
//!
//! Each server announces a gate in front of its bus port. Whoever comes through a gate names itself in the head of its
//! first message (`clusterMsg` in Redis's `cluster.h`): that says between whom a link is. Clients are not concerned:
//! a server that is cut off goes on answering them as far as it dares.

use std::io::{Read, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use parking_lot::Mutex;

/// Where the sender's name stands in a message.
const SENDER: core::ops::Range<usize> = 40..80;

/// All gates.
#[derive(Debug, Default)]
pub(crate) struct Bus {
    gates: Vec<u16>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Who is cut off: its place and its name.
    alone: Mutex<Option<(usize, String)>>,
    over: AtomicBool,
}

impl Shared {
    /// Whether a link between these two is down.
    fn is_down(&self, from: &[u8], to: usize) -> bool {
        let alone = self.alone.lock();
        alone.as_ref().is_some_and(|(place, name)| (from == name.as_bytes()) != (to == *place))
    }
}

impl Bus {
    /// A gate for the next server, in front of its bus port; what it has to announce.
    pub(crate) fn gate(&mut self, server: u16) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let place = self.gates.len();
        self.gates.push(port);
        let shared = Arc::clone(&self.shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if shared.over.load(Ordering::Acquire) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || link(&shared, client, server, place));
            }
        });
        port
    }

    /// What a server announces, if there are gates.
    pub(crate) fn announced(&self, place: usize) -> Option<u16> {
        self.gates.get(place).copied()
    }

    /// Cut one server off from all others, or let all speak to each other again.
    pub(crate) fn cut_off(&self, alone: Option<(usize, String)>) {
        *self.shared.alone.lock() = alone;
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        for gate in &self.gates {
            // Wakes the thread that waits for a connection.
            drop(TcpStream::connect(("127.0.0.1", *gate)));
        }
    }
}

/// One link, until it ends or one of its sides is cut off.
fn link(shared: &Arc<Shared>, mut client: TcpStream, server: u16, place: usize) {
    let mut head = [0; SENDER.end];
    if client.read_exact(&mut head).is_err() || shared.is_down(&head[SENDER], place) {
        return;
    }
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", server)) else { return };
    let twice = |stream: &TcpStream| stream.try_clone().expect("a stream has two ends");
    let (answers, asker) = (twice(&server), twice(&client));
    let (back, from) = (Arc::clone(shared), head[SENDER].to_vec());
    let answering = thread::spawn(move || hand_on(&back, &from, place, answers, asker));
    if server.write_all(&head).is_ok() {
        hand_on(shared, &head[SENDER], place, client, server);
    }
    drop(answering.join());
}

fn hand_on(shared: &Shared, from: &[u8], place: usize, mut source: TcpStream, mut sink: TcpStream) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = source.read(&mut buffer) {
        if shared.is_down(from, place) || sink.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    drop(source.shutdown(Shutdown::Both));
    drop(sink.shutdown(Shutdown::Both));
}
