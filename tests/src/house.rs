//! A registry with people: two publishers, the first of whom has declared the tests' own records.

use serde_json::{Value, json};

use crate::http::{Reply, Request};
use crate::registry::records;
use crate::server::{Server, Settings};

/// The operator's own token.
pub const ROOT: &str = "correct-horse-battery";
/// The company prefix under which the tests' product is numbered.
const PREFIX: &str = "952000099";

/// A server with the tests' records, declared by `coop`, which is registered with their prefix; `other` has another.
#[derive(Debug)]
pub struct House {
    /// The server.
    pub server: Server,
    _directory: Option<tempfile::TempDir>,
}

impl Default for House {
    fn default() -> Self {
        Self::new()
    }
}

impl House {
    /// Start it.
    #[must_use]
    pub fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let store = format!("embedded:{}", directory.path().join("registry.redb").display());
        Self { _directory: Some(directory), ..Self::over(&store) }
    }

    /// A node with the operator's token over a store.
    #[must_use]
    pub fn node(store: &str) -> Server {
        Settings::node(store).and("--admin-token").and(ROOT).and("--reports-per-hour").and("100").start()
    }

    /// Start it over a store, which holds a registry already if it is Redis.
    #[must_use]
    pub fn over(store: &str) -> Self {
        let house = Self { server: Self::node(store), _directory: None };
        for (id, prefix, space) in [("coop", PREFIX, "HP-MAU-"), ("other", "952000080", "HD-MAU-")] {
            let publisher = json!({"id": id, "name": "HTX Mẫu", "prefixes": [prefix], "code_spaces": [space]});
            let _ = house.asks(ROOT, &Request::json("/v1/publishers", &publisher), 200);
        }
        house.declares("coop", &records());
        house
    }

    /// The answer of the operators' listener to the bearer of a token.
    #[must_use]
    pub fn reply(&self, token: &str, request: &Request) -> Reply {
        self.server.operate(&request.clone().token(token))
    }

    /// The same, which must have this status.
    #[must_use]
    pub fn asks(&self, token: &str, request: &Request, status: u16) -> Value {
        let reply = self.reply(token, request);
        assert_eq!(reply.status, status, "{request:?}: {}", reply.text());
        if reply.body.is_empty() { Value::Null } else { reply.json() }
    }

    /// Load records on behalf of a publisher; all of them must load.
    pub fn declares(&self, publisher: &str, ndjson: &str) {
        let target = format!("/v1/import?publisher={publisher}");
        let report = self.asks(ROOT, &Request::post(target, "application/x-ndjson", ndjson), 200);
        assert_eq!(report["rejected"]["total"], 0, "{report}");
    }

    /// A user with these roles, and a token of theirs.
    #[must_use]
    pub fn user(&self, id: &str, publisher: &str, roles: &[&str]) -> String {
        let user = json!({"id": id, "name": "Trần Thị Mẫu", "publisher": publisher, "roles": roles});
        let _ = self.asks(ROOT, &Request::json("/v1/users", &user), 200);
        self.token(id, "pc")
    }

    /// One more token of a user.
    #[must_use]
    pub fn token(&self, user: &str, label: &str) -> String {
        let target = format!("/v1/users/{user}/tokens");
        let made = self.asks(ROOT, &Request::json(target, &json!({"label": label})), 201);
        made["token"].as_str().expect("a token is told once").to_owned()
    }
}
