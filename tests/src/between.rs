//! Stands between a browser and the service: notes what is asked, and hands it on or answers in the service's stead.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use parking_lot::Mutex;

/// What it answers instead of the service, to questions about codes.
#[derive(Clone, Debug)]
pub enum Instead {
    /// This status, with a Retry-After in seconds.
    Refuse(u16, Option<u32>),
    /// Nothing, for so long; then what the service says.
    Delay(Duration),
    /// Nothing at all: the connection ends.
    HangUp,
}

/// A service with a hand in front of it.
#[derive(Debug)]
pub struct Between {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    service: SocketAddr,
    instead: Mutex<Option<Instead>>,
    asked: Mutex<Vec<String>>,
    is_closed: AtomicBool,
}

impl Between {
    /// Stand before a service.
    #[must_use]
    pub fn before(service: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let shared = Arc::new(Shared {
            service,
            instead: Mutex::new(None),
            asked: Mutex::new(Vec::new()),
            is_closed: AtomicBool::new(false),
        });
        let seen = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if seen.is_closed.load(Ordering::Acquire) {
                    break;
                }
                let shared = Arc::clone(&seen);
                // Whoever comes later may go first, and who breaks off harms nobody.
                thread::spawn(move || drop(shared.serve(stream)));
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on, answer questions about codes like this.
    pub fn answer(&self, instead: impl Into<Option<Instead>>) {
        *self.shared.instead.lock() = instead.into();
    }

    /// What was asked about codes so far: method and target. What a browser asks beforehand (OPTIONS) is left out.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().clone()
    }
}

impl Shared {
    fn serve(&self, mut browser: TcpStream) -> std::io::Result<()> {
        browser.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        let head = loop {
            if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            match browser.read(&mut buffer)? {
                0 => return Ok(()),
                read => request.extend_from_slice(&buffer[..read]),
            }
        };
        let text = String::from_utf8_lossy(&request[..head]).into_owned();
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap_or(0))
        });
        while request.len() < head + length.unwrap_or(0) {
            let read = browser.read(&mut buffer)?;
            request.extend_from_slice(&buffer[..read]);
        }
        let line = text.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
        if line.contains(" /v1/") && !line.starts_with("OPTIONS") && !line.contains(" /v1/media/") {
            self.asked.lock().push(line);
            let instead = self.instead.lock().clone();
            match instead {
                Some(Instead::Refuse(status, after)) => {
                    let after = after.map_or(String::new(), |after| format!("retry-after: {after}\r\n"));
                    let body = format!("{{\"status\":{status}}}");
                    return write!(
                        browser,
                        "HTTP/1.1 {status} No\r\ncontent-type: application/problem+json\r\naccess-control-allow-origin: *\r\n\
                         access-control-expose-headers: retry-after\r\n{after}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                        body.len()
                    );
                }
                Some(Instead::Delay(time)) => thread::sleep(time),
                Some(Instead::HangUp) => return Ok(()),
                None => {}
            }
        }
        let mut service = TcpStream::connect(self.service)?;
        // One request a connection: whatever comes until it ends is the answer.
        let rest = text.split_once("\r\n").map_or("", |(_, rest)| rest);
        let first = text.lines().next().unwrap_or_default();
        let kept =
            rest.lines().filter(|line| !line.to_ascii_lowercase().starts_with("connection:") && !line.is_empty());
        let mut out = format!("{first}\r\nconnection: close\r\n");
        for line in kept {
            out.push_str(line);
            out.push_str("\r\n");
        }
        service.write_all(out.as_bytes())?;
        service.write_all(b"\r\n")?;
        service.write_all(&request[head..])?;
        std::io::copy(&mut service, &mut browser).map(drop)
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.shared.is_closed.store(true, Ordering::Release);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
