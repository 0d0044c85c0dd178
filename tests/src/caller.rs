//! A caller who keeps his connection and asks again and again.

use std::net::SocketAddr;

use nguon_test_servers::{PATIENCE, within};
use serde_json::Value;

use crate::http::Reply;
use crate::wire::{Connection, Ended};

/// One connection to a server, made anew when it ends.
#[derive(Debug)]
pub struct Caller {
    address: SocketAddr,
    connection: Option<Connection>,
    /// Whom a proxy between us names as the client.
    client: Option<String>,
}

impl Caller {
    /// Of what listens at an address.
    #[must_use]
    pub const fn of(address: SocketAddr) -> Self {
        Self { address, connection: None, client: None }
    }

    /// One of many clients behind a proxy that the server trusts: each has limits of its own.
    #[must_use]
    pub fn client(address: SocketAddr, number: u32) -> Self {
        let [_, a, b, c] = number.to_be_bytes();
        Self { client: Some(format!("10.{a}.{b}.{c}")), ..Self::of(address) }
    }

    /// GET.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn try_get(&mut self, target: &str) -> Result<Reply, Ended> {
        let client = self.client.as_ref().map(|client| format!("x-forwarded-for: {client}\r\n")).unwrap_or_default();
        let request = format!("GET {target} HTTP/1.1\r\nhost: {}\r\n{client}\r\n", self.address);
        let connection = self.connection.get_or_insert_with(|| Connection::to(self.address));
        let reply = connection.send(request.as_bytes()).reply(false);
        let over =
            reply.as_ref().map_or(true, |reply| reply.header("connection").is_some_and(|value| value == "close"));
        if over {
            self.connection = None;
        }
        reply
    }

    /// The card of a code, as soon as there is one: a busy machine may miss a deadline.
    #[must_use]
    pub fn card(&mut self, code: &str) -> Value {
        within(PATIENCE, "a card", || {
            let reply = self.ask(code);
            (reply.status == 200).then(|| reply.json())
        })
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
