//! A caller who keeps his connection and asks again and again.

use std::net::SocketAddr;

use crate::http::Reply;
use crate::wire::{Connection, Ended};

/// One connection to a server, made anew when it ends.
#[derive(Debug)]
pub struct Caller {
    address: SocketAddr,
    connection: Option<Connection>,
}

impl Caller {
    /// Of what listens at an address.
    #[must_use]
    pub const fn of(address: SocketAddr) -> Self {
        Self { address, connection: None }
    }

    /// GET.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn try_get(&mut self, target: &str) -> Result<Reply, Ended> {
        let request = format!("GET {target} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        let connection = self.connection.get_or_insert_with(|| Connection::to(self.address));
        let reply = connection.send(request.as_bytes()).reply(false);
        let over = reply.as_ref().map_or(true, |reply| reply.header("connection").is_some_and(|value| value == "close"));
        if over {
            self.connection = None;
        }
        reply
    }

    /// The answer for a code: what follows `/v1/verify`.
    #[must_use]
    pub fn ask(&mut self, code: &str) -> Reply {
        let target = format!("/v1/verify{code}");
        match self.try_get(&target) {
            Ok(reply) => reply,
            Err(ended) => panic!("no answer to {target}: {ended:?}"),
        }
    }
}
