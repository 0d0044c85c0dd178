//! HTTP/1.1 byte by byte: what no well-behaved client would send, sent; what comes back, taken apart.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use crate::http::Reply;

/// No answer takes longer than this in any test.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a connection ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The server closed it.
    Closed,
    /// Nothing came in time.
    Silent,
}

/// One connection.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    /// Connect.
    #[must_use]
    pub fn to(address: SocketAddr) -> Self {
        Self::try_to(address).expect("the server takes connections")
    }

    /// Connect, if somebody listens.
    ///
    /// # Errors
    /// `Closed` when nobody does.
    pub fn try_to(address: SocketAddr) -> Result<Self, Ended> {
        let stream = TcpStream::connect(address).map_err(|_| Ended::Closed)?;
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        stream.set_write_timeout(Some(PATIENCE)).expect("a timeout can be set");
        Ok(Self { stream, read: Vec::new() })
    }

    /// Send bytes. A server that has hung up is no failure: its answer may still be there to read.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let _ = self.stream.write_all(bytes);
        self
    }

    /// Nothing more will be sent.
    pub fn finish(&mut self) -> &mut Self {
        let _ = self.stream.shutdown(Shutdown::Write);
        self
    }

    /// Read whatever comes within a moment: true when the server has closed the connection.
    pub fn closes_within(&mut self, moment: Duration) -> bool {
        self.stream.set_read_timeout(Some(moment)).expect("a timeout can be set");
        let closed = loop {
            match self.fill() {
                Ok(()) => {}
                Err(ended) => break ended == Ended::Closed,
            }
        };
        self.stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        closed
    }

    /// The next answer. `to_head`: it answers a HEAD and has no body, whatever its length says.
    ///
    /// # Errors
    /// When there is none.
    pub fn reply(&mut self, to_head: bool) -> Result<Reply, Ended> {
        loop {
            while let Some(end) = find(&self.read, b"\r\n\r\n") {
                let head: Vec<u8> = self.read.drain(..end + 4).collect();
                let mut reply = Reply::of_head(&head);
                // 1xx only announces the answer.
                if reply.status >= 200 {
                    if !to_head && reply.status != 204 && reply.status != 304 {
                        reply.body = self.body(&reply)?;
                    }
                    return Ok(reply);
                }
            }
            self.fill()?;
        }
    }

    fn body(&mut self, reply: &Reply) -> Result<Vec<u8>, Ended> {
        if reply.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            return self.chunks();
        }
        match reply.header("content-length") {
            Some(length) => self.take(length.parse().expect("Content-Length is a number")),
            None => loop {
                if self.fill().is_err() {
                    return Ok(core::mem::take(&mut self.read));
                }
            },
        }
    }

    fn chunks(&mut self) -> Result<Vec<u8>, Ended> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                match find(&self.read, b"\r\n") {
                    Some(end) => break self.take(end + 2)?,
                    None => self.fill()?,
                }
            };
            let size = String::from_utf8_lossy(&line);
            let size = usize::from_str_radix(size.trim(), 16).expect("a chunk begins with its size");
            let chunk = self.take(size + 2)?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, Ended> {
        while self.read.len() < length {
            self.fill()?;
        }
        Ok(self.read.drain(..length).collect())
    }

    fn fill(&mut self) -> Result<(), Ended> {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => Err(Ended::Closed),
            Ok(read) => {
                self.read.extend_from_slice(&buffer[..read]);
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Err(Ended::Silent),
            Err(_) => Err(Ended::Closed),
        }
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}
