//! A shop: a page on another origin, with a content security policy of its own.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Serves one page at every address.
#[derive(Debug)]
pub struct Shop {
    address: SocketAddr,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Shop {
    /// Open it with its page and the policy under which that is served.
    #[must_use]
    pub fn open(page: &str, policy: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let closed = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&closed);
        let reply = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-security-policy: {policy}\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{page}",
            page.len()
        );
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if seen.load(Ordering::Acquire) {
                    break;
                }
                let reply = reply.clone();
                // A browser opens connections in advance and leaves them empty: none may hold up another.
                thread::spawn(move || serve(stream, &reply));
            }
        });
        Self { address, closed, thread: Some(thread) }
    }

    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn serve(mut stream: TcpStream, reply: &str) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let _ = stream.write_all(reply.as_bytes());
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Release);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The page of a shop with the widget of a service and what else is put there.
#[must_use]
pub fn shop_page(service: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Shop</title><link rel=\"icon\" href=\"data:,\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <script type=\"module\" src=\"{service}/widget/v1/origin-card.js\"></script>{body}</html>"
    )
}

/// Nothing inline, nothing from elsewhere, no string becomes markup: what the widget's documentation asks for and
/// nothing more.
#[must_use]
pub fn strict_policy(service: &str) -> String {
    format!(
        "default-src 'none'; script-src {service} 'wasm-unsafe-eval'; connect-src {service}; img-src {service} data:; \
         style-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// A card with an id of its own, attributes, and a link inside.
#[must_use]
pub fn element(id: &str, code: &str, attributes: &str) -> String {
    format!("<origin-card id=\"{id}\" code=\"{code}\" {attributes}><a href=\"/{id}\">Xem</a></origin-card>")
}
