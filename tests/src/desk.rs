//! Somebody at the publisher's desk: signed in, with a cookie, sending forms as a browser does.

use crate::house::House;
use crate::http::{Reply, Request, encoded};
use crate::page::{between, unescaped};
use crate::reporting::{Part, form};
use crate::server::Server;

/// Somebody who has signed in.
#[derive(Debug)]
pub struct Clerk<'h> {
    server: &'h Server,
    cookie: String,
}

/// A form of the usual kind.
#[must_use]
pub fn fields(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// What a page keeps in a hidden field for whoever sends its form; `0` where there is none.
#[must_use]
pub fn hidden(page: &str, name: &str) -> String {
    between(page, &format!("name=\"{name}\" value=\""), "\"").unwrap_or("0").to_owned()
}

impl<'h> Clerk<'h> {
    /// Sign in with a token.
    #[must_use]
    pub fn sign_in(house: &'h House, token: &str) -> Self {
        Self::sign_in_at(&house.server, token)
    }

    /// Sign in at a node.
    #[must_use]
    pub fn sign_in_at(server: &'h Server, token: &str) -> Self {
        let body = fields(&[("token", token)]);
        let request = Request::post("/desk/session", "application/x-www-form-urlencoded", body);
        let reply = server.operate(&request.header("sec-fetch-site", "same-origin"));
        assert_eq!(reply.status, 303, "{}", reply.text());
        let cookie = reply.must("set-cookie").split(';').next().expect("a cookie has a value").to_owned();
        Self { server, cookie }
    }

    /// Ask as this person.
    #[must_use]
    pub fn ask(&self, request: Request) -> Reply {
        let request = request.header("cookie", &*self.cookie).header("sec-fetch-site", "same-origin");
        self.server.operate(&request)
    }

    /// Open a page.
    #[must_use]
    pub fn open(&self, path: &str) -> Reply {
        self.ask(Request::get(path))
    }

    /// A page that must be there: its text as a reader sees it.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        let reply = self.open(path);
        assert_eq!((reply.status, reply.media_type()), (200, "text/html"), "{path}: {}", reply.text());
        unescaped(reply.text())
    }

    /// Send a form.
    #[must_use]
    pub fn send(&self, path: &str, sent: &[(&str, &str)]) -> Reply {
        self.ask(Request::post(path, "application/x-www-form-urlencoded", fields(sent)))
    }

    /// Upload a file, and pictures where there are any; the number of the submission.
    #[must_use]
    pub fn uploads(&self, name: &str, bytes: &[u8], photos: Option<(&str, &[u8])>) -> u64 {
        let mut parts: Vec<Part<'_>> = vec![("document", Some(name), bytes)];
        parts.extend(photos.map(|(name, bytes)| ("photos", Some(name), bytes)));
        let reply = self.ask(form("/desk/submissions/new", &parts));
        assert_eq!(reply.status, 303, "{}", reply.text());
        let number = between(reply.must("location"), "/desk/submissions/", "?").expect("it leads to the submission");
        number.parse().expect("a number")
    }

    /// Take a step with a submission, as its page offers it.
    #[must_use]
    pub fn steps(&self, number: u64, step: &str, why: &str) -> Reply {
        let path = format!("/desk/submissions/{number}");
        let page = self.open(&path);
        let [version, basis] = ["version", "basis"].map(|name| hidden(page.text(), name));
        self.send(&path, &[("step", step), ("version", &version), ("basis", &basis), ("why", why)])
    }

    /// Take a submission back, as its page offers it.
    #[must_use]
    pub fn takes_back(&self, number: u64, why: &str) -> Reply {
        let path = format!("/desk/submissions/{number}/undo");
        let page = self.open(&path);
        let [version, basis] = ["version", "basis"].map(|name| hidden(page.text(), name));
        self.send(&path, &[("version", &version), ("basis", &basis), ("why", why)])
    }
}
